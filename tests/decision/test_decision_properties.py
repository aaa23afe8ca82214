"""What holds for any candidates: one fate each, counts add up, order does not matter, guards are final."""

from collections import Counter
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build import ago, noon
from decision.build_decision import PLAYS, Decide, Row, candidate, policy

CUSTOMERS = ("acme", "bolt", "cosy")
GUARDS: dict[str, Any] = {
    name: {}
    for name in (
        "no_evidence",
        "poor_health",
        "low_loyalty",
        "detractor",
        "recent_decline",
        "no_benefit",
        "consent",
    )
}
RANKING = {"proposals_a_day": 1, "hold_out": {"share": 0.5}}

rows = st.builds(
    candidate,
    st.sampled_from(CUSTOMERS),
    st.sampled_from([p["id"] for p in PLAYS]),
    value=st.sampled_from([-1.0, 0.0, 0.5, 7.0, 7.0, 1e9]),
    band=st.sampled_from(["thriving", "healthy", "watch", "act", None]),
    loyalty=st.sampled_from([1.0, 3.0, 5.0, None]),
    needs=st.integers(0, 2),
    benefit_known=st.booleans(),
    offer=st.sampled_from(["{}", "{}", None]),
    channel=st.sampled_from(["task", "mail", "in_product"]),
    touch=st.sampled_from(["high", "tech", None]),
    owner=st.sampled_from(["hana", None]),
)
candidates = st.lists(rows, max_size=12, unique_by=lambda row: row["candidate_id"])
declines = st.lists(
    st.builds(
        lambda customer, play, days: {
            "proposal_id": f"{customer}{play}{days}",
            "customer_id": customer,
            "play": play,
            "result": "declined",
            "answered_at": noon(ago(days)),
        },
        st.sampled_from(CUSTOMERS),
        st.sampled_from([p["id"] for p in PLAYS]),
        st.integers(0, 100),
    ),
    max_size=4,
    unique_by=lambda row: row["proposal_id"],
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(candidates, declines, st.randoms(use_true_random=False))
def test_every_candidate_has_one_fate(
    deciding: Decide, given: list[Row], said: list[Row], chance: Random
) -> None:
    made = policy(GUARDS, ranking=RANKING)
    got = deciding(given, {"outcomes": said}, policy=made)

    assert Counter(row["candidate_id"] for row in got.decision) == Counter(
        row["candidate_id"] for row in given
    )
    fates = Counter(row["fate"] for row in got.decision)
    assert set(fates) <= {"proposed", "held", "outranked", "hold_out"} and fates.total() == len(given)

    holding = {a["candidate_id"] for a in got.answers if a["answer"] == "holds"}
    assert {row["candidate_id"] for row in got.decision if row["fate"] == "held"} == holding

    won = Counter(row["customer_id"] for row in got.decision if row["fate"] in ("proposed", "hold_out"))
    assert all(count == 1 for count in won.values())
    assert sorted(row["place"] for row in got.decision if row["place"]) == list(
        range(1, fates["proposed"] + 1)
    )
    for row in got.decision:
        assert (row["fate"] == "proposed") is (row["place"] is not None)
        assert (row["fate"] == "proposed") is (row["reason_ja"] is None)
        assert (row["reason_ja"] is None) is (row["reason_en"] is None)
        assert (row["by"] is not None) is (row["fate"] == "outranked")
        assert row["value"] > 0 or row["fate"] in ("held", "outranked")

    shuffled = list(given)
    chance.shuffle(shuffled)
    again = deciding(shuffled, {"outcomes": said[::-1]}, policy=made)
    assert again.decision == got.decision and again.answers == got.answers
