"""Links that sign somebody in once: random, short-lived, stored as digests."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from minori.web.models import Person, SignInLink

VALID = timedelta(hours=24)


def make_link(person: Person, *, valid: timedelta = VALID) -> str:
    """Return a new address that signs the person in once."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(person=person, digest=_digest(token), expires_at=timezone.now() + valid)
    return f"{settings.BASE_URL.rstrip('/')}/sign-in/{token}/"


def person_of(token: str) -> Person | None:
    """Return whom an unused link would sign in; nothing is used up."""
    found = SignInLink.objects.filter(digest=_digest(token), used_at=None, expires_at__gt=timezone.now())
    link = found.select_related("person").first()
    return link.person if link and link.person.is_active else None


def use(token: str) -> Person | None:
    """Use a link up and return whom it signs in; None if it was used, is too old, or never was."""
    person = person_of(token)
    used = SignInLink.objects.filter(digest=_digest(token), used_at=None).update(used_at=timezone.now())
    return person if used else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
