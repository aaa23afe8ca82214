"""What of a person stands in results and notes: messages go, sentences lose the words, numbers and ids stay."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from minori.lake.erase import Step, files_of
from minori.lake.persons import personal_columns
from minori.lake.snapshot import Snapshot
from minori.pipeline.erasing.person import Person, rows_in
from minori.pipeline.erasing.words import Change, Words, editing
from minori.schema.results import RESULTS

_REASONS = ("reason_ja", "reason_en")
_IN_JSON = ("because", "evidence")


def steps(snapshot: Snapshot, person: Person) -> Iterator[Step]:
    """Yield a step for every result table in which somebody could be named or quoted."""
    words = Words(person.names | person.words)
    keys = person.customer_keys
    for table in RESULTS.values():
        wiped = [column.name for column in personal_columns(table)]
        if wiped:
            wipe = editing([(name, _wipe(words, person)) for name in wiped], of="customer_key", keys=keys)
            yield Step(f"results/{table.name}", wipe, wiped)
    if not words:
        return
    in_json = editing([(name, words.out_of_json) for name in _IN_JSON], of="customer_key", keys=keys)
    yield Step("results/candidate", in_json, _IN_JSON)
    reasons = [(name, words.out_of) for name in _REASONS]
    yield Step("results/decision", editing(reasons, of="customer_key", keys=keys), _REASONS)
    candidates = _candidates(snapshot, keys)
    yield Step("results/guard_answer", editing(reasons, of="candidate_id", keys=candidates), _REASONS)
    texts = _text_columns(snapshot, "results/metric")
    said = editing([(name, _whole_cell(words)) for name in texts], of="customer_key", keys=keys)
    yield Step("results/metric", said, texts)


def _wipe(words: Words, person: Person) -> Change:
    """Return what becomes of words written for the customer: nothing, or of one user's only where they stand in it."""
    if person.user is None:
        return lambda _: None
    return lambda text: None if words.stand_in(text) else text


def _candidates(snapshot: Snapshot, keys: frozenset[int]) -> set[str]:
    wanted = pa.array(sorted(keys), pa.int64())
    found = set[str]()
    for path in files_of(snapshot.root, "results/candidate"):
        rows = rows_in(path, ["candidate_id"], lambda rows: pc.is_in(rows["customer_key"], wanted))
        found |= set(rows["candidate_id"].to_pylist())
    return found


def _text_columns(snapshot: Snapshot, table: str) -> list[str]:
    schema = snapshot.arrow(table).schema if snapshot.has(table) else pa.schema([])
    return [
        field.name for field in schema if kinds.is_string(field.type) or kinds.is_large_string(field.type)
    ]


def _whole_cell(words: Words) -> Change:
    """Return what becomes of a metric that is nothing but something that was said: it is unknown."""
    return lambda text: None if text in words.texts else text
