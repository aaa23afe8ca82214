"""The chance of a yes: several grounds for one need, what was learned elsewhere, and the chance of the need behind it."""

import pytest

from build import both
from minori.offers.support import Support
from minori.offers.value import with_learned
from minori.policy.definitions import Policy, Prior
from minori.stats.interval import Interval


def support(**offers: dict[str, object]) -> Support:
    """Return the support of plays that rest on a metric of their own each."""
    metrics = {name: {"label": both(name), "count": "events", "window": "7 days"} for name in offers}
    plays = {
        name: {
            "id": name,
            "label": both(name),
            "hypothesis": both("h"),
            "when": f"{name} > 5",
            "because": both("b"),
            "offer": offer,
        }
        for name, offer in offers.items()
    }
    return Support(Policy.model_validate({"metrics": metrics, "plays": plays}))


def raised(made: Support, first: str, other: str) -> bool:
    chances = {first: Interval(0.1, 0.2, 0.3), other: Interval(0.1, 0.2, 0.3)}
    return made.chance(made.policy.plays[first], [first, other], chances) != chances[first]


class TestTheSameThing:
    def test_options_that_bring_different_features_are_different_things(self) -> None:
        made = support(
            exports={"kind": "option", "with_feature": "analytics"},
            wishes={"kind": "option", "with_feature": "analytics"},
            imports={"kind": "option", "with_feature": "connectors"},
        )
        assert raised(made, "exports", "wishes")
        assert not raised(made, "exports", "imports")

    def test_an_upper_plan_answers_every_reason_for_one(self) -> None:
        made = support(
            exports={"kind": "plan", "with_feature": "analytics"}, grown={"kind": "plan", "to": "next"}
        )
        assert raised(made, "exports", "grown")


class TestBounds:
    def test_each_bound_is_joined_on_its_own(self) -> None:
        made = support(full={"kind": "seats"}, told={"kind": "seats"})
        chances = {"full": Interval(0.2, 0.35, 0.6), "told": Interval(0.1, 0.3, 0.5)}
        got = made.chance(made.policy.plays["full"], ["told"], chances)
        assert got.low == pytest.approx(0.4 * (1 - 0.5 * 0.75))
        assert got.middle == pytest.approx(0.4 * (1 - 0.125 * 0.25))
        assert got.high == pytest.approx(0.6)  # above the chance where the need is sure, and not cut at it
        assert got.low < got.middle < got.high


class TestNeed:
    def test_is_what_a_chance_says_of_it(self) -> None:
        made = support(full={"kind": "seats"})
        assert made.need(Interval(0.05, 0.1, 0.2)) == pytest.approx(0.25)
        assert made.need(Interval(0.3, 0.5, 0.7)) == 1.0


class TestWithLearned:
    prior = Prior.model_validate({"accept": 0.1, "from": 20})

    def test_a_play_that_was_never_asked_keeps_its_belief(self) -> None:
        believed = Interval(0.05, 0.1, 0.2)
        assert with_learned(believed, Interval(0.4, 0.5, 0.6), self.prior, 0) == believed

    def test_what_was_learned_counts_as_far_as_the_play_was_asked(self) -> None:
        got = with_learned(Interval(0.0, 0.1, 0.2), Interval(0.2, 0.3, 0.4), self.prior, 60)
        assert got == pytest.approx(Interval(0.15, 0.25, 0.35))
