"""Whom a play's proposals move: learned from its own lots, believed only where it ranks customers it has not seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.learning import uplift_figures as figures
from minori.learning.arms import STRATA, Arms
from minori.stats.arrays import Flags, Floats
from minori.stats.interval import Interval
from minori.stats.off_policy import off_policy
from minori.stats.reading import read
from minori.stats.uplift import LEAST_PER_ARM, LEAST_YES, Decided, Trial, decide

Row = Mapping[str, Any]
Code = Literal["by_customer", "alike", "not_enough"]
LEAST_KNOWN = 0.5  # share of customers of whom a metric is known; below, it is left out
MOST_MARKS = 3
_LEVEL = 0.95  # of the readings of a ranking
WORDS: dict[Code, Text] = {
    "by_customer": Text(ja="顧客ごとに選ぶ", en="choose by customer"),
    "alike": Text(
        ja="使える違いなし(全員同じ扱い)", en="no usable difference between customers - treat all alike"
    ),
    "not_enough": NOT_ENOUGH,
}
_REFUSED = Text(ja="実効標本が100未満のため示せません", en="refused: the effective sample is under 100")


@dataclass(frozen=True)
class Mark:
    """What those to be contacted have in common: the mean of one feature among them and among the others."""

    feature: str
    among: float
    others: float


@dataclass(frozen=True)
class Uplift:
    """What one play of an experiment says of the differences between customers."""

    experiment: str
    play: str
    code: Code
    arms: Arms
    decided: Decided
    readings: tuple[Reading, ...]
    marks: tuple[Mark, ...]

    @property
    def why(self) -> Text:
        """What follows, in a sentence."""
        yes, treated, held_yes, held_out = self.arms.counts
        if self.code == "not_enough":
            return Text(
                ja=f"提案群{treated:,}(成果{yes:,})・非接触群{held_out:,}(成果{held_yes:,})。"
                f"各群に{LEAST_PER_ARM}顧客、成果{LEAST_YES}件が必要です",
                en=f"proposed to {treated:,} ({yes:,} yes), held out {held_out:,} ({held_yes:,} yes); "
                f"{LEAST_PER_ARM} customers and {LEAST_YES} yeses per arm are needed",
            )
        return _WHY[self.decided.plan]

    def as_object(self) -> dict[str, Any]:
        """Return plain data for programs."""
        yes, treated, held_yes, held_out = self.arms.counts
        return {
            "experiment": self.experiment,
            "play": self.play,
            "verdict": self.code,
            "words": WORDS[self.code].as_dict(),
            "why": self.why.as_dict(),
            "plan": self.decided.plan,
            "treated": {"customers": treated, "yes": yes},
            "held_out": {"customers": held_out, "yes": held_yes},
            "readings": [reading.as_object() for reading in self.readings],
            "marks": [vars(mark) for mark in self.marks],
        }


_WHY = {
    "by customer": Text(
        ja="動く顧客とそうでない顧客を見分けられます。純益が見込める顧客だけにご提案します",
        en="those whom it moves can be told apart; propose to those alone whose gain pays for the contact",
    ),
    "everybody": Text(ja="全員にご提案すると純益になります", en="proposing to everybody pays"),
    "nobody": Text(ja="誰にご提案しても純益になりません", en="proposing to nobody is best: it does not pay"),
}


def features(rows: Sequence[Row], names: Sequence[str]) -> tuple[Floats, tuple[str, ...]]:
    """
    Return numbers known on the day of the draw, and classes as 0 or 1, with the names of the columns.

    What is known of too few, or is the same for all, is left out; single unknowns take the median.
    """
    columns: dict[str, Floats] = {}
    for name in names:
        values = np.array([np.nan if row[name] is None else float(row[name]) for row in rows])
        known = ~np.isnan(values)
        if known.mean() >= LEAST_KNOWN:
            columns[name] = np.where(known, values, np.median(values[known]))
    for stratum in STRATA:
        for value in sorted({row[stratum] for row in rows if row[stratum] is not None}):
            columns[f"{stratum}={value}"] = np.array([float(row[stratum] == value) for row in rows])
    moving = {name: values for name, values in columns.items() if np.ptp(values) > 0}
    matrix = np.column_stack(list(moving.values())) if moving else np.zeros((len(rows), 1))
    return matrix, tuple(moving)


def uplift_of(
    experiment: str,
    play: str,
    arms: Arms,
    x: Floats,
    names: Sequence[str],
    *,
    worth: Reading,
    cost: float,
    seed: int,
) -> Uplift:
    """
    Decide whom of a play's customers to contact, and say what that rests on.

    Parameters
    ----------
    arms, x
        One row per customer whose outcome is known, of both alike; there must be one of each arm.
    worth, cost
        Of a yes (a reading of ``WORTH``; without a value a yes counts 1), and of a contact, in the same currency.
    """
    trial = Trial(x, arms.treated, arms.yes.astype(np.float64), float(arms.share.mean()))
    each = 1.0 if worth.value is None else float(worth.value)
    decided = decide(trial, worth=each, cost=cost, seed=seed)
    enough = decided.ranking is not None
    code: Code = "by_customer" if decided.plan == "by customer" else "alike" if enough else "not_enough"
    readings = (
        *_ranked(decided, len(arms.yes)),
        *_netted(decided, trial, worth, each, cost),
    )
    marks = tuple(_marks(decided.contact, x, names)) if code == "by_customer" else ()
    return Uplift(experiment, play, code, arms, decided, readings, marks)


def _ranked(decided: Decided, n: int) -> Iterator[Reading]:
    found = decided.ranking
    values = (
        (None,) * 5
        if found is None
        else (found.average, found.uplift_at, found.lead, found.qini, found.autoc)
    )
    for figure, value in zip(figures.RANKED, values, strict=True):
        yield read(figure, value, n, level=_LEVEL)


def _netted(decided: Decided, trial: Trial, worth: Reading, each: float, cost: float) -> Iterator[Reading]:
    """Yield what the plan is worth; nothing in money where nobody knows what a yes is worth."""
    n, known = len(trial.treated), worth.value is not None and decided.ranking is not None
    why = worth.missing or NOT_ENOUGH
    yield read(figures.CONTACTED, float(decided.contact.mean()) if decided.ranking else None, n)
    yield worth
    yield read(figures.NET, decided.net if known else None, n, why)
    yield read(figures.NET_OF_ALL, decided.net_of_all if known else None, n, why)
    everybody = np.ones(n, dtype=np.bool_)
    plans = (
        (figures.VALUE_PLAN, decided.contact),
        (figures.VALUE_ALL, everybody),
        (figures.VALUE_NONE, ~everybody),
    )
    for figure, contact in plans:
        yield _valued(figure, trial, contact, each, cost) if known else read(figure, None, n, why)


def _valued(figure: Figure, trial: Trial, contact: Flags, worth: float, cost: float) -> Reading:
    arm = trial.treated
    found = off_policy(
        trial.outcome * worth - arm * cost,
        np.where(arm, trial.share, 1 - trial.share),
        (arm == contact).astype(np.float64),
    )
    value: Interval | None = found.snips
    return read(figure, value, round(found.effective), _REFUSED)


def _marks(contact: Flags, x: Floats, names: Sequence[str]) -> list[Mark]:
    """Return the features in which those to be contacted differ most from the others, in standard deviations."""
    if contact.all() or not contact.any():
        return []
    among, others = x[contact].mean(axis=0), x[~contact].mean(axis=0)
    apart = np.abs(among - others) / x.std(axis=0)
    order = sorted(range(len(names)), key=lambda n: (-float(apart[n]), names[n]))
    return [Mark(names[n], float(among[n]), float(others[n])) for n in order[:MOST_MARKS]]
