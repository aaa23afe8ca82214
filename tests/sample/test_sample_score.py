"""The score: outcomes are drawn before anybody decides, and nobody beats who knows them."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean, stdev

import numpy as np
import pytest

from minori.core.errors import InputError
from minori.sample.compare import NEEDS_KNOWN, ORACLE, compare, mean_interval, score
from minori.sample.decisions import Decision, named
from minori.sample.files import write_csv
from minori.sample.policies import NAIVE, naive_policies
from minori.sample.score import Outcome, evaluate, oracle, within_budget
from minori.sample.truth import Truth
from minori.sample.worlds import WORLDS
from minori.sample.write import Written

LAST = date(2025, 9, 30)
DAYS = [LAST - timedelta(days=28 * n) for n in range(5)]
BUDGET = 15
DATED = {
    "subscriptions.csv": "valid_from",
    "gauges.csv": "measured_at",
    "customers.csv": "member_since",
    "orders.csv": "placed_at",
    "order_lines.csv": "placed_at",
}


def _everything(truth: Truth) -> list[Decision]:
    offers = WORLDS[truth.world].offers
    return [Decision(c, *offers[f]) for c in truth.customer_ids for f in truth.families]


def _outcomes(written: Written) -> Mapping[str, Outcome]:
    return score(written.folder, written.truth, {day: [] for day in DAYS}, budget=BUDGET)


class TestEvaluate:
    def test_outcomes_do_not_depend_on_who_else_is_asked(self, written: Written) -> None:
        """Asked one by one or all together, in any order of customers: the sum is the same."""
        truth = written.truth
        decisions = _everything(truth)[:: len(truth.families) + 1]  # one contact a customer
        together = evaluate(truth, {LAST: decisions})
        backwards = evaluate(truth, {LAST: decisions[::-1]})
        alone = [evaluate(truth, {LAST: [decision]}) for decision in decisions]
        assert together.accepted == backwards.accepted == sum(one.accepted for one in alone)
        assert together.net == pytest.approx(sum(one.net for one in alone))
        assert together.net == pytest.approx(backwards.net)

    def test_a_need_is_met_only_once(self, written: Written) -> None:
        truth = written.truth
        best = oracle(truth, [LAST], 1)[LAST]
        once, twice = evaluate(truth, {LAST: best}), evaluate(truth, {LAST: best * 2})
        assert once.gain > 0
        assert once.unneeded == 0
        assert (twice.gain, twice.harm, twice.contacts) == (once.gain, once.harm, 2)

    def test_expected_is_the_average_over_what_might_have_been_answered(self, company: Written) -> None:
        """The second date asks again whoever may have said yes at the first."""
        truth, rng = company.truth, np.random.default_rng(1)
        asked = {day: _everything(truth)[:: len(truth.families) + 1] for day in DAYS[:2]}
        draws = [evaluate(replace(truth, lot=rng.random(truth.lot.shape)), asked).net for _ in range(150)]
        expected = evaluate(truth, asked).expected
        assert abs(fmean(draws) - expected) < 4 * stdev(draws) / len(draws) ** 0.5

    def test_asking_again_within_60_days_does_more_harm(self, company: Written) -> None:
        truth = company.truth
        seats = [decision for decision in _everything(truth) if decision.kind == "seats"]
        alone = {decision: evaluate(truth, {LAST: [decision]}) for decision in seats}
        unneeded = next(decision for decision, one in alone.items() if one.unneeded and one.harm)
        once = evaluate(truth, {LAST: [unneeded]})
        again = evaluate(truth, {LAST: [unneeded, unneeded]})
        assert again.harm == pytest.approx(once.harm * (1 + truth.asked_again))

    def test_who_has_left_is_a_wasted_contact(self, company: Written) -> None:
        truth = company.truth
        gone = truth.customer_ids[int(np.flatnonzero(~truth.present[-1])[0])]
        assert evaluate(truth, {LAST: [Decision(gone, "plan", "next")]}) == Outcome(contacts=1, unneeded=1)

    def test_says_what_it_does_not_know(self, company: Written) -> None:
        with pytest.raises(InputError, match="no customer 'X1'"):
            evaluate(company.truth, {LAST: [Decision("X1", "plan")]})
        with pytest.raises(InputError, match="outside the simulated weeks"):
            evaluate(company.truth, {LAST + timedelta(days=9): [Decision("A00001", "plan")]})


class TestPolicies:
    def test_nobody_beats_the_oracle(self, written: Written) -> None:
        outcomes = _outcomes(written)
        best = outcomes[ORACLE]
        assert best.contacts == BUDGET * len(DAYS)
        assert best.unneeded == 0
        assert all(
            best.net >= outcomes[name].net and best.gain >= outcomes[name].gain
            for name in (*NAIVE, NEEDS_KNOWN)
        )
        assert outcomes[NEEDS_KNOWN].net > max(outcomes[name].net for name in NAIVE)

    def test_naive_policies_ask_many_who_need_nothing(self, written: Written) -> None:
        outcomes = _outcomes(written)
        for name in ("everyone", "random"):
            assert 0.5 < outcomes[name].unneeded_share < 1
            assert outcomes[name].harm > 10 * outcomes[ORACLE].harm
        assert outcomes["limit_reached"].unneeded_share < outcomes["random"].unneeded_share

    def test_all_keep_to_the_budget_and_ask_nobody_twice_a_day(self, written: Written) -> None:
        view = WORLDS[written.truth.world].view(written.folder, LAST)
        made = naive_policies(view, BUDGET, np.random.default_rng(1))
        assert set(made) == set(NAIVE)
        for decisions in made.values():
            customers = [decision.customer_id for decision in decisions]
            assert len(customers) == len(set(customers)) <= BUDGET
            assert set(customers) <= set(written.truth.customer_ids)

    def test_in_turn_goes_on_where_it_stopped(self, company: Written) -> None:
        view = WORLDS["b2b_saas"].view(company.folder, LAST)
        rng = np.random.default_rng(1)
        first, second = (naive_policies(view, BUDGET, rng, turn=turn)["everyone"] for turn in (0, 1))
        assert not {d.customer_id for d in first} & {d.customer_id for d in second}

    def test_beyond_the_budget_the_most_valuable_count(self) -> None:
        given = [
            Decision("A1", "plan", value=1.0),
            Decision("A2", "plan", value=3.0),
            Decision("A0", "plan", value=1.0),
        ]
        assert [d.customer_id for d in within_budget(given, 2)] == ["A2", "A0"]

    def test_a_given_policy_is_scored_beside_the_others(self, company: Written) -> None:
        known = oracle(company.truth, DAYS, BUDGET)
        outcomes = score(company.folder, company.truth, known, budget=BUDGET, name="mine")
        assert outcomes["mine"] == outcomes[ORACLE]


class TestAims:
    def test_ids_are_read_from_an_offer_and_from_words(self) -> None:
        offer = '{"label": {"en": "analytics"}, "items": [{"product": "suite", "option": "connector"}]}'
        assert named(offer) == ("connector", "suite")
        assert named("capacity: extra_storage") == ("capacity", "extra_storage")

    @pytest.mark.parametrize("world", WORLDS)
    def test_every_need_can_be_answered(self, world: str, request: pytest.FixtureRequest) -> None:
        truth = request.getfixturevalue("company" if world == "b2b_saas" else "shop").truth
        for family, offer in WORLDS[world].offers.items():
            assert WORLDS[world].aim(Decision("", *offer)).families[0] == family
        assert set(WORLDS[world].offers) == set(truth.families)

    def test_offers_as_minori_writes_them_find_their_need(self) -> None:
        aim = WORLDS["b2b_saas"].aim
        item = '{"items": [{"product": "suite", "plan": "premium", "quantity": "20"}]}'
        assert aim(Decision("", "plan", item)).families == ("plan",)
        assert aim(Decision("", "capacity", item)).families == ("plan",)
        assert aim(Decision("", "renewal", item)).families == ("plan",)
        assert aim(Decision("", "renewal", '{"items": []}')).families == ()
        option = '{"items": [{"product": "suite", "option": "security_pack"}]}'
        assert aim(Decision("", "option", option)).families == ("security",)


class TestCompare:
    def test_best_stands_first_and_shares_are_of_the_oracle(self, company: Written) -> None:
        table = compare([_outcomes(company), _outcomes(company)])
        assert table[0].policy == ORACLE
        assert table[0].gain_share == (1.0, 1.0, 1.0)
        assert all(0 <= row.net_share.middle <= 1 for row in table if row.policy == NEEDS_KNOWN)
        assert compare([]) == ()

    def test_intervals_are_students(self) -> None:
        assert mean_interval([1.0, 2.0, 3.0]) == pytest.approx((2 - 2.4841, 2, 2 + 2.4841), abs=1e-3)
        assert mean_interval([5.0]) == (5, 5, 5)

    @pytest.mark.parametrize(
        ("count", "expected"), [(2, 12.7062), (3, 4.30265), (4, 3.18245), (5, 2.77645), (10, 2.26216)]
    )
    def test_quantiles_are_those_of_the_tables(self, count: int, expected: float) -> None:
        values = [float(n) for n in range(count)]
        error = stdev(values) / count**0.5
        assert mean_interval(values).high - mean_interval(values).middle == pytest.approx(
            expected * error, rel=1e-5
        )


class TestView:
    def test_shows_nothing_of_later_days(self, written: Written, tmp_path: Path) -> None:
        """With every later row of the exports deleted, a date shows the same."""
        view, day = WORLDS[written.truth.world].view, DAYS[-1]
        (tmp_path / "exports").mkdir()
        removed = 0
        for name, column in DATED.items():
            if name in written.rows:
                with (written.folder / "exports" / name).open(encoding="utf-8") as lines:
                    rows = list(csv.DictReader(lines))
                kept = [row for row in rows if row[column][:10] <= str(day)]
                removed += len(rows) - len(kept)
                write_csv(tmp_path / "exports" / name, {key: [row[key] for row in kept] for key in rows[0]})
        assert removed > 0
        assert view(tmp_path, day) == view(written.folder, day)
