"""Charts of what the proof found: each module of ``pipeline/charted`` turns results into rows and has them drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from minori.charts.look import Look
from minori.core.errors import InputError
from minori.core.ports import Progress
from minori.core.registry import Registry
from minori.core.text import Text
from minori.kpis.periods import By
from minori.pipeline.workspace import Workspace


def _silent(_what: str, _share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Asked:
    """What a chart is asked for: of which subject (a play, a metric), until which day."""

    workspace: Workspace
    subject: str | None = None
    until: date | None = None
    by: By = "month"
    outcome: str | None = None
    threshold: str | None = None
    customer: str | None = None
    progress: Progress = _silent


@dataclass(frozen=True)
class Charted:
    """A chart by name: what it shows, what its subject is (None: it takes none), and how it comes about.

    ``subjects`` are all that are allowed; empty: any. The first of them is the default.
    """

    label: Text
    draw: Callable[[Asked, Look], Any]
    subject: Text | None = None
    subjects: tuple[str, ...] = ()


CHARTS: Registry[Charted] = Registry("chart", "minori.pipeline.charted", Charted)


def chart(name: str, asked: Asked, look: Look) -> Any:
    """Draw a chart by its name.

    Raises
    ------
    UnknownKind
        If there is no such chart.
    InputError
        If it needs a subject and was given none, or one that is not allowed.
    """
    kind = CHARTS[name]
    if kind.subject is None and asked.subject is not None:
        raise InputError(f"{name} takes no subject, but was given {asked.subject!r}")
    if kind.subject is not None and not kind.subjects and asked.subject is None:
        raise InputError(f"{name} needs a subject: {kind.subject.en}")
    if kind.subjects and asked.subject not in (None, *kind.subjects):
        raise InputError(f"{name}: {asked.subject!r} is none of {', '.join(kind.subjects)}")
    return kind.draw(asked, look)
