"""The quiet lists: help first, not now, never told."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from build import TODAY, ago, both
from minori.core.keys import key64
from minori.pipeline.lists import Day, Lists, lists_of
from minori.policy.definitions import Policy

Row = dict[str, Any]


def play(name: str, kind: str, when: str = "logins > 1", **more: Any) -> Row:
    texts = {key: both(name) for key in ("label", "hypothesis", "because")}
    return {"id": name, **texts, "when": when, "offer": {"kind": kind}, **more}


POLICY = Policy.model_validate(
    {
        "metrics": {"logins": {"label": both("l"), "count": "events", "window": "7 days"}},
        "plays": {
            p["id"]: p
            for p in (
                play("full", "seats"),
                play("growing", "seats"),
                play("bigger", "plan", reach={"owner": "sales"}),
                play("teach", "help"),
                play("save", "rescue"),
                play("time", "term", "tenure_days > 90"),
            )
        },
    }
)


def decided(customer: str, name: str, fate: str = "outranked", **more: Any) -> tuple[Row, Row]:
    """A candidate and its decision."""
    kind = POLICY.plays[name].offer.kind
    candidate = {
        "candidate_id": f"{customer}/{name}",
        "customer_key": key64(customer),
        "play": name,
        "kind": kind,
        "since": ago(5),
        "needs": 1,
        "asks_for_money": kind not in ("help", "rescue"),
        "owner": "hana",
        "offer": json.dumps({"label": both(f"offer of {name}")}),
        "because": json.dumps(both("because")),
    }
    decision = {
        "candidate_id": candidate["candidate_id"],
        "customer_key": key64(customer),
        "customer_id": customer,
        "play": name,
        "fate": fate,
        "by": "other" if fate == "outranked" else None,
        "guard": None,
        "until": None,
        "reason_ja": "理由",
        "reason_en": "why",
        "value": 10.0,
    }
    return candidate | {k: v for k, v in more.items() if k in candidate}, decision | {
        k: v for k, v in more.items() if k in decision
    }


def old(customer: str, name: str, days: int = 60) -> Row:
    return {"customer_key": key64(customer), "play": name, "since": ago(days), "state": "old"}


def made(
    *pairs: tuple[Row, Row], signals: Iterable[Row] = (), told: Mapping[Any, Any] | None = None
) -> Lists:
    day = Day(
        as_of=TODAY,
        signals=list(signals),
        candidates=[candidate for candidate, _ in pairs],
        decisions=[decision for _, decision in pairs],
        ids={key64(c): c for c in "abcdef"},
        names={"a": "株式会社あ"},
        owners=dict.fromkeys("abcdef", ("hana", "ken")),
        told=told,
    )
    return lists_of(day, POLICY)


def shown(lines: Iterable[Any]) -> list[tuple[str, str]]:
    return [(line.customer_id, line.play) for line in lines]


class TestHelpFirst:
    def test_the_best_word_is_help_whatever_came_of_it(self) -> None:
        got = made(
            decided("a", "teach", "proposed", value=1.0),
            decided("a", "save", "held", guard="flood", value=5.0),
            decided("b", "save", "outranked", by="capacity", value=9.0),
            decided("c", "teach", "outranked", by="c/full"),
            decided("d", "teach", "outranked", by="nothing"),
        )
        assert shown(got.help_first) == [("b", "save"), ("a", "save")]

    def test_who_may_not_be_sold_to_because_of_trouble_needs_help_too(self) -> None:
        got = made(
            decided("a", "full", "held", guard="poor_health", value=3.0),
            decided("a", "bigger", "held", guard="open_severe_ticket", value=9.0),
            decided("b", "full", "held", guard="contact_frequency"),
            decided("c", "teach", "proposed"),
            decided("c", "full", "held", guard="detractor"),
        )
        assert shown(got.help_first) == [("c", "teach"), ("a", "bigger")]


class TestNotNow:
    def test_everything_held_is_there_with_guard_and_date_the_soonest_first(self) -> None:
        got = made(
            decided("a", "full", "held", guard="poor_health"),
            decided("b", "full", "held", guard="recent_decline", until=ago(-9)),
            decided("c", "full", "held", guard="consent", until=ago(-2)),
            decided("d", "full", "proposed"),
        ).not_now
        assert [(x.customer_id, x.guard, x.until) for x in got] == [
            ("c", "consent", ago(-2)),
            ("b", "recent_decline", ago(-9)),
            ("a", "poor_health", None),
        ]
        assert got[2].customer == "株式会社あ" and got[0].customer == "c"


class TestNeverTold:
    def test_what_was_pushed_aside_and_nobody_spoke_of(self) -> None:
        got = made(
            decided("a", "full", by="a/bigger", value=5.0),
            decided("a", "growing", by="a/bigger", value=7.0),
            decided("b", "full", by="capacity", value=9.0),
            decided("c", "full", by="nothing"),
            decided("d", "time", by="d/full", needs=0),
        )
        assert shown(got.never_told) == [("b", "full"), ("a", "growing")]

    def test_what_is_proposed_today_or_told_in_this_spell_is_no_gap(self) -> None:
        told = {
            (key64("b"), "play", "full"): ago(5),
            (key64("c"), "play", "full"): ago(6),
            (key64("d"), "kind", "seats"): ago(1),
        }
        got = made(
            decided("a", "full", "proposed"),
            decided("a", "growing"),
            *(decided(c, "full", by="capacity") for c in "bcd"),
            told=told,
        )
        assert shown(got.never_told) == [("c", "full")]

    def test_a_held_out_customer_is_not_told_of_anything_that_asks_for_money(self) -> None:
        got = made(decided("a", "full", "hold_out"), decided("a", "bigger"), decided("a", "teach"))
        assert shown(got.never_told) == [("a", "teach")]

    def test_help_that_waits_for_time_is_not_listed_twice(self) -> None:
        got = made(decided("a", "teach", by="capacity"))
        assert (shown(got.help_first), shown(got.never_told)) == ([("a", "teach")], [])

    def test_old_needs_are_there_once_for_each_kind_without_time_alone_or_help(self) -> None:
        signals = [
            old("a", "full", 50),
            old("a", "growing", 80),
            old("a", "teach"),
            old("b", "time"),
            old("c", "bigger"),
            old("d", "full"),
            {**old("e", "full"), "state": "young"},
        ]
        told = {(key64("c"), "kind", "plan"): ago(90)}
        got = made(decided("d", "growing", "held", guard="consent"), signals=signals, told=told)
        assert [(x.customer_id, x.play, x.since, x.owner) for x in got.never_told] == [
            ("a", "growing", ago(80), "hana"),
            ("c", "bigger", ago(60), "ken"),
        ]

    def test_says_whether_anybody_could_know_what_was_told(self) -> None:
        assert not made().told_known
        assert made(told={}).told_known


def test_lines_of_some_owners_only() -> None:
    got = made(
        decided("a", "teach", "proposed", owner="ken"),
        decided("b", "teach", "proposed"),
        decided("c", "full", "held", guard="consent", owner=None),
    )
    assert shown(got.only(["ken"]).help_first) == [("a", "teach")]
    assert got.only(["ken"]).not_now == ()
