"""Wordings under test, from the proposals of past runs and their answers."""

from collections import defaultdict
from datetime import date
from typing import Any

from minori.learning import wordings as rooms
from minori.learning.experiments import Cell, compared_wordings
from minori.pipeline.session import Session
from minori.query.sql import sql
from minori.schema.results import RESULTS

_ROWS = sql("select * from worded order by wording, settled_on, customer_id")


def wordings(session: Session, as_of: date, *, play: str | None, harm_limit: float, seed: int) -> list[Cell]:
    """Return a cell per variant of every play (or one) whose words were ever drawn."""
    files = session.snapshot.files("results/proposal")
    if not files:
        return []
    place = "worded_"
    session.engine.attach(f"{place}run_proposal", files, RESULTS["proposal"].columns)
    run = session.run_pass((rooms.STAGE,), [as_of], place=place)
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in run.fetch(_ROWS.bind()).to_pylist():
        if play in (None, row["play"]):
            grouped[row["wording"], row["play"]].append(row)
    cells: list[Cell] = []
    for (experiment, name), rows in sorted(grouped.items()):
        found = rooms.variants(rows, known_until=as_of)
        cells += compared_wordings(experiment, name, found, harm_limit=harm_limit, seed=seed)
    return cells
