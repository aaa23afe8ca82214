"""CSV that a spreadsheet cannot mistake for formulas."""


def safe(value: object) -> str:
    """Write a value for CSV; a text that a spreadsheet would run as a formula gets a leading quote."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
