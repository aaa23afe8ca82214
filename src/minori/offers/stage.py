"""Every signal that asks becomes one candidate: its offer, its chance, its value. The table ``candidate``."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
from sqlglot import exp

from minori.core.keys import short_id
from minori.core.text import Text
from minori.lake.stage import Pass, Stage
from minori.lake.types import arrow_type
from minori.offers import make, reasons, value
from minori.offers.case import Case, Holding, Number
from minori.offers.evidence import Evidence
from minori.offers.kind import OFFER_KINDS
from minori.offers.meaning import meaning_of
from minori.offers.parts import asks_for_money
from minori.offers.support import Support
from minori.policy.definitions import Play
from minori.query.sql import column, sql
from minori.schema.facts import FACTS
from minori.schema.results import RESULTS
from minori.stats.beta_binomial import chance
from minori.stats.rounding import significant

ASKED_LATELY_DAYS = 90
NO_RATE = Text(
    ja="カタログの通貨から自社の通貨への換算レートがありません",
    en="there is no rate from the catalogue's currency into the company's",
)

_ASKING = sql("select as_of, customer_key, play, since, ask from signal where state in ('young', 'again')")
_BACKLOG = sql("select as_of, customer_key, play, since, ask from signal")
_HELD = sql("""
    select h.customer_key, h.product_id, h.plan_id, h.quantity, h.mrr_company as mrr, h.is_option, h.is_trial,
           h.renews_on, h.term_months
    from holding h
    join (select distinct customer_key from _asking) a on a.customer_key = h.customer_key
    order by h.customer_key, h.contract_id
""")
_ANSWERS = sql("""
    select coalesce(o.play, p.play) as play, count(*) filter (where o.result = 'accepted') as yes, count(*) as n
    from outcomes o
    left join proposals p on p.as_of = o.as_of and p.proposal_id = o.proposal_id
    where o._day < o.as_of and coalesce(o.play, p.play) is not null
    group by coalesce(o.play, p.play)
""")
_ASKED = sql("""
    select distinct customer_key from proposals
    where _day < as_of and _day > as_of - $days and coalesce(asks_for_money, true)
""")
_RATE = sql("""select arg_max(rate, "on") as rate from rates where currency = $currency group by as_of""")
_LABELS = sql("""
    select p.customer_key, p.customer_id, p.started_on, c.name, c.owner, c.sales_owner, t.touch as touch_layer,
           h.band as health_band
    from point p
    join (select distinct customer_key from _asking) a on a.customer_key = p.customer_key
    left join customers c on c.as_of = p.as_of and c.customer_key = p.customer_key
    left join standing t on t.as_of = p.as_of and t.customer_key = p.customer_key
    left join health h on h.as_of = p.as_of and h.customer_key = p.customer_key
""")


def compute(run: Pass) -> None:
    """Set ``candidate``."""
    run.create("_asking", (_BACKLOG if run.backlog else _ASKING).bind())
    evidence = Evidence(run.policy)
    wanted = exp.select("customer_key").from_("_asking").distinct()
    situation = run.situation(evidence.columns).subquery("q")
    chosen = exp.In(this=column("customer_key"), query=wanted.subquery())
    numbers = exp.select("customer_key", *evidence.selected()).from_(situation).where(chosen)
    context = _Context(
        run=run,
        evidence=evidence,
        numbers={row.pop("customer_key"): row for row in run.fetch(numbers).to_pylist()},
        labels={row["customer_key"]: row for row in run.fetch(_LABELS.bind()).to_pylist()},
        holdings=_holdings(run),
        answers={row["play"]: (row["yes"], row["n"]) for row in run.fetch(_ANSWERS.bind()).to_pylist()},
        holding=_holding(run),
        asked={row["customer_key"] for row in run.fetch(_ASKED.bind(days=ASKED_LATELY_DAYS)).to_pylist()},
    )
    signals = run.fetch(
        sql("select customer_key, play, since, ask from _asking order by play, customer_key").bind()
    )
    rows = list(context.candidates(signals.to_pylist()))
    run.write("candidate", pa.Table.from_pylist(rows, _SCHEMA))


_SCHEMA = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in RESULTS["candidate"].columns])


def _holding(run: Pass) -> dict[int, list[str]]:
    """Return the plays that hold for each customer, whether or not they ask today."""
    holding: dict[int, list[str]] = defaultdict(list)
    for row in run.fetch(
        sql("select customer_key, play from signal order by customer_key, play").bind()
    ).to_pylist():
        holding[row["customer_key"]].append(row["play"])
    return holding


def _rate(run: Pass) -> Decimal | None:
    """Return company currency per unit of the catalogue's; None if no rate was known at the date."""
    currency = run.policy.catalog.currency
    if currency == run.company.currency:
        return Decimal(1)
    rows = run.fetch(_RATE.bind(currency=currency)).to_pylist()
    return rows[0]["rate"] if rows else None


def _holdings(run: Pass) -> dict[int, tuple[Holding, ...]]:
    held: dict[int, list[Holding]] = defaultdict(list)
    for row in run.fetch(_HELD.bind()).to_pylist():
        held[row.pop("customer_key")].append(Holding(**row))
    return {key: tuple(rows) for key, rows in held.items()}


