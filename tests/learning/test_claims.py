"""Published claims beside own values: effects by lot alone, changes marked as seen, and what CS earned."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from build import TODAY, WORKSPACE, ago, lake_with, noon
from learning.experiment_case import HORIZON, Company, Truth, decision, policy
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.types import arrow_schema
from minori.learning import claim_figures as figures
from minori.learning.claims import CLAIMS, NO_HOLD_OUT, NO_WORDING, TOO_FEW, Beside, Gain, by_lot, total_gain
from minori.learning.experiments import compared_wordings
from minori.learning.wordings import variants
from minori.pipeline.proof.claims import Claims, _effects, _framed, claims
from minori.pipeline.session import Session
from minori.schema.results import RESULTS
from minori.stats.interval import Interval
from minori.stats.pooled_ratio import TwoArms, pooled_ratio


def arm(yes: int, n: int) -> Any:
    return np.array([1.0] * yes + [0.0] * (n - yes))


class TestPooled:
    def test_is_mantel_and_haenszel_by_hand(self) -> None:
        # (20 × 100 ÷ 200 + 9 × 50 ÷ 150) ÷ (10 × 100 ÷ 200 + 3 × 100 ÷ 150) = 13 ÷ 7
        found = pooled_ratio([TwoArms(arm(20, 100), arm(10, 100)), TwoArms(arm(9, 100), arm(3, 50))])
        assert found is not None
        assert found.middle == pytest.approx(13 / 7)
        assert 1 < found.low < found.middle < found.high

    def test_a_larger_experiment_of_readier_customers_is_no_effect(self) -> None:
        """Simpson: in each alone there is no difference, together the treated buy more."""
        found = pooled_ratio([TwoArms(arm(90, 100), arm(9, 10)), TwoArms(arm(1, 10), arm(10, 100))])
        assert found is not None
        assert found.middle == pytest.approx(1.0)

    def test_covers_what_it_claims(self) -> None:
        rng = np.random.default_rng(7)
        inside = 0
        for _ in range(300):
            parts = [
                TwoArms((rng.random(200) < 1.5 * p).astype(float), (rng.random(100) < p).astype(float))
                for p in (0.2, 0.4)
            ]
            found = pooled_ratio(parts)
            inside += found is not None and found.low <= 1.5 <= found.high
        assert 0.85 <= inside / 300 <= 0.95

    def test_says_why_there_is_none(self) -> None:
        reasons = {
            NO_HOLD_OUT: [],
            TOO_FEW: [TwoArms(arm(9, 30), arm(1, 9))],
        }
        for reason, parts in reasons.items():
            assert by_lot(figures.SALES, parts).missing is reason
        nothing = by_lot(figures.SALES, [TwoArms(arm(9, 30), arm(0, 30))])
        assert nothing.value is None
        assert nothing.sample == 60


def measured(root: Path, company: Company, **facts: Any) -> Claims:
    lake = company.lake(root, **facts)
    session = Session(
        DuckDBEngine(root / "temporary", threads=1), lake.snapshot(), policy(company.plays), WORKSPACE
    )
    try:
        return claims(session, TODAY)
    finally:
        session.engine.close()


def of(found: Claims, name: str) -> Beside:
    return next(one for one in found.beside if one.claim.id == name)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Claims:
    """A play that doubles buying, a rescue that halves leaving, and what CS cost for two years."""
    plays = {
        "sell": Truth(buys=(0.15, 0.3)),
        "rescue": Truth(buys=(0, 0), leaves=(0.4, 0.2), kind="rescue"),
    }
    company = Company(plays, 600)
    costs = [
        {"cost_id": f"k{n}", "customer_id": "sell-0001", "kind": "retention", "amount": 100_000, "currency": "JPY",
         "spent_on": ago(30 * n)}
        for n in range(24)
    ]  # fmt: skip
    return measured(tmp_path_factory.mktemp("claims"), company, costs=costs)


class TestBeside:
    def test_effects_are_those_planted(self, told: Claims) -> None:
        sold, stayed = of(told, "targeted").effect, of(told, "churn").effect
        assert sold.low is not None and sold.high is not None
        assert sold.low < 2.0 < sold.high
        assert sold.low > 1
        assert stayed.low is not None and stayed.high is not None
        assert stayed.low < -0.5 < stayed.high < 0
        assert of(told, "targeted").agrees is False  # 4.1 times is out of reach

    def test_an_effect_is_never_what_was_merely_seen(self, told: Claims) -> None:
        for one in told.beside:
            assert not one.effect.figure.observational
            assert one.seen is None or one.seen.figure.observational
        assert all(one.effect.value is None or one.effect.low is not None for one in told.beside)

    def test_what_cannot_be_measured_says_why(self, told: Claims) -> None:
        for name in ("ltv", "cost", "framing"):
            effect = of(told, name).effect
            assert effect.value is None
            assert effect.missing is not None
        assert of(told, "framing").effect.missing is NO_WORDING

    def test_claims_are_those_published(self) -> None:
        said = {claim.id: (claim.low, claim.high) for claim in CLAIMS}
        assert said == {
            "ltv": (0.15, 0.15),
            "targeted": (4.1, 4.1),
            "spend": (3.0, 3.0),
            "sales": (0.1, 0.2),
            "cost": (-0.3, -0.3),
            "churn": (-0.2, -0.2),
            "framing": (1.5, 1.5),
        }


class TestProfit:
    def test_gain_less_cost(self, told: Claims) -> None:
        gain, cost, profit = told.cs
        assert isinstance(cost.value, Decimal) and isinstance(gain.value, Decimal)
        drawn = HORIZON + 45 + 400  # days ago of the first draw
        assert cost.sample == drawn // 30 + 1
        assert cost.value == 100_000 * cost.sample
        assert gain.low is not None
        assert profit.value == gain.value - cost.value
        # Rescue keeps 0.2 × ¥10,000 a month and selling adds about 0.15 × ¥5,000, of some 600 customers proposed to
        assert gain.low > 0

    def test_without_hold_out_nothing_is_measured(self, tmp_path: Path) -> None:
        company = Company({"sell": Truth()}, 30)
        company.decisions = company.decisions[:0]
        found = measured(tmp_path, company)
        assert [reading.missing for reading in found.cs] == [NO_HOLD_OUT] * 3

    def test_totals_add_and_errors_do_so_in_squares(self) -> None:
        found = total_gain([Gain(Interval(-3, 0, 3), 5), Gain(Interval(6, 10, 14), 7)])
        assert found == (5, 10, 15)


def test_loss_framing_is_compared_where_it_was_drawn() -> None:
    rows = [
        {"wording": "sell: gain, loss", "variant": variant, "customer_id": f"{variant}{n}", "settled_on": ago(1),
         "accepted": n < yes}
        for variant, yes in (("gain", 20), ("loss", 40))
        for n in range(200)
    ]  # fmt: skip
    cells = compared_wordings(
        "sell: gain, loss", "sell", variants(rows, known_until=TODAY), harm_limit=20.0, seed=1
    )
    effect = _effects([], _framed(cells), None)[-1]
    assert effect.figure is figures.FRAMING
    assert (effect.value, effect.sample) == (pytest.approx(2.0), 400)
    assert _framed([cell for cell in cells if cell.name == "loss"]) == []


def test_a_shop_is_measured_by_orders(tmp_path: Path) -> None:
    """Held-out customers order for 1,000 within the horizon, the others for 1,500 ± 100; margin 0.8."""
    drawn = ago(HORIZON + 50)
    lots = [(f"c{n:02}", "proposed" if n % 2 else "hold_out") for n in range(80)]
    orders = [
        {"order_id": f"{c}-{days}", "customer_id": c, "ordered_at": noon(drawn + timedelta(days=days)), "currency": "JPY",
         "amount": amount}
        for n, (c, fate) in enumerate(lots)
        for days, amount in ((5, 1000 if fate == "hold_out" else 1400 + 100 * (n // 2 % 3)), (HORIZON + 5, 9000))
    ]  # fmt: skip
    facts = {"customers": [{"customer_id": c, "started_on": ago(300)} for c, _ in lots], "orders": orders}
    lake = lake_with(tmp_path, facts)
    with lake.change("runs") as change:
        rows = [decision(c, "sell", drawn, fate) for c, fate in lots]
        change.replace(
            "results/decision", pa.Table.from_pylist(rows, arrow_schema(RESULTS["decision"], False))
        )
    session = Session(
        DuckDBEngine(tmp_path / "temporary", threads=1), lake.snapshot(), policy({"sell": Truth()}), WORKSPACE
    )
    try:
        found = claims(session, TODAY)
    finally:
        session.engine.close()
    middle = sum(1400 + 100 * (n % 3) for n in range(40)) / 40
    assert of(found, "spend").effect.value == pytest.approx(middle / 1000)
    assert of(found, "sales").effect.value == pytest.approx(middle / 1000 - 1)
    assert found.cs[0].value == round(Decimal((middle - 1000) * 40 * 0.8))
