"""What every guard says about every candidate: the table ``guard_answer``. Clear answers are left out."""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from minori.core.text import Text
from minori.decision import words
from minori.decision.guard import Guard, in_force
from minori.lake.stage import Pass, Stage
from minori.lake.types import arrow_type
from minori.policy.words import Definition
from minori.schema.facts import FACTS
from minori.schema.results import RESULTS

EVERY_CANDIDATE = ""
"""Stands for the candidate where an answer is about all of them."""

_SCHEMA = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in RESULTS["guard_answer"].columns])


def compute(run: Pass) -> None:
    """Set ``guard_answer``."""
    parts = [_SCHEMA.empty_table()]
    for name, (guard, limits) in in_force(run.policy).items():
        parts.extend(_answers(run, name, guard, limits))
    answers = pa.concat_tables(parts)
    run.write("guard_answer", answers.sort_by([(c, "ascending") for c in ("as_of", "candidate_id", "guard")]))


def _answers(run: Pass, name: str, guard: Guard, limits: Definition) -> Iterator[pa.Table]:
    needed = (*guard.needs, *guard.also_needs)
    missing = [table for table in needed if table not in run.connected]
    wholly = bool(missing) and len(missing) == len(needed)
    if missing:
        text = words.not_checked(guard, missing, wholly=wholly)
        yield _said(name, list(run.dates.days), text)
    if not wholly:
        yield _asked(run, name, guard, limits)
    elif guard.unconnected is not None:
        rows = run.fetch(guard.unconnected(limits, run.policy))
        yield _table(
            name, rows, [words.a_person_decides(guard, missing)] * rows.num_rows, answer="not_checked"
        )


def _said(name: str, days: list[date], text: Text) -> pa.Table:
    rows = pa.table({"as_of": pa.array(days, pa.date32()), "candidate_id": [EVERY_CANDIDATE] * len(days)})
    return _table(name, rows, [text] * len(days), answer="not_checked")


def _asked(run: Pass, name: str, guard: Guard, limits: Definition) -> pa.Table:
    rows = run.fetch(guard.answers(limits, run.policy))
    return _table(name, rows, words.reasons(guard, limits, rows, run.policy))


def _table(name: str, rows: pa.Table, reasons: list[Text], *, answer: str | None = None) -> pa.Table:
    size = rows.num_rows
    columns = {
        "as_of": rows["as_of"],
        "candidate_id": rows["candidate_id"],
        "guard": pa.repeat(name, size),
        "answer": rows["answer"] if answer is None else pa.repeat(answer, size),
        "until": rows["until"] if "until" in rows.column_names else pa.nulls(size, pa.date32()),
        "reason_ja": pa.array([text.ja for text in reasons], pa.string()),
        "reason_en": pa.array([text.en for text in reasons], pa.string()),
    }
    return pa.table(columns).select(_SCHEMA.names).cast(_SCHEMA)


STAGE = Stage(
    "guards",
    reads=(
        *FACTS,
        "identity",
        "candidate",
        "signal",
        "held_out",
        "play_verdict",
        "point",
        "holding",
        "state",
        "metric",
        "standing",
        "health",
        "trend",
    ),
    writes=("guard_answer",),
    run=compute,
    says="what the guards say about each candidate, and until when",
)
