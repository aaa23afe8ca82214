"""The list of customers: search, filters, rights, the file, and how much it asks of the database."""

import csv
import io
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minori.web.models import Audit, Current, CustomerRow, Person, SavedView
from minori.web.parts.folded import folded


def rows() -> list[CustomerRow]:
    return list(CustomerRow.objects.filter(run=Current.objects.get().run).order_by("pk"))


def shown(client: Client, query: str = "") -> list[str]:
    """The ids of the customers on the page that the address asks for."""
    answer = client.get(f"/customers/{query}")
    assert answer.status_code == 200
    return [row.customer_id for row in answer.context["listing"].page.object_list]


class TestSearch:
    def test_kana_width_and_case_do_not_matter(self, people: dict[str, Person], client_of: Any) -> None:
        row = rows()[0]
        row.name = "ミナクチﾌｰｽﾞ Labo"
        row.folded = folded(f"{row.name} {row.customer_id}")
        row.save()
        client = client_of(people["manager"])
        for asked in ("みなくちふーず", "ミナクチ", "ﾐﾅｸﾁ", "ｌａｂｏ", "labo みなくち"):
            assert shown(client, f"?q={asked}") == [row.customer_id], asked

    def test_an_id_finds_its_customer(self, people: dict[str, Person], client_of: Any) -> None:
        row = rows()[5]
        assert row.customer_id in shown(client_of(people["manager"]), f"?q={row.customer_id.lower()}")

    def test_signs_of_patterns_are_plain_signs(self, people: dict[str, Person], client_of: Any) -> None:
        assert shown(client_of(people["manager"]), "?q=%25") == []


class TestFilters:
    def test_each_filter_gives_what_the_rows_say(self, people: dict[str, Person], client_of: Any) -> None:
        client, every = client_of(people["manager"]), rows()
        for field in ("band", "stage", "touch", "segment", "owner", "industry"):
            value = next(getattr(row, field) for row in every if getattr(row, field))
            wanted = {row.customer_id for row in every if getattr(row, field) == value}
            found = client.get("/customers/", {field: value}).context["listing"].narrowed
            assert {row.customer_id for row in found} == wanted, field

    def test_unknown_is_a_value_of_its_own(self, people: dict[str, Person], client_of: Any) -> None:
        row = rows()[3]
        CustomerRow.objects.filter(pk=row.pk).update(band="", health=None)
        found = client_of(people["manager"]).get("/customers/?band=-").context["listing"].narrowed
        assert row.customer_id in {r.customer_id for r in found}
        assert {r.band for r in found} == {""}

    def test_renewal_within_days_and_proposals(self, people: dict[str, Person], client_of: Any) -> None:
        client, every, as_of = client_of(people["manager"]), rows(), Current.objects.get().run.as_of
        soon = {r.customer_id for r in every if r.renews_on and 0 < (r.renews_on - as_of).days <= 90}
        with_one = {r.customer_id for r in every if r.proposed}
        assert soon and with_one
        assert {
            r.customer_id for r in client.get("/customers/?renews=90").context["listing"].narrowed
        } == soon
        assert {
            r.customer_id for r in client.get("/customers/?proposal=yes").context["listing"].narrowed
        } == with_one

    def test_what_nobody_offered_changes_nothing(self, people: dict[str, Person], client_of: Any) -> None:
        client = client_of(people["manager"])
        count = client.get("/customers/").context["listing"].pages.count
        for query in (
            "?renews=99999",
            "?renews=x",
            "?proposal=maybe",
            "?order=detail",
            "?column=detail",
            "?page=-1",
        ):
            assert client.get(f"/customers/{query}").context["listing"].pages.count == count, query


class TestRights:
    def test_one_sees_ones_own_and_nobody_elses(self, people: dict[str, Person], client_of: Any) -> None:
        own = {row.customer_id for row in rows() if "sato" in (row.owner, row.sales_owner)}
        assert own
        assert set(shown(client_of(people["csm"]))) == own
        assert shown(client_of(people["stranger"])) == []

    def test_the_file_holds_ones_own_and_is_written_down(
        self, people: dict[str, Person], client_of: Any
    ) -> None:
        own = [row for row in rows() if "sato" in (row.owner, row.sales_owner)]
        CustomerRow.objects.filter(pk=own[0].pk).update(name="=cmd|'/c calc'!A1")
        answer = client_of(people["csm"]).get("/customers/-/csv/?q=&band=")
        lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert len(lines) == len(own) + 1
        assert all(not line[0].startswith("=") for line in lines)
        audit = Audit.objects.get(what="customers.exported")
        assert (audit.person_id, audit.detail["rows"]) == (people["csm"].pk, len(own))

    def test_the_record_of_an_export_holds_no_name(self, people: dict[str, Person], client_of: Any) -> None:
        client_of(people["csm"]).get("/customers/-/csv/?q=若葉")
        assert Audit.objects.get(what="customers.exported").detail["filters"] == ["q"]


class TestCost:
    def test_queries_do_not_grow_with_the_list(self, people: dict[str, Person], client_of: Any) -> None:
        client = client_of(people["manager"])
        client.get("/customers/")  # what is kept between requests is kept now
        with CaptureQueriesContext(connection) as few:
            client.get("/customers/?q=zzz")
        with CaptureQueriesContext(connection) as many:
            client.get("/customers/?band=healthy&order=-mrr")
        assert len(many) == len(few) + 2  # the ids of the page, and the rows themselves
        assert len(many) <= 9
        assert all('"detail"' not in query["sql"] for query in many.captured_queries)

    def test_filters_are_answered_from_narrow_indexes(
        self, people: dict[str, Person], client_of: Any
    ) -> None:
        listing = client_of(people["manager"]).get("/customers/?stage=adoption&q=若").context["listing"]
        plan = listing.narrowed.values("pk").order_by().explain()
        searches = [line for line in plan.splitlines() if "SEARCH" in line or "SCAN" in line]
        assert len(searches) == 3
        assert all("COVERING INDEX" in line for line in searches), plan


def test_a_saved_view_is_offered_again(people: dict[str, Person], client_of: Any) -> None:
    client = client_of(people["csm"])
    client.post("/views/save/", {"screen": "customers", "name": "注意", "query": "?band=watch"})
    assert SavedView.objects.count() == 1
    assert "注意" in client.get("/customers/").content.decode()
