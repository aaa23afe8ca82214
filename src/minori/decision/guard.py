"""What a guard is: a prohibition, what it needs to know, and what it says when it holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlglot import exp

from minori.core.registry import Registry
from minori.core.text import Text
from minori.policy.words import Definition


class NoLimits(Definition):
    """A guard without settings."""


@dataclass(frozen=True)
class Guard:
    """A guard (SEMANTICS 9).

    ``answers(limits)`` is a SELECT over ``candidate``, facts and result tables that gives one row per candidate it
    does not clear: ``candidate_id``, ``answer`` (``'holds'``, ``'no_data'`` or ``'send_after'``), ``until`` (a date, or
    null while it lasts) and further columns that fill ``{names}`` of the reason. No row means clear.

    ``needs`` are fact tables: if one has no source, the guard answers ``not_checked`` for every candidate instead.
    ``moment``: guards of ``send`` are asked again when something is sent.
    """

    reason: Text
    answers: Callable[[Any], exp.Query]
    limits: type[Definition] = NoLimits
    needs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()  # result tables beside candidate
    moment: Literal["decide", "send"] = "decide"
    no_data: Text | None = None  # reason when it answers no_data
    help: Text = field(default_factory=lambda: Text(ja="提案を控える条件", en="Guard"))


GUARDS: Registry[Guard] = Registry("guard", "minori.decision.guards", Guard)
