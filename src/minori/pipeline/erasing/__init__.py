"""Personal data of one person: shown whole, or erased for good (SEMANTICS 24)."""
