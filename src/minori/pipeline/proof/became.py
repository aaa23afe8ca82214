"""Points of the past and what became of them: the one way from a model's features to its labels."""

from collections.abc import Sequence
from datetime import date

from minori.kpis import movement
from minori.lake.stage import Pass
from minori.metrics import points
from minori.outcomes import became
from minori.pipeline.session import Session


def follow(session: Session, days: Sequence[date], until: date, *, place: str = "later_") -> Pass:
    """Return a pass at ``until`` that holds ``became`` for every customer known at each of ``days``.

    Its table is ``{place}became`` to the engine; ``pass.fetch`` names it ``became``. It also holds ``movement``.
    Labels know the facts up to ``until``; the points are those that were there at their own date.
    """
    session.run_pass(
        (points.STAGE,), days, place=f"{place}frozen_"
    )  # its ``point`` is the ``frozen_point`` below
    return session.run_pass((points.STAGE, movement.STAGE, became.STAGE), [until], place=place)
