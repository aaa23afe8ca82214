"""Candidates of one date: each signal with its offer, its chance and its value."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from minori.core.keys import short_id
from minori.core.text import Text
from minori.lake.stage import Pass
from minori.offers import make, reasons, value
from minori.offers.case import Case
from minori.offers.evidence import Evidence
from minori.offers.kind import OFFER_KINDS
from minori.offers.known import Known
from minori.offers.meaning import meaning_of
from minori.offers.parts import asks_for_money
from minori.offers.support import Support
from minori.policy.definitions import Play
from minori.stats.beta_binomial import chance
from minori.stats.interval import Interval
from minori.stats.rounding import significant

NO_RATE = Text(
    ja="カタログの通貨から自社の通貨への換算レートがありません",
    en="there is no rate from the catalogue's currency into the company's",
)


class Candidates:
    """Makes the candidates of one date from what is known on it."""

    def __init__(self, run: Pass, evidence: Evidence, known: Known) -> None:
        self.policy, self.company = run.policy, run.company
        self.evidence, self.known, self.rate = evidence, known, known.rate
        self.chances = {
            name: chance(play.prior.accept, play.prior.from_, *known.answers.get(name, (0, 0)))
            for name, play in self.policy.plays.items()
        }
        self.support = Support(self.policy)
        self.meaning = meaning_of(run.policy)

    def of(self, signals: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Make one row of ``candidate`` per signal."""
        for signal in signals:
            key, play = signal["customer_key"], self.policy.plays[signal["play"]]
            yield self._row(play, key, signal["since"], signal["ask"])

    def _row(self, play: Play, key: int, since: date, ask: int) -> dict[str, Any]:
        label, numbers = self.known.labels[key], self.known.numbers[key]
        case = Case(
            as_of=self.known.as_of,
            customer_id=label["customer_id"],
            play=play,
            numbers=numbers,
            holdings=tuple(self.known.holdings.get(key, ())),
            catalog=self.policy.catalog,
            currency=self.company.currency,
            gross_margin=self.policy.gross_margin,
            meaning=self.meaning,
            ranking=self.policy.guards.ranking,
        )
        made = make.made(case) if self.rate is not None else make.refused(case, NO_RATE)
        evidence = self.evidence.of(play, numbers)
        because = reasons.because(play.because, evidence, self.policy, case.currency)
        touch = label["touch_layer"]
        return {
            "as_of": self.known.as_of,
            "candidate_id": _proposal_id(label["customer_id"], play, since, ask),
            "customer_key": key,
            "customer_id": label["customer_id"],
            "play": play.id,
            "since": since,
            "valid_until": _valid_until(play, since, ask, self.known.as_of),
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
        believed = self.support.chance(play, self.known.holding.get(key, ()), self.chances)
        usual, answers = self._accept(play, key, believed)
        accept = value.at_price(usual, self._rise(case, made), self.policy.guards.ranking)
        churn = value.churn_of(self.known.labels[key]["health_band"], self.policy.health.churn)
        customer = value.Customer(
            monthly=case.number(self.policy.guards.ranking.monthly_value),
            churn=max(churn, play.prior.churn or 0.0),
            asked_lately=key in self.known.asked,
        )
        rate = self.rate or Decimal(0)
        worth = value.worth(
            play,
            OFFER_KINDS[play.offer.kind].worth,
            accept=accept.middle,
            mrr_change=(made.mrr_change + made.leads_to * made.follows) * rate,
            once=value.Once(made.once * rate, made.given * rate, made.order_margin(rate)),
            margin=float(made.margin),
            customer=customer,
            ranking=self.policy.guards.ranking,
        )
        return {
            "need": significant(self.support.need(believed)),
            "accept": significant(accept.middle),
            "accept_low": significant(accept.low),
            "accept_high": significant(accept.high),
            "accept_answers": answers,
            "anyway": play.prior.anyway,
            "months": worth.months,
            "if_offered": worth.if_offered,
            "if_nothing": worth.if_nothing,
            "harm": worth.harm,
            "value": worth.value,
        }

    def _accept(self, play: Play, key: int, believed: Interval) -> tuple[Interval, int]:
        """Return the chance of a yes at a usual rise of the price, and how many answers it rests on.

        What was learned tells who says yes, whatever is offered: it moves the chance, and not whether the need is there.
        """
        answers = self.known.answers.get(play.id, (0, 0))[1]
        if (learned := self.known.learned.get((key, play.id))) is not None:
            return value.with_learned(believed, learned[0], play.prior, answers), learned[1]
        return believed, answers

    def _rise(self, case: Case, made: make.Made) -> float | None:
        """Return the change of the monthly price as a share of what is paid today; None if that is unknown or nothing."""
        paid = case.number("mrr")
        return float(made.mrr_change * (self.rate or 0)) / paid if paid else None


def _proposal_id(customer_id: str, play: Play, since: date, ask: int) -> str:
    """Name a proposal by what it is about, so that a rerun names it the same; asking again is another one."""
    again = (str(ask),) if ask else ()
    return short_id("proposal", customer_id, play.id, since.isoformat(), *again)


def _valid_until(play: Play, since: date, ask: int, as_of: date) -> date:
    begins = since + timedelta(days=ask * (play.again_after or 0))
    return max(begins + timedelta(days=play.valid - 1), as_of)


def _json(text: Text | None) -> str | None:
    return json.dumps(text.as_dict(), ensure_ascii=False, sort_keys=True) if text else None
