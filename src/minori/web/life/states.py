"""The one table of a proposal's life: action → from which states → to which state, and who may.

::

    draft ──approve──► approved ──sent──► sent ──seen──► seen ──► accepted | declined
      │ ▲  ◄───held──────┘  (a guard at the door)          │
      │ └── snoozed         └──────── hand_over ───────────┴──► handed_over ──► accepted | declined | back
      └── withdrawn (not now because …; or the newest run no longer proposes it)      not sent in time ──► expired
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from minori.web.models import Role, State

UNDO_WITHIN = timedelta(minutes=10)
REASONS = ("price", "timing", "need", "fit", "other")

_OPEN = frozenset({State.DRAFT, State.APPROVED, State.SNOOZED})  # nothing has left the house
_OUT = frozenset({State.SENT, State.SEEN})
_ANSWERABLE = _OUT | {State.HANDED_OVER, State.EXPIRED}  # who answers late is heard
OPEN, OUT = _OPEN, _OUT
ENDED = frozenset({State.ACCEPTED, State.DECLINED, State.EXPIRED, State.WITHDRAWN})


class Actor(StrEnum):
    """Who takes a step, seen from the proposal."""

    CS = "cs"  # CSM, manager or administrator
    MANAGER = "manager"  # manager or administrator
    DOER = "doer"  # sales, for what is theirs to propose
    SALES = "sales"  # sales in general
    CUSTOMER = "customer"
    MINORI = "minori"


class Action(StrEnum):
    """What can be done with a proposal."""

    EDIT = "edit"
    TALK = "talk"
    APPROVE = "approve"
    TOLD = "told"
    SNOOZE = "snooze"
    NOT_NOW = "not_now"
    HAND_OVER = "hand_over"
    GIVE_BACK = "give_back"
    UNDO = "undo"
    SEND = "sent"
    HOLD = "held"
    SEE = "seen"
    ACCEPT = "accepted"
    DECLINE = "declined"
    EXPIRE = "expired"
    WITHDRAW = "withdrawn"
    PROPOSE_AGAIN = "proposed_again"


@dataclass(frozen=True)
class Rule:
    """One line of the table. ``after`` None: back to where it was, or unchanged where ``same`` is set.

    ``touches``: from then on the card is frozen and the run no longer takes the proposal away.
    ``undoable``: may be undone for a while, as long as nothing has left the house. ``told``: only of what reached
    the customer, by us or by sales. ``same``: changes nothing, is only noted.
    """

    before: frozenset[State]
    after: State | None
    who: frozenset[Actor]
    touches: bool = True
    undoable: bool = False
    same: bool = False
    told: bool = False


_PROPOSERS = frozenset({Actor.CS, Actor.DOER})
_ANSWERERS = frozenset({Actor.CS, Actor.SALES, Actor.CUSTOMER})
_OURS = frozenset({Actor.MINORI})

RULES: dict[Action, Rule] = {
    Action.EDIT: Rule(_OPEN, State.DRAFT, _PROPOSERS, undoable=True),
    Action.TALK: Rule(_OPEN | _OUT, None, _PROPOSERS, touches=False, same=True),
    Action.APPROVE: Rule(_OPEN - {State.APPROVED}, State.APPROVED, _PROPOSERS | _OURS, undoable=True),
    Action.TOLD: Rule(_OPEN, State.SENT, _PROPOSERS),
    Action.SNOOZE: Rule(_OPEN, State.SNOOZED, _PROPOSERS, undoable=True),
    Action.NOT_NOW: Rule(_OPEN, State.WITHDRAWN, _PROPOSERS, undoable=True),
    Action.HAND_OVER: Rule(_OPEN | _OUT, State.HANDED_OVER, frozenset({Actor.CS}), undoable=True),
    Action.GIVE_BACK: Rule(frozenset({State.HANDED_OVER}), None, frozenset({Actor.SALES, Actor.MANAGER})),
    Action.UNDO: Rule(_OPEN | {State.HANDED_OVER, State.WITHDRAWN}, None, _PROPOSERS),
    Action.SEND: Rule(frozenset({State.APPROVED}), State.SENT, _OURS),
    Action.HOLD: Rule(frozenset({State.APPROVED}), State.DRAFT, _OURS),
    Action.SEE: Rule(frozenset({State.SENT}), State.SEEN, frozenset({Actor.CUSTOMER, Actor.MINORI})),
    Action.ACCEPT: Rule(_ANSWERABLE, State.ACCEPTED, _ANSWERERS, told=True),
    Action.DECLINE: Rule(_ANSWERABLE, State.DECLINED, _ANSWERERS, told=True),
    Action.EXPIRE: Rule(_OPEN | _OUT, State.EXPIRED, _OURS, touches=False),
    Action.WITHDRAW: Rule(frozenset({State.DRAFT}), State.WITHDRAWN, _OURS, touches=False),
    Action.PROPOSE_AGAIN: Rule(
        frozenset({State.EXPIRED, State.WITHDRAWN}), State.DRAFT, _OURS, touches=False
    ),
}


def actors(role: Role, *, theirs: bool) -> frozenset[Actor]:
    """Return as what somebody acts; ``theirs``: the proposal is theirs to make. A viewer acts as nobody."""
    match role:
        case Role.ADMIN | Role.MANAGER:
            return frozenset({Actor.CS, Actor.MANAGER, Actor.SALES})
        case Role.CSM:
            return frozenset({Actor.CS})
        case Role.SALES:
            return frozenset({Actor.SALES, Actor.DOER} if theirs else {Actor.SALES})
        case _:
            return frozenset()


def allowed(action: Action, state: State, as_whom: frozenset[Actor], *, sent: bool) -> bool:
    """Say whether the table has this step; ``sent``: the proposal reached the customer."""
    rule = RULES[action]
    reached = sent or state is State.HANDED_OVER or not rule.told
    return state in rule.before and bool(rule.who & as_whom) and reached


def possible(state: State, as_whom: frozenset[Actor], *, sent: bool) -> frozenset[Action]:
    """Return every action that somebody may take in a state: what a page shows as buttons."""
    return frozenset(action for action in RULES if allowed(action, state, as_whom, sent=sent))
