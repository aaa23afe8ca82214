"""Is the score true? Frozen at month ends, left alone for the embargo, followed for the horizon."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from minori.core.errors import WorkspaceError
from minori.core.figure import Reading
from minori.core.ports import Progress
from minori.core.text import Text
from minori.learning import score_figures, score_floor
from minori.learning.frozen import UNKNOWN, Frozen, Living
from minori.learning.score_floor import Criterion, Swing
from minori.learning.score_outcome import Outcome, left_in_embargo, outcome
from minori.learning.score_truth import Truth, moves, truth
from minori.learning.score_verdict import Verdict, verdict
from minori.pipeline.proof.frozen_dates import month_ends, windows
from minori.pipeline.proof.frozen_points import frozen_points, proposals_a_day
from minori.pipeline.session import Session
from minori.policy.definitions import Health
from minori.stats.migration import Migration
from minori.stats.reading import read

By = Literal["segment", "stage", "touch"]
HORIZON, HORIZON_OF_PERSONS = 180, 90
EMBARGO = 30
_OF_PERSONS = ("b2c_subscription", "shop")


@dataclass(frozen=True)
class ScoreTruth:
    """Everything that was found about the score.

    ``windows`` are the frozen days that count: they do not overlap, so each customer counts once per horizon.
    """

    as_of: date
    living: Living
    horizon: int
    embargo: int
    windows: tuple[date, ...]
    left_in_embargo: int
    found: Truth
    verdict: Verdict
    criteria: tuple[Criterion, ...]
    migration: Migration
    stayed: Reading
    by: By | None
    classes: Mapping[str, tuple[Truth, Verdict]]

    @property
    def under_floor(self) -> bool | None:
        """Whether the score is under the ship floor; None if not enough is known to say."""
        met = [criterion.met for criterion in self.criteria]
        if False in met or self.verdict.code == "does_not_predict":
            return True
        return None if None in met or self.verdict.code == "not_enough_data" else False


def score_truth(
    session: Session,
    as_of: date,
    *,
    horizon: int | None = None,
    embargo: int = EMBARGO,
    by: By | None = None,
    progress: Progress = lambda _what, _share: None,
) -> ScoreTruth:
    """Measure the score of today's definitions on the company's own past.

    Parameters
    ----------
    as_of
        Last day of data.
    horizon
        Days followed after the embargo; default 180, or 90 where customers are persons.
    embargo
        Days left out after the frozen day, at most 60: a warning that late is of no use.
    by
        Also apart for each class of this kind.

    Raises
    ------
    WorkspaceError
        If there are neither contracts nor orders, or nothing before ``as_of``.
    """
    living, first = _living(session, as_of)
    days = horizon or _usual(session, living)
    ends = month_ends(first, as_of)
    points, swings = frozen_points(session, sorted({*ends, as_of}), as_of, embargo, progress)
    grace = session.workspace.company.renewal_grace if living == "contracts" else 0
    chosen = windows(_scored(points, ends), as_of - timedelta(days=grace), days, embargo)
    # Later losses may turn out to be late renewals.
    points = replace(points, followed=points.followed - grace)
    seen, health = outcome(points.on(chosen), living, days), session.policy.health
    found = truth(seen, health.churn)
    books = _books(points, living, [*chosen, *_following(chosen, _scored(points, ends), days)])
    newest, every = points.on([as_of]), outcome(points, living, days)
    progress("done", 1.0)
    return ScoreTruth(
        as_of=as_of,
        living=living,
        horizon=days,
        embargo=embargo,
        windows=tuple(chosen),
        left_in_embargo=left_in_embargo(points.on(chosen), living),
        found=found,
        verdict=verdict(found),
        criteria=_floor(session, found, every, newest, swings, embargo),
        migration=(migrated := moves(books)),
        stayed=read(score_figures.STAYED, migrated.stayed, sum(migrated.counts.values())),
        by=by,
        classes=_classes(seen, by, health),
    )


def _living(session: Session, as_of: date) -> tuple[Living, date]:
    kinds: tuple[Living, ...] = ("contracts", "orders")
    for living in kinds:
        first = session.spans[living][0]
        if first is not None and first < as_of:
            return living, first
    raise WorkspaceError(f"no contracts and no orders before {as_of}: nothing can be said about the score")


def _usual(session: Session, living: Living) -> int:
    persons = living == "orders" or session.workspace.policy.extends in _OF_PERSONS
    return HORIZON_OF_PERSONS if persons else HORIZON


def _scored(points: Frozen, days: list[date]) -> list[date]:
    """Return the days from the first on which anybody had a score: before it, nothing was said."""
    scored = points.as_of[points.band != UNKNOWN]
    return [day for day in days if len(scored) and np.datetime64(day, "D") >= scored.min()]


def _following(chosen: list[date], ends: list[date], horizon: int) -> list[date]:
    """Return the month end that follows the newest window by about a horizon."""
    if not chosen:
        return []
    return [day for day in ends if day >= chosen[-1] + timedelta(days=horizon)][:1]


def _books(points: Frozen, living: Living, days: list[date]) -> list[Frozen]:
    books = [points.on([day]) for day in days]
    return [book.paying() for book in books] if living == "contracts" else books


def _floor(
    session: Session, found: Truth, seen: Outcome, newest: Frozen, swings: list[Swing], embargo: int
) -> tuple[Criterion, ...]:
    health = session.policy.health
    bands = health.bands
    width = min(bands.thriving - bands.healthy, bands.healthy - bands.watch)
    spans = {name: max(p.points.values()) - min(p.points.values()) for name, p in health.parts.items()}
    labels = {name: Text(ja=part.label["ja"], en=part.label["en"]) for name, part in health.parts.items()}
    book = newest if seen.lost_is_no_order else newest.paying()
    return (
        score_floor.red_over_base(found),
        score_floor.early_warning(seen, embargo),
        score_floor.green_share(book),
        score_floor.one_part(swings, spans, width, labels),
        score_floor.red_capacity(
            book, proposals_a_day(session), session.policy.guards.ranking.proposals_a_day
        ),
    )


def _classes(seen: Outcome, by: By | None, health: Health) -> dict[str, tuple[Truth, Verdict]]:
    if by is None:
        return {}
    of = getattr(seen.points, by)
    found = {}
    for name in sorted(set(of.tolist())):
        apart = truth(seen.of(np.asarray(of == name, dtype=np.bool_)), health.churn)
        found[name] = (apart, verdict(apart))
    return found
