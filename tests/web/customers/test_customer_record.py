"""Writing down: contacts and statements are facts, seen at once, once, and only by whom they concern."""

import secrets
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from minori.web.company import workspace
from minori.web.models import Audit, Current, CustomerRow, Fact, Note, Person, Task
from minori.web.outbox.drain import drain
from minori.web.screens.customers.queries import facts


@pytest.fixture
def customer_id(people: dict[str, Person]) -> str:
    """A customer of the CSM's, and of nobody in sales."""
    assert people
    row = CustomerRow.objects.filter(run=Current.objects.get().run, owner="sato").order_by("pk")[0]
    CustomerRow.objects.filter(pk=row.pk).update(sales_owner="")
    return row.customer_id


def contact(**given: str) -> dict[str, str]:
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    plain = {
        "key": secrets.token_hex(16),
        "channel": "call",
        "direction": "out",
        "about": "support",
        "at": now,
    }
    return {**plain, "words": "来期の増員について伺った", **given}


def statement(**given: str) -> dict[str, str]:
    plain = {
        "key": secrets.token_hex(16),
        "kind": "plan",
        "words": "4月に30名まで増やしたい",
        "at": "2026-11-20",
    }
    return {**plain, "feature": "seats", "amount": "30", **given}


class TestContact:
    def test_is_on_the_timeline_at_once(
        self, people: dict[str, Person], client_of: Any, customer_id: str
    ) -> None:
        client = client_of(people["csm"])
        answer = client.post(f"/customers/-/contact/{customer_id}/", contact(), follow=True)
        assert answer.redirect_chain and answer.status_code == 200
        assert "来期の増員について伺った" in answer.content.decode()
        row = Fact.objects.get(table="interactions").row
        assert (row["customer_id"], row["by"], row["channel"]) == (customer_id, "sato", "call")
        assert Audit.objects.filter(what="contact.logged", subject=f"customer:{customer_id}").count() == 1

    def test_sent_twice_it_is_one_fact(
        self, people: dict[str, Person], client_of: Any, customer_id: str
    ) -> None:
        client, sent = client_of(people["csm"]), contact()
        for _ in range(2):
            assert client.post(f"/customers/-/contact/{customer_id}/", sent).status_code == 302
        assert Fact.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"channel": "smoke"},
            {"direction": "sideways"},
            {"about": ""},
            {"key": "short"},
            {"at": ""},
            {"at": "2999-01-01T00:00"},
            {"at": "0001-01-01T00:00"},
            {"words": "あ" * 5001},
            {"user": "somebody-else"},
        ],
    )
    def test_what_cannot_be_is_refused_and_kept_for_mending(
        self, people: dict[str, Person], client_of: Any, customer_id: str, wrong: dict[str, str]
    ) -> None:
        answer = client_of(people["csm"]).post(f"/customers/-/contact/{customer_id}/", contact(**wrong))
        assert answer.status_code == 422
        assert answer.context["problem"] and answer.context["entered"]["about"] == wrong.get(
            "about", "support"
        )
        assert Fact.objects.count() == 0

    def test_the_people_of_another_customer_cannot_be_named(
        self, people: dict[str, Person], client_of: Any, customer_id: str
    ) -> None:
        users = workspace().table("users").to_pylist()
        own = next(row["user_id"] for row in users if row["customer_id"] == customer_id)
        other = next(row["user_id"] for row in users if row["customer_id"] != customer_id)
        client, address = client_of(people["csm"]), f"/customers/-/contact/{customer_id}/"
        assert client.post(address, contact(user=other)).status_code == 422
        assert client.post(address, contact(user=own)).status_code == 302


