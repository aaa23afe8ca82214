"""Sending by a real mail server: only what was approved and still may leave, once, and the contact becomes a fact."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from delivery.carried import Mailbox
from minori.core.errors import InputError
from minori.core.text import Text
from minori.web.company import workspace
from minori.web.life.leaving import approve_alone
from minori.web.models import Channel, Delivery, Fact, Message, Person, State, Step, Work
from minori.web.outbox import queue_survey, queue_team, queue_thanks, try_again
from minori.web.outbox.box import LEASE, AppOutbox
from minori.web.outbox.door import opened
from minori.web.outbox.drain import drain
from web.outbox.conftest import NOW, approved, sendable, sent

People = dict[str, Person]


def opt_out(message: Message) -> None:
    """What the customer's click writes down."""
    row = {
        "customer_id": message.customer_id,
        "user_id": message.user_id or None,
        "channel": "mail",
        "granted": False,
        "said_at": (NOW - timedelta(minutes=1)).isoformat(),
    }
    Fact.objects.create(table="consents", key=f"out-{message.pk}", row=row)


def test_an_approved_proposal_reaches_the_customer(mailbox: Mailbox, people: People, work: Work) -> None:
    message = approved(people["manager"], work)
    assert sent() == {"sent": 1}
    [mail] = mailbox.mails
    message.refresh_from_db()
    work.refresh_from_db()
    assert mail["To"].endswith(f"<{message.to}>") and mail["Subject"] == message.content["subject"]
    text = mail.get_body(("plain",)).get_content()
    assert "/a/" in text and "/a/stop/" in text and "東京都千代田区1-1-1" in text
    assert (message.state, work.state, work.sent_at) == (Delivery.SENT, State.SENT, NOW)
    facts = {fact.table: fact.row for fact in Fact.objects.all()}
    assert facts["proposals"]["user_id"] == facts["interactions"]["user_id"] == message.user_id
    assert facts["interactions"]["about"] == "proposal" and facts["interactions"]["direction"] == "out"


def test_nothing_leaves_twice(mailbox: Mailbox, people: People, work: Work) -> None:
    approved(people["manager"], work)
    assert (sent(), sent()) == ({"sent": 1}, {})
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize("drained", [False, True])
def test_consent_withdrawn_between_approval_and_sending_holds(
    mailbox: Mailbox, people: People, work: Work, own_lake: object, drained: bool
) -> None:
    message = approved(people["manager"], work)
    opt_out(message)
    if drained:
        drain(workspace())
    assert sent() == {"held": 1} and not mailbox.mails and own_lake
    message.refresh_from_db()
    work.refresh_from_db()
    step = Step.objects.filter(work=work).latest("id")
    assert (message.state, work.state, step.detail["guard"]) == (Delivery.HELD, State.DRAFT, "consent")
    assert step.detail["reason"]["ja"] and step.detail["reason"]["en"]


def test_a_held_message_is_asked_again_when_somebody_tries_again(
    mailbox: Mailbox, people: People, work: Work
) -> None:
    message = approved(people["manager"], work)
    opt_out(message)
    sent()
    assert try_again(people["admin"], message, NOW)
    assert sent() == {"held": 1} and not mailbox.mails


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.SNOOZED, State.WITHDRAWN, State.EXPIRED, State.HANDED_OVER]
)
def test_nothing_leaves_that_is_not_approved(
    mailbox: Mailbox, people: People, work: Work, state: State
) -> None:
    approved(people["manager"], work)
    Work.objects.filter(pk=work.pk).update(state=state)
    assert sent() == {"held": 1} and not mailbox.mails


def test_no_step_of_a_person_no_mail(mailbox: Mailbox, people: People, work: Work) -> None:
    """Somebody who could write into the database alone cannot make minori write to customers."""
    approved(people["manager"], work)
    Step.objects.filter(work=work).delete()
    assert sent() == {"held": 1} and not mailbox.mails


def test_what_goes_by_itself_needs_a_play_that_is_automatic(
    mailbox: Mailbox, people: People, work: Work
) -> None:
    assert people
    approve_alone(work, NOW)
    assert sent() == {"held": 1} and not mailbox.mails


@pytest.mark.parametrize(("decides", "came"), [(False, {"sent": 1}), (True, {"held": 1})])
def test_automation_ends_where_a_person_decides(
    mailbox: Mailbox, work: Work, monkeypatch: pytest.MonkeyPatch, decides: bool, came: dict[str, int]
) -> None:
    Work.objects.filter(pk=work.pk).update(touch="tech", person_decides=decides)
    work.refresh_from_db()
    served = workspace()
    plays = served.policy.policy.plays
    monkeypatch.setitem(plays, work.play, plays[work.play].model_copy(update={"automatic": ("tech",)}))
    approve_alone(work, NOW)
    from minori.web.outbox.sending import send

    assert send(served, clock=lambda: NOW) == came and len(mailbox.mails) == came.get("sent", 0)


def test_at_night_it_waits_for_the_morning_and_no_try_is_lost(
    mailbox: Mailbox, people: People, work: Work
) -> None:
    message = approved(people["manager"], work)
    night = NOW.replace(hour=12)  # Friday, 21:00 in Tokyo; Monday 9:00 is the next time
    assert sent(night) == {"later": 1} and not mailbox.mails
    message.refresh_from_db()
    assert (message.send_after, message.tries) == (NOW.replace(day=23, hour=0), 0)
    assert sent(night) == {} and sent(message.send_after) == {"sent": 1}


