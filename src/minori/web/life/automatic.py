"""What may go without a person: only plays switched to automatic, to tech-touch customers, nothing unknown of them."""

from datetime import datetime

from django.db import transaction

from minori.core.errors import DeliveryError
from minori.decision.rank import TECH
from minori.policy.definitions import Policy
from minori.web.life.conflict import Conflict
from minori.web.life.leaving import approve_alone
from minori.web.models import State, Work
from minori.web.readmodel.shown import current


def automatic_plays(policy: Policy) -> list[str]:
    """Return the plays in which no person needs to decide for tech-touch customers."""
    return sorted(name for name, play in policy.plays.items() if play.on and TECH in play.automatic)


def approve_automatic(policy: Policy, at: datetime) -> int:
    """Approve what the newest run proposes and nobody needs to decide; returns how many.

    Everything else stays a draft. The outbox asks guards and consent again when each of them leaves.
    """
    run = current()
    if run is None:
        return 0
    drafts = Work.objects.filter(
        state=State.DRAFT,
        touch=TECH,
        person_decides=False,
        touched=False,
        stale=False,
        last_as_of=run.as_of,
        play__in=automatic_plays(policy),
    )
    return sum(_approved(pk, at) for pk in list(drafts.order_by("-value", "pk").values_list("pk", flat=True)))


def _approved(proposal_id: str, at: datetime) -> bool:
    """Approve one; False, with nothing changed, where it cannot go: overtaken, or nobody there can be written to."""
    drafts = Work.objects.filter(pk=proposal_id, state=State.DRAFT, touched=False)
    try:
        with transaction.atomic():
            work = drafts.select_for_update().first()
            if work is not None:
                approve_alone(work, at)
            return work is not None
    except (Conflict, DeliveryError):
        return False
