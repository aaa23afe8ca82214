"""After the yes: use of what was bought, reductions within six months, and the comparison by lot."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from build import TODAY, ago, noon, session_with
from learning.experiment_case import Company, Truth, contract, policy
from minori.learning import after_yes_figures as figures
from minori.learning.after_yes import AfterYes
from minori.pipeline.proof.after_yes import after_yes
from minori.policy.catalog import Catalog

Row = dict[str, Any]
_CATALOG = {
    "products": {
        "desk": {
            "label": {"ja": "窓口", "en": "Desk"},
            "plans": {"basic": {"label": {"ja": "基本", "en": "Basic"}, "features": ["inbox"]}},
        }
    },
    "features": {"inbox": {"label": {"ja": "受信箱", "en": "Inbox"}}},
}


def _facts() -> dict[str, list[Row]]:
    """Twelve customers said yes to a new product: nine used it, two gave it back within six months, one later."""
    names, yes = [f"c{number:02}" for number in range(12)], ago(300)
    gone = {names[0]: 60, names[1]: 150, names[2]: 250}
    desk = [contract(n, 5_000, yes + timedelta(days=2), _after(yes, gone.get(n))) for n in names]
    return {
        "customers": [{"customer_id": name, "started_on": ago(900)} for name in names],
        "contracts": [
            *(contract(name, 10_000, ago(900), None) for name in names),
            *({**row, "product_id": "desk", "plan_id": "basic"} for row in desk),
        ],
        "outcomes": [
            {
                "proposal_id": n,
                "customer_id": n,
                "play": "sell",
                "result": "accepted",
                "answered_at": noon(yes),
            }
            for n in names
        ],
        "events": [
            {"event_id": n, "customer_id": n, "name": "inbox", "occurred_at": noon(yes + timedelta(days=20))}
            for n in names[3:]
        ],
        "surveys": [
            {
                "survey_id": f"{n}{days}",
                "customer_id": n,
                "kind": "nps",
                "score": score,
                "answered_at": noon(yes + timedelta(days=days)),
            }
            for n in names
            for days, score in ((-20, 6), (30, 8), (90, 9))
        ],
    }


def _after(day: Any, days: int | None) -> Any:
    return None if days is None else day + timedelta(days=days)


def _read(found: list[AfterYes], figure: Any, play: str = "") -> Any:
    own = next(one for one in found if one.play == play)
    return next(reading for reading in own.readings if reading.figure is figure)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[AfterYes]:
    made = policy({"sell": Truth()})
    whole = made.model_copy(update={"catalog": Catalog.model_validate(_CATALOG)})
    return after_yes(session_with(tmp_path_factory.mktemp("yes"), _facts(), whole), TODAY)


class TestYes:
    def test_all_first_then_each_play(self, found: list[AfterYes]) -> None:
        assert [one.play for one in found] == ["", "sell"]

    def test_what_was_bought_is_looked_for_in_what_was_used(self, found: list[AfterYes]) -> None:
        used = _read(found, figures.USED, "sell")
        assert (used.value, used.sample) == (9 / 12, 12) and used.figure.observational

    def test_reductions_within_six_months_only(self, found: list[AfterYes]) -> None:
        assert _read(found, figures.REDUCED).value == pytest.approx(2 / 12)

    def test_nps_before_and_after(self, found: list[AfterYes]) -> None:
        assert _read(found, figures.NPS).value == pytest.approx(2.5)

    def test_without_health_or_lots_nothing_is_said(self, found: list[AfterYes]) -> None:
        assert _read(found, figures.HEALTH).missing is not None
        assert _read(found, figures.HEALTH_BY_LOT).missing is not None


def test_by_lot_those_proposed_to_are_compared_with_those_held_out(tmp_path: Path) -> None:
    company = Company({"harmful": Truth(leaves=(0.05, 0.5), buys=(0, 0))}, customers=200)
    one = company.decisions[0]["customer_id"]
    yes = [
        {
            "proposal_id": "p",
            "customer_id": one,
            "play": "harmful",
            "result": "accepted",
            "answered_at": noon(ago(10)),
        }
    ]
    company.outcomes = yes
    for session in company.session(tmp_path):
        reduced = _read(after_yes(session, TODAY), figures.REDUCED_BY_LOT)
        assert reduced.low > 0.2 and not reduced.figure.observational
