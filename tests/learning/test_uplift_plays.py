"""Uplift from a lake's own lots: a planted difference between customers is found, none is not, few are not judged."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from build import TODAY, WORKSPACE, both
from learning.experiment_case import Company, Truth, policy
from minori.core.errors import UnknownName
from minori.core.keys import key64
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.lake import Lake
from minori.learning import uplift_figures as figures
from minori.learning.uplift import Uplift
from minori.pipeline.proof.uplift import uplift
from minori.pipeline.session import Session

LOGINS = {"label": both("logins"), "count": "events where name = 'login'", "window": "14 days"}


class Differing(Company):
    """Every other customer logs in a lot; the proposal moves those by ``truth``, the others not at all."""

    def __init__(self, truth: Truth, customers: int) -> None:
        self.metrics: list[dict[str, Any]] = []
        super().__init__({"sell": truth}, customers)

    def _draw(self, customer: str, play: str, truth: Truth, drawn_on: date) -> None:
        busy = int(customer[-1]) % 2 == 0
        self.metrics.append(
            {"as_of": drawn_on, "customer_key": key64(customer), "logins": 20.0 if busy else 1.0}
        )
        unmoved = Truth(buys=(truth.buys[0], truth.buys[0]), leaves=truth.leaves)
        super()._draw(customer, play, truth if busy else unmoved, drawn_on)

    def lake(self, root: Path, **facts: Any) -> Lake:
        made = super().lake(root, **facts)
        with made.change("metrics of the runs") as change:
            change.replace("results/metric", pa.Table.from_pylist(self.metrics))
        return made


def found(root: Path, company: Company, **how: Any) -> Uplift:
    rules = policy(company.plays).model_dump(mode="json", by_alias=True, exclude_unset=True)
    known = type(policy({})).model_validate({**rules, "metrics": {"logins": LOGINS}})
    engine = DuckDBEngine(root / "temporary", threads=1)
    lake = company.lake(root)
    (one,) = uplift(Session(engine, lake.snapshot(), known, WORKSPACE), TODAY, **how)
    engine.close()
    return one


@pytest.fixture(scope="module")
def differing(tmp_path_factory: pytest.TempPathFactory) -> Uplift:
    company = Differing(Truth(buys=(0.1, 0.55)), 1200)
    return found(tmp_path_factory.mktemp("differing"), company, worth=1000.0, cost=100.0)


def reading(one: Uplift, figure: Any) -> Any:
    return next(r for r in one.readings if r.figure is figure)


class TestPlantedDifference:
    def test_those_whom_it_moves_are_chosen(self, differing: Uplift) -> None:
        assert differing.code == "by_customer"
        assert {mark.feature for mark in differing.marks} >= {"metric_logins"}
        assert reading(differing, figures.CONTACTED).value == pytest.approx(0.5, abs=0.08)

    def test_intervals_hold_what_was_planted(self, differing: Uplift) -> None:
        average, best = reading(differing, figures.AVERAGE), reading(differing, figures.BEST)
        assert average.low <= 0.225 <= average.high and average.level == 0.95
        assert best.low <= 0.45 <= best.high
        assert reading(differing, figures.QINI).low > 0

    def test_choosing_nets_more_than_contacting_all(self, differing: Uplift) -> None:
        plan, everybody = reading(differing, figures.NET), reading(differing, figures.NET_OF_ALL)
        # 600 busy customers gain 0.45 × 1,000 − 100 each; contacting the others too costs 60,000 more.
        assert plan.low <= 600 * 350 <= plan.high
        assert plan.value > everybody.value
        values = [reading(differing, f) for f in (figures.VALUE_PLAN, figures.VALUE_ALL, figures.VALUE_NONE)]
        assert values[0].value > values[1].value > values[2].value
        assert all(value.sample > 100 for value in values)

    def test_says_so_to_programs(self, differing: Uplift) -> None:
        told = json.loads(json.dumps(differing.as_object()))
        assert told["plan"] == "by customer" and told["verdict"] == "by_customer"


def test_without_a_difference_all_are_treated_alike(tmp_path: Path) -> None:
    one = found(tmp_path, Company({"sell": Truth(buys=(0.15, 0.3))}, 1000), cost=100.0)
    assert one.code == "alike" and one.decided.plan == "everybody"
    assert "no usable difference between customers" in one.as_object()["words"]["en"]
    assert reading(one, figures.CONTACTED).value == 1.0
    assert not one.marks
    # Of a rise of 5,000 a month the margin of a year.
    assert reading(one, figures.WORTH).value == pytest.approx(5000 * 0.8 * 12)


def test_an_offer_that_costs_more_than_it_brings_goes_to_nobody(tmp_path: Path) -> None:
    one = found(tmp_path, Company({"sell": Truth(buys=(0.15, 0.3))}, 1000), worth=100.0, cost=90.0)
    assert (one.code, one.decided.plan) == ("alike", "nobody")


def test_few_customers_are_not_judged(tmp_path: Path) -> None:
    one = found(tmp_path, Company({"sell": Truth(buys=(0.1, 0.6))}, 120))
    assert one.code == "not_enough"
    assert "needed" in one.why.en and f"{one.arms.counts[1]:,}" in one.why.en
    assert all(r.value is None for r in one.readings if r.figure is not figures.WORTH)


def test_unknown_plays_are_named(tmp_path: Path) -> None:
    company = Company({"sell": Truth()}, 20)
    session = next(company.session(tmp_path))
    with pytest.raises(UnknownName, match="sel"):
        uplift(session, TODAY, play="sel")
    session.engine.close()
