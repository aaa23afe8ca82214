"""Figures and their readings: no number is shown without what it means, what it rests on, and how sure it is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from minori.core.text import Text

Unit = Literal["share", "money", "count", "days", "months", "ratio", "points", "number"]


@dataclass(frozen=True)
class Figure:
    """A number that minori shows: declared once, printed by the guide's table of figures.

    ``counts`` says what the sample of a reading counts: customers, proposals, months.
    """

    id: str
    label: Text
    means: Text
    computed: Text
    unit: Unit
    counts: Text
    observational: bool = False  # compares groups that nobody drew by lot: never an effect


@dataclass(frozen=True)
class Reading:
    """One figure's value, with its sample; ``low`` and ``high`` where it is an estimate.

    A value of None is unknown, and ``missing`` says why.
    """

    figure: Figure
    value: float | Decimal | None
    sample: int
    low: float | Decimal | None = None
    high: float | Decimal | None = None
    level: float = 0.9  # of the interval
    missing: Text | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.missing is not None):
            raise ValueError(f"{self.figure.id}: a value, or the reason why there is none")

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        interval = None if self.low is None else [_plain(self.low), _plain(self.high)]
        return {
            "figure": self.figure.id,
            "value": _plain(self.value),
            "sample": self.sample,
            "interval": interval,
            "level": self.level if interval else None,
            "missing": self.missing.as_dict() if self.missing else None,
            "observational": self.figure.observational,
        }


NOT_ENOUGH = Text(ja="データが足りません", en="not enough data")


def _plain(value: float | Decimal | None) -> float | str | None:
    return str(value) if isinstance(value, Decimal) else value
