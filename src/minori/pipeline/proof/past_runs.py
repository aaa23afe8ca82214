"""What past runs left in the lake, given to the proof as tables: decisions, standing and health, and each play's horizon."""

from datetime import date, timedelta

import pyarrow as pa

from minori.core.errors import UnknownName
from minori.learning.arms import STRATA
from minori.pipeline.proof.verdicts import experiment_named
from minori.pipeline.session import Session
from minori.policy.definitions import Experiment, Play, Policy
from minori.query.sql import sql
from minori.schema.results import RESULTS
from minori.schema.table import Column, Type

_KEYS = (
    Column("as_of", Type.DATE, "as-of date"),
    Column("customer_key", Type.INTEGER, "key of the customer"),
)
_COLUMNS = {
    "decision": RESULTS["decision"].columns,
    "standing": (*_KEYS, *(Column(name, Type.TEXT, name) for name in STRATA if name != "band")),
    "health": (
        *_KEYS,
        Column("band", Type.TEXT, "health band"),
        Column("health", Type.NUMBER, "health score"),
    ),
}
_RULE = pa.schema([("experiment", pa.string()), ("play", pa.string()), ("horizon", pa.int64())])
_FIRST_LOT = sql("""
    select min(as_of) as first_on from lots_decision
    where experiment is not null and fate in ('proposed', 'hold_out')
""")


def give_past_runs(session: Session, place: str) -> None:
    """Set ``run_decision``, ``run_standing``, ``run_health`` and ``experiment_rule`` of a place.

    Raises
    ------
    UnknownName
        If an experiment declares a stratum that customers have no class of.
    """
    for name, columns in _COLUMNS.items():
        session.engine.attach(f"{place}run_{name}", session.snapshot.files(f"results/{name}"), columns)
    rows = [
        {"experiment": experiment, "play": play, "horizon": rule.horizon}
        for play, (experiment, rule) in sorted(rules(session.policy).items())
    ]
    session.engine.register(f"{place}experiment_rule", pa.Table.from_pylist(rows, _RULE))


def first_settled(session: Session, as_of: date) -> bool:
    """Return whether any customer's horizon can be over by a day: a cheap look before the analysis."""
    files = session.snapshot.files("results/decision")
    session.engine.attach("lots_decision", files, _COLUMNS["decision"])
    first = session.engine.fetch(_FIRST_LOT.bind())["first_on"][0].as_py()
    horizons = [rule.horizon for _, rule in rules(session.policy).values()]
    return first is not None and bool(horizons) and first + timedelta(days=min(horizons)) <= as_of


def rules(policy: Policy) -> dict[str, tuple[str, Experiment]]:
    """Return the experiment of each play, and its id; raises UnknownName for a stratum that does not exist."""
    return {play.id: _rule(play, policy) for play in policy.plays.values()}


def _rule(play: Play, policy: Policy) -> tuple[str, Experiment]:
    found = experiment_named(play, policy)
    for name in found[1].strata:
        if name not in STRATA:
            raise UnknownName(f"stratum of play {play.id!r}", name, STRATA)
    return found
