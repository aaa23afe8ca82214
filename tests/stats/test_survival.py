"""Survival curves against textbook answers, and what they say where there is nothing to see."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minori.stats.log_rank import log_rank
from minori.stats.survival import kaplan_meier, nelson_aalen

DATA = Path(__file__).parents[3] / "shared" / "data"
here = pytest.mark.skipif(not DATA.exists(), reason="the shared data are not here")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / "survival" / name).open() as file:
        return list(csv.DictReader(file))


def oracle(name: str) -> Any:
    entries = json.loads((DATA / "oracles" / "oracles.json").read_text())
    return next(entry["expected"] for entry in entries if entry["id"] == name)


def gehan() -> list[tuple[str, float, bool]]:
    lines = [line.split() for line in (DATA / "survival" / "gehan.dat").read_text().splitlines() if line]
    return [(group, float(time), event == "1") for group, time, event in lines]


def share(curve: Any, time: float) -> float:
    found = curve.at(time)
    assert found is not None
    return float(found.middle)


@here
@pytest.mark.realdata
class TestTextbook:
    def test_gehan_6mp(self) -> None:
        drug = [(time, event) for group, time, event in gehan() if group == "2"]
        curve = kaplan_meier(*zip(*drug, strict=True), level=0.95)
        expected = oracle("survival.km.6mp")
        assert [share(curve, t) for t in expected["t"]] == pytest.approx(expected["S"], abs=1e-4)
        assert curve.reaches(0.5) == expected["median"]
        # R: survfit(Surv(time, event) ~ 1, conf.type = "log-log")
        assert curve.at(10) == pytest.approx((0.503, 0.7529, 0.889), abs=1e-3)
        assert curve.at(23) == pytest.approx((0.188, 0.4482, 0.680), abs=1e-3)

    def test_glioma(self) -> None:
        expected = oracle("survival.km.g3")
        groups: dict[bool, Any] = {}
        for treated in (True, False):
            chosen = [
                r for r in rows("g3.csv") if (r["group"] == "RIT") is treated and r["histology"] == "Grade3"
            ]
            groups[treated] = kaplan_meier(
                [float(r["time"]) for r in chosen], [r["event"] == "True" for r in chosen]
            )
        assert [share(groups[True], t) for t in (25, 53)] == pytest.approx(expected["RIT t=25,53"], abs=1e-3)
        assert [share(groups[False], t) for t in (9, 19, 32, 34)] == pytest.approx(
            expected["other t=9,19,32,34"], abs=1e-3
        )

    @pytest.mark.parametrize(
        ("file", "time", "event", "group", "statistic", "p"),
        [
            ("lymphoma.csv", "Time", "Censor", "Stage_group", 6.70971, 0.009589),
            ("waltons_dataset.csv", "T", "E", "group", 122.24913, 2.036e-28),
            ("rossi.csv", "week", "arrest", "fin", 3.837570, 0.050116),
        ],
    )
    def test_log_rank(self, file: str, time: str, event: str, group: str, statistic: float, p: float) -> None:
        every = rows(file)
        found = log_rank(
            [float(r[time]) for r in every], [r[event] == "1" for r in every], [r[group] for r in every]
        )
        assert found.statistic == pytest.approx(statistic, rel=1e-6)
        assert found.p == pytest.approx(p, rel=1e-3)

    def test_log_rank_of_gehan_and_of_three_groups(self) -> None:
        groups, times, events = zip(*gehan(), strict=True)
        found = log_rank(times, events, groups)
        assert found.statistic == pytest.approx(16.79, abs=0.005)
        assert found.expected == pytest.approx((10.75, 19.25), abs=0.005)
        rossi = rows("rossi.csv")
        ages = [int(r["age"]) // 10 for r in rossi]
        several = log_rank([float(r["week"]) for r in rossi], [r["arrest"] == "1" for r in rossi], ages)
        assert (several.degrees, several.statistic) == (3, pytest.approx(28.002051, abs=1e-6))

    def test_anderson_is_gehan_written_otherwise(self) -> None:
        lines = [line.split() for line in (DATA / "survival" / "anderson.csv").read_text().splitlines()[1:]]
        found = log_rank([float(x[0]) for x in lines], [x[1] == "1" for x in lines], [x[4] for x in lines])
        assert found.statistic == pytest.approx(16.79, abs=0.005)

    def test_hazard_of_the_flies(self) -> None:
        flies = rows("waltons_dataset.csv")
        curve = nelson_aalen([float(r["T"]) for r in flies], [r["E"] == "1" for r in flies])
        assert [share(curve, t) for t in (19, 60)] == pytest.approx([0.089600, 1.093933], abs=1e-6)


class TestEdges:
    def test_nobody(self) -> None:
        for curve in (kaplan_meier([], []), nelson_aalen([], [])):
            assert curve.at(1) is None
            assert curve.reaches(0.5) is None

    def test_all_censored_stays_at_one_with_a_bound(self) -> None:
        curve = kaplan_meier([5, 6, 7], [False] * 3)
        found = curve.at(5)
        assert found is not None and (found.middle, found.high) == (1, 1)
        assert found.low == pytest.approx(0.05 ** (1 / 3))  # exact: none of three
        assert curve.at(8) is None
        assert curve.reaches(0.5) is None

    def test_all_at_once(self) -> None:
        curve = kaplan_meier([4] * 10, [True] * 10)
        assert curve.at(3) == (1, 1, 1)
        found = curve.at(4)
        assert found is not None and (found.low, found.middle) == (0, 0)
        assert found.high == pytest.approx(1 - 0.05 ** (1 / 10))

    def test_gone_keeps_the_upper_end_of_before(self) -> None:
        curve = kaplan_meier([1, 2, 3], [True] * 3)
        assert curve.estimate[-1] == 0
        assert curve.high[-1] == curve.high[-2] < 1

    def test_an_event_comes_before_censoring_at_one_time(self) -> None:
        assert share(kaplan_meier([2, 2], [True, False]), 2) == 0.5

    @pytest.mark.parametrize("durations", [[-1.0], [np.nan], [np.inf]])
    def test_a_duration_must_be_one(self, durations: list[float]) -> None:
        with pytest.raises(ValueError, match="finite"):
            kaplan_meier(durations, [True])

    def test_one_group_and_no_event_cannot_be_compared(self) -> None:
        assert log_rank([1, 2], [True, True], ["a", "a"]).p is None
        assert log_rank([1, 2], [False, False], ["a", "b"]).p is None
        assert log_rank([], [], []).p is None

    def test_the_interval_covers_as_it_says(self) -> None:
        rng = np.random.default_rng(5)
        hits = 0
        for _ in range(300):
            life, followed = rng.exponential(10, 60), rng.uniform(5, 20, 60)
            found = kaplan_meier(np.minimum(life, followed), life <= followed).at(5)
            hits += found is not None and found.low <= np.exp(-0.5) <= found.high
        assert 0.85 <= hits / 300 <= 0.95
