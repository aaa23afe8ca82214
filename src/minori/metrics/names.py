"""Names of hidden metric columns: the value as it was some days ago."""

import re

_BACK = re.compile(r"^back(\d+)__(.+)$")


def back_column(metric: str, days: int) -> str:
    """Return the column that holds a metric as of ``days`` earlier."""
    return f"back{days}__{metric}"


def parse_back(name: str) -> tuple[str, int] | None:
    """Return metric and days of such a column, or None."""
    found = _BACK.match(name)
    return (found[2], int(found[1])) if found else None
