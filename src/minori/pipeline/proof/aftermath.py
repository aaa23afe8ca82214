"""What followed after customers were asked, over every proposal, yes and lot that the lake knows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from minori.kpis import movement
from minori.learning import aftermath, enrolment
from minori.learning.aftermath import WITHIN
from minori.learning.pushiness import Seen
from minori.metrics import points
from minori.pipeline.proof.past_runs import give_past_runs
from minori.pipeline.session import Session
from minori.query.sql import sql

_YEAR = 365
_ROWS = sql("select * from aftermath order by role, asked_on, unit")
_USUAL = sql("""
    with customer as (
        select m.customer_key, sum(m.amount) as mrr,
               max(case when m.kind = 'churn' and m.day > $since then 1 else 0 end) as left_lately
        from movement m group by m.customer_key
    )
    select count(*) filter (where mrr > 0 or left_lately = 1) as customers, sum(left_lately) as left_lately
    from customer
""")


@dataclass(frozen=True)
class Followed:
    """Rows of ``aftermath``, what of it can be seen, and the last day of which it is final what followed."""

    rows: list[dict[str, Any]]
    seen: Seen
    known_until: date


def followed(session: Session, as_of: date, *, use: bool = False) -> Followed:
    """Look at everything that followed up to a day; with ``use`` also at whether what was bought was used."""
    place = "asked_"
    give_past_runs(session, place)
    stages = (enrolment.ENROL, points.STAGE, movement.STAGE, aftermath.WITH_USE if use else aftermath.STAGE)
    run = session.run_pass(stages, [as_of], place=place)
    usual = run.fetch(_USUAL.bind(since=as_of - timedelta(days=_YEAR))).to_pylist()[0]
    has = run.connected
    seen = Seen(
        opted_out="consents" in has,
        complained=bool(has & {"tickets", "interactions"}),
        churned="contracts" in has,
        usual_churn=float(usual["left_lately"] or 0) / max(usual["customers"], 1) * WITHIN / _YEAR,
    )
    grace = session.workspace.company.renewal_grace if seen.churned else 0
    return Followed(run.fetch(_ROWS.bind()).to_pylist(), seen, as_of - timedelta(days=grace))
