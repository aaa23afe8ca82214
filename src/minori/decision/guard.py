"""What a guard is: a prohibition, what it needs to know, and what it says when it holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlglot import exp

from minori.core.errors import UnknownName
from minori.core.registry import Registry
from minori.core.text import Text
from minori.core.yaml_file import Document, validated
from minori.policy.definitions import Policy
from minori.policy.words import Definition

FILE = "policy/guards.yaml"


class NoLimits(Definition):
    """A guard without settings."""


@dataclass(frozen=True)
class Guard:
    """A guard (SEMANTICS 9).

    ``answers(limits, policy)`` is a SELECT over ``candidate``, facts and result tables. It gives one row for
    each candidate that is not clear: ``as_of``, ``candidate_id``, ``answer`` (``'holds'``, ``'no_data'`` or
    ``'send_after'``), ``until`` (the first day on which it would be clear again; null: while it lasts) and
    columns that fill the ``{names}`` of the reason. Facts of the decision's own window are not read:
    proposals, outcomes and interactions only where ``_day < as_of``.

    The reason is ``no_data`` for that answer, else the one of ``reasons`` that a column ``why`` names, else
    ``reason``. It may name limits too. A date, the columns ``play`` and ``band``, and ``refusal`` (JSON in
    both languages) are written as each language writes them.

    ``needs`` are fact tables, ``also_needs`` result tables of the proof, absent until a command has made them. If
    none of them is there, the guard answers ``not_checked`` instead, and ``unconnected(limits, policy)`` gives
    ``as_of, candidate_id`` of what a person must then decide.
    ``moment``: guards of ``send`` are asked again when something is sent; ``next_time(limits, at)`` returns
    the first moment from ``at`` on, in the customer's own time, at which that may be.
    """

    label: Text
    help: Text
    reason: Text
    answers: Callable[[Any, Policy], exp.Query]
    limits: type[Definition] = NoLimits
    needs: tuple[str, ...] = ()
    also_needs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()  # tables beside candidate and what it needs
    moment: Literal["decide", "send"] = "decide"
    reasons: Mapping[str, Text] = field(default_factory=dict)
    no_data: Text | None = None  # reason when it answers no_data
    unconnected: Callable[[Any, Policy], exp.Query] | None = None
    next_time: Callable[[Any, datetime], datetime] | None = None
    always: bool = False  # asked even if guards.yaml does not name it
    help_first: bool = False  # it holds because the customer is in trouble, and help comes before selling


GUARDS: Registry[Guard] = Registry("guard", "minori.decision.guards", Guard)


def in_force(policy: Policy) -> dict[str, tuple[Guard, Definition]]:
    """Return the guards a policy has, by name, with their limits checked.

    Raises
    ------
    UnknownName
        If the policy names a guard that does not exist.
    DefinitionError
        If a limit is unknown or cannot be read.
    """
    written = policy.guards.guards
    for name in sorted(written):
        if name not in GUARDS:
            raise UnknownName("guard", name, GUARDS, file=FILE)
    return {
        name: (guard, validated(guard.limits, Document(f"{FILE} {name}", dict(written.get(name, {})))))
        for name, guard in GUARDS.items()
        if name in written or guard.always
    }
