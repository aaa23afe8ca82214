"""What a changed policy would do today, computed dry on the newest facts: nothing is ever written."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from minori.core.ports import Progress
from minori.core.text import Text
from minori.lake.stage import Pass
from minori.pipeline.evaluate import evaluate
from minori.pipeline.events_needed import EVENTS, events_seen, missing_events
from minori.pipeline.facts_needed import missing_facts
from minori.pipeline.proof.verdicts import in_force_of, verdicts_up_to
from minori.pipeline.run import held_out
from minori.pipeline.session import Session
from minori.proposal import stage as proposal
from minori.query.sql import sql

EXAMPLES = 5
_MATCHING = sql("select count(distinct customer_key) as customers from play_day where as_of = $day")
_CUSTOMERS = sql("select count(*) as customers from point")
_FATES = sql(
    "select fate, coalesce(guard, '') as guard, count(*) as candidates from decision group by fate, guard"
)
_CHOSEN = sql("""
    select d.candidate_id, d.customer_id, d.fate, d.reason_ja, d.reason_en
    from decision d
    join candidate c on c.as_of = d.as_of and c.candidate_id = d.candidate_id
    where c.offer is not null
    order by case when d.customer_id = $wanted then 0 else 1 end, case when d.fate = 'proposed' then 0 else 1 end,
             d.place, d.value desc, d.candidate_id
    limit $most
""")
_DECISIONS = sql("select * from decision where candidate_id in ($chosen)")
_WORDS = sql("select proposal_id, message from proposal")


def _silent(_what: str, _share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Example:
    """The words that one customer would get, and whether they would reach them today."""

    customer_id: str
    fate: str
    reason: dict[str, str] | None
    message: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Preview:
    """What plays would do today.

    ``matching`` are customers for whom the condition of any of them holds; ``off`` says why nothing can be said.
    """

    as_of: date
    customers: int
    matching: int
    candidates: int
    fates: Mapping[str, int]
    held: Mapping[str, int]
    examples: Sequence[Example] = ()
    off: Text | None = None

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            **asdict(self),
            "as_of": self.as_of.isoformat(),
            "off": self.off.as_dict() if self.off else None,
        }


def preview(
    session: Session,
    as_of: date,
    *,
    play: str | None = None,
    customer_id: str = "",
    progress: Progress = _silent,
) -> Preview:
    """Decide a day dry with the session's policy.

    Parameters
    ----------
    play
        This one alone, switched on; None: every play that is on.
    customer_id
        Whose words are to stand first among the examples.
    """
    off = _limited(session, as_of, play)
    if off is not None:
        return Preview(as_of, 0, 0, 0, {}, {}, off=off)
    known = verdicts_up_to(session.snapshot, as_of)
    run = evaluate(
        session,
        as_of,
        held_out=held_out(session.snapshot, as_of),
        verdicts=None if known is None else in_force_of(known, as_of, session.policy),
        progress=progress,
    )
    rows = run.fetch(_FATES.bind()).to_pylist()
    fates, held = Counter[str](), Counter[str]()
    for row in rows:
        fates[row["fate"]] += row["candidates"]
        if row["fate"] == "held":
            held[row["guard"]] += row["candidates"]
    return Preview(
        as_of,
        _count(run.fetch(_CUSTOMERS.bind())),
        _count(run.fetch(_MATCHING.bind(day=as_of))),
        sum(fates.values()),
        dict(sorted(fates.items())),
        dict(sorted(held.items())),
        _examples(run, customer_id) if play else (),
    )


def _limited(session: Session, as_of: date, play: str | None) -> Text | None:
    """Leave one play alone in the session's policy; return why it cannot be tried, if it cannot."""
    if play is None:
        return None
    one = session.policy.plays[play].model_copy(update={"on": True})
    session.policy = session.policy.model_copy(update={"plays": {play: one}})
    connected = session.connected(as_of)
    off = dict(missing_facts(session.policy, connected))
    if EVENTS in connected:
        off |= missing_events(session.policy, events_seen(session.engine, session.policy, as_of))
    return off.get(play)


def _count(rows: pa.Table) -> int:
    return int(rows["customers"][0].as_py())


def _examples(run: Pass, wanted: str) -> list[Example]:
    """Write the words for a few candidates, also for some that a guard holds: as examples they reach nobody."""
    chosen = run.fetch(_CHOSEN.bind(wanted=wanted, most=EXAMPLES)).to_pylist()
    if not chosen:
        return []
    ids = [row["candidate_id"] for row in chosen]
    decisions = run.fetch(_DECISIONS.bind(chosen=ids))
    place = decisions.schema.get_field_index("fate")
    proposed = pa.array(["proposed"] * decisions.num_rows, decisions.schema.field(place).type)
    run.write("decision", decisions.set_column(place, "fate", proposed))
    run.perform(proposal.STAGE)
    words = {row["proposal_id"]: json.loads(row["message"]) for row in run.fetch(_WORDS.bind()).to_pylist()}
    return [
        Example(row["customer_id"], row["fate"], _reason(row), words[row["candidate_id"]])
        for row in chosen
        if row["candidate_id"] in words
    ]


def _reason(row: Mapping[str, Any]) -> dict[str, str] | None:
    return {"ja": row["reason_ja"], "en": row["reason_en"]} if row["reason_ja"] else None
