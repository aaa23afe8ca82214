"""Taking a step: one transaction, the proposal locked, the version compared, and the step kept for good."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from minori.web.audit import record
from minori.web.life.conflict import not_here, overtaken
from minori.web.life.states import RULES, Action, Actor, actors, allowed
from minori.web.models import Fact, Person, Role, State, Step, Work
from minori.web.rights import Ability, may, own

HARMLESS = (Action.SEE,)  # steps that do not change what somebody else was about to do


@contextmanager
def taking(person: Person, proposal_id: str, version: int, action: Action) -> Iterator[Work]:
    """Lock a proposal for a step of a person, who is read again: their role may have changed meanwhile.

    Raises
    ------
    Http404
        If there is no such proposal, or the customer is not theirs.
    PermissionDenied
        If their role does not take such steps.
    Conflict
        If somebody else was faster, or the state does not allow the step.
    """
    with transaction.atomic():
        now = Person.objects.filter(pk=person.pk).first()
        if now is None or not may(now, Ability.ACT):
            raise PermissionDenied
        work = own(now, Work.objects.select_for_update()).filter(pk=proposal_id).first()
        if work is None:
            raise Http404
        as_whom = acting(now, work)
        if not RULES[action].who & as_whom:
            raise PermissionDenied
        _same_version(work, version)
        if not allowed(action, State(work.state), as_whom, sent=work.sent_at is not None):
            raise not_here(action, work)
        yield work


@contextmanager
def taking_by_itself(proposal_id: str) -> Iterator[Work]:
    """Lock a proposal for a step of the customer or of minori itself; raises Http404 if there is none."""
    with transaction.atomic():
        work = Work.objects.select_for_update().filter(pk=proposal_id).first()
        if work is None:
            raise Http404
        yield work


def acting(person: Person, work: Work) -> frozenset[Actor]:
    """Return as what a person acts on a proposal."""
    return actors(Role(person.role), theirs=bool(person.member) and person.member == work.doer)


def check(work: Work, action: Action, actor: Actor) -> None:
    """Raise Conflict if the customer or minori cannot take the step."""
    if not allowed(action, State(work.state), frozenset({actor}), sent=work.sent_at is not None):
        raise not_here(action, work)


def step(
    work: Work,
    action: Action,
    person: Person | None,
    *,
    to: State | None = None,
    detail: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Step:
    """Change a locked proposal, and keep the step and its audit.

    ``to`` where the table leaves it open; ``changes`` are fields of the proposal. Raises Conflict if the proposal
    was changed since it was read.
    """
    rule, before, version = RULES[action], work.state, work.version
    after = rule.after or to or State(before)
    changes |= {"state": after, "version": version + 1, "touched": work.touched or rule.touches, **changes}
    kept = {name: plain(getattr(work, name)) for name in changes if name not in ("state", "version")}
    for name, value in changes.items():
        setattr(work, name, value)
    if not Work.objects.filter(pk=work.pk, version=version).update(**changes):
        work.refresh_from_db()
        raise overtaken(work)
    noted(work, action, person, before=before, after=after)
    return Step.objects.create(
        work=work,
        person=person,
        action=action,
        before=before,
        after=after,
        version=version + 1,
        detail={**(detail or {}), **({"undo": kept} if rule.undoable else {})},
    )


def noted(work: Work, action: Action, person: Person | None, **detail: Any) -> None:
    """Keep in the audit that something was done with a proposal; never what was written in it."""
    known = {"customer_id": work.customer_id, "play": work.play}
    record(person, f"proposal.{action}", f"proposal:{work.pk}", **known, **detail)


def fact(table: str, key: str, row: Mapping[str, Any]) -> None:
    """Keep a fact for the lake, in the transaction of what made it happen."""
    Fact.objects.create(table=table, key=key, row={name: plain(value) for name, value in row.items()})


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def many(works: Iterable[Work], action: Action, detail: Mapping[str, Any], **changes: Any) -> int:
    """Take a step of minori's for many proposals that the caller has locked; returns how many.

    One audit line tells of all of them: each has its own step.
    """
    rule, moved = RULES[action], list(works)
    steps = [
        Step(
            work=work,
            action=action,
            before=work.state,
            after=rule.after or work.state,
            version=work.version + 1,
            detail=dict(detail),
        )
        for work in moved
    ]
    for work in moved:
        work.version += 1
        work.state = rule.after or work.state
        for name, value in changes.items():
            setattr(work, name, value)
    Work.objects.bulk_update(moved, ["version", "state", *changes], batch_size=500)
    Step.objects.bulk_create(steps, batch_size=1_000)
    if moved:
        record(None, f"proposal.{action}", f"proposals:{len(moved)}", **{**detail, "count": len(moved)})
    return len(moved)


def _same_version(work: Work, version: int) -> None:
    if work.version == version:
        return
    since = Step.objects.filter(work=work, version__gt=version).values_list("action", flat=True)
    if version > work.version or len(since) < work.version - version or set(since) - set(HARMLESS):
        raise overtaken(work)