class TestStatement:
    def test_holds_words_feature_and_number(
        self, people: dict[str, Person], client_of: Any, customer_id: str
    ) -> None:
        client_of(people["csm"]).post(f"/customers/-/statement/{customer_id}/", statement(amount="1,030.5"))
        row = Fact.objects.get(table="statements").row
        assert (row["kind"], row["feature"], row["amount"]) == ("plan", "seats", "1030.500000")
        assert row["said_at"] == "2026-11-20T03:00:00+00:00"  # a day alone is its noon on the company's clock

    @pytest.mark.parametrize(
        "wrong", [{"words": " "}, {"amount": "NaN"}, {"amount": "1e99"}, {"kind": "rumour"}]
    )
    def test_what_cannot_be_is_refused(
        self, people: dict[str, Person], client_of: Any, customer_id: str, wrong: dict[str, str]
    ) -> None:
        answer = client_of(people["csm"]).post(f"/customers/-/statement/{customer_id}/", statement(**wrong))
        assert (answer.status_code, Fact.objects.count()) == (422, 0)

    def test_drained_it_stands_on_the_timeline_once(
        self, own_lake: Path, people: dict[str, Person], client_of: Any, customer_id: str
    ) -> None:
        assert own_lake
        client = client_of(people["csm"])
        client.post(f"/customers/-/statement/{customer_id}/", statement())
        assert drain(workspace())["new"] == 1
        content = client.get(f"/customers/-/timeline/{customer_id}/").content.decode()
        assert content.count("4月に30名まで増やしたい") == 1
        Fact.objects.update(drained_at=None)  # killed between the lake's commit and the mark
        content = client.get(f"/customers/-/timeline/{customer_id}/").content.decode()
        assert content.count("4月に30名まで増やしたい") == 1
        said = facts(customer_id).rows("statements", ("statement_id", "amount"))
        assert [r["amount"] for r in said if r["statement_id"].startswith("app-")] == [30]


class TestWhoMay:
    @pytest.mark.parametrize("part", ["contact", "statement", "note", "task"])
    def test_viewers_are_refused_and_others_find_nothing(
        self, people: dict[str, Person], client_of: Any, customer_id: str, part: str
    ) -> None:
        sent = {**contact(), **statement(), "title": "call"}
        for name, status in (("viewer", 403), ("other_csm", 404), ("stranger", 404)):
            answer = client_of(people[name]).post(f"/customers/-/{part}/{customer_id}/", sent)
            assert answer.status_code == status, name
        assert (Fact.objects.count(), Note.objects.count(), Task.objects.count()) == (0, 0, 0)


class TestNotes:
    def test_one_removes_ones_own_only(
        self, people: dict[str, Person], client_of: Any, customer_id: str
    ) -> None:
        csm, manager = client_of(people["csm"]), client_of(people["manager"])
        csm.post(f"/customers/-/note/{customer_id}/", {"words": "<b>次回は部長も同席</b>"})
        note = Note.objects.get()
        assert "&lt;b&gt;次回は部長も同席" in manager.get(f"/customers/{customer_id}/").content.decode()
        assert manager.post(f"/customers/-/note-remove/{note.pk}/").status_code == 404
        assert csm.post(f"/customers/-/note-remove/{note.pk}/").status_code == 302
        assert Note.objects.count() == 0

    def test_a_customer_that_is_no_longer_ones_own_is_closed(
        self, people: dict[str, Person], client_of: Any, customer_id: str
    ) -> None:
        note = Note.objects.create(customer_id=customer_id, by=people["csm"], words="x")
        CustomerRow.objects.filter(customer_id=customer_id).update(owner="suzuki")
        assert client_of(people["csm"]).post(f"/customers/-/note-remove/{note.pk}/").status_code == 404


class TestTasks:
    def test_are_added_and_done(self, people: dict[str, Person], client_of: Any, customer_id: str) -> None:
        client = client_of(people["csm"])
        sent = {"title": "見積もりを送る", "owner": "yamada", "due_on": "2026-11-30"}
        client.post(f"/customers/-/task/{customer_id}/", sent)
        task = Task.objects.get()
        assert (task.customer_id, task.owner, task.due_on.isoformat()) == (
            customer_id,
            "yamada",
            "2026-11-30",
        )
        assert client_of(people["other_csm"]).post(f"/customers/-/task-done/{task.pk}/").status_code == 404
        client.post(f"/customers/-/task-done/{task.pk}/")
        assert Task.objects.get().done_at is not None

    @pytest.mark.parametrize("wrong", [{"title": ""}, {"owner": "nobody-here"}, {"due_on": "tomorrow"}])
    def test_what_cannot_be_is_refused(
        self, people: dict[str, Person], client_of: Any, customer_id: str, wrong: dict[str, str]
    ) -> None:
        sent = {"title": "x", "owner": "", "due_on": "", **wrong}
        answer = client_of(people["csm"]).post(f"/customers/-/task/{customer_id}/", sent)
        assert (answer.status_code, Task.objects.count()) == (422, 0)
