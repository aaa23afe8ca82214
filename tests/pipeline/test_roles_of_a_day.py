"""A day's proposals carry the words for every role that the customer's users have."""

import json
from pathlib import Path
from typing import Any

from sqlglot import exp

from build import TODAY, ago, both, noon, session_with
from minori.core.text import LANGUAGES
from minori.pipeline.evaluate import evaluate
from minori.policy.definitions import Policy

TEMPLATE = "# mail\nSubject: s\n\n{{ for_role }}\n# talk\nt\n# product\np\n"
POLICY: dict[str, Any] = {
    "catalog": {
        "products": {
            "suite": {"label": both("Suite"), "plans": {"light": {"label": both("Light"), "price": {"base": 9}}}}
        }
    },
    "metrics": {"logins": {"label": both("Logins"), "count": "events", "window": "7 days"}},
    "plays": {
        "ask": {
            "id": "ask", "label": both("Help"), "hypothesis": both("h"), "when": "logins >= 1",
            "because": both("{logins} logins"), "offer": {"kind": "help"},
        }
    },
    "messages": {language: {"help": TEMPLATE} for language in LANGUAGES},
    "role_words": {language: {"budget": "Cost: nothing", "user": "Work"} for language in LANGUAGES},
}  # fmt: skip


def user(user_id: str, role: str | None, department: str | None = None, **more: Any) -> dict[str, Any]:
    known = {"user_id": user_id, "role": role, "department": department, "created_on": ago(100)}
    return {"customer_id": "a", **known, **more}


def proposed(root: Path, *users: dict[str, Any]) -> dict[str, Any]:
    contract = {
        "contract_id": "k",
        "customer_id": "a",
        "plan_id": "light",
        "mrr": 9000,
        "starts_on": ago(200),
    }
    facts = {
        "customers": [{"customer_id": "a", "started_on": ago(200)}],
        "contracts": [{**contract, "currency": "JPY"}],
        "events": [
            {"event_id": f"e{back}", "customer_id": "a", "name": "login", "occurred_at": noon(ago(back))}
            for back in (0, 30)
        ],
        "users": list(users),
    }
    session = session_with(root, facts, Policy.model_validate(POLICY))
    (row,) = evaluate(session, TODAY).fetch(exp.select("*").from_("proposal")).to_pylist()
    session.engine.close()
    return {role["role"]: role for role in json.loads(row["roles"])}


def test_roles_of_active_users_with_their_departments(tmp_path: Path) -> None:
    roles = proposed(
        tmp_path,
        user("u1", "user", "Sales"),
        user("u2", "User ", "Sales"),
        user("u3", "budget", "Finance"),
        user("u4", "approver"),
        user("u5", "user", "Old", active=False),
        user("u6", "intern"),
    )
    assert list(roles) == ["user", "budget"]  # nothing is written for approvers
    assert (roles["user"]["people"], roles["user"]["user_ids"]) == (2, ["u1", "u2"])
    assert roles["user"]["departments"] == ["Sales"]
    assert roles["budget"]["message"]["en"] == {"words": "Cost: nothing", "mail": "Cost: nothing"}


def test_many_users_are_counted_and_some_are_named(tmp_path: Path) -> None:
    roles = proposed(tmp_path, *(user(f"u{n:02}", "user") for n in range(30)))
    assert (roles["user"]["people"], len(roles["user"]["user_ids"])) == (30, 20)


def test_no_role_known_is_an_empty_list(tmp_path: Path) -> None:
    assert proposed(tmp_path, user("u1", None)) == {}
