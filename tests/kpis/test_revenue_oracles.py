"""Published examples of MRR, NRR, GRR and churn, from ``../shared/data/oracles``, through the whole computation."""

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kpis.facts_in_engine import engine_in, pass_over
from kpis.revenue_case import POLICY, contract, rate
from minori.kpis import flow, movement, terms
from minori.kpis.periods import Period, periods
from minori.kpis.read import ratios
from minori.pipeline.proof.kpi import TOTALS
from minori.query.sql import sql

ORACLES = Path(__file__).parents[2].parent / "shared" / "data" / "oracles"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not ORACLES.is_dir(), reason="the third-party data is not here"),
]
YEAR = periods(date(2025, 4, 1), date(2026, 3, 31), "fiscal-year", 4)
_WALK = sql("""
    select period_from, sum(opening) as opening, sum(new) as new, sum(upsell) as upsell, sum(downsell) as downsell,
           sum(churn) as churn, sum(currency) as currency, sum(closing) as closing
    from flow group by period_from order by period_from
""")


def oracle(name: str) -> Any:
    entries = json.loads((ORACLES / "oracles.json").read_text(encoding="utf-8"))
    return next(entry for entry in entries if entry["id"] == name)


def computed(
    folder: Path,
    rows: Iterable[Mapping[str, Any]],
    found: tuple[Period, ...] = YEAR,
    rates: Iterable[Mapping[str, Any]] = (),
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The walk of every period, and the readings over the first."""
    stages = (movement.STAGE, flow.STAGE, terms.STAGE)
    until = found[-1].until - timedelta(days=1)
    with engine_in(folder) as engine:
        run = pass_over(engine, stages, {"contracts": rows, "rates": rates}, until, POLICY, found)
        totals = [t for t in run.fetch(TOTALS.bind()).to_pylist() if t["period_from"] == found[0].start]
        walk = run.fetch(_WALK.bind()).to_pylist()
    return walk, {reading.figure.id: reading.value for reading in ratios(totals)}


def before(customer: str, mrr: object, end: str | None = None) -> dict[str, Any]:
    """A contract since long before the year."""
    return contract("light", "2024-01-01", end, mrr, customer_id=customer)


@pytest.mark.parametrize("name", ["kpi.nrr.1", "kpi.nrr.2", "kpi.nrr.3", "kpi.nrr.4"])
def test_nrr_and_grr(tmp_path: Path, name: str) -> None:
    example = oracle(name)
    start, up, down, lost = (example["inputs"][k] for k in ("start", "expansion", "contraction", "churn"))
    stays = start - lost - down - 1
    rows = [
        before("lost", lost, "2025-06-01"),
        before("shrinks", down + 1, "2025-07-01"),
        contract("light", "2025-07-01", None, 1, customer_id="shrinks"),
        before("grows", stays, "2025-08-01"),
        contract("standard", "2025-08-01", None, stays + up, customer_id="grows"),
        contract("light", "2025-09-01", None, 77_000, customer_id="newcomer"),
    ]
    _, got = computed(tmp_path, rows)
    assert (got["nrr"], got["grr"]) == (example["expected"]["NRR"], example["expected"]["GRR"])


@pytest.mark.parametrize(
    ("which", "lost"), [("lose two 3000", ["3000-0", "3000-1"]), ("lose the 10000", ["10000-0"])]
)
def test_gross_mrr_churn_and_logo_churn(tmp_path: Path, which: str, lost: list[str]) -> None:
    expected = oracle("kpi.mrr.churn.treehouse")["expected"][which]
    names = ["10000-0", *(f"3000-{n}" for n in range(8)), "500-0"]
    rows = [before(n, int(n.split("-")[0]), "2025-06-01" if n in lost else None) for n in names]
    walk, got = computed(tmp_path, rows)
    assert walk[0]["opening"] == 34_500
    assert got["gross_mrr_churn"] == pytest.approx(expected["gross MRR churn"], abs=1e-4)
    assert got["logo_churn"] == pytest.approx(expected["logo churn"], abs=1e-4)


def test_mrr_of_monthly_and_yearly_subscribers_without_trials(tmp_path: Path) -> None:
    rows = [
        *(contract("light", "2025-04-01", None, 100, customer_id=f"a{n}") for n in range(100)),
        *(contract("light", "2025-04-01", None, Decimal(600) / 12, customer_id=f"b{n}") for n in range(50)),
        contract("light", "2025-04-01", None, 999, customer_id="t", is_trial=True),
    ]
    walk, _ = computed(tmp_path, rows)
    assert walk[0]["closing"] == oracle("kpi.mrr.stripe")["expected"]


def test_thirteen_months_of_a_real_company_with_its_currency_line(tmp_path: Path) -> None:
    """One contract in another currency carries the revaluation; the others are split so that each change fits."""
    months = list(
        csv.DictReader((ORACLES / "mrr_movements_13_months.csv").read_text(encoding="utf-8").splitlines())
    )
    found = periods(date(2017, 2, 1), date(2018, 2, 28), "month", 1)
    walk, _ = computed(tmp_path, list(_company(months)), found, list(_rates(months)))
    for row, month in zip(walk, months, strict=True):
        expected = {name: Decimal(value) for name, value in month.items() if name != "month"}
        lost = expected["Voluntary Churn"] + expected["Delinquent Churn"]
        assert row["new"] == pytest.approx(expected["New"])
        assert (row["upsell"], row["downsell"]) == (expected["Upgrades"], expected["Downgrades"])
        assert row["churn"] == lost
        assert row["opening"] + row["currency"] == pytest.approx(expected["Existing"], abs=Decimal("0.005"))
        assert row["closing"] == pytest.approx(expected["MRR"], abs=Decimal("0.005"))


def _company(months: list[dict[str, str]]) -> Iterable[dict[str, Any]]:
    yield contract("light", "2017-02-05", None, 1, customer_id="foreign", currency="USD")
    changes = {"2017-03": 16, "2017-04": 23, "2017-06": 21, "2017-08": 30, "2018-01": 20, "": 0}
    for (start, mrr), end in zip(list(changes.items())[:-1], list(changes)[1:], strict=True):
        yield contract("light", f"{start}-05", f"{end}-05" if end else None, mrr, customer_id="changes")
    leaves = {"2017-04": ("2017-05", 10), "2017-05": ("2017-06", 3), "2017-08": ("2018-01", 10)}
    for month in months[2:]:
        name, amount = month["month"], Decimal(month["New"])
        until, part = leaves.get(name, ("", 0))
        if part:
            yield contract("light", f"{name}-05", f"{until}-05", part, customer_id=f"{name} leaves")
        if amount > part:
            yield contract("light", f"{name}-05", None, amount - part, customer_id=name)


def _rates(months: list[dict[str, str]]) -> Iterable[dict[str, Any]]:
    value = Decimal(months[0]["New"])
    yield rate("USD", "2017-02-01", float(value))
    for earlier, month in pairwise(months):
        value += Decimal(month["Existing"]) - Decimal(earlier["MRR"])
        yield rate("USD", f"{month['month']}-02", float(value))
