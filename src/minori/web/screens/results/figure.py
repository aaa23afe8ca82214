"""One number: what it means, how it is computed, what stands beside it, what it is made of, how it went."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from minori.core.named import BANDS, MOVEMENTS
from minori.core.text import Text
from minori.web.models import FigureRow, MovementRow, Proof
from minori.web.say import word
from minori.web.screens.results.asked import Asked, period_words, seen_by
from minori.web.screens.results.blocks import Head, Words
from minori.web.screens.results.shown import Shown, dressed
from minori.web.templatetags.shown import member

MOST = 26  # points of its course


@dataclass(frozen=True)
class Made:
    """Everything that is said of one reading."""

    proof: Proof
    reading: Shown
    of: tuple[Words, ...]  # subject, aspect, period
    beside: tuple[Shown, ...]  # of the same subject, aspect and period
    course: tuple[tuple[Words, Shown], ...]  # the same figure over time, oldest first
    movements: tuple[tuple[Text, MovementRow], ...]
    links: tuple[Head, ...]

    @property
    def values(self) -> list[float | None]:
        """Its course as numbers."""
        return [one.row.value for _, one in self.course]


def made_of(asked: Asked, figure: str) -> Made | None:
    """Return the reading that the address names; None if there is none, or it is not for this person."""
    rows = seen_by(asked.person, FigureRow.objects.filter(proof=asked.proof))
    get = asked.request.GET
    same = {"part": get.get("part", ""), "subject": get.get("subject", ""), "aspect": get.get("aspect", "")}
    place = {**same, "by": get.get("by", "")}
    start = _day(get.get("from", ""))
    row = rows.filter(figure=figure, period_from=start, **place).first()
    if row is None:
        return None
    others = list(rows.filter(period_from=start, **place).exclude(pk=row.pk).order_by("place")[:40])
    course = list(rows.filter(figure=figure, **place).order_by("-period_from")[:MOST]) if start else []
    shown = dressed([row, *others, *course], asked.meanings, asked.proof.currency)
    return Made(
        proof=asked.proof,
        reading=shown[row],
        of=_of(asked, row),
        beside=tuple(shown[one] for one in others),
        course=tuple(
            (period_words(one.by, one.period_from, one.period_until), shown[one]) for one in reversed(course)
        ),
        movements=_movements(asked.proof, row),
        links=tuple(_links(row)),
    )


def _of(asked: Asked, row: FigureRow) -> tuple[Words, ...]:
    found: list[Words] = []
    if row.subject:
        basis, _, rest = row.subject.partition(":")
        found.append(member(row.subject) if row.aspect == "owner" else asked.subject(rest or basis))
    if row.aspect in BANDS:
        found.append(BANDS[row.aspect])
    if row.period_from:
        found.append(period_words(row.by, row.period_from, row.period_until))
    return tuple(found)


def _movements(proof: Proof, row: FigureRow) -> tuple[tuple[Text, MovementRow], ...]:
    """Return the steps of MRR of the reading's period, where it is a rate of them."""
    if row.part != "revenue" or row.subject or row.aspect or row.period_from is None:
        return ()
    of = MovementRow.objects.filter(proof=proof, by=row.by, period_from=row.period_from, product=None)
    return tuple(
        (MOVEMENTS[one.step], one) for one in of.order_by("place") if one.amount and one.step in MOVEMENTS
    )


def _links(row: FigureRow) -> list[Head]:
    """Return pages of the app that list what the number is about."""
    customers = reverse_or("customers")
    found = []
    if row.aspect in BANDS and customers:
        band = "-" if row.aspect == "unknown" else row.aspect
        found.append(Head("band", word("results.see_customers"), f"{customers}?band={band}"))
    if row.aspect == "owner" and customers:
        found.append(Head("owner", word("results.see_customers"), f"{customers}?owner={quote(row.subject)}"))
    if row.part in ("plays", "experiments", "after_yes") and row.subject:
        play = reverse_or("play", row.subject)
        found += [Head("play", word("results.see_play"), play)] if play else []
    if row.part == "revenue" and row.by in ("month", "quarter", "fiscal-year") and row.period_from:
        address = (
            f"{reverse('results-section', args=['revenue'])}?by={row.by}&from={row.period_from}#movements"
        )
        found.append(Head("movements", word("results.see_movements"), address))
    return found


def reverse_or(name: str, *given: str) -> str:
    """Return the address of a page of another screen; empty where there is none."""
    try:
        return reverse(name, args=given)
    except NoReverseMatch:
        return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
