"""Rows set aside, from the broken file to the fact: mended in the page, in a spreadsheet, or closed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minori.web.company import workspace
from minori.web.jobs import queue
from minori.web.models import AsideRow, Audit, Fact, Job, Person
from minori.web.outbox.drain import drain
from minori.web.screens.data import mending

Work = Callable[[], Job]


@pytest.fixture
def aside(bad_ticket: str, app: Any, work: Work) -> AsideRow:  # noqa: ARG001
    """The bad ticket, loaded and set aside."""
    queue.ask("load", only=["tickets"])
    work()
    return AsideRow.objects.get()


def form(row: AsideRow, **mended: str) -> dict[str, str]:
    return {f"cell-{n}": mended.get(name, value or "") for n, (name, value) in enumerate(row.record.items())}


def tickets() -> set[str]:
    return set(workspace().lake.snapshot().arrow("facts/tickets", ["ticket_id"])["ticket_id"].to_pylist())


def test_the_list_names_file_row_column_value_and_reason(
    aside: AsideRow, people: dict[str, Person], client_of: Any
) -> None:
    page = client_of(people["manager"]).get("/data/quarantine/").content.decode()
    for words in ("exports/tickets.csv", "created_at", "2026-13-45 10:00:00", aside.reason["ja"]):
        assert words in page
    assert aside.row is not None


def test_mend_and_retry_in_the_page(
    aside: AsideRow, people: dict[str, Person], client_of: Any, work: Work
) -> None:
    client = client_of(people["admin"])
    address = f"/data/quarantine/{aside.quarantine_id}/"
    assert 'aria-invalid="true"' in client.get(address).content.decode()
    assert client.post(address, form(aside, created_at="2026-11-01 10:00:00")).status_code == 302
    job = work()
    assert (job.kind, job.result["mended"], job.result["still_bad"]) == ("retry", 1, 0)
    assert "T-BAD-1" in tickets()
    assert not AsideRow.objects.exists()
    assert Audit.objects.filter(what="quarantine.retried", person=people["admin"]).exists()
    assert not list((workspace().root / mending.FOLDER).glob("*"))
    assert "cmd" not in str(Job.objects.values_list("asked", "result"))  # personal words never stand in a job


def test_what_is_still_wrong_stays_with_its_new_reason(
    aside: AsideRow, people: dict[str, Person], client_of: Any, work: Work
) -> None:
    client_of(people["admin"]).post(
        f"/data/quarantine/{aside.quarantine_id}/", form(aside, created_at="soon")
    )
    assert work().result["still_bad"] == 1
    assert AsideRow.objects.get().value == "soon"
    assert "T-BAD-1" not in tickets()


def test_mend_in_a_spreadsheet(
    aside: AsideRow, people: dict[str, Person], client_of: Any, work: Work
) -> None:
    client = client_of(people["admin"])
    text = client.get("/data/quarantine/mendable.csv").content.decode("utf-8-sig")
    assert "'=cmd|calc" in text  # no formula for the spreadsheet
    mended = SimpleUploadedFile("m.csv", text.replace("2026-13-45", "2026-11-02").encode("utf-8-sig"))
    assert client.post("/data/quarantine/upload/", {"file": mended}).status_code == 302
    assert work().result["mended"] == 1
    assert "T-BAD-1" in tickets()
    assert aside.quarantine_id not in AsideRow.objects.values_list("quarantine_id", flat=True)


def test_csv_of_the_list_holds_no_formula(aside: AsideRow, people: dict[str, Person], client_of: Any) -> None:
    AsideRow.objects.filter(pk=aside.pk).update(value="=1+1")
    answer = client_of(people["manager"]).get("/data/quarantine.csv")
    assert "'=1+1" in b"".join(answer.streaming_content).decode()


def test_a_row_nobody_wants_is_closed(aside: AsideRow, people: dict[str, Person], client_of: Any) -> None:
    client = client_of(people["admin"])
    assert client.post("/data/quarantine/drop/", {"row": aside.quarantine_id}).status_code == 302
    assert not AsideRow.objects.exists()
    assert Audit.objects.get(what="quarantine.dropped").detail["count"] == 1


def test_who_manages_sees_but_does_not_touch(
    aside: AsideRow, people: dict[str, Person], client_of: Any
) -> None:
    client, address = client_of(people["manager"]), f"/data/quarantine/{aside.quarantine_id}/"
    assert client.get(address).status_code == 200
    assert client.post(address, form(aside)).status_code == 403
    assert client.post("/data/quarantine/drop/", {"row": aside.quarantine_id}).status_code == 403
    assert client.get("/data/quarantine/mendable.csv").status_code == 403
    assert not Job.objects.filter(kind="retry").exists()


def test_who_sees_own_customers_only_sees_no_rows(
    aside: AsideRow, people: dict[str, Person], client_of: Any
) -> None:
    Person.objects.filter(pk=people["manager"].pk).update(sees_all=False)
    client = client_of(people["manager"])
    for path in ("", f"{aside.quarantine_id}/"):
        assert client.get(f"/data/quarantine/{path}").status_code == 403
    assert client.get("/data/quarantine.csv").status_code == 403
    assert client.get("/data/identity/").status_code == 403


def test_an_upload_is_bounded(
    aside: AsideRow, people: dict[str, Person], client_of: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(mending, "LARGEST", 10)
    client = client_of(people["admin"])
    client.post("/data/quarantine/upload/", {"file": SimpleUploadedFile("m.csv", b"x" * 11)})
    client.post("/data/quarantine/upload/", {})
    assert not Job.objects.filter(kind="retry").exists()
    assert AsideRow.objects.filter(pk=aside.pk).exists()


def test_a_fact_of_the_app_that_was_refused_is_mended_too(
    own_lake: Any,  # noqa: ARG001
    people: dict[str, Person],
    client_of: Any,
    work: Work,
) -> None:
    row = {
        "statement_id": "s-1",
        "customer_id": "A00001",
        "kind": "goal",
        "words": "-",
        "said_at": "yesterday",
    }
    Fact.objects.create(table="statements", key="s-1", row=row)
    drain(workspace())
    client = client_of(people["admin"])
    client.get("/data/quarantine/")
    aside = AsideRow.objects.get(source="own_app")
    client.post(f"/data/quarantine/{aside.quarantine_id}/", form(aside, said_at="2026-11-01T10:00:00+09:00"))
    work()
    said = workspace().lake.snapshot().arrow("facts/statements", ["statement_id"])["statement_id"].to_pylist()
    assert "s-1" in said
