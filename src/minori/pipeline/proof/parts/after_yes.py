"""What followed when customers said yes."""

from minori.core.text import Text
from minori.pipeline.proof.after_yes import after_yes
from minori.pipeline.proof.part import Found, Part, Working

_NOBODY = Text(ja="ご承諾の記録がまだありません", en="nobody has said yes yet")


def find(work: Working) -> Found:
    """Return what ``minori after-yes`` shows, all plays first."""
    found, result = after_yes(work.session, work.as_of, progress=work.progress), Found()
    for one in found:
        result.show(one.readings, subject=one.play)
    result.missing = None if found else _NOBODY
    return result


KIND = Part(Text(ja="ご承諾の後", en="After the yes"), find, order=6, reads=("decision", "health"))
