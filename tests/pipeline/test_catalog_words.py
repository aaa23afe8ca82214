"""Settings that only describe: each is read where somebody asks what a product, a metric or a person is for."""

from pathlib import Path
from typing import Any

import pytest

from build import COMPANY, TODAY, ago, both, lake_with, noon, session_with
from minori.pipeline.check import remarks
from minori.pipeline.check_lake import team_remarks
from minori.pipeline.meanings import explained_with
from minori.pipeline.white_space import white_space_of
from minori.policy.definitions import Policy
from minori.policy.load import Loaded
from minori.policy.workspace import Member, WorkspaceFile

CATALOG: dict[str, Any] = {
    "products": {
        "suite": {
            "label": both("suite"),
            "serves": {"ja": "集計", "en": "Reporting"},
            "plans": {"light": {"label": both("light"), "features": ["export", "sso"]}},
            "options": {
                "analytics": {"label": both("analytics"), "features": ["dashboards", "export"]},
                "safe": {"label": both("safe"), "features": ["sso"]},
            },
        },
        "desk": {
            "label": both("desk"),
            "serves": {"ja": "問い合わせの受付", "en": "Taking in inquiries"},
            "bottleneck": "shared",
            "plans": {"basic": {"label": both("basic"), "features": ["routing", "sso"]}},
        },
    },
    "features": {
        name: {"label": both(name), "lead": name != "export"}
        for name in ("export", "sso", "dashboards", "routing")
    },
}
POLICY = Policy.model_validate({"catalog": CATALOG})


def facts(shared: int) -> dict[str, list[dict[str, Any]]]:
    contract = {"product_id": "suite", "plan_id": "light", "quantity": 1, "starts_on": ago(90)}
    return {
        "customers": [{"customer_id": "a", "started_on": ago(90)}],
        "contracts": [{"contract_id": "k", "customer_id": "a", **contract}],
        "events": [
            {"event_id": str(n), "customer_id": "a", "name": name, "occurred_at": noon(ago(n * 9))}
            for n in range(shared)
            for name in ("shared",)
        ]
        + [{"event_id": "x", "customer_id": "a", "name": "login", "occurred_at": noon(ago(1))}],
    }


