"""Real purchases split by time: a model of the first half year against what came in the next quarter."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from minori.stats import bgnbd, gamma_gamma, pareto_nbd
from minori.stats.bgnbd import BgNbd
from minori.stats.future_purchases import HIGH, LOW, Future
from minori.stats.gamma_gamma import GammaGamma, Spending
from minori.stats.held_out import compare
from minori.stats.histories import Histories
from minori.stats.pareto_nbd import ParetoNbd
from stats.clv_case import DATA, REALDATA

pytestmark = REALDATA
CUT, UNTIL = pd.Timestamp("1997-06-30"), pd.Timestamp("1997-09-30")
DAYS = 92.0
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Split:
    """All 23,570 customers of the shop: their history up to the cut, and what they did in the days after."""

    histories: Histories
    mean: Numbers
    bought: Numbers
    spent: Numbers


@pytest.fixture(scope="module")
def cdnow() -> Split:
    file = DATA / "cdnow" / "CDNOW_master_until_1997-09-30.txt"
    rows = pd.read_csv(file, sep=r"\s+", names=["id", "day", "discs", "amount"])
    rows["day"] = pd.to_datetime(rows["day"].astype(str))
    days = rows.groupby(["id", "day"], as_index=False)["amount"].sum()
    days = days[days["amount"] > 0]
    past, later = days[days["day"] <= CUT], days[(days["day"] > CUT) & (days["day"] <= UNTIL)]
    first = past.groupby("id")["day"].min()
    repeats = past[past["day"] > past["id"].map(first)]
    x = repeats.groupby("id").size().reindex(first.index, fill_value=0)
    last = (past.groupby("id")["day"].max() - first).dt.days
    mean = repeats.groupby("id")["amount"].mean().reindex(first.index, fill_value=0.0)
    came = later.groupby("id")["amount"].agg(["size", "sum"]).reindex(first.index, fill_value=0.0)
    return Split(
        Histories.of(x, last, (CUT - first).dt.days),
        mean.to_numpy(),
        came["size"].to_numpy(float),
        came["sum"].to_numpy(float),
    )


@pytest.fixture(scope="module")
def model(cdnow: Split) -> BgNbd:
    found = bgnbd.fit(cdnow.histories)
    assert isinstance(found, BgNbd)
    return found


def test_bgnbd_beats_the_rate_so_far(cdnow: Split, model: BgNbd) -> None:
    rate = np.divide(
        cdnow.histories.x, cdnow.histories.age, out=np.zeros(len(cdnow.mean)), where=cdnow.histories.age > 0
    )
    found = compare(model.purchases(cdnow.histories, DAYS), rate * DAYS, cdnow.bought, cdnow.histories.weight)
    assert found and found.better and found.clear
    assert found.model.correlation and found.plain.correlation
    assert found.model.correlation > found.plain.correlation
    assert found.model.mae < found.plain.mae
    assert abs(found.model.total_error or 1) < abs(found.plain.total_error or 0)


def test_pareto_nbd_is_no_worse(cdnow: Split, model: BgNbd) -> None:
    days = pd.DataFrame({"x": cdnow.histories.x, "last": cdnow.histories.last, "age": cdnow.histories.age})
    groups = days.groupby(["x", "last", "age"]).size().reset_index(name="n")
    other = pareto_nbd.fit(Histories.of(groups["x"], groups["last"], groups["age"], groups["n"]))
    assert isinstance(other, ParetoNbd)
    ours, theirs = (m.purchases(cdnow.histories, DAYS) for m in (other, model))
    found = compare(ours, theirs, cdnow.bought, cdnow.histories.weight)
    assert found and found.model.rmse < found.plain.rmse * 1.02


def test_spend(cdnow: Split, model: BgNbd) -> None:
    spending = gamma_gamma.fit(Spending.of(cdnow.histories.x, cdnow.mean))
    assert isinstance(spending, GammaGamma)
    ours = model.purchases(cdnow.histories, DAYS) * spending.mean(cdnow.histories.x, cdnow.mean)
    rate = np.divide(
        cdnow.histories.x, cdnow.histories.age, out=np.zeros(len(ours)), where=cdnow.histories.age > 0
    )
    found = compare(ours, rate * DAYS * cdnow.mean, cdnow.spent, cdnow.histories.weight)
    assert found and found.better and found.clear


def test_the_interval_holds_nine_of_ten_and_not_all(cdnow: Split, model: BgNbd) -> None:
    future = Future(model, cdnow.histories, DAYS)
    low, high = future.quantile(LOW), future.quantile(HIGH)
    inside = (cdnow.bought >= low) & (cdnow.bought <= high)
    assert inside.mean() > 0.9
    assert 0.85 < inside[cdnow.histories.x > 3].mean() < 0.98
