"""Uplift on the randomised e-mails of Hillstrom and the promotion of Starbucks; off-policy value on Open Bandit."""

import csv
import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from minori.stats.arrays import Flags, Floats
from minori.stats.off_policy import OffPolicy, off_policy
from minori.stats.uplift import Decided, Trial, decide, learned, net

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the third-party data is not here"),
]
Rows = list[dict[str, str]]


def _rows(path: str) -> Rows:
    with gzip.open(DATA / path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _features(rows: Rows, kinds: Sequence[str], numbers: Sequence[str]) -> Floats:
    columns = [[float(row[name]) for row in rows] for name in numbers]
    for name in kinds:
        columns += [[float(row[name] == value) for row in rows] for value in sorted({r[name] for r in rows})]
    return np.array(columns).T


def _flags(rows: Rows, holds: Callable[[dict[str, str]], bool]) -> Flags:
    return np.array([holds(row) for row in rows])


@pytest.fixture(scope="module")
def mails() -> Rows:
    return _rows("hillstrom/hillstrom_70_percent.csv.gz")


class TestHillstrom:
    def _decided(self, rows: Rows, mail: str) -> Decided:
        own = [row for row in rows if row["segment"] in (mail, "No E-Mail")]
        numbers = ("recency", "history", "mens", "womens", "newbie")
        trial = Trial(
            _features(own, ("zip_code", "channel"), numbers),
            _flags(own, lambda row: row["segment"] == mail),
            np.array([float(row["visit"]) for row in own]),
            0.5,
        )
        return decide(trial, worth=1.0, cost=0.0, seed=1)

    def test_the_womens_mail_can_be_aimed(self, mails: Rows) -> None:
        decided = self._decided(mails, "Womens E-Mail")
        assert decided.ranking is not None
        assert decided.ranking.qini.middle >= 0.055 and decided.ranking.qini.low > 0.03
        assert decided.ranking.usable and decided.ranking.average.middle == pytest.approx(0.045, abs=0.01)

    def test_for_the_mens_mail_there_is_no_usable_difference(self, mails: Rows) -> None:
        decided = self._decided(mails, "Mens E-Mail")
        assert decided.ranking is not None and not decided.ranking.usable
        assert decided.plan == "everybody" and decided.contact.all()


class TestStarbucks:
    def test_aiming_pays_where_sending_to_all_loses(self) -> None:
        rows = _rows("starbucks_promo/training.csv.gz")
        whole = Trial(
            _features(rows, ("V1", "V4", "V5", "V6", "V7"), ("V2", "V3")),
            _flags(rows, lambda row: row["Promotion"] == "Yes"),
            np.array([float(row["purchase"]) for row in rows]),
            0.5,
        )
        apart = np.random.default_rng(1).random(len(rows)) < 1 / 3
        later = whole.part(apart)
        contact = learned(whole.part(~apart), seed=1)(later.features) * 10 > 0.15
        aimed = net(later, contact, worth=10, cost=0.15)
        assert contact.mean() <= 0.4 and aimed.low > 0
        assert net(later, ~np.zeros_like(contact), worth=10, cost=0.15).high < 0
        sent, kept = contact & later.treated, contact & ~later.treated  # as the exercise counts it
        assert 10 * (later.outcome[sent].sum() - later.outcome[kept].sum()) - 0.15 * sent.sum() > 150


class TestOpenBandit:
    def _random_from_bts(self, shop: str, items: int) -> OffPolicy:
        rows = _rows(f"open_bandit/bts_{shop}.csv.gz")
        clicks = np.array([float(row["click"]) for row in rows])
        logged = np.array([float(row["propensity_score"]) for row in rows])
        return off_policy(clicks, logged, np.full(len(rows), 1 / items))

    def test_men_has_enough_to_say_something_wide(self) -> None:
        got = self._random_from_bts("men", 34)
        assert got.effective == pytest.approx(656, abs=1) and got.snips is not None
        assert got.snips.low < 0.0046 < got.snips.high + 0.0005  # the random policy's own clicks

    def test_women_is_refused(self) -> None:
        got = self._random_from_bts("women", 46)
        assert got.refused and got.effective < 5 and got.largest_weight > 20_000

    @pytest.mark.parametrize("shop", ["men", "women"])
    def test_the_oracle_from_the_random_log(self, shop: str) -> None:
        oracles = json.loads((DATA / "oracles" / "oracles.json").read_text(encoding="utf-8"))
        expected = next(one for one in oracles if one["id"] == "ope.obd.small")["expected"][shop]
        seen, log = (_rows(f"open_bandit/{policy}_{shop}.csv.gz") for policy in ("bts", "random"))
        shown = {p: [r["item_id"] for r in seen if r["position"] == p] for p in ("1", "2", "3")}
        wanted = [shown[r["position"]].count(r["item_id"]) / len(shown[r["position"]]) for r in log]
        clicks = np.array([float(row["click"]) for row in log])
        logged = np.array([float(row["propensity_score"]) for row in log])
        got = off_policy(clicks, logged, np.array(wanted))
        assert got.ips is not None and got.snips is not None
        assert got.ips.middle == pytest.approx(expected["IPW"], abs=1e-5)
        assert got.snips.middle == pytest.approx(expected["SNIPW"], abs=1e-5)
        assert clicks.mean() == pytest.approx(expected["random"], abs=1e-5)
