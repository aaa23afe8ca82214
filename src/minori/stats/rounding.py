"""Doubles are stored with nine significant digits, so that comparing them means the same everywhere."""

DIGITS = 9


def significant(value: float) -> float:
    """Round to nine significant digits."""
    return float(f"{value:.{DIGITS - 1}e}")
