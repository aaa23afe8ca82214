"""A run shows no evidence of events that nobody ever recorded, as of its day."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlglot import exp

from build import TODAY, ago, both, noon, session_with
from minori.pipeline.evaluate import evaluate
from minori.policy.definitions import Policy

POLICY: dict[str, Any] = {
    "metrics": {
        "logins": {"label": both("l"), "count": "events where name = 'login'", "window": "7 days"},
        "reports": {"label": both("r"), "count": "events where name = 'report'", "window": "7 days"},
    },
    "plays": {
        "unused": {
            "id": "unused", "label": both("p"), "hypothesis": both("h"), "when": "logins >= 1 and reports < 3",
            "because": both("{reports} reports"), "offer": {"kind": "help"},
        }
    },
}  # fmt: skip


def asked(root: Path, reported: date | None, as_of: date = TODAY) -> list[str]:
    """Customers of whom the play's condition holds; ``b`` saw a report on a day."""
    seen = [("a", "login", ago(n)) for n in range(0, 60, 3)] + [
        ("b", "login", ago(n)) for n in range(0, 60, 3)
    ]
    seen += [("b", "report", reported)] if reported else []
    facts = {
        "customers": [{"customer_id": who, "started_on": ago(90)} for who in ("a", "b")],
        "events": [
            {"event_id": f"e{n}", "customer_id": who, "name": name, "occurred_at": noon(day)}
            for n, (who, name, day) in enumerate(seen)
        ],
    }
    session = session_with(root, facts, Policy.model_validate(POLICY))
    query = exp.select("customer_id").from_("candidate").order_by("customer_id")
    found = evaluate(session, as_of, backlog=True).fetch(query)["customer_id"].to_pylist()
    session.engine.close()
    return list(found)


def test_a_play_is_off_while_its_event_never_occurred(tmp_path: Path) -> None:
    assert asked(tmp_path, None) == []


def test_and_on_for_everybody_once_anybody_did_it(tmp_path: Path) -> None:
    assert asked(tmp_path, ago(40)) == ["a", "b"]


def test_what_comes_later_does_not_switch_it_on(tmp_path: Path) -> None:
    assert asked(tmp_path, TODAY, as_of=ago(1)) == []
