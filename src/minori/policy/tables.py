"""The catalogue as small tables that queries can join."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from minori.policy.definitions import Policy


def catalog_tables(policy: Policy) -> dict[str, pa.Table]:
    """Return the catalogue as small tables: products, plans and options, their limits, their features."""
    plans: list[tuple[str, str, int, int, bool, bool]] = []
    limits: list[tuple[str, str, str, float, float, bool]] = []
    features: list[tuple[str, str, int, bool, str]] = []
    growth: list[tuple[str, str, int, str]] = []
    for product_id, product in policy.catalog.products.items():
        for rank, (plan_id, plan) in enumerate(product.plans.items()):
            by_seat = plan.limits.get("seats") == "quantity"
            plans.append((product_id, plan_id, rank, len(product.plans) - rank - 1, False, by_seat))
            features += [(product_id, plan_id, rank, False, f) for f in plan.features]
            growth += [(product_id, plan_id, rank, stage) for stage in plan.growth_stages]
            for name, limit in plan.limits.items():
                by_quantity = limit == "quantity"
                per_seat = float(getattr(limit, "per_seat", 0))
                amount = 0.0 if by_quantity or per_seat else float(str(limit))
                limits.append((product_id, plan_id, name, amount, per_seat, by_quantity))
        for option_id, option in product.options.items():
            plans.append((product_id, option_id, 0, 0, True, False))
            features += [(product_id, option_id, 0, True, f) for f in option.features]
            limits += [
                (product_id, option_id, name, float(amount), 0.0, False)
                for name, amount in option.adds.items()
            ]
    products = [(name, bool(product.plans)) for name, product in policy.catalog.products.items()]
    return {
        "catalog_product": _table(products, product_id=pa.string(), has_plans=pa.bool_()),
        "catalog_plan": _table(
            plans,
            product_id=pa.string(),
            plan_id=pa.string(),
            rank=pa.int64(),
            plans_above=pa.int64(),
            is_option=pa.bool_(),
            by_seat=pa.bool_(),
        ),
        "catalog_limit": _table(
            limits,
            product_id=pa.string(),
            plan_id=pa.string(),
            name=pa.string(),
            amount=pa.decimal128(18, 6),
            per_seat=pa.decimal128(18, 6),
            by_quantity=pa.bool_(),
        ),
        "catalog_growth": _table(
            growth, product_id=pa.string(), plan_id=pa.string(), rank=pa.int64(), growth_stage=pa.string()
        ),
        "catalog_feature": _table(
            features,
            product_id=pa.string(),
            plan_id=pa.string(),
            rank=pa.int64(),
            is_option=pa.bool_(),
            feature=pa.string(),
        ),
    }


def _table(rows: Sequence[Sequence[Any]], **types: pa.DataType) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in types]
    arrays = []
    for values, kind in zip(columns, types.values(), strict=True):
        exact = [Decimal(str(v)) for v in values] if pa.types.is_decimal(kind) else list(values)
        arrays.append(pa.array(exact, kind))
    return pa.table(arrays, names=list(types))
