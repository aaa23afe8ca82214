"""All that is fetched for the candidates, date by date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlglot import exp

from minori.lake.stage import Pass
from minori.offers.case import Holding, Number
from minori.offers.evidence import Evidence
from minori.query.sql import column, sql
from minori.stats.interval import Interval

ASKED_LATELY_DAYS = 90

_HELD = sql("""
    select h.as_of, h.customer_key, h.product_id, h.plan_id, h.quantity, h.mrr_company as mrr, h.is_option,
           h.is_trial, h.renews_on, h.term_months
    from holding h
    join (select distinct as_of, customer_key from _asking) a
      on a.as_of = h.as_of and a.customer_key = h.customer_key
    order by h.customer_key, h.contract_id
""")
_ANSWERS = sql("""
    select o.as_of, coalesce(o.play, p.play) as play, count(*) filter (where o.result = 'accepted') as yes,
           count(*) as n
    from outcomes o
    left join proposals p on p.as_of = o.as_of and p.proposal_id = o.proposal_id
    where o._day < o.as_of and coalesce(o.play, p.play) is not null
    group by o.as_of, coalesce(o.play, p.play)
""")
_LEARNED = sql("select as_of, customer_key, play, chance, low, high, based_on from learned_chance")
_HOLDING = sql("select as_of, customer_key, play from signal order by as_of, customer_key, play")
_ASKED = sql("""
    select distinct as_of, customer_key from proposals
    where _day < as_of and _day > as_of - $days and coalesce(asks_for_money, true)
""")
_RATE = sql(
    """select as_of, arg_max(rate, "on") as rate from rates where currency = $currency group by as_of"""
)
_LABELS = sql("""
    select p.as_of, p.customer_key, p.customer_id, p.started_on, c.name, c.owner, c.sales_owner,
           t.touch as touch_layer, h.band as health_band
    from point p
    join (select distinct as_of, customer_key from _asking) a
      on a.as_of = p.as_of and a.customer_key = p.customer_key
    left join customers c on c.as_of = p.as_of and c.customer_key = p.customer_key
    left join standing t on t.as_of = p.as_of and t.customer_key = p.customer_key
    left join health h on h.as_of = p.as_of and h.customer_key = p.customer_key
""")
_WANTED = sql("select distinct as_of as asked_on, customer_key as asking_key from _asking")


@dataclass
class Known:
    """What is known of the asking customers on one date, by their keys.

    ``rate`` is company currency per unit of the catalogue's, None if none was known; ``holding`` the plays that hold
    for a customer, whether or not they ask; ``answers`` yes and number per play.
    """

    as_of: date
    rate: Decimal | None = None
    numbers: dict[int, Mapping[str, Number]] = field(default_factory=dict)
    labels: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    holdings: dict[int, list[Holding]] = field(default_factory=lambda: defaultdict(list))
    holding: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[str, tuple[int, int]] = field(default_factory=dict)
    learned: dict[tuple[int, str], tuple[Interval, int]] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)


def known_by_date(run: Pass, evidence: Evidence) -> dict[date, Known]:
    """Return what is known on each date of the pass; ``_asking`` holds who asks when."""
    known = {day: Known(day) for day in run.dates.days}
    for row in _rows(run, _numbers(run, evidence)):
        known[row.pop("as_of")].numbers[row.pop("customer_key")] = row
    for row in _rows(run, _LABELS.bind()):
        known[row["as_of"]].labels[row["customer_key"]] = row
    for row in _rows(run, _HELD.bind()):
        known[row.pop("as_of")].holdings[row.pop("customer_key")].append(Holding(**row))
    for row in _rows(run, _HOLDING.bind()):
        known[row["as_of"]].holding[row["customer_key"]].append(row["play"])
    for row in _rows(run, _ANSWERS.bind()):
        known[row["as_of"]].answers[row["play"]] = (row["yes"], row["n"])
    for row in _rows(run, _LEARNED.bind()):
        chance = Interval(row["low"], row["chance"], row["high"])
        known[row["as_of"]].learned[row["customer_key"], row["play"]] = (chance, row["based_on"])
    for row in _rows(run, _ASKED.bind(days=ASKED_LATELY_DAYS)):
        known[row["as_of"]].asked.add(row["customer_key"])
    for day, rate in _rates(run).items():
        known[day].rate = rate
    return known


def _rows(run: Pass, query: exp.Query) -> Iterable[dict[str, Any]]:
    rows: list[dict[str, Any]] = run.fetch(query).to_pylist()
    return rows


def _numbers(run: Pass, evidence: Evidence) -> exp.Select:
    same = exp.and_(
        exp.EQ(this=column("asked_on", "a"), expression=column("as_of", "q")),
        exp.EQ(this=column("asking_key", "a"), expression=column("customer_key", "q")),
    )
    query = exp.select(column("as_of", "q"), column("customer_key", "q"), *evidence.selected())
    query = query.from_(run.situation(evidence.columns).subquery("q"))
    return query.join(_WANTED.bind().subquery("a"), on=same, join_type="inner")


def _rates(run: Pass) -> dict[date, Decimal]:
    currency = run.policy.catalog.currency
    if currency == run.company.currency:
        return dict.fromkeys(run.dates.days, Decimal(1))
    return {row["as_of"]: row["rate"] for row in _rows(run, _RATE.bind(currency=currency))}
