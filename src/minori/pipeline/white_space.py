"""White space of all customers or one, on demand."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa

from minori.metrics import contracts, points
from minori.offers import white_space
from minori.pipeline.session import Session
from minori.query.sql import sql

_ALL = sql("select * from white_space order by customer_id, what, of_product, item")


def white_space_of(session: Session, as_of: date) -> pa.Table:
    """Return one row per customer and product, option, department or seats, with its state."""
    run = session.run_pass((points.STAGE, contracts.STAGE, white_space.STAGE), [as_of])
    return run.fetch(_ALL.bind())


def matrix(rows: Iterable[dict[str, Any]]) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Return the columns (what:item) and per customer the state of each, for showing side by side."""
    cells: dict[str, dict[str, str]] = {}
    columns: dict[str, None] = {}
    for row in rows:
        if row["what"] in ("product", "option"):
            columns.setdefault(row["item"])
            cells.setdefault(row["customer_id"], {})[row["item"]] = row["cell"]
    return list(columns), cells
