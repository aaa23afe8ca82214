"""Learned chances from facts to a run: trained on what was known, used by the run, rolled back, retrained when due."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from build import NOW, TODAY, WORKSPACE, ago, both, lake_with, noon
from minori.lake.lake import Lake
from minori.pipeline.proof.acceptance import Learned, retrain_if_due, train_acceptance
from minori.pipeline.proof.model_versions import roll_back, versions
from minori.pipeline.run import run_day
from minori.policy.definitions import Policy
from minori.policy.load import Loaded
from minori.policy.workspace import Learning

CUSTOMERS = 40
POLICY = Policy.model_validate(
    {
        "catalog": {
            "products": {
                "suite": {
                    "label": both("suite"),
                    "plans": {
                        "light": {
                            "label": both("light"),
                            "price": {"per_seat": 1000},
                            "limits": {"seats": "quantity"},
                        }
                    },
                }
            }
        },
        "metrics": {
            "saves": {
                "label": both("Saves"),
                "count": "events where name = 'save'",
                "window": "7 days",
                "better": "higher",
            }
        },
        "plays": {
            "seats": {
                "id": "seats",
                "label": both("seats"),
                "hypothesis": both("h"),
                "when": "saves >= 1",
                "because": both("b"),
                "offer": {"kind": "seats"},
                "prior": {"accept": 0.2, "from": 20},
            }
        },
    }
)
LOADED = Loaded(POLICY)


def facts() -> dict[str, list[dict[str, Any]]]:
    """Half of the customers save every other day and accept, the others save seldom and decline; one is still open."""
    names = [f"c{n:02}" for n in range(CUSTOMERS)]
    busy = {name: number % 2 == 0 for number, name in enumerate(names)}
    asked = [(name, 8 + 9 * turn + number) for turn in range(4) for number, name in enumerate(names)]
    answers = [(n, d, busy[n] != (d % 7 == 0)) for n, d in asked if d > 10]
    return {
        "customers": [{"customer_id": name, "name": name, "started_on": ago(300)} for name in names],
        "contracts": [
            {
                "contract_id": name,
                "customer_id": name,
                "product_id": "suite",
                "plan_id": "light",
                "quantity": 3,
                "mrr": 3000,
                "currency": "JPY",
                "starts_on": ago(300),
            }
            for name in names
        ],
        "events": [
            {
                "event_id": f"{name}{day}",
                "customer_id": name,
                "user_id": name,
                "name": "save",
                "occurred_at": noon(ago(day)),
            }
            for name in names
            for day in range(0, 120, 1 if busy[name] else 5)
        ],
        "proposals": [
            {
                "proposal_id": f"{name}-{day}",
                "customer_id": name,
                "play": "seats",
                "proposed_at": noon(ago(day)),
                "expires_on": ago(day - 5),
            }
            for name, day in asked
        ],
        "outcomes": [
            {
                "proposal_id": f"{name}-{day}",
                "customer_id": name,
                "play": "seats",
                "result": "accepted",
                "answered_at": noon(ago(day - 2)),
            }
            for name, day, yes in answers
            if yes
        ],
    }


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return lake_with(tmp_path_factory.mktemp("learn"), facts())


def trained(lake: Lake, as_of: date = TODAY) -> Learned:
    return train_acceptance(lake, WORKSPACE, LOADED, now=NOW, as_of=as_of)


def chances(lake: Lake) -> dict[int, float]:
    ran = run_day(lake, WORKSPACE, LOADED, now=NOW, as_of=TODAY, backlog=True)
    return {row["customer_key"]: row["accept"] for row in ran.tables["candidate"].to_pylist()}


def test_the_run_uses_what_was_learned_until_it_is_rolled_back(lake: Lake) -> None:
    before = chances(lake)
    learned = trained(lake).parts["sale"]
    assert learned.climbed.learned
    ran = run_day(lake, WORKSPACE, LOADED, now=NOW, as_of=TODAY, keep=False)
    rows = ran.tables["learned_chance"].to_pylist()
    assert {row["version"] for row in rows} == {1}
    assert max(row["chance"] for row in rows) > 2 * min(row["chance"] for row in rows)
    assert all(row["low"] <= row["chance"] <= row["high"] for row in rows)
    assert sum("raised by Saves (7)" in row["because"] for row in rows) == 20, rows[0]
    by_key = {row["customer_key"]: row["chance"] for row in rows}
    after = chances(lake)
    assert after != before
    by_what_was_learned = sorted(
        after, key=lambda key: by_key[key]
    )  # one play, one price: the order is the learned one
    assert [after[key] for key in by_what_was_learned] == sorted(after.values())
    earlier = run_day(lake, WORKSPACE, LOADED, now=NOW, as_of=ago(1), keep=False)
    assert earlier.tables["learned_chance"].num_rows == 0  # it knows answers of a later day
    trained(lake)
    roll_back(lake, 1)
    assert [(r["version"], r["state"]) for r in versions(lake.snapshot())] == [
        (1, "adopted"),
        (2, "rolled_back"),
    ]


def test_later_answers_are_not_known(lake: Lake) -> None:
    past = trained(lake, ago(20)).parts["sale"].climbed
    assert past.rows < trained(lake).parts["sale"].climbed.rows


def test_open_proposals_say_nothing_and_old_ones_are_a_no(lake: Lake) -> None:
    asked = facts()["proposals"]
    over = sum(row["expires_on"] < TODAY for row in asked)
    answered = {row["proposal_id"] for row in facts()["outcomes"]}
    early = sum(row["expires_on"] >= TODAY and row["proposal_id"] in answered for row in asked)
    climbed = trained(lake).parts["sale"].climbed
    assert climbed.rows == over + early
    assert climbed.events == len(answered)


def test_training_is_due_by_its_setting(tmp_path: Path) -> None:
    lake = lake_with(tmp_path, facts())
    weekly = WORKSPACE.model_copy(update={"learning": Learning(retrain="weekly")})
    days = [ago(9), ago(5), ago(2), ago(1)]
    due = [retrain_if_due(lake, weekly, LOADED, now=NOW, as_of=day) is not None for day in days]
    assert due == [True, False, True, False]
    assert retrain_if_due(lake, WORKSPACE, LOADED, now=NOW, as_of=TODAY + timedelta(days=99)) is None
