"""Many dates in one pass give what each date alone gives, for every merging metric, over random events."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from build import ago, both, noon, session_with
from minori.metrics import compute, contracts, points
from minori.pipeline.session import Session
from minori.policy.definitions import Policy
from minori.query.sql import sql

STAGES = (points.STAGE, contracts.STAGE, compute.STAGE)
MEASURES: tuple[dict[str, Any], ...] = (
    {"count": "events"},
    {"sum": "quantity of events where name = 'save'"},
    {"max": "quantity of events"},
    {"last": "quantity of events"},
    {"last": "quantity of events where name = 'login'"},
    {"distinct": "user_id of events"},
    {"distinct": "user_id of events where name = 'login'"},
    {"days": "events"},
    {"latest": "events"},
    {"average": "quantity of events"},
)
WINDOWS = (None, "7 days", "28 days")
POLICY = Policy.model_validate(
    {
        "metrics": {
            f"m{n}_{w}": {"label": both("m"), **measure, **({"window": window} if window else {})}
            for n, measure in enumerate(MEASURES)
            for w, window in enumerate(WINDOWS)
        }
        | {"before_count": {"label": both("b"), "formula": "before(m0_1)"}}
    }
)
event = st.tuples(
    st.sampled_from("ab"),
    st.sampled_from("xyz"),
    st.integers(0, 120),
    st.sampled_from(["login", "save"]),
    st.integers(1, 9),
)
_METRICS = sql("select * from metric order by as_of, customer_key")
_HOLDS = Policy.model_validate({"metrics": {"suite": {"label": both("s"), "formula": "holds('suite')"}}})
_HELD = sql(
    "select as_of, customer_id, mrr, holds__suite from state join point using (as_of, customer_key) order by 1, 2"
)


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(st.lists(event, max_size=40), st.sets(st.integers(0, 60), min_size=2, max_size=6))
def test_dates_together_are_dates_alone(events: list[tuple[Any, ...]], back: set[int]) -> None:
    rows = [
        {
            "event_id": str(n),
            "customer_id": customer,
            "user_id": user,
            "occurred_at": noon(ago(day)),
            "name": name,
            "quantity": quantity,
        }
        for n, (customer, user, day, name, quantity) in enumerate(events)
    ]
    customers = [{"customer_id": c, "name": c, "started_on": ago(200)} for c in "ab"]
    days = sorted(ago(number) for number in back)
    with tempfile.TemporaryDirectory() as folder:
        session = session_with(Path(folder), {"customers": customers, "events": rows}, POLICY)
        alone = pa.concat_tables([_metrics(session, [day]) for day in days])
        assert _metrics(session, days).to_pylist() == alone.to_pylist()
        session.engine.close()


def _metrics(session: Session, days: list[date]) -> pa.Table:
    return session.run_pass(STAGES, days).fetch(_METRICS.bind())


def test_what_is_held_before_and_after_the_first_contract_is_known_day_by_day(tmp_path: Path) -> None:
    customers = [{"customer_id": c, "name": c, "started_on": ago(200)} for c in "ab"]
    first = {"contract_id": "1", "customer_id": "a", "starts_on": ago(10), "mrr": 100, "currency": "JPY"}
    session = session_with(tmp_path, {"customers": customers, "contracts": [first]}, _HOLDS)
    days = [ago(20), ago(5)]
    alone = pa.concat_tables([_held(session, [day]) for day in days])
    assert _held(session, days).to_pylist() == alone.to_pylist()
    assert alone["mrr"].to_pylist() == [None, None, 100, 0]
    assert alone["holds__suite"].to_pylist() == [None, None, False, False]
    session.engine.close()


def _held(session: Session, days: list[date]) -> pa.Table:
    return session.run_pass(STAGES[:2], days).fetch(_HELD.bind())


def test_a_merge_of_identities_counts_from_its_day_on_whether_dates_are_together_or_alone(
    tmp_path: Path,
) -> None:
    customers = [{"customer_id": c, "name": c, "started_on": ago(200)} for c in "ab"]
    rows = [
        {
            "event_id": f"{c}{day}",
            "customer_id": c,
            "user_id": c,
            "occurred_at": noon(ago(day)),
            "name": "login",
        }
        for c in "ab"
        for day in (90, 30, 21, 3)
    ]
    merged = [{"from_id": "b", "into_id": "a", "at": noon(ago(10)), "by": "test"}]
    facts = {"customers": customers, "events": rows, "identity_links": merged}
    session = session_with(tmp_path, facts, POLICY)
    days = [ago(20), ago(1)]
    alone = pa.concat_tables([_metrics(session, [day]) for day in days])
    assert _metrics(session, days).to_pylist() == alone.to_pylist()
    assert alone["m0_2"].to_pylist() == [2, 2, 4]  # a and b apart, then a with everything of b
    session.engine.close()
