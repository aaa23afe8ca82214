"""Versions of the learned chances: which one a run uses, what a new training and a rollback change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from minori.core.errors import InputError
from minori.schema.proof.acceptance import ADOPTED, REPLACED, ROLLED_BACK

Row = Mapping[str, Any]


def in_force(rows: Sequence[Row], as_of: date) -> list[Row]:
    """Return the parts of the version that a run as of a day uses: it knows no answer from after that day."""
    usable = [row for row in rows if row["state"] in (ADOPTED, REPLACED) and row["as_of"] <= as_of]
    newest = max((row["version"] for row in usable), default=None)
    return [row for row in usable if row["version"] == newest]


def with_training(rows: Sequence[Row], parts: Sequence[Row]) -> list[Row]:
    """Return all rows with a new version that replaces the adopted one."""
    version = max((row["version"] for row in rows), default=0) + 1
    older = [{**row, "state": REPLACED if row["state"] == ADOPTED else row["state"]} for row in rows]
    return [*older, *({**part, "version": version, "state": ADOPTED} for part in parts)]


def rolled_back(rows: Sequence[Row], version: int) -> list[Row]:
    """Return all rows with an older version adopted again and every later one out of use.

    Raises
    ------
    InputError
        If there is no such version.
    """
    known = sorted({row["version"] for row in rows})
    if version not in known:
        shown = ", ".join(str(number) for number in known) or "none yet"
        raise InputError(f"no version {version} of the learned chances; known: {shown}")
    return [{**row, "state": _state(row, version)} for row in rows]


def _state(row: Row, version: int) -> str:
    if row["version"] == version:
        return ADOPTED
    if row["version"] > version:
        return ROLLED_BACK
    return REPLACED if row["state"] == ADOPTED else str(row["state"])
