"""The mapping: tried in the sandbox, saved by compare and swap, for administrators alone."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from minori.web.company import workspace
from minori.web.models import Audit, Person
from minori.web.screens.data.splice import select_of

NEW = """select ticket_no as ticket_id, account_id as customer_id, category as topic, lower(priority) as severity,
       cast(created_at as timestamp) as opened_at
from input"""


@pytest.fixture
def client(people: dict[str, Person], client_of: Any) -> Client:
    found: Client = client_of(people["admin"])
    return found


def seen(client: Client) -> str:
    page = client.get("/data/mapping/tickets/").content.decode()
    return page.split('name="seen" value="')[1].split('"')[0]


def test_it_is_tried_on_the_real_input_and_nothing_is_written(
    app: Path, client: Client, bad_ticket: str
) -> None:
    before, number = (app / "sources.yaml").read_text(), workspace().lake.snapshot().number
    page = client.post("/data/mapping/tickets/try/", {"select": NEW, "seen": seen(client)}).content.decode()
    assert "2026-13-45 10:00:00" in page  # the row that would be set aside, and why
    assert "created_at" in page
    assert bad_ticket in page  # first rows
    assert "+    select ticket_no as ticket_id" in page  # the diff
    assert (app / "sources.yaml").read_text() == before
    assert workspace().lake.snapshot().number == number


@pytest.mark.parametrize(
    ("select", "says"),
    [
        ("select 1 as ticket_id from input; drop table input", "sources.yaml"),
        ("select * from read_csv('/etc/passwd')", "sources.yaml"),
        ("select nothing as ticket_id from input", "nothing"),
        ("insert into input values (1)", "sources.yaml"),
    ],
)
def test_sql_that_may_not_be_is_refused_before_it_runs(
    client: Client, app: Path, select: str, says: str
) -> None:
    before = (app / "sources.yaml").read_text()
    for what in ("try", "save"):
        answer = client.post(f"/data/mapping/tickets/{what}/", {"select": select, "seen": seen(client)})
        if what == "try" or select.startswith("insert") or "read_csv" in select or ";" in select:
            assert 'role="alert"' in answer.content.decode()
            assert says in answer.content.decode()
            assert (app / "sources.yaml").read_text() == before


def test_saving_changes_one_select_and_is_written_down(client: Client, app: Path, people: Any) -> None:
    answer = client.post(
        "/data/mapping/tickets/save/", {"select": NEW, "seen": seen(client), "reason": "no subject"}
    )
    assert answer.status_code == 302
    text = (app / "sources.yaml").read_text(encoding="utf-8")
    assert select_of(text, "tickets").strip() == NEW
    assert "# help desk" in text
    line = Audit.objects.get(what="sources.changed")
    assert (line.person, line.subject, line.detail["reason"]) == (
        people["admin"],
        "source:tickets",
        "no subject",
    )
    assert "+    select ticket_no as ticket_id" in line.detail["diff"]


def test_two_people_at_once_get_a_clear_answer(client: Client, app: Path) -> None:
    first = seen(client)
    path = app / "sources.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed beside\n", encoding="utf-8")
    answer = client.post("/data/mapping/tickets/save/", {"select": NEW, "seen": first})
    assert answer.status_code == 409
    assert "ほかの人が sources.yaml を変更しました" in answer.content.decode()
    assert select_of(path.read_text(encoding="utf-8"), "tickets").strip() != NEW
    assert (
        client.post("/data/mapping/tickets/save/", {"select": NEW, "seen": seen(client)}).status_code == 302
    )
    assert path.read_text(encoding="utf-8").endswith("# changed beside\n")


def test_it_is_for_administrators_alone(people: dict[str, Person], client_of: Any) -> None:
    for path in ("", "try/", "save/"):
        answer = client_of(people["manager"]).post(f"/data/mapping/tickets/{path}", {"select": NEW})
        assert answer.status_code == 403
    assert client_of(people["admin"]).get("/data/mapping/nothing/").status_code == 404
