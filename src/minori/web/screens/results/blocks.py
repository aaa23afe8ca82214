"""What a page of results is made of: tiles, charts with their tables, verdicts."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from minori.core.text import Text
from minori.web.models import ChartRow, VerdictRow
from minori.web.screens.results.shown import Shown

Words = Text | dict[str, str] | str


@dataclass(frozen=True)
class Head:
    """A column or a row of a table: its key, its words, where it leads."""

    key: Hashable
    label: Words
    address: str = ""
    note: Words = ""


@dataclass(frozen=True)
class Line:
    """A row of a table; a cell is a reading, plain words, an amount, or empty."""

    head: Head
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class Block:
    """A part of a page. ``name`` stands in the address of its CSV."""

    name: str
    title: Words = ""
    says: Words = ""
    template: str = ""


@dataclass(frozen=True)
class Tiles(Block):
    """Numbers that stand out."""

    readings: tuple[Shown, ...] = ()
    template: str = "results/tiles.html"


@dataclass(frozen=True)
class Table(Block):
    """Readings in rows and columns."""

    corner: Words = ""
    columns: tuple[Head, ...] = ()
    lines: tuple[Line, ...] = ()
    template: str = "results/table.html"

    @property
    def observational(self) -> bool:
        """Whether a reading of it compares groups that nobody drew by lot."""
        return any(cell.row.observational for cell in self.readings)

    @property
    def readings(self) -> list[Shown]:
        """Every reading, for CSV."""
        return [cell for line in self.lines for cell in line.cells if isinstance(cell, Shown)]


@dataclass(frozen=True)
class Amount:
    """A step of money in a table, with its address."""

    amount: Decimal
    customers: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Picture(Block):
    """A chart in light and dark; ``table`` has the same numbers."""

    light: ChartRow | None = None
    dark: ChartRow | None = None
    template: str = "results/chart.html"


@dataclass(frozen=True)
class Verdicts(Block):
    """What the proof says in words."""

    rows: tuple[tuple[Head, VerdictRow], ...] = ()
    template: str = "results/verdicts.html"


@dataclass
class Pivot:
    """Makes a table of readings: rows and columns come in the order in which they are met."""

    row: Callable[[Shown], Head]
    column: Callable[[Shown], Head]
    rows: dict[Hashable, Head] = field(default_factory=dict)
    columns: dict[Hashable, Head] = field(default_factory=dict)
    cells: dict[tuple[Hashable, Hashable], Shown] = field(default_factory=dict)

    def add(self, readings: Iterable[Shown]) -> "Pivot":
        """Put readings into their places; the first one of a place stays."""
        for reading in readings:
            row, column = self.row(reading), self.column(reading)
            self.rows.setdefault(row.key, row)
            self.columns.setdefault(column.key, column)
            self.cells.setdefault((row.key, column.key), reading)
        return self

    def table(self, name: str, title: Words, *, corner: Words = "", says: Words = "") -> Table:
        """Return the table."""
        columns = tuple(self.columns.values())
        lines = tuple(
            Line(head, tuple(self.cells.get((key, column.key)) for column in columns))
            for key, head in self.rows.items()
        )
        return Table(name, title, says, corner=corner, columns=columns, lines=lines)


def of_figure(reading: Shown) -> Head:
    """Return the column of a reading's figure."""
    return Head(reading.row.figure, reading.label, note=in_meaning(reading))


def in_meaning(reading: Shown) -> Words:
    """Return what a figure means."""
    return reading.meaning.means if reading.meaning else ""


def only(readings: Sequence[Shown], *figures: str) -> list[Shown]:
    """Return the readings of some figures, in the order of the figures."""
    return [reading for name in figures for reading in readings if reading.row.figure == name]