class _Context:
    """All that was fetched for the candidates of one run."""

    def __init__(
        self,
        *,
        run: Pass,
        evidence: Evidence,
        numbers: Mapping[int, Mapping[str, Number]],
        labels: Mapping[int, Mapping[str, Any]],
        holdings: Mapping[int, tuple[Holding, ...]],
        answers: Mapping[str, tuple[int, int]],
        asked: set[int],
        holding: Mapping[int, list[str]],
    ) -> None:
        self.run, self.policy, self.evidence = run, run.policy, evidence
        self.numbers, self.labels, self.holdings = numbers, labels, holdings
        self.answers, self.asked, self.holding = answers, asked, holding
        self.chances = {
            name: chance(play.prior.accept, play.prior.from_, *answers.get(name, (0, 0)))
            for name, play in self.policy.plays.items()
        }
        self.support = Support(self.policy)
        self.meaning = meaning_of(run.policy)
        self.trials_taken = Decimal(str(run.policy.guards.ranking.trials_taken))
        self.rate = _rate(run)

    def candidates(self, signals: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Make one row per signal."""
        for signal in signals:
            key, play = signal["customer_key"], self.policy.plays[signal["play"]]
            yield self._row(play, key, signal["since"], signal["ask"])

    def _row(self, play: Play, key: int, since: date, ask: int) -> dict[str, Any]:
        label, numbers = self.labels[key], self.numbers[key]
        case = Case(
            as_of=self.run.as_of,
            customer_id=label["customer_id"],
            play=play,
            numbers=numbers,
            holdings=self.holdings.get(key, ()),
            catalog=self.policy.catalog,
            currency=self.run.company.currency,
            gross_margin=self.policy.gross_margin,
            meaning=self.meaning,
        )
        made = make.made(case) if self.rate is not None else make.refused(case, NO_RATE)
        evidence = self.evidence.of(play, numbers)
        because = reasons.because(play.because, evidence, self.policy, case.currency)
        touch = label["touch_layer"]
        return {
            "as_of": self.run.as_of,
            "candidate_id": _proposal_id(label["customer_id"], play, since, ask),
            "customer_key": key,
            "customer_id": label["customer_id"],
            "play": play.id,
            "since": since,
            "valid_until": _valid_until(play, since, ask, self.run.as_of),
            "kind": play.offer.kind,
            "offer": made.as_json,
            "refusal": _json(made.refusal),
            "asks_for_money": asks_for_money(play.offer),
            "mrr_change": made.mrr_change * (self.rate or 0),
            "once": made.once * (self.rate or 0),
            "benefit_known": made.benefit_known,
            "evidence": json.dumps(evidence, ensure_ascii=False, sort_keys=True, default=str),
            "because": _json(because),
            "needs": self.evidence.needs(play, numbers),
            "lifts_wait": play.lifts_wait,
            "channel": play.reach.touch.get(touch or "", next(iter(play.reach.via), "task")),
            "owner": label["sales_owner"] if play.reach.owner == "sales" else label["owner"],
            "touch": touch,
            "band": label["health_band"],
            "loyalty": case.number(self.policy.segments.loyalty or ""),
            "tenure_days": case.number("tenure_days"),
            **self._value(play, key, case, made),
        }

    def _value(self, play: Play, key: int, case: Case, made: make.Made) -> dict[str, Any]:
        accept = self.support.chance(play, self.holding.get(key, ()), self.chances)
        paid = case.number("mrr")
        rise = float(made.mrr_change * (self.rate or 0)) / paid if paid else None
        accept = value.at_price(accept, rise, self.policy.guards.ranking)
        churn = value.churn_of(self.labels[key]["health_band"], self.policy.health.churn)
        customer = value.Customer(
            monthly=case.number(self.policy.guards.ranking.monthly_value),
            churn=max(churn, play.prior.churn or 0.0),
            asked_lately=key in self.asked,
        )
        worth = value.worth(
            play,
            OFFER_KINDS[play.offer.kind].worth,
            accept=accept.middle,
            mrr_change=(made.mrr_change + made.leads_to * self.trials_taken) * (self.rate or 0),
            once=made.once * (self.rate or 0),
            margin=float(made.margin),
            customer=customer,
            ranking=self.policy.guards.ranking,
        )
        return {
            "accept": significant(accept.middle),
            "accept_low": significant(accept.low),
            "accept_high": significant(accept.high),
            "accept_answers": self.answers.get(play.id, (0, 0))[1],
            "anyway": play.prior.anyway,
            "months": worth.months,
            "if_offered": worth.if_offered,
            "if_nothing": worth.if_nothing,
            "harm": worth.harm,
            "value": worth.value,
        }


def _proposal_id(customer_id: str, play: Play, since: date, ask: int) -> str:
    """Name a proposal by what it is about, so that a rerun names it the same; asking again is another one."""
    again = (str(ask),) if ask else ()
    return short_id("proposal", customer_id, play.id, since.isoformat(), *again)


def _valid_until(play: Play, since: date, ask: int, as_of: date) -> date:
    begins = since + timedelta(days=ask * (play.again_after or 0))
    return max(begins + timedelta(days=play.valid - 1), as_of)


def _json(text: Text | None) -> str | None:
    return json.dumps(text.as_dict(), ensure_ascii=False, sort_keys=True) if text else None


STAGE = Stage(
    "offers",
    reads=(*FACTS, "signal", "point", "state", "metric", "standing", "health", "trend", "holding"),
    writes=("candidate",),
    run=compute,
    says="what could be offered to whom, and what it is worth",
)
