"""Queueing: a message is written down once per key, in the transaction of what made it necessary."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from minori.core.errors import DeliveryError, InputError
from minori.core.keys import short_id
from minori.core.text import Language, Text
from minori.web.audit import record
from minori.web.company import company_file, workspace
from minori.web.models import Alert, Delivery, Message, Person, Work
from minori.web.outbox import channels
from minori.web.outbox.recipients import Recipient, recipient
from minori.web.say import word

TO_CUSTOMERS = ("proposal", "thanks", "survey")
SURVEYS = {"nps": (0, 10), "csat": (1, 5)}
SURVEYS_A_YEAR = 2
YEAR = timedelta(days=365)
_SOMEBODY = Text(ja="ご担当者", en="customer")
WAITED = (Delivery.HELD, Delivery.DEAD)


class NobodyToWriteTo(DeliveryError):
    """Raised if a customer has nobody with an address."""

    def __init__(self, customer_id: str) -> None:
        super().__init__(f"customer {customer_id!r} has nobody with a mail address", permanent=True)


def queue_proposal(work: Work, person: Person | None, at: datetime) -> Message:
    """Queue a proposal that was let go; whether it really leaves is asked again at the door.

    ``person`` is who let it go; None: it goes by itself. Raises NobodyToWriteTo. What shows inside the product needs no
    address.
    """
    key = f"proposal:{work.pk}"
    if work.channel == "in_product":
        words = {language: _product(work, language) for language in ("ja", "en")}
        payload = {"proposal_id": work.pk, "customer_id": work.customer_id, "play": work.play, "words": words}
        content: dict[str, Any] = {"subject": "", "text": "", "language": "ja", "payload": payload}
        return _put(key, channels.PRODUCT, "proposal", "", at, work=work, content=content)
    whom = _whom(work.customer_id)
    content = {**proposal_words(work, whom.language), **_addressed(whom)}
    if person is not None:
        content["by"] = person.member or person.name
    return _put(key, channels.CUSTOMERS, "proposal", whom.address, at, work=work, whom=whom, content=content)


def queue_thanks(work: Work, at: datetime) -> Message | None:
    """Queue one word of thanks after a decline, to whom the proposal went; None if it reached nobody by mail."""
    told = Message.objects.filter(proposal_id=work.pk, kind="proposal").exclude(to="").first()
    if told is None:
        return None
    language = told.content.get("language", "ja")
    whom = Recipient(told.to, told.content.get("to_name", ""), language, told.user_id)
    content = {**_said("outbox.thanks", whom, offer=_offer(work)), **_addressed(whom)}
    return _put(
        f"thanks:{work.pk}",
        channels.CUSTOMERS,
        "thanks",
        whom.address,
        at,
        work=work,
        whom=whom,
        content=content,
    )


def queue_survey(customer_id: str, survey: str, wave: str, at: datetime, *, user_id: str = "") -> Message:
    """Queue a survey (``nps`` or ``csat``) to one person; ``wave`` names the round, so that nobody gets it twice.

    Raises
    ------
    InputError
        If there is no such survey, or the person was asked twice within a year already.
    NobodyToWriteTo
        If nobody there has an address.
    """
    if survey not in SURVEYS:
        raise InputError(f"no survey named {survey!r}; known: {', '.join(SURVEYS)}")
    whom = _whom(customer_id, user_id)
    key = f"survey:{short_id(survey, customer_id, whom.user_id, wave)}"
    if not Message.objects.filter(key=key).exists() and asked_enough(customer_id, whom.user_id, at):
        raise InputError(
            f"this person was asked {SURVEYS_A_YEAR} times within a year already; nobody is asked more often"
        )
    content = {**_said(f"outbox.{survey}", whom), **_addressed(whom), "survey": survey, "wave": wave}
    return _put(
        key,
        channels.CUSTOMERS,
        "survey",
        whom.address,
        at,
        customer_id=customer_id,
        whom=whom,
        content=content,
    )


def asked_enough(customer_id: str, user_id: str, at: datetime, *, but: int | None = None) -> bool:
    """Say whether a person was sent, or is about to be sent, as many surveys as a year may bring; ``but`` is left out."""
    asked = Message.objects.filter(
        kind="survey", customer_id=customer_id, user_id=user_id, made_at__gt=at - YEAR
    ).exclude(state__in=WAITED)
    others = asked if but is None else asked.exclude(pk=but)
    return others.count() >= SURVEYS_A_YEAR


def queue_alert(alert: Alert, at: datetime) -> list[Message]:
    """Queue an alert for the team's channels; who is in charge sees it in the app anyway."""
    about = Text(ja=alert.because.get("ja") or alert.play, en=alert.because.get("en") or alert.play)
    payload = {
        "alert_id": alert.alert_id,
        "customer_id": alert.customer_id,
        "play": alert.play,
        "owner": alert.owner,
    }
    subject = word("outbox.alert", customer=alert.customer_id)
    return queue_team(
        f"alert:{alert.alert_id}", "alert", subject, about, at, customer_id=alert.customer_id, payload=payload
    )


