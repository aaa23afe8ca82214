"""What the guards would have said of the fires of a backtest, each as of its own date."""

from collections.abc import Mapping
from dataclasses import dataclass

from minori.decision import ask
from minori.lake.stage import Pass
from minori.lake.types import arrow_schema
from minori.offers import stage as offers
from minori.pipeline.evaluate import HELD_OUT
from minori.pipeline.session import Session
from minori.policy.definitions import Play
from minori.query.sql import sql
from minori.schema.proof import PROOF

_SIGNAL = sql("""
    select as_of, customer_key, play, as_of as since, cast(0 as bigint) as age_days, false as older,
           cast(0 as bigint) as ask, 'young' as state
    from fire where play = $play
""")
_HELD = sql("""
    select guard, count(distinct candidate_id) as fires from guard_answer
    where answer = 'holds' and candidate_id <> '' group by guard
""")
_COUNT = sql("""
    select count(*) as fires, count(*) filter (where g.candidate_id is null) as clear
    from candidate c
    left join (select distinct candidate_id from guard_answer where answer = 'holds') g
      on g.candidate_id = c.candidate_id
""")


@dataclass(frozen=True)
class Held:
    """How many of the fires some guard would have held, and which guards; one fire may be held by several."""

    fires: int
    clear: int
    by: Mapping[str, int]


def held_by_guards(session: Session, run: Pass, play: Play) -> Held:
    """Ask the guards about each fire as it stood on its date; earlier hold-outs and verdicts are left aside."""
    tried = run.policy
    run.connected = session.connected(run.as_of)  # what came later holds nothing on earlier dates anyway
    run.policy = session.policy.model_copy(update={"plays": {play.id: play}})
    run.create("signal", _SIGNAL.bind(play=play.id))
    run.write("held_out", HELD_OUT.empty_table())
    run.write("play_verdict", arrow_schema(PROOF["play_verdict"], technical=False).empty_table())
    run.write("learned_chance", arrow_schema(PROOF["learned_chance"], technical=False).empty_table())
    run.perform(offers.STAGE)
    run.perform(ask.STAGE)
    run.policy = tried
    by = {row["guard"]: row["fires"] for row in run.fetch(_HELD.bind()).to_pylist()}
    count = run.fetch(_COUNT.bind()).to_pylist()[0]
    most_first = sorted(by.items(), key=lambda item: (-item[1], item[0]))
    return Held(count["fires"], count["clear"], dict(most_first))
