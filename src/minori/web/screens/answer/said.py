"""What a customer says on the public pages, and what becomes of it: a step of the proposal, a fact, a task for the team."""

import unicodedata
from datetime import datetime, timedelta

from django.db import transaction

from minori.core.keys import short_id
from minori.web.company import company_file
from minori.web.life import answers
from minori.web.life.steps import fact
from minori.web.models import Fact, Message, Task, Work
from minori.web.say import word

LATER_DAYS = timedelta(days=30)
LONGEST_COMMENT = 2_000


def by_customer(message: Message, work: Work, result: str, reason: str, at: datetime) -> None:
    """Note an answer to a proposal; the same answer twice is one. Raises Conflict if it was answered otherwise."""
    if result != "later":
        answers.by_customer(work.pk, result, reason, at)
        return
    key = _later_key(work)
    with transaction.atomic():
        if Fact.objects.filter(table="statements", key=key).exists():
            return
        row = {
            "statement_id": key,
            "customer_id": work.customer_id,
            "user_id": message.user_id or None,
            "kind": "request",
            "words": word("answer.later_words").ja,
            "said_at": at.isoformat(),
        }
        fact("statements", key, row)
        day = company_file().company.calendar.day_of(at + LATER_DAYS)
        title = word("answer.later_task")[company_file().company.language]
        Task.objects.create(
            customer_id=work.customer_id, proposal_id=work.pk, title=title, owner=work.owner, due_on=day
        )


def asked_for_later(work: Work) -> bool:
    """Say whether the customer asked to be contacted later."""
    return Fact.objects.filter(table="statements", key=_later_key(work)).exists()


def survey(message: Message, kind: str, score: int, comment: str, at: datetime) -> None:
    """Note an answer to a survey; only the first counts."""
    key = _survey_key(message)
    row = {
        "survey_id": key,
        "customer_id": message.customer_id,
        "user_id": message.user_id or None,
        "kind": kind,
        "score": score,
        "comment": plain(comment)[:LONGEST_COMMENT] or None,
        "answered_at": at.isoformat(),
    }
    with transaction.atomic():
        if not Fact.objects.filter(table="surveys", key=key).exists():
            fact("surveys", key, row)


def survey_answered(message: Message) -> bool:
    """Say whether a survey was answered."""
    return Fact.objects.filter(table="surveys", key=_survey_key(message)).exists()


def consent(message: Message, channel: str, granted: bool, at: datetime) -> None:
    """Note that somebody wants no more messages, or wants them again; valid from this instant."""
    row = {
        "customer_id": message.customer_id,
        "user_id": message.user_id or None,
        "channel": channel,
        "granted": granted,
        "said_at": at.isoformat(),
    }
    fact("consents", short_id(message.key, channel, str(granted), at.isoformat()), row)


def stopped(message: Message) -> bool:
    """Say whether the person stopped messages here and did not take it back since."""
    mine = Fact.objects.filter(
        table="consents", row__customer_id=message.customer_id, row__user_id=message.user_id or None
    )
    last = mine.order_by("-id").first()
    return last is not None and last.row.get("granted") is False


def plain(text: str) -> str:
    """Return what somebody wrote without the signs that no text needs."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(s for s in kept if s in "\n\t" or unicodedata.category(s)[0] != "C").strip()


def _later_key(work: Work) -> str:
    return short_id("later", work.pk)


def _survey_key(message: Message) -> str:
    return short_id("survey", message.key)
