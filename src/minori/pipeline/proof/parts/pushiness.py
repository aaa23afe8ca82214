"""What proposals cost customers, by play, channel, owner and month; a play that is too pushy is stopped."""

from functools import partial

from minori.core.text import Text
from minori.learning.pushiness import BY
from minori.pipeline.charted import pushiness as chart
from minori.pipeline.proof import verdicts
from minori.pipeline.proof.part import Found, Part, Said, Working
from minori.pipeline.proof.pushiness import pushiness, verdict_rows

_NOBODY = Text(
    ja="60日以上前のご提案の記録がまだありません",
    en="there are no proposals yet that are at least 60 days old",
)
_TOO_PUSHY = Text(ja="押し売り度が限度を超過", en="too pushy: stopped")


def find(work: Working) -> Found:
    """Return what ``minori pushiness`` shows in each of its groupings, and keep its verdicts."""
    result = Found()
    found = {by: pushiness(work.session, work.as_of, by, progress=work.progress) for by in BY}
    if not any(one.groups for one in found.values()):
        return Found(missing=_NOBODY)
    for by, one in found.items():
        for group in one.groups:
            result.show((group.pushiness, group.rise, *group.shares), subject=group.name, aspect=by)
    for play, why in found["play"].stopped.items():
        result.verdicts.append(Said("harmful", _TOO_PUSHY, why, play, "play"))
    result.keep = partial(
        verdicts.keep, as_of=work.as_of, source="pushiness", rows=verdict_rows(found["play"])
    )
    result.draw("pushiness", partial(chart.picture, found["month"], work.session.policy))
    return result


KIND = Part(Text(ja="押し売り度", en="Pushiness"), find, order=5, reads=("decision", "health"))
