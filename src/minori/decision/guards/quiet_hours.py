"""Quiet hours: nothing reaches the customer in the evening, at night or on days off.

Needs       nothing; the hours are asked at sending, in the customer's zone, else the company's.
Send after  the next day that is not a day off, if the day after the as-of date is one. It never holds.
"""

from datetime import datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import Field
from sqlglot import exp

from minori.core.text import Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Definition
from minori.query.sql import literal, parsed, sql

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Limits(Definition):
    """From when until when it is quiet, and on which days something may be sent at all."""

    from_: time = Field(time(20), alias="from")
    until: time = time(9)
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = WEEK

    def day_off(self, weekday: int) -> bool:
        """Whether nothing is sent on a weekday, Monday being 0."""
        return WEEK[weekday] not in self.weekdays

    def quiet(self, at: time) -> bool:
        """Whether a time of day is quiet; the span may reach over midnight."""
        if self.from_ <= self.until:
            return self.from_ <= at < self.until
        return at >= self.from_ or at < self.until


# Something decided as of a day goes out on the day after it at the earliest. 1 January 1900 was a Monday.
_WEEKDAY = parsed("date_diff('day', date '1900-01-01', c.as_of + 1) % 7")
_ANSWERS = sql("""
    select c.as_of, c.candidate_id, 'send_after' as answer, c.as_of + 1 + $wait as until
    from candidate c
    where coalesce(c.channel, '') <> 'in_product' and $wait > 0
""")


def answers(limits: Limits, _policy: Policy) -> exp.Query:
    """Say the next day on which something may be sent; what shows inside the product disturbs nobody."""
    return _ANSWERS.bind(wait=_wait(limits))


def next_time(limits: Limits, at: datetime) -> datetime:
    """Return the first moment from ``at`` on at which something may be sent, in the zone of ``at``."""
    while (off := limits.day_off(at.weekday())) or limits.quiet(at.time()):
        overnight = limits.from_ > limits.until and at.time() >= limits.from_
        day = at.date() + timedelta(days=1) if off or overnight else at.date()
        at = datetime.combine(day, time.min if off or overnight else limits.until, at.tzinfo)
    return at


def _wait(limits: Limits) -> exp.Expression:
    """Return how many days lie between the day after the as-of date and the next day that is not off."""
    case = exp.case(_WEEKDAY.copy())
    off = [day for day in range(7) if limits.day_off(day)]
    for day in off:
        ahead = next(n for n in range(7) if not limits.day_off((day + n) % 7))
        case = case.when(literal(day), literal(ahead))
    return exp.paren(case.else_(literal(0))) if off else literal(0)


KIND = Guard(
    label=Text(ja="ご連絡を控える時間帯", en="Quiet hours"),
    help=Text(
        ja="夜間や休日を避けてお送りします。ご提案そのものは控えません。",
        en="Sets only when something is sent: not at night, not on days off.",
    ),
    reason=Text(
        ja="休日にあたるため、{until}以降にお送りします。",
        en="A day off; to be sent from {until} on.",
    ),
    limits=Limits,
    moment="send",
    answers=answers,
    next_time=next_time,
)
