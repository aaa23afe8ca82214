"""Published claims beside the own values, and CS as a profit centre."""

from collections.abc import Iterator

from minori.core.figure import Reading
from minori.core.text import Text
from minori.learning.claims import Beside, Claim
from minori.pipeline.proof.part import Found, Part, Said, Shown, Working

_LABELS = {
    True: ("agrees", Text(ja="自社の区間に含まれる", en="within the own interval")),
    False: ("differs", Text(ja="自社の区間の外", en="outside the own interval")),
    None: ("not_measured", Text(ja="測れていない", en="not measured")),
}


def find(work: Working) -> Found:
    """Return what ``minori claims`` shows."""
    found, result = work.claims, Found()
    for beside in found.beside:
        result.figures += _sides(beside)
        code, label = _LABELS[beside.agrees]
        result.verdicts.append(Said(code, label, beside.claim.says, beside.claim.id))
    result.show(found.cs, aspect="cs")
    return result


def _sides(beside: Beside) -> Iterator[Shown]:
    name = beside.claim.id
    yield Shown(beside.effect, name, "own")
    yield Shown(_published(beside.claim), name, "published", note=beside.claim.says)
    if beside.seen is not None:
        yield Shown(beside.seen, name, "seen")


def _published(claim: Claim) -> Reading:
    """Return the claim's own number; its sample is not known here."""
    return Reading(claim.effect, (claim.low + claim.high) / 2, 0, claim.low, claim.high)


KIND = Part(
    Text(ja="通説と自社の実測値", en="Published claims and own values"),
    find,
    order=7,
    reads=("decision", "standing", "health", "proposal"),
)
