"""The public pages: no sign-in, nothing changes by looking, every answer once, and a no is heard by the next run."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from delivery.carried import Mailbox
from minori.core.keys import key64
from minori.web.company import workspace
from minori.web.models import Audit, Fact, Message, Person, State, Step, Task, Work
from minori.web.outbox import links, queue_survey
from minori.web.outbox.drain import drain
from web.outbox.conftest import NOW, approved, sent

People = dict[str, Person]


@pytest.fixture
def told(mailbox: Mailbox, people: People, work: Work) -> Message:
    """A proposal that reached its customer."""
    message = approved(people["manager"], work)
    sent()
    assert mailbox.mails
    message.refresh_from_db()
    return message


def address(mail: Any, part: str) -> str:
    """A link of a mail, as its reader has it."""
    text = mail.get_body(("plain",)).get_content()
    found = re.search(rf"https?://[^/]+(/a/{part}\S+)", text)
    assert found is not None
    return found[1]


def answer_page(message: Message) -> str:
    return reverse("answer", args=[links.token(message, links.ANSWER)])


def stop_page(message: Message) -> str:
    return reverse("answer-stop", args=[links.token(message, links.STOP)])


def state(message: Message) -> str:
    return Work.objects.get(pk=message.proposal_id).state


def said_at_noon() -> None:
    """The page took the clock's time; the story of these tests plays on another day."""
    for fact in Fact.objects.filter(table="outcomes"):
        Fact.objects.filter(pk=fact.pk).update(row={**fact.row, "answered_at": NOW.isoformat()})


def test_looking_changes_nothing(told: Message, mailbox: Mailbox) -> None:
    client, page = Client(), address(mailbox.mails[0], "(?!stop)")
    steps, facts = Step.objects.count(), Fact.objects.count()
    for _ in range(2):
        assert client.get(page).status_code == client.head(page).status_code == 200
    assert client.get(address(mailbox.mails[0], "stop/")).status_code == 200
    assert (Step.objects.count(), Fact.objects.count(), state(told)) == (steps, facts, State.SENT)


