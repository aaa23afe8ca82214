"""What became of each play: fired, held by which guard, proposed, accepted, gained."""

from minori.core.text import Text
from minori.pipeline.proof.part import Found, Part, Working
from minori.pipeline.proof.plays import play_summaries

_NOTHING = Text(ja="実行の記録がまだありません", en="no run has been kept yet")


def find(work: Working) -> Found:
    """Return what became of every play that fired in runs, or was proposed, in the last year."""
    result = Found()
    for one in play_summaries(work.session, work.as_of, work.claims.gains):
        for reading, guard in one.counts:
            result.show([reading], subject=one.play, aspect=guard)
        result.show((*one.answers, one.gain), subject=one.play)
    result.missing = None if result.figures else _NOTHING
    return result


KIND = Part(
    Text(ja="型の一覧", en="Plays"),
    find,
    order=7,
    reads=("decision", "standing", "health", "proposal"),
)
