"""Whether customers differ in how proposals move them, play by play."""

from minori.core.text import Text
from minori.learning.uplift import WORDS
from minori.pipeline.proof.part import Found, Part, Said, Working
from minori.pipeline.proof.uplift import uplift

_NOBODY = Text(
    ja="両方の群で期間の終わった実験がまだありません",
    en="no experiment has customers of both arms whose horizon is over",
)


def find(work: Working) -> Found:
    """Return what ``minori uplift`` shows, contacts being free and a yes worth its margin of a year."""
    result = Found()
    for one in uplift(work.session, work.as_of, progress=work.progress):
        aspect = "" if one.experiment == one.play else f"@{one.experiment}"
        result.show(one.readings, subject=one.play, aspect=aspect)
        result.verdicts.append(Said(one.code, WORDS[one.code], one.why, one.play, aspect))
    result.missing = None if result.verdicts else _NOBODY
    return result


KIND = Part(
    Text(ja="ご提案で動く顧客", en="Whom proposals move"),
    find,
    order=9,
    reads=("decision", "standing", "health", "metric"),
)
