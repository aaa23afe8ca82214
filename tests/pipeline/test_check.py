"""What a check finds odd: contradictions, plays without facts; and how several reasons and the price move a chance."""

from decimal import Decimal

import pytest

from build import both
from minori.offers.support import Support
from minori.offers.value import Customer, at_price, expected_months, worth
from minori.pipeline.events_needed import missing_events, plays_without_events
from minori.pipeline.facts_needed import plays_off
from minori.pipeline.never import never_true
from minori.policy.definitions import Metric, Play, Policy, Ranking
from minori.stats.beta_binomial import chance
from minori.stats.interval import Interval


def play(name: str, when: str, kind: str = "seats", **more: object) -> dict[str, object]:
    return {
        "id": name,
        "label": both(name),
        "hypothesis": both("h"),
        "when": when,
        "because": both("b"),
        "offer": {"kind": kind},
        **more,
    }


def policy(*plays: dict[str, object]) -> Policy:
    metrics = {
        "logins": {"label": both("l"), "count": "events", "window": "7 days"},
        "nps": {"label": both("n"), "last": "score of surveys"},
        "told": {"label": both("t"), "last": "amount of statements"},
        "ratio": {"label": both("r"), "formula": "logins / limit(seats)"},
    }
    return Policy.model_validate({"metrics": metrics, "plays": {p["id"]: p for p in plays}})


class TestNeverTrue:
    @pytest.mark.parametrize(
        "text",
        [
            "a > 5 and a < 3",
            "x = 'p' and x in ('q', 'r')",
            "false",
            "b between 3 and 1",
            "0.9 < a and a <= 0.5",
        ],
    )
    def test_contradictions_are_found(self, text: str) -> None:
        assert never_true(text) is not None

    @pytest.mark.parametrize(
        "text", ["a > 3 and a < 5", "a > 5 or a < 3", "x in ('p', 'q') and x = 'p'", "a >= 5 and a <= 5"]
    )
    def test_what_can_hold_is_left_alone(self, text: str) -> None:
        assert never_true(text) is None


class TestPlaysOff:
    def test_a_play_without_its_facts_is_off_and_says_which(self) -> None:
        got = plays_off(policy(play("p", "nps <= 6 and logins > 0")), {"events"})
        assert got == {"p": ["surveys"]}

    def test_one_branch_of_an_or_is_enough(self) -> None:
        assert plays_off(policy(play("p", "nps <= 6 or logins > 0")), {"events"}) == {}

    def test_nobody_could_have_known_is_no_answer(self) -> None:
        assert plays_off(policy(play("p", "not known(nps)")), {"events"}) == {"p": ["surveys"]}

    def test_limits_need_contracts(self) -> None:
        assert plays_off(policy(play("p", "ratio > 1")), {"events"}) == {"p": ["contracts"]}


CHANCES = {name: Interval(0.1, 0.2, 0.3) for name in ("a", "b", "same", "other")}


class TestSupport:
    def support(self) -> tuple[Support, Policy]:
        made = policy(
            play("a", "logins > 5"),
            play("b", "told > 3"),
            play("same", "before(logins) > 2"),
            play("other", "told > 1", "plan"),
        )
        return Support(made), made

    def test_another_ground_for_the_same_thing_raises_the_chance(self) -> None:
        support, made = self.support()
        got = support.chance(made.plays["a"], ["a", "b"], CHANCES)
        assert got.middle == pytest.approx(0.4 * (1 - 0.5 * 0.5))

    def test_the_same_ground_or_another_thing_does_not(self) -> None:
        support, made = self.support()
        assert support.chance(made.plays["a"], ["a", "same", "other"], CHANCES) == CHANCES["a"]


class TestValue:
    def test_the_dearer_the_rarer(self) -> None:
        accept = Interval(0.1, 0.2, 0.3)
        assert at_price(accept, 1.6, Ranking()).middle == pytest.approx(0.1)
        assert at_price(accept, None, Ranking()) == accept

    @pytest.mark.parametrize("rise", [None, 0.5, 3.0])
    def test_the_interval_contains_its_middle(self, rise: float | None) -> None:
        rare = chance(0.005, 1, 0, 0)  # a belief worth one answer: its mean lies above its 95 % quantile
        assert rare.middle > rare.high
        got = at_price(rare, rise, Ranking())
        assert got.low <= got.middle <= got.high

    def test_months_are_capped(self) -> None:
        assert expected_months(0.0, 36) == 36
        assert expected_months(0.1, 36) == pytest.approx((1 - 0.9**36) / 0.1)

    def test_help_earns_by_staying_and_asking_does_harm(self) -> None:
        helping = Play.model_validate(
            play("p", "true", "help", prior={"accept": 0.5, "churn_after": 0.5}, harm=0.01)
        )
        customer = Customer(monthly=1000.0, churn=0.1, asked_lately=False)
        got = worth(
            helping,
            "keep",
            accept=0.5,
            mrr_change=Decimal(0),
            margin=0.8,
            customer=customer,
            ranking=Ranking(),
        )
        stays, leaves = expected_months(0.05, 36) * 800, expected_months(0.1, 36) * 800
        assert got.if_offered == pytest.approx(0.5 * (stays - leaves))
        assert got.harm == pytest.approx(0.01 * leaves)
        assert got.value == pytest.approx(got.if_offered - got.harm)


class TestPlaysWithoutEvents:
    """What nobody records is no evidence of too little use."""

    def made(self, when: str, because: str = "b") -> Policy:
        made = policy({**play("p", when), "because": both(because)})
        named = {
            "reports": {"label": both("r"), "count": "events where name in ('report', 'report_viewed')"},
            "cancels": {"label": both("c"), "count": "events where name = 'cancel' and quantity > 0"},
            "both_of": {"label": both("s"), "formula": "reports + cancels"},
        }
        metrics = {name: Metric.model_validate(metric) for name, metric in named.items()}
        return made.model_copy(update={"metrics": {**made.metrics, **metrics}})

    def test_a_count_shown_as_evidence_needs_its_event(self) -> None:
        made = self.made("reports < 3 and logins > 5", "{reports} reports")
        assert plays_without_events(made, {"login"}) == {"p": ["report", "report_viewed"]}
        assert plays_without_events(made, {"report_viewed"}) == {}

    def test_what_must_have_happened_cannot_hold(self) -> None:
        assert plays_without_events(self.made("reports >= 1"), {"login"}) == {
            "p": ["report", "report_viewed"]
        }

    def test_what_is_merely_excluded_leaves_it_on(self) -> None:
        assert plays_without_events(self.made("logins > 5 and cancels = 0", "{logins}"), {"login"}) == {}

    def test_one_living_branch_or_summand_is_enough(self) -> None:
        assert plays_without_events(self.made("reports >= 1 or logins > 5"), {"login"}) == {}
        assert plays_without_events(self.made("both_of >= 1"), {"cancel"}) == {}
        assert plays_without_events(self.made("both_of >= 1"), set()) == {
            "p": ["cancel", "report", "report_viewed"]
        }

    def test_check_names_the_events(self) -> None:
        said = missing_events(self.made("reports < 3", "{reports}"), set())["p"].en
        assert said == "play 'p' is off: no event named report, report_viewed occurs in the facts"
