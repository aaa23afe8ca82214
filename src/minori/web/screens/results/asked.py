"""What a page of results is asked for, and the only way in which its rows are read: cut to what somebody may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from minori.core.text import Text
from minori.kpis.periods import By, periods
from minori.schema.proof.stored import STORED
from minori.web.company import company_file
from minori.web.language import in_words, spoken
from minori.web.models import ChartRow, FigureRow, Meaning, Person, Proof, ProofPart, VerdictRow
from minori.web.readmodel.names import named
from minori.web.say import word
from minori.web.screens.results.blocks import Head, Picture, Words
from minori.web.screens.results.shown import Shown, dressed

BY: tuple[By, ...] = ("month", "quarter", "fiscal-year")


def seen_by(person: Person, rows: QuerySet[FigureRow]) -> QuerySet[FigureRow]:
    """Cut readings: who sees own customers only gets the company's figures, and of owners nobody's but their own."""
    if person.sees_all:
        return rows
    return rows.exclude(Q(aspect="owner") & ~Q(subject=person.member or "\0"))


@dataclass(frozen=True)
class Asked:
    """One request for a page of results."""

    request: HttpRequest
    proof: Proof
    person: Person

    @cached_property
    def parts(self) -> Mapping[str, ProofPart]:
        """The parts of the proof by name."""
        return {part.part: part for part in self.proof.parts.all()}

    @property
    def stored(self) -> set[str]:
        """The parts that are there."""
        return {name for name, part in self.parts.items() if part.state == STORED}

    @cached_property
    def meanings(self) -> Mapping[str, Meaning]:
        """What figures mean, by id."""
        return {one.figure: one for one in Meaning.objects.filter(proof=self.proof)}

    @property
    def by(self) -> By:
        """The length of periods."""
        asked = self.request.GET.get("by", "")
        return next((by for by in BY if by == asked), "month")

    def readings(self, part: str, **narrow: Any) -> list[Shown]:
        """Return readings of a part, in its order."""
        rows = seen_by(self.person, FigureRow.objects.filter(proof=self.proof, part=part, **narrow))
        found = list(rows.order_by("period_from", "place", "pk"))
        return list(dressed(found, self.meanings, self.proof.currency).values())

    def verdicts(self, *parts: str) -> list[VerdictRow]:
        """Return what is said of parts."""
        return list(VerdictRow.objects.filter(proof=self.proof, part__in=parts).order_by("pk"))

    def pictures(self, *charts: str, subjects: Iterable[str] | None = None) -> list[Picture]:
        """Return charts in the language of the request, in the order asked for."""
        rows = ChartRow.objects.filter(proof=self.proof, chart__in=charts, language=spoken())
        if subjects is not None:
            rows = rows.filter(subject__in=list(subjects))
        every: dict[tuple[str, str], dict[str, ChartRow]] = {}
        for row in rows.defer("svg", "spec").order_by("pk"):
            every.setdefault((row.chart, row.subject), {})[row.theme] = row
        order = sorted(every, key=lambda key: charts.index(key[0]))
        return [self._picture(key, every[key]) for key in order]

    def _picture(self, key: tuple[str, str], looks: Mapping[str, ChartRow]) -> Picture:
        title = in_words(word(f"results.chart_{key[0]}"))
        subject = in_words(self.subject(key[1]).as_dict()) if key[1] else ""
        return Picture(
            "-".join(filter(None, key)),
            f"{title}: {subject}" if subject else title,
            light=looks.get("light"),
            dark=looks.get("dark"),
        )

    def name(self, room: str, key: str) -> dict[str, str]:
        """Return what an id of the policy is called."""
        return named(self.proof.names, room, key)

    def play(self, reading: Shown) -> Head:
        """Return the row of a play."""
        return Head(reading.row.subject, self.name("plays", reading.row.subject))

    def subject(self, key: str) -> Text:
        """Return what a subject is called, whatever it is of."""
        for room in ("plays", "segments", "plans"):
            if key in self.proof.names.get(room, {}):
                return Text(**self.name(room, key))
        known = f"results.subject_{key}"
        try:
            return word(known)
        except KeyError:
            return Text(ja=key, en=key)

    def period(self, reading: Shown) -> Head:
        """Return the row of a reading's period."""
        row = reading.row
        return Head(row.period_from, period_words(row.by, row.period_from, row.period_until))


def period_words(by: str, start: date | None, until: date | None) -> Words:
    """Return what a period is called: a month, a quarter, a fiscal year, or its days."""
    if start is None:
        return ""
    for known in BY:
        if by == known:
            starts_in = company_file().company.fiscal_year_starts_in
            return periods(start, start, known, starts_in)[-1].label
    return word("results.days", start=start.isoformat(), end=(until or start).isoformat())


def filled(key: str, **values: Text) -> Text:
    """Return a word of the app with texts in it, each in its own language."""
    text = word(key)
    ja, en = ({name: value[language] for name, value in values.items()} for language in ("ja", "en"))
    return Text(ja=text.fill(ja).ja, en=text.fill(en).en)


def section_address(section: str, **query: str) -> str:
    """Return the address of a section."""
    home = reverse("results") if section == "overview" else reverse("results-section", args=[section])
    pairs = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{home}?{pairs}" if pairs else home
