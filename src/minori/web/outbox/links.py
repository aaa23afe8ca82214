"""Signed links for people who have no account: each names one message, and says what may be done with it."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from minori.web.models import Message

ANSWER, STOP = "minori.answer", "minori.unsubscribe"
ANSWER_DAYS = timedelta(days=180)


def token(message: Message, purpose: str) -> str:
    """Return a token that names the message."""
    return _signer(purpose).sign(str(message.pk))


def message_of(token_: str, purpose: str) -> Message | None:
    """Return the message that a token names; None if it is not ours, or too old to be answered.

    A link that stops messages works for good.
    """
    try:
        key = _signer(purpose).unsign(token_, max_age=ANSWER_DAYS if purpose == ANSWER else None)
    except signing.BadSignature:
        return None
    return Message.objects.filter(pk=int(key)).first()


def answer_url(message: Message) -> str:
    """Return the address of the page on which the message can be answered."""
    return settings.BASE_URL.rstrip("/") + reverse("answer", args=[token(message, ANSWER)])


def stop_url(message: Message) -> str:
    """Return the address that ends such messages: a page for people, one POST for mail programs (RFC 8058)."""
    return settings.BASE_URL.rstrip("/") + reverse("answer-stop", args=[token(message, STOP)])


def _signer(purpose: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(sep=".", salt=purpose)
