"""Facts of the app in the lake: once each, the newest word of a key, refused rows set aside, days covered, and decided on."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from build import COMPANY, NOW, TODAY, ago, lake_with, noon
from minori.lake.lake import Lake
from minori.pipeline import quarantine
from minori.pipeline.own_app import Drained, drain
from minori.pipeline.own_rows import OwnRow
from minori.pipeline.session import open_session
from minori.pipeline.stages import STANDING
from minori.policy.definitions import Policy
from minori.policy.workspace import WorkspaceFile
from minori.query.sql import sql

FIRST = date(2026, 1, 1)
_COVERAGE = sql("select table_name, covers_from, covers_until, fresh from coverage")


def answer(number: int = 1, **given: Any) -> OwnRow:
    row = {
        "proposal_id": "p1",
        "customer_id": "acme",
        "play": "add_seats",
        "result": "declined",
        "reason": "price",
        "answered_at": noon(ago(1)).isoformat(),
        **given,
    }
    return OwnRow("outcomes", f"p1:{number}", number, row)


def consent(number: int, granted: Any, user: str | None = "u1") -> OwnRow:
    row = {
        "customer_id": "acme",
        "user_id": user,
        "channel": "mail",
        "granted": granted,
        "said_at": noon(TODAY).isoformat(),
    }
    return OwnRow("consents", f"c{number}", number, row)


def drained(lake: Lake, *rows: OwnRow, now: datetime = NOW) -> Drained:
    return drain(lake, rows, company=COMPANY, covers_from=FIRST, now=now)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return lake_with(tmp_path, {"customers": [{"customer_id": "acme", "started_on": ago(900)}]})


def outcomes(lake: Lake) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = lake.snapshot().arrow("facts/outcomes").to_pylist()
    return rows


def test_draining_twice_changes_nothing(lake: Lake) -> None:
    first = drained(lake, answer(), consent(2, True))
    again = drained(lake, answer(), consent(2, True))
    assert (first.new, first.rows) == (2, 2)
    assert (again.new, again.unchanged, again.corrected) == (0, 2, 0)
    [row] = outcomes(lake)
    assert (row["_source"], row["_day"], row["result"]) == ("own_app", ago(1), "declined")
    assert len(lake.snapshot().arrow("facts/consents")) == 1


def test_the_newest_word_of_a_key_holds(lake: Lake) -> None:
    drained(lake, answer(2, reason="need"), answer(1), answer(3, reason="timing"))
    assert [row["reason"] for row in outcomes(lake)] == ["timing"]
    drained(lake, answer(2, reason="fit"))  # handed over again, out of order
    assert [row["reason"] for row in outcomes(lake)] == ["timing"]
    drained(lake, answer(4, reason="other"))
    assert [row["reason"] for row in outcomes(lake)] == ["other"]


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"result": "perhaps"}, "result"),
        ({"answered_at": "2026-03-30T12:00:00"}, "answered_at"),  # whose noon?
        ({"answered_at": "2026-04-09T12:00:00+00:00"}, "answered_at"),
        ({"answered_at": None}, "answered_at"),
        ({"customer_id": "ac\x1fme"}, "customer_id"),
        ({"colour": "red"}, "colour"),
        ({"play": 7}, "play"),
    ],
)
def test_a_row_that_is_refused_is_set_aside_once(lake: Lake, given: dict[str, Any], column: str) -> None:
    for _ in range(2):
        assert drained(lake, answer(**given), consent(2, True)).quarantined == 1
    [aside] = quarantine.list_open(lake)
    assert (aside.source, aside.table, aside.file, aside.row, aside.column) == (
        "own_app",
        "outcomes",
        "app",
        1,
        column,
    )
    assert aside.reason.ja and aside.reason.en
    assert not lake.snapshot().rows("facts/outcomes") and len(lake.snapshot().arrow("facts/consents")) == 1


def test_a_mended_row_closes_what_was_set_aside(lake: Lake) -> None:
    drained(lake, answer(play=7))
    drained(lake, answer())
    assert quarantine.list_open(lake) == [] and len(outcomes(lake)) == 1


def test_a_flag_is_a_flag(lake: Lake) -> None:
    assert drained(lake, consent(1, "yes")).quarantined == 1


def test_nothing_to_do_writes_nothing(lake: Lake) -> None:
    assert drained(lake) == Drained()
    drained(lake, answer())
    before = lake.snapshot().number
    assert drained(lake) == Drained() and lake.snapshot().number == before


def test_the_app_covers_every_day_of_what_it_alone_gives(lake: Lake) -> None:
    drained(lake, answer())
    later = NOW + timedelta(days=100)
    drained(lake, now=later)
    day = COMPANY.calendar.day_of(later)
    found = coverage(lake, day)["outcomes"]
    assert (found["covers_from"], found["covers_until"], found["fresh"]) == (FIRST, day, True)


def test_beside_another_source_it_only_says_from_when(lake: Lake) -> None:
    (lake.root.parent / "sources.yaml").write_text("- {id: crm, kind: files, read: o.csv, gives: outcomes}\n")
    drained(lake, answer())
    drained(lake, now=NOW + timedelta(days=100))
    found = coverage(lake, COMPANY.calendar.day_of(NOW + timedelta(days=100)))["outcomes"]
    assert (found["covers_until"], found["fresh"]) == (ago(1), False)


def coverage(lake: Lake, day: date) -> dict[str, dict[str, Any]]:
    with open_session(
        lake.root.parent, lake.snapshot(), Policy.model_validate({}), WorkspaceFile(company=COMPANY)
    ) as session:
        run = session.run_pass(STANDING[:1], [day])
        return {row["table_name"]: row for row in run.fetch(_COVERAGE.bind()).to_pylist()}


def test_who_was_erased_stays_erased(lake: Lake) -> None:
    from minori.pipeline.erasing.forget import forget

    words = {
        "customer_id": "acme",
        "kind": "goal",
        "words": "山田の目標",
        "said_at": noon(ago(2)).isoformat(),
    }
    drained(lake, OwnRow("statements", "s1", 1, words))
    forget(lake, "acme", None, by="admin", salt="ab" * 16, constant=[])
    drained(lake, OwnRow("statements", "s1", 1, words), OwnRow("statements", "s2", 2, words))
    assert {row["words"] for row in lake.snapshot().arrow("facts/statements").to_pylist()} == {None}
