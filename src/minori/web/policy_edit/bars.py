"""What must be proven of a play before it may reach anybody without a person deciding, and what no edit may take away.

A customer of the high touch is never reached without a person (DESIGN, rule 8). For the others a play that asks for
money must be proven by its hold-out; help and rescue must not be known to do harm. Both must have been seen not to be
pushy, and the guards stay in force: nothing here switches one off.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from minori.core.text import Text
from minori.decision.guard import in_force
from minori.offers.parts import asks_for_money
from minori.policy.definitions import Play, Policy
from minori.web.models import FigureRow, VerdictRow
from minori.web.policy_edit.refused import Refused
from minori.web.say import word

TOUCHES = ("low", "tech")
MEASURED = ("pushiness", "pushiness_observed")


@dataclass(frozen=True)
class Bar:
    """One thing that must be so."""

    label: Text
    met: bool


def bars(play: Play) -> list[Bar]:
    """Return what must be proven of a play, and whether it is, by the newest proof."""
    from minori.web.charted.copying import shown_proof  # it draws charts: only where it is asked for

    proof = shown_proof()
    verdicts = VerdictRow.objects.filter(proof=proof, subject=play.id) if proof else VerdictRow.objects.none()
    codes = {(row.part, row.code) for row in verdicts if row.part == "pushiness" or not row.aspect}
    measured = (
        proof is not None
        and FigureRow.objects.filter(
            proof=proof,
            part="pushiness",
            figure="pushiness",
            subject=play.id,
            aspect="play",
            value__isnull=False,
        ).exists()
    )
    harmless = ("experiments", "harmful") not in codes
    proven = ("experiments", "proven") in codes
    return [
        Bar(word("playbook.bar_proven"), proven)
        if asks_for_money(play.offer)
        else Bar(word("playbook.bar_harmless"), harmless),
        Bar(word("playbook.bar_pushiness"), measured and ("pushiness", "harmful") not in codes),
    ]


def may_be_automatic(play: Play) -> bool:
    """Return whether all bars of a play are passed."""
    return all(bar.met for bar in bars(play))


def check_allowed(before: Policy, after: Policy) -> None:
    """Check that a change opens no door; raises Refused that says what may not be changed here.

    A guard that was asked stays asked, and a play becomes automatic in a layer only past its bars.
    """
    gone = sorted(set(in_force(before)) - set(in_force(after)))
    if gone:
        raise Refused(word("playbook.guard_stays", guard=gone[0]))
    for play, touches in _newly_automatic(before, after):
        if set(touches) - set(TOUCHES):
            raise Refused(word("playbook.high_stays", play=play.id))
        if not may_be_automatic(play):
            raise Refused(word("playbook.bars_missed", play=play.id))


def _newly_automatic(before: Policy, after: Policy) -> Iterator[tuple[Play, tuple[str, ...]]]:
    """Yield plays that become automatic somewhere, or that are and propose something else than what was proven."""
    for name, play in sorted(after.plays.items()):
        known = before.plays.get(name)
        added = tuple(t for t in play.automatic if known is None or t not in known.automatic)
        if known is not None and play.automatic and asks_for_money(play.offer) > asks_for_money(known.offer):
            added = play.automatic
        if added:
            yield play, added
