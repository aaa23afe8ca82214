"""The readiness sheet of a customer: computed by a job, kept with it, and shown from there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from minori.core.keys import short_id
from minori.web.jobs import queue
from minori.web.language import in_words
from minori.web.models import Job, JobState
from minori.web.say import word
from minori.web.screens.customers.figures import written
from minori.web.screens.customers.queries import Seen

KIND = "customer_sheet"
_SIMPLE = re.compile(r"^(?:(?P<function>\w+)\((?P<argument>\w+)\)|(?P<metric>\w+))(?=\s|$)", re.ASCII)
_FUNCTIONS = ("change", "before", "days_since", "days_until", "known")
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}


@dataclass(frozen=True)
class Line:
    """A criterion. ``met`` is None where a number is unknown."""

    text: str
    label: str
    value: str
    threshold: str
    met: bool | None
    expected: date | None
    earliest: date | None
    latest: date | None
    points: int


@dataclass(frozen=True)
class Sheet:
    """The criteria by play, and the score of the weeks before."""

    as_of: date
    made_at: datetime | None
    plays: tuple[tuple[str, str, int, tuple[Line, ...]], ...]  # id, label, how many are met, criteria
    weeks: list[tuple[date, float | None]]


def key_of(customer: Seen) -> str:
    """Return under which key the job of a customer and a run is asked for."""
    return f"{customer.run.as_of}:{short_id(customer.customer_id)}"


def ask(customer: Seen) -> Job:
    """Ask for the sheet; returns the open job if it was asked for already."""
    return queue.ask(
        KIND, key_of(customer), by=customer.person, customer_id=customer.customer_id, as_of=customer.run.as_of.isoformat()
    )  # fmt: skip


def job_of(customer: Seen) -> Job | None:
    """Return the newest job of this customer and run."""
    return Job.objects.filter(kind=KIND, key=key_of(customer)).order_by("-id").first()


def sheet_of(customer: Seen, job: Job | None = None) -> Sheet | None:
    """Return the sheet as of the run that is shown; None if nobody has asked for it yet."""
    job = (
        job
        or Job.objects.filter(kind=KIND, key=key_of(customer), state=JobState.DONE).order_by("-id").first()
    )
    if job is None or job.state != JobState.DONE or job.asked.get("customer_id") != customer.customer_id:
        return None
    rows = job.result.get("criteria", [])
    plays = [_play(customer, play, list(found)) for play, found in groupby(rows, key=lambda row: row["play"])]
    weeks = [(date.fromisoformat(day), score) for day, score in job.result.get("weeks", [])]
    return Sheet(customer.run.as_of, job.ended_at, tuple(sorted(plays, key=_nearest)), weeks)


def _play(
    customer: Seen, play: str, rows: Iterable[dict[str, Any]]
) -> tuple[str, str, int, tuple[Line, ...]]:
    lines = tuple(_line(customer, row) for row in rows)
    return play, in_words(customer.called("plays", play)), sum(line.met is True for line in lines), lines


def _nearest(play: tuple[str, str, int, tuple[Line, ...]]) -> tuple[float, str, str]:
    """What is nearest to being met comes first; among equals what is expected first."""
    name, _, met, lines = play
    days = [line.expected.isoformat() for line in lines if line.expected]
    return -met / max(len(lines), 1), max(days, default="~"), name


def _line(customer: Seen, row: dict[str, Any]) -> Line:
    metrics = customer.run.totals.get("names", {}).get("metrics", {})
    label, sign, unit = _read(customer, row, metrics)
    value, threshold = row["value"], row["threshold"]
    return Line(
        text=row["text"],
        label=label,
        value=written(value, unit),
        threshold=f"{sign} {written(threshold, unit)}".strip() if threshold is not None else "",
        met=row["met"],
        expected=_day(row["expected_on"]),
        earliest=_day(row["earliest_on"]),
        latest=_day(row["latest_on"]),
        points=row["points"],
    )


def _read(customer: Seen, row: dict[str, Any], metrics: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Return what a criterion is about in words, its sign and its unit; empty for what is no simple one."""
    found = _SIMPLE.match(row["text"])
    sign = next((_SIGNS[piece] for piece in row["text"].split() if piece in _SIGNS), "")
    if not found:
        return "", sign, {}
    function, name = found["function"], found["argument"] or found["metric"]
    if name not in metrics:
        return "", sign, {}
    label = in_words(customer.called("metrics", name))
    if not function:
        return label, sign, metrics[name]
    if function not in _FUNCTIONS:
        return "", sign, {}
    unit = {"change": {"unit": "share"}, "before": metrics[name]}.get(function, {"unit": "days"})
    return in_words(word(f"customers.fn_{function}", metric=label)), sign, unit


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