def test_what_cannot_be_checked_does_not_leave(
    mailbox: Mailbox, people: People, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = approved(people["manager"], work)
    Fact.objects.create(
        table="consents", key="bad", row={"customer_id": work.customer_id, "granted": "perhaps"}
    )
    assert sent() == {"later": 1} and not mailbox.mails
    message.refresh_from_db()
    assert "could not be checked" in message.said and message.tries == 1 and monkeypatch
    Message.objects.filter(pk=message.pk).update(tries=6, send_after=NOW)
    assert sent() == {"held": 1} and not mailbox.mails


def test_failures_are_tried_again_then_buried_then_raised(
    mailbox: Mailbox, people: People, work: Work
) -> None:
    message = approved(people["manager"], work)
    mailbox.refuse = "451 not now"
    assert sent() == {"later": 1}
    message.refresh_from_db()
    assert message.send_after > NOW and message.state == Delivery.WAITING and "451" in message.said
    mailbox.refuse = "554 never"
    assert sent(message.send_after) == {"dead": 1}
    mailbox.refuse = ""
    message.refresh_from_db()
    assert message.state == Delivery.DEAD and try_again(people["admin"], message, NOW)
    assert sent() == {"sent": 1} and len(mailbox.mails) == 1
    assert not try_again(people["admin"], message, NOW)


def test_two_workers_send_one_mail(mailbox: Mailbox, people: People, work: Work) -> None:
    approved(people["manager"], work)
    came = []

    def work_on() -> None:
        came.append(sent())
        connections.close_all()

    threads = [threading.Thread(target=work_on) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one["sent"] for one in came) == 1 and len(mailbox.mails) == 1


def test_two_messages_to_one_customer_are_not_claimed_at_once(people: People, work: Work) -> None:
    first = approved(people["manager"], work)
    Message.objects.create(
        key="other",
        channel="customers",
        kind="thanks",
        to=first.to,
        customer_id=first.customer_id,
        send_after=NOW,
    )
    with opened(workspace()) as door:
        box = AppOutbox(door)
        claimed = box.claim("one", NOW)
        assert claimed is not None and claimed.message.pk == first.pk
        assert box.claim("two", NOW) is None
        box.later(claimed, NOW + timedelta(hours=1), "", failed=False)
        other = box.claim("two", NOW)
        assert other is not None and other.key == "other"


def test_a_worker_that_died_lets_go(people: People, work: Work) -> None:
    approved(people["manager"], work)
    with opened(workspace()) as door:
        box = AppOutbox(door)
        dead = box.claim("dead", NOW)
        assert dead is not None and box.claim("other", NOW + LEASE - timedelta(seconds=1)) is None
        again = box.claim("other", NOW + LEASE + timedelta(seconds=1))
        assert again is not None and again.tries == 2
        box.sent(dead, NOW)  # it was only asleep: what it says no longer counts
        assert Message.objects.get(pk=dead.message.pk).state == Delivery.CLAIMED
        assert not box.permitted(dead, NOW).go


def test_without_a_channel_messages_wait(people: People, work: Work) -> None:
    message = approved(people["manager"], work)
    assert sent() == {"later": 1}
    message.refresh_from_db()
    assert message.tries == 0 and "no channel" in message.said


def test_the_demo_shows_what_would_have_left(people: People, work: Work) -> None:
    Channel.objects.create(channel_id="outbox", kind="outbox", name="Outbox")
    message = approved(people["manager"], work)
    assert sent() == {"sent": 1}
    message.refresh_from_db()
    assert "/a/" in message.content["shown"]["text"] and message.content["shown"]["subject"]


def test_surveys_count_for_how_often_one_person_is_written_to(
    mailbox: Mailbox, people: People, work: Work
) -> None:
    """After surveys this week, the proposal to the same person stays here."""
    message = approved(people["manager"], work)
    Message.objects.filter(pk=message.pk).update(send_after=NOW + timedelta(hours=1))
    for wave in ("a", "b"):
        queue_survey(work.customer_id, "nps", wave, NOW, user_id=message.user_id)
    surveys = sent()["sent"]
    assert surveys and sent(NOW + timedelta(hours=1)) == {"held": 1} and len(mailbox.mails) == surveys
    assert Step.objects.filter(work=work).latest("id").detail["guard"] == "contact_frequency"


def test_nobody_is_surveyed_more_than_twice_a_year(mailbox: Mailbox, people: People, work: Work) -> None:
    assert people and mailbox
    for wave in ("a", "b", "b"):
        queue_survey(work.customer_id, "csat", wave, timezone.now())
    with pytest.raises(InputError, match="within a year"):
        queue_survey(work.customer_id, "nps", "c", timezone.now())
    assert Message.objects.filter(kind="survey").count() == 2


def test_thanks_are_said_once(mailbox: Mailbox, people: People, work: Work) -> None:
    assert queue_thanks(work, NOW) is None, "nobody was written to"
    approved(people["manager"], work)
    sent()
    for _ in range(2):
        queue_thanks(work, NOW)
    assert sent() == {"sent": 1}
    assert "見送り" in mailbox.mails[1].get_body(("plain",)).get_content()


def test_the_team_is_told_by_its_channels(app: object) -> None:
    assert app
    for kind in ("slack", "webhook"):
        Channel.objects.create(
            channel_id=kind,
            kind=kind,
            name=kind,
            settings={"url": "https://10.0.0.1/"} if kind == "webhook" else {},
        )
    queue_team("hand_over:1", "hand_over", Text(ja="件名", en="Subject"), Text(ja="文", en="Text"), NOW)
    queue_team("hand_over:1", "hand_over", Text(ja="件名", en="Subject"), Text(ja="文", en="Text"), NOW)
    assert Message.objects.count() == 2
    assert sent() == {"dead": 2}  # no secret, and an address in a private network


def test_there_are_proposals_to_choose_from(app: object) -> None:
    assert app and len(sendable()) >= 2
