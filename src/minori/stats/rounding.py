"""Doubles are stored with nine significant digits, so that comparing them means the same everywhere."""

DIGITS = 9


def significant(value: float, digits: int = DIGITS) -> float:
    """Round to so many significant digits."""
    return float(f"{value:.{digits - 1}e}")
