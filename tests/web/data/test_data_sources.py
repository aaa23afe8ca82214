"""Sources: what stands there, for whom, and loading now."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from minori.web.models import Audit, Job, LoadRow, Person
from minori.web.screens.data.splice import with_select


def test_who_manages_looks_and_nobody_else(people: dict[str, Person], client_of: Any) -> None:
    assert client_of(people["csm"]).get("/data/").status_code == 403
    page = client_of(people["manager"]).get("/data/").content.decode()
    assert "subscriptions" in page
    assert "/data/load/" not in page  # to change something is the administrators' business
    assert client_of(people["manager"]).post("/data/load/").status_code == 403
    assert "/data/load/" in client_of(people["admin"]).get("/data/").content.decode()


def test_a_source_tells_when_it_was_loaded_and_how_far_it_reaches(
    people: dict[str, Person], client_of: Any
) -> None:
    client = client_of(people["manager"])
    client.get("/data/")
    load = LoadRow.objects.get(source="tickets")
    page = client.get("/data/").content.decode()
    assert str(load.covers_until) in page
    assert f"{load.rows:,}行" in page


def test_a_silent_source_is_not_called_fresh(people: dict[str, Person], client_of: Any) -> None:
    client = client_of(people["manager"])
    client.get("/data/")
    late = LoadRow.objects.get(source="usage")
    assert late.covers_until is not None
    LoadRow.objects.filter(pk=late.pk).update(covers_until=late.covers_until - timedelta(days=3000))
    assert "3日より古い" in client.get("/data/").content.decode()


def test_a_broken_sources_file_is_named_with_its_line(
    app: Path, people: dict[str, Person], client_of: Any
) -> None:
    (app / "sources.yaml").write_text("- id: a\n  kind: nothing\n", encoding="utf-8")
    page = client_of(people["manager"]).get("/data/")
    assert page.status_code == 200
    assert "sources.yaml:2" in page.content.decode()


def test_load_now_loads_and_is_written_down(
    bad_ticket: str,  # noqa: ARG001
    people: dict[str, Person],
    client_of: Any,
    work: Callable[[], Job],
) -> None:
    client = client_of(people["admin"])
    assert client.post("/data/load/", {"source": "tickets"}).status_code == 302
    job = work()
    assert job.result["quarantined"] == 1
    assert job.by == people["admin"]
    assert Audit.objects.filter(what="data.load_asked", person=people["admin"]).exists()
    assert LoadRow.objects.filter(source="tickets").count() == 2
    assert "1行あります" in client.get("/data/").content.decode()


def test_the_page_asks_a_constant_number_of_times(people: dict[str, Person], client_of: Any) -> None:
    client = client_of(people["manager"])
    client.get("/data/")
    for path in ("/data/", "/data/loads/", "/data/quarantine/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= 18, path


def test_loads_are_listed_and_given_as_csv(people: dict[str, Person], client_of: Any) -> None:
    client = client_of(people["manager"])
    assert "tickets" in client.get("/data/loads/?source=tickets").content.decode()
    LoadRow.objects.filter(source="tickets").update(source="=tickets")
    answer: Any = client.get("/data/loads.csv")
    assert "'=tickets" in b"".join(answer.streaming_content).decode()


SOURCES = """# of the company
- id: people   # the register
  kind: files
  read: a.csv
  gives: customers
  select: >
    select a as customer_id
    from input
  fresh_within: 3 days

# orders
- {id: orders, kind: files, read: b.csv, gives: orders}
- id: more
  kind: files
  read: c.csv
  gives: tickets
# the end
"""


def test_only_the_select_is_changed_in_the_file() -> None:
    new = with_select(SOURCES, "people", "select b as customer_id\nfrom input")
    assert new == SOURCES.replace(
        "  select: >\n    select a as customer_id\n    from input\n",
        "  select: |\n    select b as customer_id\n    from input\n",
    )


def test_a_source_without_a_select_gets_one() -> None:
    new = with_select(SOURCES, "more", "select 1 as ticket_id from input")
    assert "  gives: tickets\n  select: |\n    select 1 as ticket_id from input\n# the end\n" in new
