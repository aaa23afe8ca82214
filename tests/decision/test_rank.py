"""Ranking, capacity and hold-out: one fate for every candidate."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from build import TODAY, ago, noon
from decision.build_decision import Decide, Row, candidate, play, policy, tomorrow
from minori.core.keys import share64
from minori.decision import rank
from minori.lake.types import arrow_type
from minori.policy.definitions import Policy
from minori.policy.workspace import Member
from minori.query.dialects import DIALECTS, Dialect, render
from minori.query.sql import Query, sql
from minori.schema.results import RESULTS

FREE = policy({})


class TestGuardsFirst:
    def test_shows_the_guard_that_holds_longest(self, deciding: Decide) -> None:
        facts = {
            "outcomes": [decline(1)],
            "surveys": [{"customer_id": "acme", "kind": "nps", "score": 1, "answered_at": noon(ago(1))}],
        }
        guards = {"recent_decline": {"same_play": 100}, "detractor": {"within": 90}}
        row = deciding([candidate()], facts, policy=policy(guards)).decision[0]
        assert (row["guard"], row["until"]) == ("recent_decline", ago(1) + timedelta(days=100))

    def test_while_it_lasts_is_longest_and_ties_go_by_name(self, deciding: Decide) -> None:
        guards: dict[str, Row] = {"recent_decline": {}, "poor_health": {}, "no_evidence": {}}
        given = candidate(band="act", needs=0)
        row = deciding([given], {"outcomes": [decline(1)]}, policy=policy(guards)).decision[0]
        assert (row["guard"], row["until"]) == ("no_evidence", None)
        assert "必要だと示す数値" in row["reason_ja"] and "No number shows" in row["reason_en"]


class TestBestOfACustomer:
    def test_only_one_is_proposed(self, deciding: Decide) -> None:
        best, other = candidate(value=300.0), candidate(play="upgrade", value=200.0)
        got = deciding([other, best], policy=FREE)
        assert got.fate(best)["fate"] == "proposed" and got.fate(best)["reason_ja"] is None
        beaten = got.fate(other)
        assert (beaten["fate"], beaten["by"]) == ("outranked", best["candidate_id"])
        assert "「add_seatsの型」" in beaten["reason_ja"] and "'Play add_seats'" in beaten["reason_en"]

    def test_a_held_candidate_outranks_nobody(self, deciding: Decide) -> None:
        held, free = candidate(value=300.0, needs=0), candidate(play="teach", value=2.0)
        got = deciding([held, free], policy=policy({"no_evidence": {}}))
        assert [got.fate(c)["fate"] for c in (held, free)] == ["held", "proposed"]

    @pytest.mark.parametrize("value", [0.0, -5.0])
    def test_doing_nothing_is_worth_nought(self, value: float, deciding: Decide) -> None:
        row = deciding([candidate(value=value)], policy=FREE).decision[0]
        assert (row["fate"], row["by"]) == ("outranked", "nothing")
        assert row["reason_ja"] and row["reason_en"].startswith("Doing nothing")

    def test_ties_end_in_the_id(self, deciding: Decide) -> None:
        pair = [candidate(), candidate(play="upgrade")]
        got = deciding(pair, policy=FREE)
        assert got.fate(min(pair, key=lambda c: c["candidate_id"]))["fate"] == "proposed"


class TestPlaces:
    def test_by_value_then_loyalty_then_id(self, deciding: Decide) -> None:
        rows = [
            candidate("low", value=10.0),
            candidate("loyal", value=20.0, loyalty=5.0),
            candidate("unknown", value=20.0, loyalty=None),
            candidate("less", value=20.0, loyalty=3.0),
        ]
        got = deciding(rows, policy=FREE)
        order = sorted(got.decision, key=lambda row: row["place"])
        assert [row["customer_id"] for row in order] == ["loyal", "less", "unknown", "low"]
        assert [row["place"] for row in order] == [1, 2, 3, 4]


class TestCapacity:
    def test_per_owner_with_the_teams_own_numbers(self, deciding: Decide) -> None:
        rows = [candidate(f"{o}{n}", owner=o, value=100.0 - n) for o in ("hana", "ken") for n in range(4)]
        limited = policy({}, ranking={"proposals_a_day": 2})
        got = deciding(
            rows,
            policy=limited,
            team={"hana": Member(name="Hana", proposals_a_day=3), "ken": Member(name="Ken")},
        )
        proposed = Counter(row["customer_id"][:-1] for row in got.decision if row["fate"] == "proposed")
        assert proposed == {"hana": 3, "ken": 2}
        over = got.fate(rows[3])
        assert (over["fate"], over["by"], over["place"]) == ("outranked", "capacity", None)
        assert "件数" in over["reason_ja"] and "More than" in over["reason_en"]

    @pytest.mark.parametrize(
        ("columns", "limited"),
        [
            ({"channel": "in_product", "touch": "tech"}, False),
            ({"channel": "in_product", "touch": "high"}, True),
            ({"channel": "mail", "touch": "tech", "play": "upgrade"}, False),
            ({"channel": "mail", "touch": "low", "play": "upgrade"}, True),
            ({"channel": "mail", "touch": "tech"}, True),
            ({"channel": "in_product", "touch": "tech", "band": None}, True),
        ],
    )
    def test_counts_only_what_takes_a_persons_time(
        self, columns: dict[str, Any], limited: bool, deciding: Decide
    ) -> None:
        plays = (play("add_seats"), play("upgrade", "plan", automatic=["tech"]))
        nobody = policy({"poor_health": {}}, plays=plays, ranking={"proposals_a_day": 0})
        row = deciding([candidate(**columns)], policy=nobody).decision[0]
        assert (row["by"] == "capacity") is limited

    def test_what_was_proposed_already_takes_no_place(self, deciding: Decide) -> None:
        made, new = candidate(value=300.0), candidate("bolt", value=200.0)
        at = noon(ago(1))
        facts = {
            "proposals": [
                {
                    "proposal_id": made["candidate_id"],
                    "customer_id": "acme",
                    "play": "add_seats",
                    "proposed_at": at,
                }
            ]
        }
        got = deciding([made, new], facts, policy=policy({}, ranking={"proposals_a_day": 1}))
        assert {row["fate"] for row in got.decision} == {"proposed"}


def held_out(share: float, *, horizon: int = 90, kind: str = "seats", **experiment: Any) -> Policy:
    own = {"share": share, "horizon": horizon, **experiment}
    return policy({}, plays=(play("add_seats", kind, experiment=own), play("upgrade", "plan")))


WIDE = {"proposals_a_day": 1000}


class TestHoldOut:
    ROWS = tuple(candidate(f"c{n}", owner=None) for n in range(200))

    def test_is_the_stable_lot_of_experiment_and_customer(self, deciding: Decide) -> None:
        written = policy({}, plays=(play("add_seats", experiment={"share": 0.3, "id": "e1"}),), ranking=WIDE)
        got = deciding(self.ROWS, policy=written)
        out = {row["customer_id"] for row in got.decision if row["fate"] == "hold_out"}
        assert out == {r["customer_id"] for r in self.ROWS if share64("e1", r["customer_id"]) < 0.3}
        assert 30 < len(out) < 90
        assert {(row["fate"], row["probability"], row["experiment"]) for row in got.decision} == {
            ("hold_out", 0.3, "e1"),
            ("proposed", 0.7, "e1"),
        }

    def test_says_until_when(self, deciding: Decide) -> None:
        row = deciding([candidate()], policy=held_out(0.9, id="e5")).decision[0]
        assert share64("e5", "acme") < 0.9 and row["fate"] == "hold_out" and row["place"] is None
        assert row["until"] == ago(3) + timedelta(days=90)
        assert "2026年6月26日" in row["reason_ja"] and "2026-06-26" in row["reason_en"]

    def test_ends_with_its_horizon(self, deciding: Decide) -> None:
        row = deciding([candidate(since=ago(90))], policy=held_out(0.9, id="e5")).decision[0]
        assert (row["fate"], row["probability"], row["experiment"]) == ("proposed", 1.0, None)

    def test_falls_on_the_single_winner_only(self, deciding: Decide) -> None:
        winner, second = candidate(value=9.0), candidate(play="upgrade", value=8.0)
        got = deciding([winner, second], policy=held_out(0.9, id="e5"))
        assert [got.fate(c)["fate"] for c in (winner, second)] == ["hold_out", "outranked"]
        loser, first = candidate(value=7.0), candidate(play="upgrade", value=8.0)
        got = deciding([loser, first], policy=held_out(0.9, id="e5"))
        assert [got.fate(c)["fate"] for c in (loser, first)] == ["outranked", "proposed"]

    def test_the_default_spares_help(self, deciding: Decide) -> None:
        everywhere = policy({}, ranking={**WIDE, "hold_out": {"share": 0.9}})
        paid = deciding(self.ROWS, policy=everywhere).decision
        help_ = deciding([candidate(f"c{n}", "teach") for n in range(50)], policy=everywhere).decision
        assert Counter(row["experiment"] for row in paid) == {"add_seats": 200}
        assert {row["fate"] for row in help_} == {"proposed"}

    def test_help_only_where_it_is_switched_on(self, deciding: Decide) -> None:
        given = candidate(kind="help", asks_for_money=False)
        assert deciding([given], policy=held_out(0.9, kind="help", id="e5")).decision[0]["fate"] == "hold_out"

    def test_a_merged_customer_is_held_out_if_either_was(self, deciding: Decide) -> None:
        old = next(f"old{n}" for n in range(99) if share64("e1", f"old{n}") < 0.1)
        link = {"from_id": old, "into_id": "acme", "at": noon(ago(50))}
        facts = {"identity_links": [link]}
        assert share64("e1", "acme") >= 0.1
        got = deciding([candidate()], facts, policy=held_out(0.1, id="e1"), merged={old: "acme"})
        assert (got.decision[0]["fate"], got.decision[0]["probability"]) == ("hold_out", 0.19)


class TestTables:
    def test_are_as_declared(self, deciding: Decide) -> None:
        run = deciding([candidate()], policy=policy()).run
        for name, query in (("guard_answer", _ANSWERS), ("decision", _DECISION)):
            got = run.fetch(query.bind()).schema
            assert got.names == [c.name for c in RESULTS[name].columns]
            assert [f.type for f in got] == [arrow_type(c.type) for c in RESULTS[name].columns]

    def test_several_days_do_not_mix(self, deciding: Decide) -> None:
        days = (ago(1), TODAY)
        rows = [candidate(as_of=day, band=band) for day, band in zip(days, ("act", "healthy"), strict=True)]
        facts = {
            "interactions": [
                {"interaction_id": "i", "customer_id": "acme", "about": "sales", "occurred_at": noon(TODAY)}
            ]
        }
        got = deciding(rows, facts, policy=policy({"poor_health": {}, "sales_talking": {}}), days=days)
        assert {row["as_of"]: row["fate"] for row in got.decision} == {ago(1): "held", TODAY: "proposed"}

    def test_no_candidates_no_rows(self, deciding: Decide) -> None:
        got = deciding([], policy=policy(), started={"acme": tomorrow(-50)})
        assert got.decision == [] and got.answers == []


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("query", [q for q in vars(rank).values() if isinstance(q, Query)])
def test_every_query_renders_for_every_engine(query: Query, dialect: Dialect) -> None:
    text = render(query.bind(**dict.fromkeys(query.parameters, "x")), dialect)
    assert isinstance(sqlglot.parse_one(text, dialect=dialect), exp.Query)


_ANSWERS = sql("select * from guard_answer")
_DECISION = sql("select * from decision")


def decline(days: int) -> Row:
    return {
        "proposal_id": "p",
        "customer_id": "acme",
        "play": "add_seats",
        "result": "declined",
        "answered_at": noon(ago(days)),
    }
