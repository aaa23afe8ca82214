"""Why the score is what it is, and why it moved: its parts now and in the run before, and how it went over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from minori.pipeline.customer_facts import CustomerFacts, run_days
from minori.web.language import in_words
from minori.web.screens.customers.figures import source_of, tables_of, written
from minori.web.screens.customers.queries import Seen

POINTS = 60  # days with a run that the line over time shows
_MOVED = 0.05  # less than this many points of the score says nothing


@dataclass(frozen=True)
class Part:
    """One line of the ledger. ``effect`` is how many points of the score it gave more than in the run before."""

    label: str
    value: str
    points: float | None
    weight: float
    contribution: float | None
    effect: float | None
    age_days: int | None
    kind: str


@dataclass(frozen=True)
class Ledger:
    """A customer's score with its parts; ``before`` is the run it is compared with, None if there was none."""

    parts: tuple[Part, ...]
    known: int
    every: int
    before: date | None
    score_before: float | None
    effect: float | None
    history: tuple[tuple[date, float | None], ...]

    @property
    def line(self) -> list[float | None]:
        """The score over time."""
        return [score for _, score in self.history]

    @property
    def moved(self) -> list[Part]:
        """What moved the score most, the greatest first."""
        parts = [part for part in self.parts if part.effect is not None and abs(part.effect) >= _MOVED]
        return sorted(parts, key=lambda part: (-abs(part.effect or 0), part.label))[:3]


def ledger(customer: Seen, facts: CustomerFacts) -> Ledger:
    """Return the ledger of the run that is shown. Raises LakeError if the lake cannot be read."""
    as_of = customer.run.as_of
    days = [day for day in run_days(facts.snapshot) if day <= as_of]
    earlier = [day for day in days if day < as_of]
    before = earlier[-1] if earlier else None
    parts_before = _parts_before(facts, before)
    health = customer.row.detail.get("health", {})
    reach = _reach(facts, as_of)
    scores = {row["as_of"]: row["health"] for row in facts.scores("health", ["health"], days[-POINTS:])}
    score_before = scores.get(before) if before else None
    return Ledger(
        parts=tuple(
            _part(customer, row, parts_before, reach) for row in customer.row.detail.get("health_parts", ())
        ),
        known=health.get("parts_known", 0),
        every=health.get("parts", 0),
        before=before,
        score_before=score_before,
        effect=_minus(customer.row.health, score_before),
        history=tuple(sorted(scores.items())),
    )


def _part(
    customer: Seen, row: Mapping[str, Any], before: Mapping[str, float | None], reach: Mapping[str, date]
) -> Part:
    part = customer.run.totals.get("names", {}).get("parts", {}).get(row["part"], {})
    metric = part.get("metric", "")
    contribution = row.get("contribution")
    ages = [(customer.run.as_of - reach[table]).days for table in tables_of(metric) if table in reach]
    return Part(
        label=in_words(customer.called("parts", row["part"])),
        value=written(
            row.get("value"), customer.run.totals.get("names", {}).get("metrics", {}).get(metric, {})
        ),
        points=row.get("points"),
        weight=row["weight"],
        contribution=contribution,
        # A part that had no data gave nothing, and its weight was shared: its whole contribution is new.
        effect=(contribution or 0.0) - (before[row["part"]] or 0.0) if row["part"] in before else None,
        age_days=max(ages, default=None),
        kind=source_of(metric),
    )


def _parts_before(facts: CustomerFacts, day: date | None) -> dict[str, float | None]:
    rows = facts.scores("health_part", ["part", "contribution"], [day] if day else [])
    return {row["part"]: row["contribution"] for row in rows}


def _reach(facts: CustomerFacts, as_of: date) -> dict[str, date]:
    """Return until when each table was known in the run: the age of the data that parts were made of."""
    rows = facts.coverage(as_of)
    return {row["table_name"]: min(row["covers_until"], as_of) for row in rows if row["covers_until"]}


def _minus(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before
