"""The learned chance of every proposal that could be made: the table ``learned_chance``.

Without an adopted model, and for plays that it says nothing about, there is no row: then the play's own rate stands.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from sqlglot import exp

from minori.lake.stage import Pass, Stage
from minori.lake.types import arrow_type
from minori.learning.acceptance_columns import HOLDS, RISE, Column
from minori.learning.acceptance_examples import matrix
from minori.learning.acceptance_words import because
from minori.query.sql import column, sql
from minori.schema.columns import CUSTOMER_COLUMNS
from minori.schema.proof import acceptance as tables
from minori.stats.arrays import Floats
from minori.stats.ladder import chance_of, restored_model
from minori.stats.rounding import significant

MODEL = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in tables.MODEL.columns])
"""Rows of the table ``model``: the input of this stage holds the parts of one adopted version, or none."""

_CHANCE = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in tables.LEARNED_CHANCE.columns])
_MODEL = sql("select version, part, answers, body from model where learned order by part")
_ASKING = sql("select customer_key, play from signal order by play, customer_key")
_PLAYERS = sql("select distinct customer_key from signal")


def compute(run: Pass) -> None:
    """Set ``learned_chance`` for every customer and play whose condition holds."""
    parts = run.fetch(_MODEL.bind()).to_pylist()
    rows = [row for part in parts for row in _rows(run, part)]
    run.write("learned_chance", pa.Table.from_pylist(rows, _CHANCE))


def _rows(run: Pass, part: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    body = json.loads(part["body"])
    columns = tuple(Column.restored(data) for data in body["columns"])
    asking = [row for row in run.fetch(_ASKING.bind()).to_pylist() if row["play"] in body["rates"]]
    if not asking:
        return
    x = _values(run, [row["customer_key"] for row in asking], columns)
    model, again = restored_model(body)
    rates = np.array([body["rates"][row["play"]] for row in asking], dtype=np.float64)
    chances, added = chance_of(model, again, x, rates), model.contributions(x)
    for number, row in enumerate(asking):
        chance = float(chances[number])
        low, high = interval(chance, body["tenths"])
        words = because(columns, x[number], added[number])
        yield {
            "as_of": run.as_of,
            **row,
            "chance": significant(chance),
            "low": significant(low),
            "high": significant(high),
            "based_on": part["answers"],
            "version": part["version"],
            "because": json.dumps(words.as_dict(), ensure_ascii=False, sort_keys=True),
        }


def _values(run: Pass, keys: Sequence[int], columns: Sequence[Column]) -> Floats:
    """Return the model's columns for each key; asked is at the usual price, the offer's own comes on top."""
    names = [column.name for column in columns]
    known = {*CUSTOMER_COLUMNS, *run.policy.metrics}
    situation = run.situation([name for name in names if name in known]).subquery("q")
    asked = exp.In(this=column("customer_key"), query=_PLAYERS.bind().subquery())
    rows = run.fetch(exp.select("*").from_(situation).where(asked))
    place = {key: number for number, key in enumerate(rows["customer_key"].to_pylist())}
    chosen = rows.take(pa.array([place[key] for key in keys], pa.int64()))
    x = matrix(chosen, names)
    fixed = {HOLDS: 1.0, RISE: run.policy.guards.ranking.usual_rise}
    for number, name in enumerate(names):
        if name in fixed:
            x[:, number] = fixed[name]
    return x


def interval(chance: float, tenths: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the 90 % interval of a chance: as sure as a share seen in its tenth of the validated forecasts."""
    from scipy.special import betaincinv

    size = next((n for highest, n in tenths if chance <= highest), tenths[-1][1] if tenths else 0)
    a, b = chance * size + 0.5, (1 - chance) * size + 0.5
    low, high = float(betaincinv(a, b, 0.05)), float(betaincinv(a, b, 0.95))
    return min(low, chance), max(high, chance)


STAGE = Stage(
    "chances",
    reads=("model", "signal", "point", "state", "metric", "standing", "health", "trend", "customers"),
    writes=("learned_chance",),
    run=compute,
    says="the learned chance of every proposal that could be made",
)
