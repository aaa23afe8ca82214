"""A stored reading as a page shows it: value, interval, sample, or why there is none; and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.urls import reverse

from minori.core.figure import NOT_ENOUGH, Unit
from minori.core.readable import interval, number
from minori.core.text import Text
from minori.kpis.value_figures import TO_CAC
from minori.kpis.value_read import CAC_MARKS
from minori.web.language import in_words, spoken
from minori.web.models import FigureRow, Meaning
from minori.web.say import word

PUBLISHED = ("claims", "published")


@dataclass(frozen=True)
class Shown:
    """A reading in the language of the request."""

    row: FigureRow
    meaning: Meaning | None
    currency: str

    @property
    def label(self) -> str:
        """What the figure is called."""
        return in_words(self.meaning.label) if self.meaning else self.row.figure

    @property
    def known(self) -> bool:
        """Whether there is a number, if only a least one."""
        return self.row.value is not None or self.row.low is not None

    @property
    def value(self) -> str:
        """The value in its unit; why there is none otherwise."""
        row = self.row
        if row.value is not None:
            return number(self._exact, self._unit, spoken(), self.currency)
        if row.low is not None:
            least = number(row.low, self._unit, spoken(), self.currency)
            return in_words(word("results.at_least", value=least))
        return in_words(row.missing or NOT_ENOUGH)

    @property
    def interval(self) -> str:
        """The interval with its brackets; empty where there is none."""
        row = self.row
        if row.value is None or row.low is None or row.high is None or row.low == row.high:
            return ""
        return interval(row.low, row.high, self._unit, spoken(), self.currency, like=row.value)

    @property
    def level(self) -> str:
        """How sure the interval is, in words."""
        return in_words(word("results.level", level=f"{self.row.level:.0%}")) if self.row.level else ""

    @property
    def sample(self) -> str:
        """What it rests on: ``n = 41``; empty for what others published, whose sample is not known here."""
        if (self.row.part, self.row.aspect) == PUBLISHED:
            return ""
        return in_words(word("web.sample", n=f"{self.row.sample:,}"))

    @property
    def counts(self) -> str:
        """What the sample counts."""
        return in_words(self.meaning.counts) if self.meaning else ""

    @property
    def note(self) -> Text | dict[str, str] | None:
        """What more there is to say: what its mark makes of the value, where it has one."""
        if self.row.note or self.row.figure != TO_CAC.id or self.row.value is None:
            return self.row.note
        return CAC_MARKS.of(self.row.value)

    @property
    def address(self) -> str:
        """The page that says what the number means and what it is made of."""
        row = self.row
        asked = {"part": row.part, "subject": row.subject, "aspect": row.aspect, "by": row.by}
        if row.period_from:
            asked["from"] = row.period_from.isoformat()
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('results-figure', args=[row.figure])}?{query}"

    @property
    def _unit(self) -> Unit:
        return cast(Unit, self.row.unit)

    @property
    def _exact(self) -> Any:
        return self.row.value if self.row.amount is None else self.row.amount


def dressed(rows: list[FigureRow], meanings: Mapping[str, Meaning], currency: str) -> dict[FigureRow, Shown]:
    """Return each row as it is shown."""
    return {row: Shown(row, meanings.get(row.figure), currency) for row in rows}
