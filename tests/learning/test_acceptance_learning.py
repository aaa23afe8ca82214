"""The learned chance of acceptance: what it starts from, what it learns, how it says why."""

from datetime import date

import numpy as np
import pytest

from build import both
from minori.core.errors import InputError
from minori.core.text import Text
from minori.learning.acceptance import Examples, train
from minori.learning.acceptance_columns import HOLDS, Column, columns_of
from minori.learning.acceptance_stage import interval
from minori.learning.acceptance_versions import in_force, rolled_back, with_training
from minori.learning.acceptance_words import because
from minori.policy.definitions import Play, Policy
from minori.stats.scoring import expit

LOGINS = Column("logins", Text(ja="ログイン", en="Logins"), 1)
NOISE = Column("noise", Text(ja="雑音", en="Noise"), 0)


def play(name: str, accept: float) -> Play:
    return Play.model_validate(
        {
            "id": name,
            "label": both(name),
            "hypothesis": both("h"),
            "when": "logins > 1",
            "because": both("b"),
            "offer": {"kind": "seats"},
            "prior": {"accept": accept, "from": 20},
        }
    )


PLAYS = {"seats": play("seats", 0.2), "plan": play("plan", 0.1), "never_made": play("never_made", 0.05)}


def examples(count: int, slope: float, seed: int = 1) -> Examples:
    random = np.random.default_rng(seed)
    x = random.normal(size=(count, 2))
    plays = np.where(random.random(count) < 0.5, "seats", "plan")
    level = np.where(plays == "seats", -1.0, -2.5)
    accepted = (random.random(count) < expit(level + slope * x[:, 0])).astype(np.float64)
    days = 739_000 + np.arange(count)
    return Examples(x, accepted, plays.tolist(), days, days + 5)


def test_a_play_that_was_never_made_starts_from_its_prior() -> None:
    trained = train(examples(600, 1.0), (LOGINS, NOISE), PLAYS)
    assert expit(np.array([trained.rates["never_made"]]))[0] == pytest.approx(0.05)
    assert trained.rates["seats"] > trained.rates["plan"] > trained.rates["never_made"]


def test_what_the_metric_says_is_learned_within_each_play() -> None:
    trained = train(examples(900, 1.2), (LOGINS, NOISE), PLAYS)
    assert trained.climbed.learned
    rates = np.full(2, trained.rates["seats"])
    few, many = trained.climbed.chance(np.array([[-1.5, 0.0], [1.5, 0.0]]), rates)
    assert few < 0.2 < 0.4 < many
    assert trained.signals[0].column == "logins"


def test_answers_that_follow_no_metric_leave_the_plays_rates() -> None:
    assert not train(examples(600, 0.0), (LOGINS, NOISE), PLAYS).climbed.learned


def test_a_column_that_knows_the_answer_is_left_out() -> None:
    made = examples(600, 0.5)
    leaking = Examples(
        np.column_stack([made.x, made.accepted]), made.accepted, made.plays, made.asked, made.known
    )
    trained = train(leaking, (LOGINS, NOISE, Column("invoice", Text(ja="請求", en="Invoice"), 0)), PLAYS)
    assert [s.column for s in trained.suspects] == ["invoice"]
    assert [column.name for column in trained.columns] == ["logins", "noise"]


def test_signs_turn_round_for_plays_that_keep_a_customer() -> None:
    metric = {"label": both("l"), "count": "events", "window": "14 days", "better": "higher"}
    policy = Policy.model_validate({"metrics": {"logins": metric}})
    sale = {column.name: column.sign for column in columns_of(policy, "sale", {"logins"})}
    keep = {column.name: column.sign for column in columns_of(policy, "keep", {"logins"})}
    assert (sale["logins"], keep["logins"]) == (1, -1)
    assert sale["price_rise"] == -1 and "price_rise" not in keep


def test_words_name_what_raised_and_lowered() -> None:
    seats = Column("seat_use", Text(ja="利用率", en="Seat use"), 1, share=True)
    holds = Column(HOLDS, Text(ja="条件", en="condition"), 1)
    words = because((LOGINS, seats, holds), np.array([12.0, 0.25, 1.0]), np.array([0.4, -0.3, 0.9]))
    assert words.en == "raised by Logins (12); lowered by Seat use (25%)"
    assert words.ja == "見込みを上げている指標: ログイン (12)。見込みを下げている指標: 利用率 (25%)"
    assert "no metric" in because((LOGINS,), np.array([np.nan]), np.array([0.01])).en


def test_an_interval_is_as_wide_as_its_tenth_is_small() -> None:
    tenths = [[0.1, 400], [0.5, 20]]
    sure, unsure = interval(0.09, tenths), interval(0.3, tenths)
    assert sure[0] < 0.09 < sure[1] < 0.13
    assert unsure[1] - unsure[0] > 0.25


def version(as_of: date) -> list[dict[str, object]]:
    return [{"part": "sale", "as_of": as_of}]


def test_a_run_uses_the_newest_version_that_knew_no_later_answer() -> None:
    rows = with_training([], version(date(2026, 1, 1)))
    rows = with_training(rows, version(date(2026, 2, 1)))
    assert [row["version"] for row in in_force(rows, date(2026, 3, 1))] == [2]
    assert [row["version"] for row in in_force(rows, date(2026, 1, 15))] == [1]
    assert in_force(rows, date(2025, 12, 31)) == []


def test_rolling_back_takes_later_versions_out_of_use() -> None:
    rows = with_training([], version(date(2026, 1, 1)))
    for month in (2, 3):
        rows = with_training(rows, version(date(2026, month, 1)))
    back = rolled_back(rows, 2)
    assert [row["state"] for row in back] == ["replaced", "adopted", "rolled_back"]
    assert [row["version"] for row in in_force(back, date(2026, 4, 1))] == [2]
    assert [row["version"] for row in with_training(back, version(date(2026, 4, 1)))] == [1, 2, 3, 4]
    with pytest.raises(InputError, match="known: 1, 2, 3"):
        rolled_back(rows, 9)
