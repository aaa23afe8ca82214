"""The catalogue as small tables that queries can join."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pyarrow as pa

from minori.policy.catalog import Product
from minori.policy.definitions import Policy

_ITEM = {"product_id": pa.string(), "plan_id": pa.string()}
_SCHEMAS: dict[str, dict[str, pa.DataType]] = {
    "catalog_product": {"product_id": pa.string(), "has_plans": pa.bool_()},
    "catalog_plan": {
        **_ITEM,
        "rank": pa.int64(),
        "plans_above": pa.int64(),
        "is_option": pa.bool_(),
        "by_seat": pa.bool_(),
    },
    "catalog_limit": {
        **_ITEM,
        "name": pa.string(),
        "amount": pa.decimal128(18, 6),
        "per_seat": pa.decimal128(18, 6),
        "by_quantity": pa.bool_(),
    },
    "catalog_growth": {**_ITEM, "rank": pa.int64(), "growth_stage": pa.string()},
    "catalog_feature": {**_ITEM, "rank": pa.int64(), "is_option": pa.bool_(), "feature": pa.string()},
}
Row = tuple[str | float | bool, ...]
Rows = Iterator[tuple[str, Row]]  # each with the table it stands in


def catalog_tables(policy: Policy) -> dict[str, pa.Table]:
    """Return the catalogue as small tables: products, plans and options, their limits, their features."""
    rows: dict[str, list[Row]] = {name: [] for name in _SCHEMAS}
    for product_id, product in policy.catalog.products.items():
        rows["catalog_product"].append((product_id, bool(product.plans)))
        for table, row in (*_of_plans(product_id, product), *_of_options(product_id, product)):
            rows[table].append(row)
    return {name: _table(rows[name], types) for name, types in _SCHEMAS.items()}


def _of_plans(product_id: str, product: Product) -> Rows:
    for rank, (plan_id, plan) in enumerate(product.plans.items()):
        above, by_seat = len(product.plans) - rank - 1, plan.limits.get("seats") == "quantity"
        yield "catalog_plan", (product_id, plan_id, rank, above, False, by_seat)
        for feature in plan.features:
            yield "catalog_feature", (product_id, plan_id, rank, False, feature)
        for stage in plan.growth_stages:
            yield "catalog_growth", (product_id, plan_id, rank, stage)
        for name, limit in plan.limits.items():
            by_quantity = limit == "quantity"
            per_seat = float(getattr(limit, "per_seat", 0))
            amount = 0.0 if by_quantity or per_seat else float(str(limit))
            yield "catalog_limit", (product_id, plan_id, name, amount, per_seat, by_quantity)


def _of_options(product_id: str, product: Product) -> Rows:
    for option_id, option in product.options.items():
        yield "catalog_plan", (product_id, option_id, 0, 0, True, False)
        for feature in option.features:
            yield "catalog_feature", (product_id, option_id, 0, True, feature)
        for name, amount in option.adds.items():
            yield "catalog_limit", (product_id, option_id, name, float(amount), 0.0, False)


def _table(rows: Sequence[Row], types: Mapping[str, pa.DataType]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in types]
    arrays = []
    for values, kind in zip(columns, types.values(), strict=True):
        exact = [Decimal(str(v)) for v in values] if pa.types.is_decimal(kind) else list(values)
        arrays.append(pa.array(exact, kind))
    return pa.table(arrays, names=list(types))
