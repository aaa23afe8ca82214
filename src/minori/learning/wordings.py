"""Who was written to in which variant of a play's words, and whether they accepted.

A customer's first proposal in an experiment of wordings counts, by the variant that was drawn, whatever a person then
made of the words. ``run_proposal`` is what past runs left in the lake.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np

from minori.lake.stage import Pass, Stage
from minori.learning.arms import STRATA, Arms
from minori.query.sql import sql

ANSWERED_WITHIN = 60  # days from the proposal

_WORDED = sql("""
    with worded as (
        select p.wording, p.variant, p.play, p.proposal_id, p.customer_key, p.customer_id, p.as_of as drawn_on,
               row_number() over (partition by p.wording, p.customer_id order by p.as_of, p.proposal_id) as nth
        from run_proposal p
        where p.wording is not null and p.as_of <= $until
    )
    select w.wording, w.variant, w.play, w.customer_id, w.drawn_on, w.drawn_on + $within as settled_on,
           coalesce(o.result = 'accepted' and o._day <= w.drawn_on + $within, false) as accepted
    from worded w
    left join outcomes o on o.proposal_id = w.proposal_id
    where w.nth = 1
""")


def compute(run: Pass) -> None:
    """Set ``worded``; the pass has one date, the last day of data."""
    run.create("worded", _WORDED.bind(until=run.as_of, within=ANSWERED_WITHIN))


def variants(rows: Iterable[Mapping[str, Any]], *, known_until: date) -> dict[str, Arms]:
    """Return per variant of one experiment the customers written to in it against those of all others."""
    every = sorted(rows, key=lambda row: (row["settled_on"], row["customer_id"]))
    known = [row for row in every if row["settled_on"] <= known_until]
    names = sorted({row["variant"] for row in every})
    unknown = np.full(len(known), np.nan)
    return {
        name: Arms(
            treated=np.array([row["variant"] == name for row in known], dtype=bool),
            share=np.full(len(known), 1 / _count(every)),
            yes=np.array([row["accepted"] for row in known], dtype=bool),
            left=None,
            before=unknown,
            after=unknown,
            strata={stratum: (None,) * len(known) for stratum in STRATA},
            waiting=len(every) - len(known),
        )
        for name in names
    }


def _count(rows: list[Mapping[str, Any]]) -> int:
    """Return how many variants were drawn among; the experiment's name lists them, ``play: one, two``."""
    return str(rows[0]["wording"]).count(", ") + 1


STAGE = Stage(
    "wordings",
    reads=("run_proposal", "outcomes"),
    writes=("worded",),
    run=compute,
    says="who was written to in which words",
)
