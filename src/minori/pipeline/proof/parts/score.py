"""Whether the health score is true: per band, in all, and against the ship floor."""

from collections.abc import Iterator
from functools import partial

from minori.core.figure import NOT_ENOUGH
from minori.core.text import Text
from minori.learning.score_floor import Criterion
from minori.learning.score_truth import Truth
from minori.learning.score_verdict import Verdict
from minori.pipeline.charted import calibration, health
from minori.pipeline.explain import rows_of
from minori.pipeline.proof import score_kept
from minori.pipeline.proof.part import Found, Part, Said, Shown, Working
from minori.pipeline.proof.score_truth import ScoreTruth, score_truth

_MET = Text(ja="基準を満たす", en="met")
_MISSED = Text(ja="基準に届かない", en="missed")


def find(work: Working) -> Found:
    """Return what ``minori calibration`` shows, also by segment, and keep it as that does."""
    measured = score_truth(work.session, work.as_of, by="segment", progress=work.progress)
    result = Found()
    for subject, found, said in _truths(measured):
        result.figures += _bands(subject, found)
        result.verdicts.append(Said(said.code, said.words, said.why, subject))
    result.show([measured.stayed], aspect="all")
    for criterion in measured.criteria:
        result.show([criterion.reading], aspect="floor", subject=criterion.id, note=criterion.detail)
        result.verdicts.append(_floor(criterion))
    policy, now = work.session.policy, work.now
    result.keep = partial(score_kept.write, measured=measured, policy=policy, now=now)
    result.draw("calibration", partial(calibration.picture, measured))
    scored = rows_of(work.snapshot, "health", work.as_of) if work.snapshot.has("results/health") else []
    if scored:
        result.draw("health", partial(health.picture, work.as_of, scored))
    return result


def _truths(measured: ScoreTruth) -> Iterator[tuple[str, Truth, Verdict]]:
    yield "", measured.found, measured.verdict
    for name, (found, said) in measured.classes.items():
        yield name or "–", found, said


def _bands(subject: str, found: Truth) -> Iterator[Shown]:
    sides = (("good", found.good), ("bad", found.bad), ("all", found.all))
    for name, entry in (*((b.names[0], b) for b in (*found.bands, found.unknown)), *sides):
        yield from (Shown(reading, subject, name) for reading in entry.readings)
    yield from (Shown(reading, subject, "all") for reading in found.readings)


def _floor(criterion: Criterion) -> Said:
    label = {True: _MET, False: _MISSED, None: NOT_ENOUGH}[criterion.met]
    code = {True: "met", False: "missed", None: "not_enough"}[criterion.met]
    return Said(code, label, criterion.needs, criterion.id, "floor")


KIND = Part(Text(ja="ヘルススコアの検証", en="Health score, checked"), find, order=8)
