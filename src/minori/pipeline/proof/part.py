"""Parts of the stored proof: each module of ``pipeline/proof/parts`` computes one and says what is to be kept of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from typing import Any

from minori.charts.look import Look
from minori.core.figure import Reading
from minori.core.ports import Progress
from minori.core.registry import Registry
from minori.core.text import LANGUAGES, Text
from minori.kpis.periods import Period
from minori.lake.change import Change
from minori.lake.snapshot import Snapshot
from minori.pipeline.proof.claims import Claims, claims
from minori.pipeline.proof.experiments import Experiments, experiments
from minori.pipeline.proof.kpi import Kpis, kpis
from minori.pipeline.proof.value import Values, values
from minori.pipeline.session import Session

Row = Mapping[str, Any]
LOOKS = tuple(Look(language, dark) for language in LANGUAGES for dark in (False, True))
"""Every look in which charts are stored."""
_MONTHS_BACK = 24


@dataclass(frozen=True)
class Shown:
    """A reading with its place in the proof: of what, which side of it, of which time."""

    reading: Reading
    subject: str = ""
    aspect: str = ""
    period: Period | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Said:
    """A verdict in words."""

    code: str
    label: Text
    why: Text | None = None
    subject: str = ""
    aspect: str = ""


@dataclass(frozen=True)
class Drawn:
    """A chart in one look, as its specification."""

    chart: str
    subject: str
    look: Look
    spec: Mapping[str, Any]


@dataclass
class Found:
    """What a part found. ``missing`` says why there is nothing at all; ``keep`` writes what else the lake keeps of it."""

    figures: list[Shown] = field(default_factory=list)
    verdicts: list[Said] = field(default_factory=list)
    movements: list[Row] = field(default_factory=list)
    curves: list[Row] = field(default_factory=list)
    charts: list[Drawn] = field(default_factory=list)
    missing: Text | None = None
    keep: Callable[[Change], None] | None = None

    @property
    def rows(self) -> int:
        """How many rows it has in all tables."""
        return sum(
            len(rows) for rows in (self.figures, self.verdicts, self.movements, self.curves, self.charts)
        )

    def show(self, readings: Iterable[Reading], **place: Any) -> None:
        """Add readings that have one place (arguments as of Shown)."""
        self.figures += [Shown(reading, **place) for reading in readings]

    def draw(self, chart: str, picture: Callable[[Look], Any], subject: str = "") -> None:
        """Add a chart in every look; nothing where the extra that draws is not installed."""
        if find_spec("altair") is None:
            return
        from minori.charts.render import spec

        self.charts += [Drawn(chart, subject, look, spec(picture(look))) for look in LOOKS]


@dataclass
class Working:
    """What parts work with: a session of the day's facts, and results that several of them need, made once."""

    session: Session
    as_of: date
    now: Any  # instant of the store, for what is stamped
    progress: Progress

    @property
    def snapshot(self) -> Snapshot:
        """The tables as they were when the proof began."""
        return self.session.snapshot

    @cached_property
    def kpis(self) -> Kpis:
        """Revenue by month, two years back."""
        first = date(self.as_of.year - _MONTHS_BACK // 12, self.as_of.month, 1)
        return kpis(self.session, self.as_of, "month", first)

    @cached_property
    def values(self) -> Values:
        """What customers were worth in the last year and before."""
        return values(self.session, self.as_of)

    @cached_property
    def experiments(self) -> Experiments:
        """Every play that was ever drawn for."""
        return experiments(self.session, self.as_of)

    @cached_property
    def claims(self) -> Claims:
        """Published claims beside own values, and what each play gained."""
        return claims(self.session, self.as_of, valued=self.values, tried=self.experiments)


@dataclass(frozen=True)
class Part:
    """A part: its name for people, the result tables it rests on besides facts, and how it is found.

    ``order`` is its place among the parts; what is slow comes last.
    """

    label: Text
    find: Callable[[Working], Found]
    order: int
    reads: Sequence[str] = ()


PARTS: Registry[Part] = Registry("part of the proof", "minori.pipeline.proof.parts", Part)


def in_order(names: Iterable[str] | None = None) -> list[str]:
    """Return names of parts (default: all) in their order; raises UnknownKind for one that is not there."""
    wanted = list(PARTS) if names is None else list(names)
    return sorted(wanted, key=lambda name: (PARTS[name].order, name))
