"""Many proposals at once: only to tech-touch customers, whoever asks and by whatever way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404

from minori.core.text import Text
from minori.decision.rank import TECH
from minori.web.life.act import not_now, snooze
from minori.web.life.conflict import ONLY_TECH, Conflict, Refused
from minori.web.life.leaving import approve
from minori.web.models import Person, Work
from minori.web.rights import own

MOST = 500
_TOO_MANY = Text(ja="一度に操作できるのは{most}件までです。", en="At most {most} at once.")
_NOTHING = Text(ja="提案を選んでください。", en="Choose proposals first.")
_UNKNOWN = Text(ja="操作を選んでください。", en="Choose what to do.")


@dataclass(frozen=True)
class Chosen:
    """A proposal, and the version of it that the person saw."""

    proposal_id: str
    version: int


@dataclass(frozen=True)
class Handled:
    """How many went well, and why the others did not."""

    done: int
    refused: tuple[Text, ...]


def handled(
    person: Person,
    chosen: Sequence[Chosen],
    action: str,
    at: datetime,
    *,
    today: date,
    until: date | None = None,
    reason: str = "",
) -> Handled:
    """Take one step (approve, snooze or not_now) with each; one that somebody else changed is left and told.

    Raises
    ------
    Refused
        If any of them is not to a tech-touch customer of theirs, or what was asked cannot be read.
    """
    _check(person, chosen)
    step = _step(action, at, today, until, reason)
    done, refused = 0, []
    for one in chosen:
        try:
            step(person, one.proposal_id, one.version)
            done += 1
        except (Conflict, Refused) as why:
            refused.append(why.text)
        except (Http404, PermissionDenied):  # theirs when the page was drawn, but no longer
            refused.append(ONLY_TECH)
    return Handled(done, tuple(refused))


def _check(person: Person, chosen: Sequence[Chosen]) -> None:
    if not chosen:
        raise Refused(_NOTHING)
    if len(chosen) > MOST:
        raise Refused(_TOO_MANY.fill({"most": str(MOST)}))
    ids = {one.proposal_id for one in chosen}
    if own(person, Work.objects.filter(pk__in=ids, touch=TECH)).count() != len(ids):
        raise Refused(ONLY_TECH)


def _step(
    action: str, at: datetime, today: date, until: date | None, reason: str
) -> Callable[[Person, str, int], Work]:
    match action:
        case "approve":
            return partial(approve, at=at)
        case "snooze":
            return partial(snooze, until=until or today, today=today)
        case "not_now":
            return partial(not_now, reason=reason)
        case _:
            raise Refused(_UNKNOWN)
