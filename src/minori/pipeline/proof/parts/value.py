"""What a customer is worth: LTV by its three formulas, what moved it, what less churn would be worth."""

from functools import partial

from minori.core.text import Text
from minori.pipeline.charted import ltv
from minori.pipeline.proof.part import Found, Part, Working

_NOBODY = Text(ja="顧客がいません", en="there are no customers")
_ASSUMED = Text(
    ja="粗利率がカタログにないため、仮の値で計算しています",
    en="there is no margin in the catalogue: an assumed one is used",
)


def find(work: Working) -> Found:
    """Return what ``minori value`` shows, of contracts and of orders."""
    found, result = work.values, Found()
    if not found.found:
        return Found(missing=_NOBODY)
    note = _ASSUMED if found.margin_assumed else None
    for one in found.found:
        basis = one.basis
        result.show(one.readings_before, subject=basis, aspect="before", period=found.before, note=note)
        result.show(one.readings, subject=basis, aspect="period", period=found.period, note=note)
        result.show(one.change, subject=basis, aspect="change", period=found.period, note=note)
        result.show(one.what_if, subject=basis, aspect="what_if", period=found.period, note=note)
        result.draw("ltv", partial(ltv.picture, found, (basis,)), basis)
    return result


KIND = Part(Text(ja="顧客の価値(LTV)", en="What a customer is worth (LTV)"), find, order=2)
