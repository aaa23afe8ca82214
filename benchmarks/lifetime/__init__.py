"""Lifetime value of a million customers, in parts: the customers, minori's ways, the peer's."""