def queue_team(
    key: str,
    kind: str,
    subject: Text,
    text: Text,
    at: datetime,
    *,
    customer_id: str = "",
    proposal_id: str = "",
    payload: Mapping[str, Any] | None = None,
) -> list[Message]:
    """Queue a notice (``alert``, ``task``, ``hand_over``) for each of the team's channels, and for signed webhooks."""
    language = company_file().company.language
    content = {
        "subject": subject[language],
        "text": text[language],
        "language": language,
        "payload": {**(payload or {}), "subject": subject.as_dict(), "text": text.as_dict()},
    }
    every = [*channels.of_team(), *channels.webhooks()]
    return [
        _put(
            f"{key}:{channel.channel_id}"[:200],
            channel.channel_id,
            kind,
            "",
            at,
            customer_id=customer_id,
            proposal_id=proposal_id,
            content=content,
        )
        for channel in every
    ]


def try_again(person: Person, message: Message, at: datetime) -> bool:
    """Put a dead or held message back by hand; everything is asked again when it leaves. False if it is neither."""
    done = Message.objects.filter(pk=message.pk, state__in=WAITED).update(
        state=Delivery.WAITING, send_after=at, tries=0, said="", lease_until=None, claimed_by=""
    )
    if done:
        record(person, "message.retried", f"message:{message.pk}", kind=message.kind)
    return bool(done)


def proposal_words(work: Work, language: Language) -> dict[str, str]:
    """Return subject and text of a proposal's mail: as somebody edited them, else as the run wrote them."""
    edited = work.words.get(language)
    if edited:
        return {"subject": edited["subject"], "text": edited["body"], "language": language}
    written = work.card.get("message", {}).get(language, {})
    return {"subject": written.get("subject", ""), "text": written.get("mail", ""), "language": language}


def _product(work: Work, language: Language) -> str:
    return str(work.card.get("message", {}).get(language, {}).get("product", ""))


def _offer(work: Work) -> dict[str, str]:
    label = (work.card.get("offer") or {}).get("label")
    return label if isinstance(label, dict) else {"ja": "ご提案", "en": "our proposal"}


def _whom(customer_id: str, user_id: str = "") -> Recipient:
    found = recipient(workspace(), customer_id, user_id)
    if found is None:
        raise NobodyToWriteTo(customer_id)
    return found


def _said(key: str, whom: Recipient, *, offer: Mapping[str, str] | None = None) -> dict[str, str]:
    language, company = whom.language, company_file().company.name
    name = whom.name or _SOMEBODY[language]
    values = {"company": company[language], "name": name, "offer": (offer or {}).get(language, "")}
    subject, text = (word(f"{key}_{part}").fill(values)[language] for part in ("subject", "text"))
    return {"subject": subject, "text": text, "language": language}


def _addressed(whom: Recipient) -> dict[str, str]:
    return {"to_name": whom.name}


def _put(
    key: str,
    channel: str,
    kind: str,
    to: str,
    at: datetime,
    *,
    work: Work | None = None,
    whom: Recipient | None = None,
    customer_id: str = "",
    proposal_id: str = "",
    content: dict[str, Any],
) -> Message:
    """Write a message down, or renew one of the same key that never left because it was held or given up."""
    values = {
        "channel": channel,
        "kind": kind,
        "to": to,
        "customer_id": work.customer_id if work else customer_id,
        "proposal_id": work.pk if work else proposal_id,
        "user_id": whom.user_id if whom else "",
        "content": content,
        "send_after": at,
    }
    message, new = Message.objects.get_or_create(key=key, defaults=values)
    if not new and kind == "proposal":
        fresh = {**values, "state": Delivery.WAITING, "tries": 0, "said": "", "lease_until": None}
        if Message.objects.filter(pk=message.pk, state__in=WAITED).update(**fresh):
            message.refresh_from_db()
    return message
