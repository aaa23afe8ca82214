"""``examples/sparkify_log`` against the same numbers computed by pandas from the file."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from realdata.example_run import DATA, REALDATA, Example, check_adds_up

pytestmark = REALDATA
FILE = "sparkify_log/log_data_2018-11.jsonl.gz"
NOW = datetime(2018, 12, 1, 12, tzinfo=UTC)
LAST = pd.Timestamp("2018-11-30")
ZONE = "America/Los_Angeles"
PAID = Decimal("9.99")  # the example's assumption
ONE_BACK_AND_FORTH = "15"  # went down and up again within four minutes


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return Example(tmp_path_factory.mktemp("sparkify"), "sparkify_log", FILE, NOW)


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    rows = pd.read_json(DATA / FILE, lines=True, dtype=False)
    control = {chr(code) for code in range(32)}
    texts = rows[["artist", "song", "location", "userAgent"]].fillna("")
    rows["damaged"] = texts.map(lambda text: bool(control & set(text))).any(axis=1)
    return rows


@pytest.fixture(scope="module")
def log(raw: pd.DataFrame) -> pd.DataFrame:
    """Readable rows of somebody, in order, each with the company's day."""
    rows = raw[~raw.damaged & (raw.userId != "")].sort_values(["userId", "ts", "itemInSession"])
    return rows.assign(day=_day(rows.ts), registered=_day(rows.registration))


@pytest.fixture(scope="module")
def levels(log: pd.DataFrame) -> pd.DataFrame:
    """Level of every user on every day of the month: the last one seen, else the first that follows."""
    days = pd.date_range("2018-11-01", LAST)
    last = log.groupby(["userId", "day"])["level"].last().unstack("day").reindex(columns=days)
    return last.ffill(axis=1).bfill(axis=1)


def _day(milliseconds: pd.Series) -> pd.Series:
    at = pd.to_datetime(milliseconds.astype("int64"), unit="ms", utc=True)
    return at.dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()


def test_every_row_is_accounted_for(music: Example, raw: pd.DataFrame, log: pd.DataFrame) -> None:
    events = music.source("events")
    nobody, damaged = int((raw.userId == "").sum()), int(raw.damaged.sum())
    assert (len(raw), nobody, damaged) == (8_056, 286, 16)
    assert (events.rows, events.left_out, events.quarantined) == (len(raw), nobody, damaged)
    assert events.new == len(log) == len(raw) - nobody - damaged


def test_rows_set_aside_say_why_in_both_languages(music: Example, raw: pd.DataFrame) -> None:
    rows = [row for row in music.workspace.table("quarantine").to_pylist() if row["source"] == "events"]
    assert sorted(row["row"] for row in rows) == sorted(raw.index[raw.damaged] + 1)
    assert {row["column"] for row in rows} <= {"song", "artist"}
    assert all("control sign" in row["reason_en"] and "制御文字" in row["reason_ja"] for row in rows)
    assert all(json.loads(row["record"])["userId"] for row in rows)  # kept whole, so that it can be mended


def test_customers_are_the_users_since_their_registration(music: Example, log: pd.DataFrame) -> None:
    customers = music.facts("customers").set_index("customer_id")
    expected = log.groupby("userId").registered.min()
    assert len(customers) == 97 == music.ran.customers
    assert pd.to_datetime(customers.started_on).eq(expected.reindex(customers.index)).all()


def test_songs_in_two_and_four_weeks_of_every_user(music: Example, log: pd.DataFrame) -> None:
    metric, songs = music.result("metric"), log[log.page == "NextSong"]
    age = (LAST - songs.day).dt.days
    for name, days in (("contents_played", 14), ("contents_four_weeks", 28)):
        expected = songs[age < days].groupby("userId").size().reindex(metric.index, fill_value=0)
        assert (metric[name] == expected).all(), name
    played = songs[age < 14].groupby("userId").day.nunique().reindex(metric.index, fill_value=0)
    assert (metric.use_days == played).all()
    before = (
        songs[(age >= 14) & (age < 28)].groupby("userId").day.nunique().reindex(metric.index, fill_value=0)
    )
    assert (metric.before__use_days == before).all()


def test_upgrades_and_the_downgrade(music: Example, log: pd.DataFrame) -> None:
    names = music.facts("events").name.value_counts()
    assert (names["Submit Upgrade"], names["Submit Downgrade"]) == (8, 1)
    assert names.sort_index().to_dict() == log.page.value_counts().sort_index().to_dict()


def test_a_change_of_level_ends_one_contract_and_starts_the_next(
    music: Example, levels: pd.DataFrame
) -> None:
    contracts = music.facts("contracts").sort_values("starts_on")
    changes = levels.ne(levels.shift(axis=1)).iloc[:, 1:].sum(axis=1)
    assert changes.sum() == 7  # of nine changes two undo each other on one day
    assert contracts.groupby("customer_id").size().to_dict() == (changes + 1).to_dict()
    for _, rows in contracts.groupby("customer_id"):
        assert list(rows.ends_on[:-1]) == list(rows.starts_on[1:]) and pd.isna(rows.ends_on.iloc[-1])
    changed = set(changes.index[changes > 0])
    assert ONE_BACK_AND_FORTH not in changed
    assert set(contracts[contracts.plan_id == "standard"].customer_id) >= changed


@pytest.mark.parametrize(
    "day", [date(2018, 11, 5), date(2018, 11, 13), date(2018, 11, 20), date(2018, 11, 30)]
)
def test_monthly_revenue_at_a_date(music: Example, levels: pd.DataFrame, day: date) -> None:
    contracts = music.facts("contracts")
    valid = contracts[(contracts.starts_on <= day) & ~(contracts.ends_on <= day)]
    paying = int((levels[pd.Timestamp(day)] == "paid").sum())
    assert valid.mrr.sum() == paying * PAID
    assert len(valid) == 97


def test_a_run_of_a_past_day_sees_the_plans_of_that_day(music: Example, levels: pd.DataFrame) -> None:
    ran = music.workspace.run(date(2018, 11, 10), keep=False)
    ids = {row["customer_key"]: row["customer_id"] for row in ran.tables["point"].to_pylist()}
    plans = {ids[row["customer_key"]]: row["plan"] for row in ran.tables["state"].to_pylist()}
    level = levels[pd.Timestamp("2018-11-10")].map({"free": "free", "paid": "standard"})
    assert plans == level.to_dict()
    assert plans["88"] == "free"  # paid from the 19th on


def test_decisions_add_up_and_nobody_is_asked_for_what_they_have(music: Example) -> None:
    check_adds_up(music)
    candidates = music.result("candidate").set_index("candidate_id")
    decision = music.result("decision").set_index("candidate_id")
    assert len(candidates) > 50 and (decision.fate == "proposed").sum() > 20
    plans = music.result("state").plan
    trials = candidates[candidates.play == "free_active_stuck"]
    assert len(trials) > 10 and (plans[trials.customer_id] == "free").all()
    assert "downgraded" not in set(candidates.play)  # the only one undid it at once
    assert music.result("health").health.notna().mean() > 0.9
