"""A day of a small shop under the shipped preset: coupons are worth an order, pages give the item, health is known."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from build import TODAY, ago, both, noon, session_with
from minori.lake.stage import Pass
from minori.pipeline.evaluate import evaluate
from minori.policy.catalog import Product
from minori.policy.definitions import Policy
from minori.policy.load import load_policy

CUP = {"label": both("Cup"), "price": 500, "goes_with": ["saucer"], "introduction": "0 days"}
SAUCER = {"label": both("Saucer"), "price": 300, "introduction": "0 days"}
ORDERS = {"once_long_ago": [300], "once_lately": [20], "regular": [100, 70, 40, 12], "looks": [90, 30]}


def _policy() -> Policy:
    policy = load_policy(Path("no workspace here"), extends="shop").policy
    items = {name: Product.model_validate(item) for name, item in (("cup", CUP), ("saucer", SAUCER))}
    catalog = policy.catalog.model_copy(update={"products": {**policy.catalog.products, **items}})
    return policy.model_copy(update={"catalog": catalog})


def _facts() -> dict[str, list[dict[str, Any]]]:
    days = [(who, n, ago(back)) for who, many in ORDERS.items() for n, back in enumerate(many)]
    placed = [{"order_id": f"{who}{n}", "customer_id": who, "ordered_at": noon(day)} for who, n, day in days]
    lines = [{**p, "line_id": "1", "product_id": "cup", "quantity": 1, "amount": 4000} for p in placed]
    viewed = [
        {"event_id": f"v{n}", "customer_id": "looks", "name": "product_viewed", "occurred_at": noon(TODAY)}
        for n in range(2)
    ]
    return {
        "customers": [{"customer_id": who, "started_on": ago(400)} for who in ORDERS],
        "orders": [{**p, "amount": 4000, "currency": "JPY"} for p in placed],
        "order_lines": [{**line, "currency": "JPY"} for line in lines],
        "events": [{**view, "product_id": "cup"} for view in viewed],
    }


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pass]:
    session = session_with(tmp_path_factory.mktemp("shop"), _facts(), _policy())
    yield evaluate(session, TODAY)
    session.engine.close()


def rows(day: Pass, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = day.fetch(exp.select("*").from_(table)).to_pylist()
    return found


def test_one_order_long_ago_has_a_score_from_what_is_known(day: Pass) -> None:
    keys = {row["customer_id"]: row["customer_key"] for row in rows(day, "point")}
    health = {row["customer_key"]: row for row in rows(day, "health")}
    assert all(health[key]["health"] is not None for key in keys.values())
    assert health[keys["once_long_ago"]]["band"] == "act"


def test_a_coupon_for_any_order_is_worth_the_usual_one(day: Pass) -> None:
    (second,) = [row for row in rows(day, "candidate") if row["play"] == "second_order"]
    assert second["customer_id"] == "once_lately"
    assert second["if_offered"] == pytest.approx(4000 * (0.8 - 0.1) * (0.12 - 0.07))
    assert second["value"] > 0


def test_the_item_comes_from_the_page_that_was_viewed(day: Pass) -> None:
    (beside,) = [row for row in rows(day, "candidate") if row["play"] == "goes_with_set"]
    offer = json.loads(beside["offer"])
    assert offer["items"][0]["item"] == "saucer"
    assert beside["benefit_known"] and "about 5 minutes" in offer["benefits"][0]["text"]["en"]
