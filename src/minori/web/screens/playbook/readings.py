"""Readings of the proof as the playbook shows them: value, interval, sample, or why there is no number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from minori.core.figure import NOT_ENOUGH, Unit
from minori.core.readable import interval, number
from minori.web.charted.copying import shown_proof
from minori.web.language import in_words, spoken
from minori.web.models import FigureRow, Proof, VerdictRow

ACCEPTED, GAIN = "play_accepted", "play_gain"
PUSHINESS = ("pushiness", "pushiness_observed")
FIGURES = (ACCEPTED, GAIN, *PUSHINESS)


@dataclass(frozen=True)
class Shown:
    """A reading in the language of the request."""

    row: FigureRow | None
    currency: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self.row is not None and self.row.value is not None

    @property
    def value(self) -> str:
        """The number in its unit, or why there is none."""
        row = self.row
        if row is None or row.value is None:
            return in_words((row.missing if row else None) or NOT_ENOUGH)
        exact = row.value if row.amount is None else row.amount
        return number(exact, cast(Unit, row.unit), spoken(), self.currency)

    @property
    def interval(self) -> str:
        """Its interval with brackets; empty where there is none."""
        row = self.row
        if row is None or row.value is None or row.low is None or row.high is None:
            return ""
        return interval(row.low, row.high, cast(Unit, row.unit), spoken(), self.currency, like=row.value)

    @property
    def sample(self) -> int:
        """What it rests on."""
        return self.row.sample if self.row else 0


@dataclass(frozen=True)
class Proven:
    """What the proof says of one play."""

    accepted: Shown
    gain: Shown
    pushiness: Shown
    verdict: VerdictRow | None
    pushy: VerdictRow | None

    @property
    def silent(self) -> bool:
        """Whether there is nothing at all to say."""
        known = self.accepted.known or self.gain.known or self.pushiness.known
        return not (known or self.verdict or self.pushy)


def proven(plays: Iterable[str]) -> tuple[Proof | None, dict[str, Proven]]:
    """Return the proof that is shown, and what it says of each play; two queries however many there are."""
    proof, names = shown_proof(), list(plays)
    rows = FigureRow.objects.filter(proof=proof, figure__in=FIGURES, part__in=("plays", "pushiness"))
    figures = {
        (row.subject, row.figure): row
        for row in (rows if proof else ())
        if row.aspect == ("play" if row.part == "pushiness" else "")
    }
    every = VerdictRow.objects.filter(proof=proof, part__in=("experiments", "pushiness")) if proof else ()
    verdicts = {
        (row.subject, row.part): row
        for row in every
        if row.aspect == ("play" if row.part == "pushiness" else "")
    }
    currency = proof.currency if proof else ""
    return proof, {name: _of(name, figures, verdicts, currency) for name in names}


def _of(
    play: str,
    figures: dict[tuple[str, str], FigureRow],
    verdicts: dict[tuple[str, str], VerdictRow],
    currency: str,
) -> Proven:
    pushiness = next((figures[play, name] for name in PUSHINESS if (play, name) in figures), None)
    return Proven(
        Shown(figures.get((play, ACCEPTED)), currency),
        Shown(figures.get((play, GAIN)), currency),
        Shown(pushiness, currency),
        verdicts.get((play, "experiments")),
        verdicts.get((play, "pushiness")),
    )
