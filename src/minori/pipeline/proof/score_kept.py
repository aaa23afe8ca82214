"""The truth of the score as it is kept in the lake, and read back wherever the score is shown."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from minori.core.figure import Reading
from minori.core.text import Text
from minori.lake.change import Change
from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot
from minori.lake.types import arrow_schema
from minori.learning.score_floor import Criterion
from minori.learning.score_truth import Class, Truth
from minori.learning.score_verdict import WORDS, Code, Verdict
from minori.pipeline.proof.score_truth import ScoreTruth
from minori.policy.definitions import Policy
from minori.policy.reads import columns_of_health
from minori.schema.proof import PROOF
from minori.stats.rounding import significant

TABLES = ("score_truth", "score_reading", "score_floor", "score_migration")


def score_hash(policy: Policy) -> str:
    """Return the hash of everything that makes the score: its parts, bands, chances, and the metrics it reads."""
    reads = sorted(columns_of_health(policy) & set(policy.metrics))
    metrics = {name: policy.metrics[name].model_dump(mode="json") for name in reads}
    whole = {"health": policy.health.model_dump(mode="json"), "metrics": metrics}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def keep(lake: Lake, measured: ScoreTruth, policy: Policy, now: datetime) -> None:
    """Write what was found, as of its day, in one commit."""
    with lake.change(f"truth of the score as of {measured.as_of}") as change:
        write(change, measured, policy, now)


def write(change: Change, measured: ScoreTruth, policy: Policy, now: datetime) -> None:
    """Write what was found, as of its day, as part of a change."""
    rows = {
        "score_truth": [_verdict(measured, score_hash(policy), now)],
        "score_reading": list(reading_rows(measured)),
        "score_floor": [
            {"criterion": criterion.id, "met": criterion.met, **_numbers(criterion.reading)}
            for criterion in measured.criteria
        ],
        "score_migration": [
            {"from_band": start, "to_band": end, "customers": count}
            for (start, end), count in sorted(measured.migration.counts.items())
        ],
    }
    where = f"as_of = '{measured.as_of.isoformat()}'"
    for name, found in rows.items():
        change.replace(f"results/{name}", _table(name, measured.as_of, found), where=where)


def reading_rows(measured: ScoreTruth) -> Iterator[dict[str, Any]]:
    """Yield every reading with what it is about: ``by``, ``class``, ``band``, ``figure`` and its numbers."""
    yield from _truth_rows("all", "", measured.found)
    for name, (found, _) in measured.classes.items():
        yield from _truth_rows(str(measured.by), name, found)
    yield {"by": "all", "class": "", "band": "all", **_row(measured.stayed)}


def as_object(measured: ScoreTruth) -> dict[str, Any]:
    """Return everything as plain data, as ``minori calibration --json`` prints it."""
    return {
        "as_of": measured.as_of.isoformat(),
        "outcome": measured.living,
        "horizon_days": measured.horizon,
        "embargo_days": measured.embargo,
        "windows": [day.isoformat() for day in measured.windows],
        "interval_rests_on": "windows_that_do_not_overlap",
        "left_in_embargo": measured.left_in_embargo,
        **_judged(measured.found, measured.verdict),
        "under_floor": measured.under_floor,
        "floor": [_criterion(criterion) for criterion in measured.criteria],
        "migration": [
            {"from": start, "to": end, "customers": count}
            for (start, end), count in sorted(measured.migration.counts.items())
        ],
        "stayed": measured.stayed.as_object(),
        "by": measured.by,
        "classes": {name: _judged(*found) for name, found in measured.classes.items()},
        "observational": True,
    }


def _judged(found: Truth, said: Verdict) -> dict[str, Any]:
    entries = {
        **{entry.names[0]: entry for entry in (*found.bands, found.unknown)},
        "good": found.good,
        "bad": found.bad,
        "all": found.all,
    }
    return {
        "verdict": said.code,
        "words": said.words.as_dict(),
        "why": said.why.as_dict(),
        "bands": {name: _class(entry) for name, entry in entries.items()},
        "figures": [reading.as_object() for reading in found.readings],
    }


def _class(entry: Class) -> dict[str, Any]:
    return {
        "customers": entry.lost.n,
        "lost": entry.lost.events,
        "expanded": entry.gained.events,
        "prediction_within_interval": entry.holds,
        "figures": [reading.as_object() for reading in entry.readings],
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "criterion": criterion.id,
        "met": criterion.met,
        "needs": criterion.needs.as_dict(),
        "detail": criterion.detail.as_dict() if criterion.detail else None,
        **criterion.reading.as_object(),
    }


def _truth_rows(by: str, name: str, found: Truth) -> Iterator[dict[str, Any]]:
    sides = (("good", found.good), ("bad", found.bad), ("all", found.all))
    for band, entry in (*((b.names[0], b) for b in (*found.bands, found.unknown)), *sides):
        yield from ({"by": by, "class": name, "band": band, **_row(r)} for r in entry.readings)
    yield from ({"by": by, "class": name, "band": "all", **_row(r)} for r in found.readings)


def _row(reading: Reading) -> dict[str, Any]:
    return {"figure": reading.figure.id, **_numbers(reading)}


def _numbers(reading: Reading) -> dict[str, Any]:
    named = {"value": reading.value, "low": reading.low, "high": reading.high}
    rounded = {name: None if v is None else significant(float(v)) for name, v in named.items()}
    return {**rounded, "sample": reading.sample}


def _verdict(measured: ScoreTruth, score: str, now: datetime) -> dict[str, Any]:
    return {
        "score": score,
        "horizon_days": measured.horizon,
        "embargo_days": measured.embargo,
        "verdict": measured.verdict.code,
        "why_ja": measured.verdict.why.ja,
        "why_en": measured.verdict.why.en,
        "under_floor": measured.under_floor,
        "checked_at": now,
    }


def _table(name: str, as_of: date, rows: Iterable[dict[str, Any]]) -> pa.Table:
    schema = arrow_schema(PROOF[name], technical=False)
    return pa.Table.from_pylist([{"as_of": as_of, **row} for row in rows], schema)


@dataclass(frozen=True)
class Trust:
    """How far the score may be trusted, to be said wherever it is shown.

    ``code`` is the verdict, ``not_checked``, or ``changed`` where the definitions are others than those checked.
    """

    code: str
    under_floor: bool | None
    checked_as_of: date | None
    flag: Text | None  # None where nothing needs to be said

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        return {
            "verdict": self.code,
            "under_floor": self.under_floor,
            "checked_as_of": self.checked_as_of.isoformat() if self.checked_as_of else None,
            "flag": self.flag.as_dict() if self.flag else None,
        }


def trust(snapshot: Snapshot, policy: Policy) -> Trust:
    """Return how far the score of these definitions may be trusted, from the newest check that is kept."""
    rows = snapshot.arrow("results/score_truth").to_pylist() if snapshot.has("results/score_truth") else []
    newest = max(rows, key=lambda row: row["as_of"], default=None)
    if newest is None:
        return Trust("not_checked", None, None, _NOT_CHECKED)
    if newest["score"] != score_hash(policy):
        return Trust("changed", None, newest["as_of"], _CHANGED)
    code: Code = newest["verdict"]
    return Trust(code, newest["under_floor"], newest["as_of"], _flag(code, newest["under_floor"]))


def _flag(code: Code, under_floor: bool | None) -> Text | None:
    if under_floor is False:
        return None
    words = {"ja": WORDS[code].ja, "en": WORDS[code].en}
    template = _UNDER if under_floor else _OPEN
    return Text(
        ja=template.ja.replace("{words}", words["ja"]), en=template.en.replace("{words}", words["en"])
    )


_NOT_CHECKED = Text(
    ja="※ヘルススコアは実績でまだ検証していません(minori calibration)",
    en="* the health score has not been checked against what happened yet (minori calibration)",
)
_CHANGED = Text(
    ja="※ヘルススコアの定義が検証のあとで変わっています(minori calibration で再検証)",
    en="* the health score was changed since it was checked (check again: minori calibration)",
)
_UNDER = Text(
    ja="※ヘルススコアは最低基準を満たしていません。判定: {words}(詳細: minori calibration)",
    en="* the health score is under the ship floor; verdict: {words} (details: minori calibration)",
)
_OPEN = Text(
    ja="※ヘルススコアが最低基準を満たすかはまだ言えません。判定: {words}(詳細: minori calibration)",
    en="* whether the health score meets the ship floor cannot be told yet; verdict: {words} "
    "(details: minori calibration)",
)
