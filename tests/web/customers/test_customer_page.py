"""The page of a customer: what it shows agrees with the run, and opens only to whom it may."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minori.web.company import workspace
from minori.web.models import Current, CustomerRow, Person
from minori.web.readmodel.refresh import refresh


@pytest.fixture
def row(people: dict[str, Person]) -> CustomerRow:
    """A customer of the CSM's with candidates and a contract."""
    assert people
    found = CustomerRow.objects.filter(run=Current.objects.get().run, owner="sato", mrr__gt=0)
    return next(row for row in found.order_by("pk") if row.detail["candidates"])


def page(client: Any, row: CustomerRow) -> Any:
    answer = client.get(f"/customers/{row.customer_id}/")
    assert answer.status_code == 200
    return answer


class TestWhatItShows:
    def test_the_ledger_adds_up_to_the_score(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        ledger = page(client_of(people["csm"]), row).context["ledger"]
        assert row.health is not None
        assert sum(part.contribution or 0 for part in ledger.parts) == pytest.approx(row.health, abs=1e-3)
        assert all(part.age_days is None or part.age_days >= 0 for part in ledger.parts)
        assert ledger.before is None

    def test_every_candidate_has_its_fate(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        answer = page(client_of(people["csm"]), row)
        fates = answer.context["fates"]
        assert len(fates) == len(row.detail["candidates"])
        assert {f.fate for f in fates} <= {"proposed", "held", "outranked", "hold_out"}
        assert sum(f.fate == "proposed" for f in fates) == row.proposed
        assert all(f.label in answer.content.decode() for f in fates)

    def test_contracts_in_force_are_those_of_the_run(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        now, past = page(client_of(people["csm"]), row).context["terms"]
        held = sorted(h["contract_id"] for h in row.detail["holdings"])
        assert sorted(t.row["contract_id"] for t in now if t.state in ("now", "trial")) == held
        assert all(t.state == "past" for t in past)

    def test_the_matrix_tells_owned_gap_and_not_eligible(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        matrix = page(client_of(people["csm"]), row).context["matrix"]
        whole, *departments = matrix.lines
        products = {h["product_id"] for h in row.detail["holdings"]}
        assert [c.state for c in whole.cells[:2]] == [
            "owned" if p in products else "gap" for p in ("suite", "desk")
        ]
        assert departments
        assert {c.state for line in departments for c in line.cells} <= {"owned", "trial", "gap", "no"}

    def test_bars_are_uses_of_limits(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        bars = page(client_of(people["csm"]), row).context["bars"]
        assert bars
        assert all(0 <= bar.width <= 100 for bar in bars)

    def test_names_from_data_are_never_markup(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        CustomerRow.objects.filter(pk=row.pk).update(name="<script>alert(1)</script>" * 10)
        content = page(client_of(people["csm"]), row).content.decode()
        assert "<script>alert" not in content and "&lt;script&gt;alert" in content

    def test_a_customer_of_whom_nothing_is_known_has_a_page(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        empty = CustomerRow.objects.create(
            run=row.run, customer_id="新規/顧客 1", name="新規/顧客 1", owner="sato"
        )
        client = client_of(people["csm"])
        for part in ("", "-/timeline/", "-/readiness/", "-/qbr/page/"):
            assert client.get(f"/customers/{part}{empty.customer_id}/").status_code == 200, part


class TestWhyItMoved:
    def test_effects_add_up_to_the_change_since_the_run_before(
        self, own_lake: Path, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        assert own_lake
        served, as_of = workspace(), row.run.as_of
        served.run(as_of=as_of - timedelta(days=28))
        answer = page(client_of(people["csm"]), row)
        ledger = answer.context["ledger"]
        assert ledger.before == as_of - timedelta(days=28)
        assert ledger.effect == pytest.approx(row.detail["trend"]["health_change"], abs=1e-3)
        assert sum(part.effect for part in ledger.parts) == pytest.approx(ledger.effect, abs=1e-3)
        assert [day for day, _ in ledger.history] == [ledger.before, as_of]
        assert answer.context["trend"] is not None
        assert refresh(served).as_of == as_of  # an older run beside it is not what is shown


class TestRights:
    def test_another_csm_finds_nothing_and_a_manager_does(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        CustomerRow.objects.filter(pk=row.pk).update(sales_owner="")
        for part in ("", "-/timeline/", "-/readiness/", "-/qbr/page/", "-/qbr/deck/"):
            address = f"/customers/{part}{row.customer_id}/"
            assert client_of(people["other_csm"]).get(address).status_code == 404, part
            assert client_of(people["manager"]).get(address).status_code == 200, part

    def test_a_viewer_sees_no_forms(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        content = page(client_of(people["viewer"]), row).content.decode()
        assert "/-/contact/" not in content and "/-/note/" not in content and "/-/task/" not in content


def test_queries_do_not_grow_with_what_a_customer_has(
    people: dict[str, Person], client_of: Any, row: CustomerRow
) -> None:
    empty = CustomerRow.objects.create(run=row.run, customer_id="empty", name="empty", owner="sato")
    client = client_of(people["csm"])
    page(client, row)
    with CaptureQueriesContext(connection) as full:
        page(client, row)
    with CaptureQueriesContext(connection) as none:
        page(client, empty)
    assert len(full) == len(none) <= 12
