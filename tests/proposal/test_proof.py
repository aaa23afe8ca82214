"""Proof: counted from contracts with its sample, or released; silent otherwise."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from build import TODAY, ago, session_with
from minori.lake.stage import Pass, Stage
from minori.policy.catalog import Catalog
from minori.policy.definitions import Policy
from minori.proposal.cases import nearest_case
from minori.proposal.moves import Change, Moves, change_of, moves_of
from minori.proposal.proof import Proof, proof_of
from proposal.message_case import OFFER, both, choice, play

PLANS = {name: {"label": both(name.title())} for name in ("light", "standard", "premium")}
OPTIONS = {"extra": {"label": both("Extra")}}
CATALOG = Catalog.model_validate(
    {"products": {"suite": {"label": both("Suite"), "plans": PLANS, "options": OPTIONS}}}
)
UP = Change("suite", "light", "standard", Decimal(10))


def contract(customer: str, plan: str, starts_on: date, **more: Any) -> dict[str, Any]:
    ids = {"contract_id": f"{customer}-{plan}", "customer_id": customer, "product_id": "suite"}
    return {**ids, "quantity": 10.0, "plan_id": plan, "starts_on": starts_on, **more}


def counted(root: Path, rows: list[dict[str, Any]], as_of: date = TODAY) -> Moves:
    """The moves of a real lake that holds these contracts, as seen at a date."""
    found: list[Moves] = []

    def look(run: Pass) -> None:
        found.append(moves_of(run))

    stage = Stage("look", reads=("contracts", "catalog_plan"), writes=(), run=look)
    session_with(root, {"contracts": rows}, Policy(catalog=CATALOG)).run_pass([stage], [as_of])
    return found[0]


class TestMoves:
    def test_those_who_moved_within_two_years_of_those_who_began_before(self, tmp_path: Path) -> None:
        began = ago(1000)
        rows = [contract(f"c{n}", "light", began) for n in range(6)]
        rows += [contract("c0", "standard", began + timedelta(days=730))]
        rows += [contract("c1", "standard", began + timedelta(days=731))]  # too late
        rows += [contract("c2", "standard", began - timedelta(days=9))]  # was there before
        rows += [contract("c3", "standard", began + timedelta(days=9), is_trial=True)]
        rows += [contract("c4", "premium", began + timedelta(days=9))]
        rows += [contract("c5", "extra", began + timedelta(days=9))]
        moves = counted(tmp_path, rows)
        assert moves.count(UP, similar=False) == (6, 1)
        assert moves.count(Change("suite", "light", "premium", None), similar=False) == (6, 1)

    def test_who_began_lately_is_not_counted_yet(self, tmp_path: Path) -> None:
        rows = [contract("old", "light", ago(730)), contract("new", "light", ago(729))]
        assert counted(tmp_path, rows).count(UP, similar=False) == (1, 0)

    def test_who_left_is_counted(self, tmp_path: Path) -> None:
        rows = [contract("gone", "light", ago(900), ends_on=ago(800))]
        assert counted(tmp_path, rows).count(UP, similar=False) == (1, 0)

    def test_two_years_must_have_passed_at_the_date(self, tmp_path: Path) -> None:
        rows = [contract("c", "light", ago(1000)), contract("c", "standard", ago(300))]
        assert counted(tmp_path / "then", rows, ago(301)).count(UP, similar=False) == (0, 0)
        assert counted(tmp_path / "now", rows).count(UP, similar=False) == (1, 1)

    def test_similar_is_half_to_twice_the_seats_they_began_with(self, tmp_path: Path) -> None:
        seats = {"a": 4.0, "b": 5.0, "c": 20.0, "d": 21.0, "e": None}
        rows = [contract(name, "light", ago(800), quantity=q, product_id=None) for name, q in seats.items()]
        rows += [contract("b", "light", ago(700), contract_id="b2", quantity=50.0)]
        assert counted(tmp_path, rows).count(UP, similar=True) == (2, 0)


def moves(n: int, moved: int, seats: int = 10) -> dict[str, Any]:
    return {
        "product_id": "suite",
        "plan_from": "light",
        "plan_to": "standard",
        "seats": Decimal(seats),
        "customers": n,
        "moved": moved,
    }


def proof(*rows: dict[str, Any], **more: Any) -> Proof:
    given: dict[str, Any] = {"offer": OFFER, "catalog": CATALOG, **more}
    offer, catalog = given.pop("offer"), given.pop("catalog")
    return proof_of(offer, play(), catalog, Moves(rows), as_of=TODAY, **given)


class TestCounted:
    def test_says_how_many_of_how_many(self) -> None:
        (said,) = proof(moves(41, 33)).counted
        assert said.text.en == (
            "Of 41 companies on Light with about as many seats, 33 moved to Standard within two years"
            " (counted from our own data)"
        )
        assert said.text.ja.startswith("アカウント数が近い「Light(日)」の41社のうち33社が")

    def test_widens_to_all_when_few_are_similar(self) -> None:
        (said,) = proof(moves(19, 19), moves(40, 30, seats=500)).counted
        assert (said.customers, said.moved, said.similar) == (59, 49, False)

    @pytest.mark.parametrize(("n", "moved", "silent"), [(19, 19, True), (20, 10, False), (20, 9, True)])
    def test_silent_below_the_sample_or_the_half(self, n: int, moved: int, silent: bool) -> None:
        assert (proof(moves(n, moved)).counted == ()) is silent

    def test_persons_are_not_companies(self) -> None:
        (said,) = proof(moves(41, 33), business=False).counted
        assert said.text.en.startswith("Of 41 customers on Light, 33 moved")

    def test_only_for_a_change_upwards(self) -> None:
        smaller = [choice("Standard", "18000", "0"), choice("Light", "10000", "-8000", recommended=True)]
        assert change_of({**OFFER, "choices": smaller}) is None
        assert change_of({**OFFER, "choices": []}) is None
        assert change_of(OFFER) == UP
        assert change_of({**OFFER, "choices": OFFER["choices"][::-1]}) == UP  # dearest first


def case(**more: Any) -> dict[str, Any]:
    return {"label": both("Maker"), "result": both("Less work"), "permission": True, **more}


def nearest(cases: dict[str, Any], **more: Any) -> str | None:
    given: dict[str, Any] = {"industry": "retail", "issues": ["api"], "plan": "standard", **more}
    found = nearest_case(Catalog.model_validate({"cases": cases}), TODAY, **given)
    return found[0] if found else None


class TestReleased:
    def test_nearest_by_issue_and_industry_then_plan_then_id(self) -> None:
        assert nearest({"a": case(industry="retail"), "b": case(industry="Retail ", issue="api")}) == "b"
        assert nearest({"a": case(issue="api"), "b": case(issue="api", plan="standard")}) == "b"
        assert nearest({"b": case(issue="api"), "a": case(issue="api")}) == "a"

    def test_silent_without_permission_after_its_date_or_without_likeness(self) -> None:
        assert nearest({"a": case(issue="api", permission=False)}) is None
        assert nearest({"a": case(issue="api", until=ago(1))}) is None
        assert nearest({"a": case(issue="api", until=TODAY)}) == "a"
        assert nearest({"a": case(plan="standard", industry="finance")}, industry=None) is None

    def test_stands_apart_from_what_was_counted(self) -> None:
        catalog = CATALOG.model_copy(update={"cases": Catalog(cases={"a": case(issue="api")}).cases})
        stored = proof(moves(41, 33), catalog=catalog).as_dict()
        assert [c["moved"] for c in stored["counted"]] == [33]
        assert stored["released"] == [
            {
                "case": "a",
                "text": {
                    "ja": "【公開事例】Maker(日): Less work(日)",
                    "en": "Released case - Maker: Less work",
                },
            }
        ]