class TestWhiteSpace:
    def cells(self, folder: Path, given: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
        session = session_with(folder, given, POLICY)
        try:
            return {row["item"]: row for row in white_space_of(session, TODAY).to_pylist()}
        finally:
            session.engine.close()

    def test_a_product_not_used_tells_the_work_it_serves_and_whether_that_is_stuck(
        self, tmp_path: Path
    ) -> None:
        desk = self.cells(tmp_path, facts(5))["desk"]
        assert (desk["serves_ja"], desk["serves_en"]) == ("問い合わせの受付", "Taking in inquiries")
        assert (desk["bottleneck"], desk["bottleneck_times"]) == ("shared", 4)  # the fifth is 36 days old

    def test_nothing_seen_is_zero_and_no_events_at_all_are_unknown(self, tmp_path: Path) -> None:
        assert self.cells(tmp_path / "a", facts(0))["desk"]["bottleneck_times"] == 0
        without = {name: rows for name, rows in facts(0).items() if name != "events"}
        assert self.cells(tmp_path / "b", without)["desk"]["bottleneck_times"] is None

    def test_gaps_tell_the_lead_features_that_would_be_new(self, tmp_path: Path) -> None:
        cells = self.cells(tmp_path, facts(1))
        found = {item: cells[item]["lead_features"] for item in ("analytics", "safe", "desk", "suite")}
        assert found == {"analytics": "dashboards", "safe": None, "desk": "routing", "suite": None}
        assert cells["suite"]["serves_en"] is None  # it is used


class TestExplain:
    def test_an_offer_tells_its_work_step_and_its_lead_features(self) -> None:
        offer = {"items": [{"product": "desk"}, {"coupon": "x"}], "features": ["routing", "export", "gone"]}
        explained = {"health_parts": [], "candidates": [{"offer": offer, "evidence": {}}]}
        [got] = explained_with(explained, POLICY)["candidates"]
        assert got["serves"] == [{"ja": "問い合わせの受付", "en": "Taking in inquiries"}]
        assert got["lead_features"] == [{"id": "routing", "ja": "routing", "en": "routing"}]

    def test_help_without_an_offer_tells_nothing(self) -> None:
        explained = {"health_parts": [], "candidates": [{"offer": None, "evidence": None}]}
        [got] = explained_with(explained, POLICY)["candidates"]
        assert (got["serves"], got["lead_features"]) == ([], [])

    def test_metrics_behind_health_and_candidates_tell_what_they_say(self) -> None:
        metric = {
            "label": both("l"),
            "count": "events",
            "window": "7 days",
            "says": {"ja": "多い", "en": "many"},
        }
        part = {"label": both("p"), "metric": "logins", "weight": 1, "points": {0: 0, 1: 100}}
        policy = Policy.model_validate(
            {
                "metrics": {"logins": metric, "quiet": {**metric, "says": None}, "other": metric},
                "health": {"parts": {"use": part}},
            }
        )
        explained = {
            "health_parts": [{"part": "use"}, {"part": "gone"}],
            "candidates": [{"offer": None, "evidence": {"quiet": 1, "days_since_x": 2}}],
        }
        assert explained_with(explained, policy)["says"] == {"logins": {"ja": "多い", "en": "many"}}


def test_a_lead_feature_that_nothing_brings_is_told() -> None:
    catalog = {**CATALOG, "features": {**CATALOG["features"], "lost": {"label": both("lost"), "lead": True}}}
    told = [r.text.en for r in remarks(Loaded(Policy.model_validate({"catalog": catalog})))]
    assert [text for text in told if "lead feature" in text] == [
        "the lead feature lost is in no plan or option"
    ]


PLAY = {
    "id": "deal",
    **{key: both("x") for key in ("label", "hypothesis", "because")},
    "when": "mrr > 0",
    "offer": {"kind": "plan"},
    "reach": {"owner": "sales"},
}


class TestTeam:
    def told(self, folder: Path, team: dict[str, Member], *, sales: bool = True) -> list[str]:
        owners = [("hana", "ken"), ("hana", None), ("ken", "mei"), ("nobody", "ken")]
        rows = [{"customer_id": str(n), "owner": o, "sales_owner": s} for n, (o, s) in enumerate(owners)]
        file = WorkspaceFile(company=COMPANY, team=team)
        policy = Policy.model_validate({"plays": {"deal": PLAY} if sales else {}})
        snapshot = lake_with(folder, {"customers": rows}).snapshot()
        return [remark.text.en for remark in team_remarks(file, policy, snapshot)]

    def test_sales_plays_need_somebody_of_sales(self, tmp_path: Path) -> None:
        got = self.told(tmp_path, {"hana": Member(name="Hana"), "ken": Member(name="Ken")})
        assert got == [
            "sales is to take care of deal, but nobody in team has role: sales",
            "ken, sales_owner of 2 customers, has not role: sales in team, and gets the plays of sales",
            "mei, sales_owner of 1 customer, has not role: sales in team, and gets the plays of sales",
        ]

    def test_who_sells_or_looks_on_is_no_csm(self, tmp_path: Path) -> None:
        team = {
            "hana": Member(name="Hana", role="viewer"),
            "ken": Member(name="Ken", role="sales"),
            "mei": Member(name="Mei", role="sales"),
        }
        assert self.told(tmp_path, team) == [
            "hana, owner of 2 customers, has role: viewer in team, and gets their proposals",
            "ken, owner of 1 customer, has role: sales in team, and gets their proposals",
        ]

    def test_without_a_team_or_plays_of_sales_there_is_nothing_to_say(self, tmp_path: Path) -> None:
        assert self.told(tmp_path / "a", {}) == []
        assert self.told(tmp_path / "b", {"hana": Member(name="Hana", role="manager")}, sales=False) == []


def test_metrics_over_personal_columns_are_told() -> None:
    words = {"label": both("w"), "last": "subject of tickets"}
    fine = {"label": both("f"), "count": "tickets", "window": "7 days"}
    loaded = Loaded(Policy.model_validate({"metrics": {"urgent": words, "all": fine}}))
    [told] = [r.text for r in remarks(loaded) if "personal" in r.text.en]
    assert "urgent" in told.en and "tickets.subject" in told.en and "個人データ" in told.ja


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
