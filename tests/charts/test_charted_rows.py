"""From results to the rows of charts: what is counted, what is left out, what is not known."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from minori.core.figure import Reading
from minori.core.text import Text
from minori.kpis.periods import Period
from minori.learning.backtest_figures import LIFT
from minori.learning.backtest_summary import Followed
from minori.pipeline.charted import acceptance, cohorts, health, lift, retention, waterfall
from minori.pipeline.proof.backtest import Variant
from minori.pipeline.proof.kpi import FLOWS, Walk
from minori.query.thresholds import Threshold


def test_waterfall_leaves_out_only_what_seldom_moves() -> None:
    day = date(2026, 1, 1)
    amounts = {"opening": Decimal(9), **dict.fromkeys(FLOWS, Decimal(0)), "currency": Decimal(-2)}
    walk = Walk(Period(day, day, Text(ja="1", en="1"), day), {**amounts, "closing": Decimal(7)}, {}, 1, 1)
    found = [row["step"] for row in waterfall.rows(walk)]
    assert found == ["opening", "new", "upsell", "cross_sell", "downsell", "churn", "currency", "closing"]


class TestCohorts:
    TABLE = (
        {"start_month": date(2026, 1, 1), "months": 0, "started": 4, "customers": 4, "mrr": Decimal(80)},
        {"start_month": date(2026, 1, 1), "months": 1, "started": 4, "customers": 3, "mrr": Decimal(90)},
        {"start_month": date(2026, 2, 1), "months": 0, "started": 2, "customers": 2, "mrr": Decimal(0)},
    )

    def test_customers_are_shares_of_those_who_began(self) -> None:
        assert [row["share"] for row in cohorts.rows(self.TABLE, "customers")] == [1.0, 0.75, 1.0]

    def test_revenue_is_a_share_of_the_first_month_and_unknown_without_any(self) -> None:
        assert [row["share"] for row in cohorts.rows(self.TABLE, "revenue")] == [1.0, 1.125, None]


def test_health_counts_everybody_with_a_score_once() -> None:
    scored = [
        {"health": value, "band": band}
        for value, band in ((0.0, "act"), (4.9, "act"), (5.0, "act"), (100.0, "thriving"), (None, None))
    ]
    found = {(row["from"], row["until"]): row["customers"] for row in health.rows(scored)}
    assert found == {(0, 5): 2, (5, 10): 1, (95, 100): 1}


class TestLift:
    NOW = Threshold(1, "seat_use", ">=", 0.8)

    def variant(self, place: int, value: float, fires: int) -> Variant:
        reading = Reading(LIFT, 1.5, fires, 1.1, 1.9)
        followed = {"expanded": Followed("p", "expanded", fires, fires, 1, (reading,))} if fires else {}
        return Variant(Threshold(place, "seat_use", ">=", value), followed)

    def test_one_threshold_is_followed_and_the_present_value_marked(self) -> None:
        curve = [self.variant(0, 3, 9), self.variant(1, 0.8, 5), self.variant(1, 0.9, 0)]
        found = lift.rows(curve, self.NOW, "expanded")
        assert [(r["value"], r["lift"], r["low"], r["fires"], r["current"]) for r in found] == [
            (0.8, 1.5, 1.1, 5, True),
            (0.9, None, None, 0, False),
        ]


def test_tenths_of_a_kept_validation() -> None:
    tenth = {"predicted": 0.1, "observed": [0.05, 0.12, 0.2], "rows": 50, "events": 6}
    assert acceptance.rows({"tenths": [tenth]}) == [
        {"predicted": 0.1, "observed": 0.12, "low": 0.05, "high": 0.2, "sample": 50, "events": 6}
    ]
    assert acceptance.rows(None) == []


class TestRetention:
    UNTIL = date(2026, 1, 1)

    def spells(self, *, lost: int, kept: int, days: int) -> list[dict[str, date | None]]:
        start = self.UNTIL - timedelta(days=400)
        gone = {"starts_on": start, "ended_on": start + timedelta(days=days)}
        return [gone] * lost + [{"starts_on": start, "ended_on": None}] * kept

    def test_the_curve_begins_whole_and_falls_where_customers_left(self) -> None:
        found = retention.rows(self.spells(lost=1, kept=3, days=61), self.UNTIL)
        assert [(round(row["months"], 1), row["share"], row["sample"]) for row in found] == [
            (0.0, 1.0, 4),
            (2.0, 0.75, 4),
            (13.1, 0.75, 3),
        ]
        assert all(row["low"] <= row["share"] <= row["high"] for row in found)

    def test_what_may_still_be_a_late_renewal_is_not_a_loss(self) -> None:
        late = self.spells(lost=1, kept=3, days=401)
        assert {row["share"] for row in retention.rows(late, self.UNTIL)} == {1.0}

    def test_nobody_gives_no_rows(self) -> None:
        assert retention.rows([], self.UNTIL) == []

    @pytest.mark.parametrize(("lost", "kept"), [(1, 2), (0, 40)])
    def test_too_little_gives_no_model(self, lost: int, kept: int) -> None:
        assert retention.fitted(self.spells(lost=lost, kept=kept, days=61), "month", self.UNTIL) == []

    def test_a_model_begins_whole_and_never_rises(self) -> None:
        spells = [s for days in range(20, 300, 31) for s in self.spells(lost=2, kept=3, days=days)]
        found = retention.fitted(spells, "month", self.UNTIL)
        shares = [row["share"] for row in found]
        assert shares[0] == 1.0 and shares == sorted(shares, reverse=True)
        assert Counter(row["low"] <= row["share"] <= row["high"] for row in found) == {True: len(found)}
