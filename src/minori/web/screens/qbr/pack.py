"""What a quarterly review shows: goals, use, value received, health, next step. Every figure is counted, with how many.

It is for the customer's eyes: no chance, no expected value, no guard, nothing of what we saw them do before leaving;
next steps are proposals that the run made and that nobody has withdrawn, in the words written to the customer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, median
from typing import Any

from minori.pipeline.customer_facts import CustomerFacts, Row
from minori.web.language import in_words, spoken
from minori.web.models import ProposalRow, State, Work
from minori.web.screens.customers import figures, holdings, ledger
from minori.web.screens.customers.kept_policy import kept
from minori.web.screens.customers.queries import Seen
from minori.web.screens.customers.sheet import sheet_of
from minori.web.timeline.facts import waiting

WEEKS = 13
SAID_WITHIN = timedelta(days=365)
MOST = 8
KINDS = ("goal", "plan", "issue", "request")
_SHOWN = (State.DRAFT, State.APPROVED, State.SENT, State.SEEN, State.ACCEPTED, State.HANDED_OVER)
_HOURS = 3600


@dataclass(frozen=True)
class Said:
    """Something the customer told us."""

    day: date
    kind: str
    words: str
    who: str


@dataclass(frozen=True)
class Week:
    """Seven days that end on ``until``: what was done, and how many people did it (None: nobody says who)."""

    until: date
    times: int
    users: int | None


@dataclass(frozen=True)
class Done:
    """How often something was done in the period and in the one before (None: not known for all of it)."""

    name: str
    times: int
    before: int | None


@dataclass(frozen=True)
class Answered:
    """Support and surveys of the period; None where there is nothing to take a median or mean of."""

    tickets: int
    answered: int
    median_hours: float | None
    still_open: int
    nps: float | None
    nps_answers: int


@dataclass(frozen=True)
class Step:
    """A proposal in the words that were written for the customer."""

    label: str
    words: str
    mrr_change: float
    once: float
    asks_for_money: bool
    benefits: tuple[str, ...]
    assumptions: tuple[str, ...]
    proof: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """A quarterly review."""

    since: date
    until: date
    seen_until: date | None  # how far events are known; None: no source tells of them
    before_known: bool  # all of the period before is covered, and the customer was there
    said: tuple[Said, ...]
    weeks: tuple[Week, ...]
    done: tuple[Done, ...]
    bars: tuple[figures.Bar, ...]
    held: tuple[tuple[str, date, str], ...]  # plan or option, since when, what it is for
    answered: Answered
    ledger: ledger.Ledger
    history: tuple[tuple[date, float | None], ...]
    steps: tuple[Step, ...]

    @property
    def now(self) -> tuple[Week, ...]:
        """The weeks of the period."""
        return self.weeks[-WEEKS:]

    @property
    def before(self) -> tuple[Week, ...]:
        """The weeks of the period before."""
        return self.weeks[:-WEEKS]

    @property
    def times(self) -> tuple[int, int | None]:
        """How much was done in the period, and in the one before."""
        return sum(w.times for w in self.now), sum(
            w.times for w in self.before
        ) if self.before_known else None

    @property
    def users(self) -> tuple[float, float | None] | None:
        """People a week on average, now and before; None where nobody says who it was."""
        if any(w.users is None for w in self.weeks):
            return None
        before = mean(w.users or 0 for w in self.before) if self.before_known else None
        return mean(w.users or 0 for w in self.now), before


def pack_of(customer: Seen, facts: CustomerFacts) -> Pack:
    """Return the review of the last 13 weeks of the run that is shown. Raises LakeError."""
    until = customer.run.as_of
    since = until - timedelta(weeks=WEEKS) + timedelta(days=1)
    start = since - timedelta(weeks=WEEKS)
    users = facts.rows("users", ("user_id", "name"))
    events = facts.by_day(start, until)
    told = ledger.ledger(customer, facts)
    sheet = sheet_of(customer)
    covered = next((row for row in facts.coverage(until) if row["table_name"] == "events"), None)
    there = customer.row.started_on is None or customer.row.started_on <= start
    before_known = there and covered is not None and covered["covers_from"] <= start
    return Pack(
        since=since,
        until=until,
        seen_until=min(covered["covers_until"], until) if covered else None,
        before_known=before_known,
        said=_said(customer, facts, users),
        weeks=_weeks(events, facts.users_on(start, until), until),
        done=_done(events, since, before_known=before_known),
        bars=tuple(figures.bars(customer)),
        held=_held(customer, facts),
        answered=_answered(facts, since, until),
        ledger=told,
        history=tuple(sorted(dict([*(sheet.weeks if sheet else ()), *told.history]).items())),
        steps=tuple(_steps(customer)),
    )


def _said(customer: Seen, facts: CustomerFacts, users: Iterable[Row]) -> tuple[Said, ...]:
    columns = ("statement_id", "user_id", "kind", "words", "said_at", "_day")
    names = {row["user_id"]: row["name"] or "" for row in users}
    rows = facts.rows("statements", columns, since=customer.run.as_of - SAID_WITHIN)
    known = {row["statement_id"] for row in rows}
    rows += [
        {**row, "_day": row["said_at"].date()}
        for _, row in waiting(customer.customer_id, ["statements"])
        if row["statement_id"] not in known
    ]
    found = [
        Said(row["_day"], row["kind"], row["words"], names.get(row["user_id"] or "", ""))
        for row in sorted(rows, key=lambda r: (r["said_at"], r["statement_id"]), reverse=True)
        if row["kind"] in KINDS and row["words"]
    ]
    return tuple(sorted(found, key=lambda s: KINDS.index(s.kind))[:MOST])


def _weeks(events: Sequence[Row], active: Sequence[Row], until: date) -> tuple[Week, ...]:
    times = [0] * (2 * WEEKS)
    users: list[set[int]] = [set() for _ in times]
    for row in events:
        times[_week(row["_day"], until)] += row["times"]
    for row in active:
        users[_week(row["_day"], until)].add(row["user_key"])
    ends = [until - timedelta(weeks=2 * WEEKS - 1 - number) for number in range(2 * WEEKS)]
    return tuple(
        Week(end, count, len(who) if active else None)
        for end, count, who in zip(ends, times, users, strict=True)
    )


def _week(day: date, until: date) -> int:
    return 2 * WEEKS - 1 - (until - day).days // 7


def _done(events: Sequence[Row], since: date, *, before_known: bool) -> tuple[Done, ...]:
    now: dict[str, int] = {}
    before: dict[str, int] = {}
    for row in events:
        found = now if row["_day"] >= since else before
        found[row["name"]] = found.get(row["name"], 0) + row["times"]
    names = sorted({*now, *before}, key=lambda n: (-now.get(n, 0), -before.get(n, 0), n))
    return tuple(
        Done(name, now.get(name, 0), before.get(name, 0) if before_known else None) for name in names[:MOST]
    )


def _held(customer: Seen, facts: CustomerFacts) -> tuple[tuple[str, date, str], ...]:
    benefits: dict[str, str] = {}
    for product in kept().policy.catalog.products.values():
        told = {name: entry.benefit for name, entry in product.plans.items()}
        told |= {name: entry.benefit for name, entry in product.options.items()}
        benefits |= {name: in_words(text) for name, text in told.items() if text is not None}
    return tuple(
        (term.label, term.row["starts_on"], benefits.get(term.row["plan_id"], ""))
        for term in holdings.terms(customer, facts)
        if term.state in ("now", "trial")
    )[:MOST]


def _answered(facts: CustomerFacts, since: date, until: date) -> Answered:
    tickets = facts.rows("tickets", ("opened_at", "closed_at", "_day"), until=until)
    inside = [row for row in tickets if row["_day"] >= since]
    hours = [(r["closed_at"] - r["opened_at"]).total_seconds() / _HOURS for r in inside if r["closed_at"]]
    surveys = facts.rows("surveys", ("kind", "score"), since=since, until=until)
    scores = [float(row["score"]) for row in surveys if (row["kind"] or "").lower() == "nps"]
    return Answered(
        tickets=len(inside),
        answered=len(hours),
        median_hours=median(hours) if hours else None,
        still_open=sum(row["closed_at"] is None for row in tickets),
        nps=mean(scores) if scores else None,
        nps_answers=len(scores),
    )


def _steps(customer: Seen) -> Iterable[Step]:
    rows = ProposalRow.objects.filter(run=customer.run, customer_id=customer.customer_id).order_by("place")
    states = dict(Work.objects.filter(customer_id=customer.customer_id).values_list("proposal_id", "state"))
    for row in rows:
        if states.get(row.proposal_id, State.DRAFT) in _SHOWN:
            yield _step(row)


def _step(row: ProposalRow) -> Step:
    offer: dict[str, Any] = row.card.get("offer") or {}
    message = (row.card.get("message") or {}).get(spoken()) or {}
    benefits = offer.get("benefits") or []
    return Step(
        label=_text(offer.get("label")) or _text(row.card.get("label")),
        words=message.get("product") or "",
        mrr_change=float(row.mrr_change or 0),
        once=float(row.once or 0),
        asks_for_money=row.asks_for_money,
        benefits=tuple(_text(b.get("text")) for b in benefits),
        assumptions=tuple(_text(a) for b in benefits for a in b.get("assumptions") or ()),
        proof=tuple(
            _text(p.get("text")) for p in (row.card.get("proof") or {}).get("counted") or () if p.get("text")
        ),
    )


def _text(text: Any) -> str:
    return str(text.get(spoken()) or "") if isinstance(text, dict) else ""