def test_the_page_is_private(told: Message) -> None:
    response = Client().get(answer_page(told))
    assert "no-store" in response["Cache-Control"] and "noindex" in response["X-Robots-Tag"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert told.to not in response.content.decode()


def test_a_person_who_moves_has_seen_it(told: Message) -> None:
    assert Client().post(answer_page(told) + "seen/").status_code == 204
    assert state(told) == State.SEEN
    assert Client().get(answer_page(told) + "seen/").status_code == 405


def test_yes_is_noted_once(told: Message) -> None:
    for _ in range(2):
        response = Client().post(answer_page(told), {"result": "accepted"}, follow=True)
        assert response.status_code == 200 and "担当者よりご連絡" in response.content.decode()
    assert state(told) == State.ACCEPTED
    assert [fact.row["result"] for fact in Fact.objects.filter(table="outcomes")] == ["accepted"]


def test_no_is_thanked_once_and_its_reason_may_follow(told: Message, mailbox: Mailbox) -> None:
    page = answer_page(told)
    Client().post(page, {"result": "declined"})
    assert "理由" in Client().get(page).content.decode()
    Client().post(page, {"result": "declined", "reason": "price"})
    Client().post(page, {"result": "declined", "reason": "price"})
    said_at_noon()
    Message.objects.filter(kind="thanks").update(send_after=NOW)
    sent()
    assert len(mailbox.mails) == 2 and Work.objects.get(pk=told.proposal_id).reason == "price"
    assert mailbox.mails[1]["List-Unsubscribe"]


def test_another_answer_is_not_taken_for_the_first(told: Message) -> None:
    Client().post(answer_page(told), {"result": "accepted"})
    response = Client().post(answer_page(told), {"result": "declined"})
    assert response.status_code == 409 and state(told) == State.ACCEPTED


def test_later_leaves_the_proposal_open_and_reminds_the_owner_once(told: Message) -> None:
    for _ in range(2):
        Client().post(answer_page(told), {"result": "later"})
    [task] = Task.objects.all()
    assert task.owner == Work.objects.get(pk=told.proposal_id).owner and task.due_on is not None
    assert state(told) == State.SENT and Fact.objects.filter(table="statements").count() == 1


@pytest.mark.parametrize("given", [{"result": "sold"}, {"result": "declined", "reason": "<b>"}, {}])
def test_what_is_no_answer_is_refused(told: Message, given: dict[str, str]) -> None:
    assert Client().post(answer_page(told), given).status_code == 400 and state(told) == State.SENT


def test_a_form_of_another_site_answers_nothing(told: Message) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(answer_page(told), {"result": "accepted"}).status_code == 403
    assert state(told) == State.SENT


def test_a_token_cannot_be_made_nor_used_for_something_else(told: Message) -> None:
    real = links.token(told, links.ANSWER)
    other = links.token(told, links.STOP)
    forged = f"{told.pk + 1}.{real.partition('.')[2]}"
    for token in (forged, other, "1", "1.2.3", "x" * 300, real[:-1]):
        assert Client().post(reverse("answer", args=[token]), {"result": "declined"}).status_code == 410
    assert Client().post(reverse("answer-stop", args=[real])).status_code == 410
    assert state(told) == State.SENT


def test_an_answer_has_its_time_but_stopping_never_ends(
    told: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, stop = answer_page(told), stop_page(told)
    year = timezone.now().timestamp() + timedelta(days=365).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: year)
    assert Client().get(page).status_code == 410
    assert Client().get(stop).status_code == 200


def test_one_click_of_a_mail_program_stops_the_mail(told: Message, mailbox: Mailbox) -> None:
    stop = mailbox.mails[0]["List-Unsubscribe"].strip("<>").partition("/a/")[2]
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(
        f"/a/{stop}", "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 200 and not response.content
    [fact] = Fact.objects.filter(table="consents")
    assert (fact.row["user_id"], fact.row["channel"], fact.row["granted"]) == (told.user_id, "mail", False)
    queue_survey(told.customer_id, "nps", "w", NOW + timedelta(days=3), user_id=told.user_id)
    assert sent(NOW + timedelta(days=4)) == {"held": 1} and len(mailbox.mails) == 1
    assert Audit.objects.filter(what="consent.changed").count() == 1


def test_the_page_stops_and_starts_again(told: Message) -> None:
    page = stop_page(told)
    for choice, granted in (("all", False), ("again", True)):
        text = Client().post(page, {"choice": choice}, follow=True).content.decode()
        assert ("停止しました" in text) is not granted
    assert [f.row["granted"] for f in Fact.objects.filter(table="consents").order_by("id")] == [False, True]
    assert Client().post(page, {"choice": "everything"}).status_code == 400


@pytest.mark.parametrize(("survey", "good", "bad"), [("nps", "0", "11"), ("csat", "5", "0")])
def test_a_survey_is_answered_once(work: Work, survey: str, good: str, bad: str) -> None:
    message = queue_survey(work.customer_id, survey, "w", NOW)
    page = answer_page(message)
    for wrong in (bad, "", "x", "٣", "-1"):
        assert Client().post(page, {"score": wrong}).status_code == 422
    Client().post(page, {"score": good, "comment": "よい\x00です\r\n<script>"})
    Client().post(page, {"score": "3"})
    [fact] = Fact.objects.filter(table="surveys")
    assert (fact.row["kind"], fact.row["score"], fact.row["comment"]) == (
        survey,
        int(good),
        "よいです\n<script>",
    )
    assert "ありがとう" in Client().get(page).content.decode()


def test_a_no_holds_the_customer_in_the_next_run(told: Message, own_lake: object) -> None:
    assert own_lake
    Client().post(answer_page(told), {"result": "declined", "reason": "need"})
    said_at_noon()
    served = workspace()
    assert drain(served)["quarantined"] == 0 and not Fact.objects.filter(drained_at=None).exists()
    ran = served.run(keep=False)
    key = key64(told.customer_id)
    answers = {
        row["candidate_id"]: row
        for row in ran.tables["guard_answer"].to_pylist()
        if row["guard"] == "recent_decline"
    }
    mine = [
        c for c in ran.tables["candidate"].to_pylist() if c["customer_key"] == key and c["asks_for_money"]
    ]
    fates = {row["candidate_id"]: row["fate"] for row in ran.tables["decision"].to_pylist()}
    assert mine and all(c["candidate_id"] in answers and fates[c["candidate_id"]] == "held" for c in mine)
