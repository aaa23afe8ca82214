"""The life of a proposal: which step leads where, who may take it, and what it leaves behind."""
