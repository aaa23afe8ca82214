"""Wordings under test: which variant of a play's words a customer gets, by a stable lot per customer and experiment."""

from typing import NamedTuple

from minori.core.keys import share64
from minori.policy.definitions import Play


class Wording(NamedTuple):
    """The lot of a customer: in which experiment, and which variant."""

    experiment: str
    variant: str


def wording_of(play: Play, customer_id: str) -> Wording | None:
    """Return the variant drawn for a customer; None where the play has no variants.

    Every variant is as likely. The experiment is named by the variants: another set is another experiment.
    """
    if not play.variants:
        return None
    names = sorted(play.variants)
    experiment = f"{play.id}: {', '.join(names)}"
    return Wording(experiment, names[int(share64(experiment, customer_id) * len(names))])


def as_worded(play: Play, wording: Wording | None) -> Play:
    """Return the play with the template of a variant; its own where the variant names none."""
    template = play.variants[wording.variant].template if wording else None
    return play if template is None else play.model_copy(update={"message": template})


def dearest_first(play: Play, wording: Wording | None) -> bool:
    """Return whether the variant shows the dearest choice first (anchor)."""
    return wording is not None and play.variants[wording.variant].anchor
