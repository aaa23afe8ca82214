"""What the hold-outs prove of each play, as a whole and by class; the verdicts a run stands on."""

from functools import partial

from minori.core.text import Text
from minori.learning.experiments import Cell
from minori.pipeline.charted import experiment
from minori.pipeline.proof import verdicts
from minori.pipeline.proof.experiments import verdict_rows
from minori.pipeline.proof.part import Found, Part, Said, Working

_NOBODY = Text(ja="抽選された顧客がまだいません", en="nobody has been drawn yet")


def find(work: Working) -> Found:
    """Return what ``minori experiments`` shows, and keep its verdicts."""
    found, result = work.experiments, Found()
    if not found.cells:
        return Found(missing=_NOBODY)
    for cell in found.cells:
        aspect = aspect_of(cell)
        result.show(cell.readings, subject=cell.play, aspect=aspect)
        result.verdicts.append(Said(cell.verdict, cell.label, cell.why, cell.play, aspect))
    for play, cell in {cell.play: cell for cell in found.cells if not cell.stratum}.items():
        picture = partial(experiment.picture, cell, play, work.session.policy)
        result.draw("experiment", picture, play)
    result.keep = partial(verdicts.keep, as_of=work.as_of, source="experiment", rows=verdict_rows(found))
    return result


def aspect_of(cell: Cell) -> str:
    """Return the name of a class beside its stratum and, where it is not the play's own, its experiment."""
    own = f"{cell.stratum}:{cell.name}" if cell.stratum else ""
    return own if cell.experiment == cell.play else f"{own}@{cell.experiment}"


KIND = Part(
    Text(ja="実験", en="Experiments"), find, order=4, reads=("decision", "standing", "health", "proposal")
)
