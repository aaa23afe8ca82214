"""Every offer of every preset is well written, and is made or refused for any customer without an error."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minori.offers.benefit import benefit_known, benefits_of
from minori.offers.case import Case, Holding, Number, Priced
from minori.offers.combined import combined
from minori.offers.meaning import meaning_of
from minori.offers.parts import check_offer
from minori.policy.definitions import Policy
from minori.policy.load import PRESETS, load_policy
from offers.offer_case import TODAY

NUMBERS: st.SearchStrategy[Number] = st.sampled_from(
    [None, 0.0, 0.85, 1.0, 7.0, 250.0, 1e6, -3.0, "cup", "", True, date(2026, 10, 1)]
)


@cache
def preset(name: str) -> Policy:
    return load_policy(Path("no workspace here"), extends=name).policy


def holdings(policy: Policy) -> st.SearchStrategy[tuple[Holding, ...]]:
    products = policy.catalog.products.items()
    plans = [(p, name, False) for p, entry in products for name in entry.plans]
    options = [(p, name, True) for p, entry in products for name in entry.options]
    contracts = st.builds(
        lambda what, quantity, mrr, trial: Holding(
            what[0], what[1], quantity, mrr, what[2], trial, TODAY, None
        ),
        st.sampled_from([*plans, *options, (None, "gone", False)]),
        st.sampled_from([None, Decimal(0), Decimal(1), Decimal(12), Decimal("1.5")]),
        st.sampled_from([None, Decimal(0), Decimal("999.5")]),
        st.booleans(),
    )
    return st.lists(contracts, max_size=4).map(tuple)


@pytest.mark.parametrize("name", PRESETS)
class TestEveryPreset:
    def test_offers_are_well_written(self, name: str) -> None:
        for play in preset(name).plays.values():
            check_offer(play.offer)

    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_any_customer_gets_an_offer_or_a_reason(self, name: str, data: st.DataObject) -> None:
        policy = preset(name)
        play = data.draw(st.sampled_from(sorted(policy.plays.values(), key=lambda p: p.id)))
        one = Case(
            as_of=TODAY,
            customer_id="c1",
            play=play,
            numbers={metric: data.draw(NUMBERS) for metric in (*policy.metrics, "seats", "limit_seats")},
            holdings=data.draw(holdings(policy)),
            catalog=policy.catalog,
            currency="JPY",
            gross_margin=Decimal("0.8"),
            meaning=meaning_of(policy),
        )
        made = combined(one)
        if isinstance(made, Priced):
            assert made.label.ja and (made.mrr_change.is_finite() and made.once >= 0)
            assert all(benefit.assumptions is not None for benefit in benefits_of(one, made))
            assert benefit_known(one, made) in (True, False)
        else:
            assert made.why.ja and made.why.en
