"""Merged identities: added, taken back, never in a circle."""

from typing import Any

import pytest
from django.test import Client

from minori.web.company import workspace
from minori.web.models import Audit, CustomerRow, Fact, Person
from minori.web.outbox.drain import drain

LINKS = ["from_id", "into_id", "undone_at"]


@pytest.fixture
def client(people: dict[str, Person], client_of: Any) -> Client:
    found: Client = client_of(people["admin"])
    return found


@pytest.fixture
def two(client: Client) -> tuple[str, str]:  # noqa: ARG001  the database must be there
    first, second = CustomerRow.objects.order_by("customer_id").values_list("customer_id", flat=True)[:2]
    return first, second


def merge(client: Client, start: str, end: str) -> Any:
    return client.post("/data/identity/merge/", {"from_id": start, "into_id": end}, follow=True)


def test_a_merge_becomes_a_fact_and_is_taken_back(
    own_lake: Any,  # noqa: ARG001
    client: Client,
    two: tuple[str, str],
) -> None:
    page = merge(client, *two).content.decode()
    assert two[0] in page
    drain(workspace())
    [row] = workspace().lake.snapshot().arrow("facts/identity_links", LINKS).to_pylist()
    assert (row["from_id"], row["into_id"], row["undone_at"]) == (*two, None)
    at = client.get("/data/identity/").content.decode().split('name="at" value="')[1].split('"')[0]
    client.post("/data/identity/undo/", {"from_id": two[0], "into_id": two[1], "at": at})
    drain(workspace())
    [row] = workspace().lake.snapshot().arrow("facts/identity_links", LINKS).to_pylist()
    assert row["undone_at"] is not None
    assert "取り消し済み" in client.get("/data/identity/").content.decode()
    assert list(Audit.objects.filter(what__startswith="identity.").values_list("what", flat=True)) == [
        "identity.unmerged",
        "identity.merged",
    ]


def test_what_makes_no_sense_is_refused(client: Client, two: tuple[str, str]) -> None:
    assert "異なる2つのID" in merge(client, two[0], two[0]).content.decode()
    assert "顧客一覧にないID" in merge(client, two[0], "nobody").content.decode()
    merge(client, *two)
    assert "追加できません" in merge(client, two[1], two[0]).content.decode()
    assert Fact.objects.filter(table="identity_links").count() == 1


def test_who_manages_only_looks(people: dict[str, Person], client_of: Any, two: tuple[str, str]) -> None:
    client = client_of(people["manager"])
    assert client.get("/data/identity/").status_code == 200
    assert merge(client, *two).status_code == 403
    assert client.post("/data/identity/undo/", {}).status_code == 403
    assert client_of(people["admin"]).post("/data/identity/undo/", {}).status_code == 404
