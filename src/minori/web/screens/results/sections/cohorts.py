"""What became of those who began in a month."""

from collections.abc import Sequence

from minori.core.text import Text
from minori.kpis.cohort_figures import BUYERS_BACK, CUSTOMERS_LEFT, REVENUE_LEFT
from minori.web.say import word
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block, Head, Pivot
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown


def blocks(asked: Asked) -> list[Block]:
    """Return each kind of cohort as chart and table, and how long contracts last."""
    found: list[Block] = []
    for part, figure, subject in (
        ("revenue", CUSTOMERS_LEFT.id, "customers"),
        ("revenue", REVENUE_LEFT.id, "revenue"),
        ("shop", BUYERS_BACK.id, ""),
    ):
        readings = asked.readings(part, figure=figure)
        if readings:
            found += asked.pictures("cohorts", subjects=[subject]) if subject else []
            found.append(_triangle(figure, readings))
    return [*found, *asked.pictures("retention")]


def _triangle(figure: str, readings: Sequence[Shown]) -> Block:
    ordered = sorted(readings, key=lambda one: int(one.row.aspect))
    pivot = Pivot(_start, _months).add(ordered)
    pivot.rows = dict(sorted(pivot.rows.items(), key=lambda pair: str(pair[0]), reverse=True))
    return pivot.table(
        figure, readings[0].label, corner=word("results.began_in"), says=word("results.cohort_says")
    )


def _start(reading: Shown) -> Head:
    return Head(reading.row.subject, reading.row.subject, note=reading.sample)


def _months(reading: Shown) -> Head:
    return Head(reading.row.aspect, word("results.months_later", n=reading.row.aspect))


KIND = Section(
    Text(ja="コホート", en="Cohorts"),
    Text(
        ja="同じ月に始めたお客様が、その後どれだけ残っているかを示します。",
        en="Of the customers who began in the same month, how many are left later on.",
    ),
    ("revenue", "shop"),
    blocks,
    20,
    any_part=True,
)
