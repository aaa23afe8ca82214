"""Predicted lifetime value: what is expected of all and of each segment, and how well it was predicted before."""

from minori.core.text import Text
from minori.pipeline.proof.lifetime import lifetimes
from minori.pipeline.proof.part import Found, Part, Working


def find(work: Working) -> Found:
    """Return the sums of ``minori ltv`` and its check on held-out time; customers stay in the table ``lifetime``."""
    found, result = lifetimes(work.session, work.as_of, progress=work.progress), Found()
    for total in found.totals:
        subject = total.basis if total.segment is None else f"{total.basis}:{total.segment}"
        result.show((total.expected, total.amount), subject=subject, aspect=total.scope)
    for check in found.checks:
        place = f"{check.cohort}:{check.what}"
        result.show(check.model, subject=check.basis, aspect=f"{place}:model")
        result.show(check.plain, subject=check.basis, aspect=f"{place}:plain")
        result.show([check.gain], subject=check.basis, aspect=place)
    return result


KIND = Part(Text(ja="顧客ごとの予測(LTV)", en="Predicted lifetime value"), find, order=3)
