"""Personal data: given out once to who asked, erased from the lake and from every page of the app's database."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client
from django.utils import timezone

from minori.pipeline.erasing.words import Words
from minori.web.company import workspace
from minori.web.models import (
    Alert,
    Audit,
    CustomerRow,
    Fact,
    HandOver,
    Job,
    Message,
    Note,
    Person,
    SavedView,
    Task,
    Work,
)
from minori.web.personal import scrub
from minori.web.personal.whose import cleaned

Done = Callable[[], Job]


@pytest.fixture
def client(people: dict[str, Person], client_of: Any) -> Client:
    found: Client = client_of(people["admin"])
    return found


@pytest.fixture
def customer(client: Client) -> CustomerRow:  # noqa: ARG001  the database must be there
    """A customer with proposals, so that their name stands in many places."""
    return CustomerRow.objects.filter(proposed__gt=0).order_by("pk")[0]


def user_of(customer: CustomerRow) -> dict[str, Any]:
    rows = (
        workspace()
        .lake.snapshot()
        .arrow("facts/users", ["customer_id", "user_id", "name", "email"])
        .to_pylist()
    )
    return next(
        r
        for r in sorted(rows, key=lambda r: r["user_id"])
        if r["customer_id"] == customer.customer_id and r["name"]
    )


def written_everywhere(customer: CustomerRow, user: dict[str, Any]) -> CustomerRow:
    """Write names and words of a customer into everything that people write."""
    name, person = customer.name, user["name"]
    other = CustomerRow.objects.exclude(pk=customer.pk).order_by("pk")[0]
    words = f"{name} の {person} 様 ({user['email']})"
    work = Work.objects.filter(customer_id=customer.customer_id)[0]
    Work.objects.filter(pk=work.pk).update(
        words={"ja": {"subject": words, "body": words}, "en": {"subject": "", "body": ""}}
    )
    HandOver.objects.create(work=work, to="yamada", note=words, context={"history": [words], words: 1})
    Task.objects.create(customer_id=customer.customer_id, title=words)
    Note.objects.create(customer_id=customer.customer_id, words=words)
    Note.objects.create(customer_id=other.customer_id, words=f"紹介元: {words}")
    Alert.objects.create(
        alert_id="a",
        customer_id=customer.customer_id,
        play="p",
        at=timezone.now(),
        because={"ja": words, "en": words},
    )
    Message.objects.create(
        key="m", channel="mail", kind="proposal", to=user["email"] or "x@example.com", customer_id=customer.customer_id,
        user_id=user["user_id"], content={"subject": words}, send_after=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    Fact.objects.create(
        table="statements", key="s", drained_at=timezone.now(),
        row={"statement_id": "s", "customer_id": customer.customer_id, "words": words},
    )  # fmt: skip
    Job.objects.create(kind="load", key="old", state="failed", problem=f"no customer named {name!r}")
    SavedView.objects.create(
        person=Person.objects.all()[0], screen="customers", name=name[:90], query=f"?q={name}"
    )
    return other


def erase(client: Client, customer: CustomerRow, user: dict[str, Any] | None = None) -> Any:
    given = {"customer": customer.customer_id, "name": customer.name, "reason": "asked", "reference": "R-1"}
    if user:
        given |= {"user": user["user_id"], "name": user["name"]}
    return client.post("/data/personal/erase/", given)


def holds(root: Path, text: str) -> list[str]:
    """Files below the app's own that hold a text, plainly or as JSON writes it."""
    connections.close_all()
    signs = {text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le")}
    own = [root / name for name in ("app.db", "app.db-wal", "app.db-shm")]
    files: Iterator[Path] = (path for path in [*own, *(root / "lake").rglob("*")] if path.is_file())
    return [str(path.relative_to(root)) for path in files if any(sign in path.read_bytes() for sign in signs)]


def test_nothing_of_the_name_is_left(
    own_lake: Path, client: Client, customer: CustomerRow, work: Done
) -> None:
    user = user_of(customer)
    other = written_everywhere(customer, user)
    assert "app.db" in holds(own_lake, customer.name)  # else the search could find nothing at all
    assert erase(client, customer).status_code == 302
    result = work().result
    assert result["files"] > 0
    for text in (customer.name, user["name"], user["email"]):
        assert holds(own_lake, text) == [], text
    shown = CustomerRow.objects.filter(customer_id=customer.customer_id).latest("pk")
    assert shown.name == customer.customer_id
    assert shown.mrr == customer.mrr  # numbers stay
    assert Note.objects.get(customer_id=other.customer_id).words.startswith("紹介元")
    assert not Note.objects.filter(customer_id=customer.customer_id).exists()
    assert Message.objects.get(key="m").state == "held"  # and never leaves
    line = Audit.objects.get(what="personal.erased")
    assert (line.detail["reason"], line.detail["reference"]) == ("asked", "R-1")


def test_loading_again_does_not_bring_the_name_back(
    own_lake: Path, client: Client, customer: CustomerRow, work: Done
) -> None:
    erase(client, customer)
    work()
    client.post("/data/load/")
    work()
    client.get("/data/quarantine/")
    assert holds(own_lake, customer.name) == []


def test_one_user_is_erased_and_the_customer_stays(
    own_lake: Path, client: Client, customer: CustomerRow, work: Done
) -> None:
    user = user_of(customer)
    written_everywhere(customer, user)
    erase(client, customer, user)
    work()
    for text in (user["name"], user["email"]):
        assert holds(own_lake, text) == [], text
    assert CustomerRow.objects.filter(customer_id=customer.customer_id).latest("pk").name == customer.name
    assert customer.name in Note.objects.get(customer_id=customer.customer_id).words


def test_the_name_has_to_be_written_out_and_a_reason_given(client: Client, customer: CustomerRow) -> None:
    wrong = {"customer": customer.customer_id, "name": "somebody", "reason": "asked"}
    assert client.post("/data/personal/erase/", wrong).status_code == 400
    none = {"customer": customer.customer_id, "name": customer.name, "reason": "because"}
    assert client.post("/data/personal/erase/", none).status_code == 400
    assert (
        client.post(
            "/data/personal/erase/", {"customer": "nobody", "name": "", "reason": "asked"}
        ).status_code
        == 404
    )
    assert not Job.objects.filter(kind="erase").exists()


def test_everything_is_given_out_once_and_to_who_asked(
    own_lake: Path,
    client: Client,
    customer: CustomerRow,
    people: dict[str, Person],
    client_of: Any,
    work: Done,
) -> None:
    Note.objects.create(customer_id=customer.customer_id, words="お客様のご希望")
    client.post("/data/personal/export/", {"customer": customer.customer_id})
    job = work()
    assert customer.name not in json.dumps(job.result, ensure_ascii=False)
    Person.objects.filter(pk=people["viewer"].pk).update(role="admin")
    address = f"/data/personal/file/{job.pk}/"
    assert client_of(people["viewer"]).get(address).status_code == 404
    answer = client.get(address)
    found = json.loads(answer.content)
    assert found["facts"]["customers"][0]["name"] == customer.name
    assert found["app"]["note"][0]["words"] == "お客様のご希望"
    assert answer["Cache-Control"] == "no-store"
    assert client.get(address).status_code == 302  # gone
    assert not list((own_lake / "personal_exports").glob("*"))
    assert {"personal.exported", "personal.fetched"} <= set(Audit.objects.values_list("what", flat=True))


def test_people_are_found_by_name_address_and_id(client: Client, customer: CustomerRow) -> None:
    user = user_of(customer)
    for wanted in (user["name"], user["email"], user["user_id"]):
        assert user["user_id"] in client.get("/data/personal/", {"q": wanted}).content.decode()
    assert customer.name in client.get("/data/personal/", {"q": customer.customer_id}).content.decode()


def test_it_is_for_administrators_who_see_all(
    client: Client, people: dict[str, Person], client_of: Any, customer: CustomerRow
) -> None:
    paths = ("/data/personal/", f"/data/personal/of/?customer={customer.customer_id}")
    for path in paths:
        assert client_of(people["manager"]).get(path).status_code == 403
    assert erase(client_of(people["manager"]), customer).status_code == 403
    Person.objects.filter(pk=people["admin"].pk).update(sees_all=False)
    assert client.get(paths[0]).status_code == 403
    assert erase(client, customer).status_code == 403


def test_every_table_of_the_app_is_looked_at_or_known_to_name_nobody() -> None:
    """A table that is new stands among those that are scrubbed, unless somebody says here that it names nobody."""
    tables = {m._meta.db_table for m in apps.get_app_config("web").get_models()}
    assert tables >= scrub.UNTOUCHED, "a table that is gone"
    team = {m._meta.db_table for m in scrub._elsewhere()}
    assert {"note", "task", "message", "job", "audit", "saved_view", "work", "fact"} <= team
    texts = {m._meta.db_table: scrub._texts(m) for m in scrub._elsewhere()}
    assert texts["message"] == [
        "channel",
        "kind",
        "to",
        "customer_id",
        "user_id",
        "proposal_id",
        "content",
        "claimed_by",
        "said",
    ]


def test_texts_are_cleaned_within_plain_data() -> None:
    words = Words(["山田 太郎", "Acme"])
    before = {"a": ["to Acme", 1], "message": {"ja": "x"}, "Acme": True, "n": None}
    assert cleaned(before, words, free=frozenset({"message"})) == {
        "a": ["to –", 1],
        "message": {},
        "–": True,
        "n": None,
    }
