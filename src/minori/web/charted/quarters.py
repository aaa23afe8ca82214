"""Revenue by quarter and fiscal year: the stored proof keeps months, and a year's rate is no sum of its months'."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from minori.kpis.periods import By
from minori.pipeline.proof.kpi import Kpis, kpis
from minori.pipeline.proof.part import Found
from minori.pipeline.proof.parts.revenue import steps_of
from minori.pipeline.proof.stored_rows import rows_of
from minori.pipeline.session import Session

LONGER: tuple[By, ...] = ("quarter", "fiscal-year")
Row = Mapping[str, Any]


def longer_periods(session: Session, as_of: date) -> Iterator[tuple[By, list[Row], list[Row]]]:
    """Yield, by quarter and by fiscal year, rows like those of ``proof_figure`` (with ``part``) and of ``proof_movement``."""
    for by in LONGER:
        found = kpis(session, as_of, by)
        yield by, _figures(found), _movements(found)


def _figures(found: Kpis) -> list[Row]:
    rows: list[Row] = []
    sides = (("revenue", found.readings, found.contracts), ("shop", found.shop_readings, found.orders))
    for part, readings, there in sides:
        shown = Found()
        for period, of in zip(found.periods, readings, strict=True) if there else ():
            shown.show(of, period=period)
        rows += [{"part": part, **row} for row in rows_of(shown)["proof_figure"]]
    return rows


def _movements(found: Kpis) -> list[Row]:
    return [row for walk in found.walks for row in steps_of(walk)] if found.contracts else []
