"""White space of all customers or one, on demand: what each does not use yet, and what speaks for it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa

from minori.lake.stage import Pass
from minori.metrics import contracts, points
from minori.offers import white_space
from minori.pipeline.session import Session
from minori.policy.catalog import Catalog, Product
from minori.query.sql import sql

BUSY_DAYS = 28

_ALL = sql("select * from white_space order by customer_id, what, of_product, item")
_HELD = sql("""
    select distinct p.customer_id, h.product_id, h.plan_id from holding h
    join point p on p.as_of = h.as_of and p.customer_key = h.customer_key
""")
_BUSY = sql("""
    select p.customer_id, e.name, count(*) as times
    from events e
    join point p on p.as_of = e.as_of and p.customer_key = e.customer_key
    where e.name in ($names) and e._day > e.as_of - $days
    group by p.customer_id, e.name
""")
_ADDED = (
    pa.field("serves_ja", pa.string()),
    pa.field("serves_en", pa.string()),
    pa.field("bottleneck", pa.string()),
    pa.field("bottleneck_times", pa.int64()),
    pa.field("lead_features", pa.string()),
)


def white_space_of(session: Session, as_of: date) -> pa.Table:
    """Return one row per customer and product, option, department or seats, with its state.

    A product that is a gap also tells the work step that it serves, and how often in 28 days the event occurred that
    shows that step to be a bottleneck (null: there are no events). Products and options that are gaps tell the lead
    features (指標機能) they would bring, by id, separated by spaces.
    """
    run = session.run_pass((points.STAGE, contracts.STAGE, white_space.STAGE), [as_of])
    cells = run.fetch(_ALL.bind())
    beside = _Beside(run)
    added = [beside.told(row) for row in cells.to_pylist()]
    for field in _ADDED:
        cells = cells.append_column(field, pa.array([row.get(field.name) for row in added], field.type))
    return cells


class _Beside:
    """What the catalogue says beside the cells of one day."""

    def __init__(self, run: Pass) -> None:
        self.catalog: Catalog = run.policy.catalog
        self.lead = [name for name, feature in self.catalog.features.items() if feature.lead]
        self.has = self._features(run)
        self.times = self._busy(run)

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return what stands beside one cell; nothing beside what is no gap."""
        if row["cell"] != "gap" or row["what"] not in ("product", "option"):
            return {}
        product = self.catalog.products[row["item"] if row["what"] == "product" else row["of_product"]]
        own = (
            _features_of(product) if row["what"] == "product" else set(product.options[row["item"]].features)
        )
        new = own - self.has.get(row["customer_id"], set())
        lead = " ".join(name for name in self.lead if name in new) or None
        return {"lead_features": lead, **(self._work(product, row) if row["what"] == "product" else {})}

    def _work(self, product: Product, row: dict[str, Any]) -> dict[str, Any]:
        times = None
        if product.bottleneck is not None and self.times is not None:
            times = self.times.get((row["customer_id"], product.bottleneck), 0)
        return {
            "serves_ja": product.serves.ja if product.serves else None,
            "serves_en": product.serves.en if product.serves else None,
            "bottleneck": product.bottleneck,
            "bottleneck_times": times,
        }

    def _features(self, run: Pass) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in run.fetch(_HELD.bind()).to_pylist():
            product = self.catalog.products.get(row["product_id"])
            plan = product and (product.plans.get(row["plan_id"]) or product.options.get(row["plan_id"]))
            found.setdefault(row["customer_id"], set()).update(plan.features if plan else ())
        return found

    def _busy(self, run: Pass) -> dict[tuple[str, str], int] | None:
        names = sorted({p.bottleneck for p in self.catalog.products.values() if p.bottleneck})
        if not names or "events" not in run.connected:
            return None
        rows = run.fetch(_BUSY.bind(names=names, days=BUSY_DAYS)).to_pylist()
        return {(row["customer_id"], row["name"]): row["times"] for row in rows}


def _features_of(product: Product) -> set[str]:
    return {feature for plan in product.plans.values() for feature in plan.features}


def matrix(rows: Iterable[dict[str, Any]]) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Return the columns (what:item) and per customer the state of each, for showing side by side."""
    cells: dict[str, dict[str, str]] = {}
    columns: dict[str, None] = {}
    for row in rows:
        if row["what"] in ("product", "option"):
            columns.setdefault(row["item"])
            cells.setdefault(row["customer_id"], {})[row["item"]] = row["cell"]
    return list(columns), cells
