"""White space counts what was ordered like what stands in a contract."""

from pathlib import Path
from typing import Any

from build import TODAY, ago, both, noon, session_with
from minori.offers.white_space import MOST_ITEMS
from minori.pipeline.white_space import white_space_of
from minori.policy.definitions import Policy

PLAN = {"plans": {"basic": {"label": both("Basic")}}}
CATALOG: dict[str, Any] = {
    "products": {
        "suite": {"label": both("Suite"), **PLAN},
        "desk": {"label": both("Desk"), **PLAN},
        "course": {"label": both("Course"), "price": 100},
    }
}
ORDERED = [("a", "desk", 1), ("a", "course", 2), ("a", "course", -2), ("b", "course", 3), ("b", "gone", 1)]


def cells(root: Path, catalog: dict[str, Any]) -> dict[tuple[str, str], str]:
    lines = [
        {"order_id": f"o{n}", "line_id": "1", "customer_id": who, "product_id": product, "quantity": quantity}
        for n, (who, product, quantity) in enumerate(ORDERED)
    ]
    contract = {"contract_id": "k", "customer_id": "a", "product_id": "suite", "plan_id": "basic"}
    facts = {
        "customers": [{"customer_id": who, "started_on": ago(90)} for who in ("a", "b")],
        "contracts": [{**contract, "starts_on": ago(80)}],
        "order_lines": [{**line, "ordered_at": noon(ago(9))} for line in lines],
    }
    session = session_with(root, facts, Policy.model_validate({"catalog": catalog}))
    rows = white_space_of(session, TODAY).to_pylist()
    session.engine.close()
    return {(row["customer_id"], row["item"]): row["cell"] for row in rows if row["what"] == "product"}


def test_what_was_ordered_and_kept_is_owned(tmp_path: Path) -> None:
    assert cells(tmp_path, CATALOG) == {
        ("a", "suite"): "owned",
        ("a", "desk"): "owned",
        ("a", "course"): "gap",  # sent back
        ("b", "suite"): "gap",
        ("b", "desk"): "gap",
        ("b", "course"): "owned",
    }


def test_a_range_of_a_shop_is_not_spread_out(tmp_path: Path) -> None:
    items = {f"i{n}": {"label": both("i"), "price": 1} for n in range(MOST_ITEMS)}
    found = cells(tmp_path, {"products": {**CATALOG["products"], **items}})
    assert {item for _, item in found} == {"suite", "desk"}
