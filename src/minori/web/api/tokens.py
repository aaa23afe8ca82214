"""Tokens: random, kept as digests, checked anew at every request together with the person behind them."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from minori.web.api.scopes import allowed
from minori.web.models import ApiToken, Person

PREFIX = "minori_"
NOTED_EVERY = timedelta(minutes=1)  # writing every use would make each read a write


def make_token(person: Person, name: str, scopes: list[str], expires_at: datetime) -> tuple[ApiToken, str]:
    """Return a new token and its secret, which is not kept."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person,
        name=name,
        digest=_digest(secret),
        shown=secret[:12],
        scopes=scopes,
        expires_at=expires_at,
    )
    return token, secret


def token_of(secret: str) -> ApiToken | None:
    """Return the token that is in force; None if it never was, is too old, was revoked, or its person left."""
    found = ApiToken.objects.select_related("person").filter(digest=_digest(secret), revoked_at=None).first()
    now = timezone.now()
    if found is None or not found.person.is_active or (found.expires_at and found.expires_at <= now):
        return None
    if found.used_at is None or now - found.used_at > NOTED_EVERY:
        ApiToken.objects.filter(pk=found.pk).update(used_at=now)
    return found


class Scope(HttpBearer):
    """Asks for a token with a scope; the person behind it is the request's."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the person, or None where the token does not allow this."""
        found = token_of(token)
        if found is None or self.scope not in found.scopes or not allowed(found.person, self.scope):
            return None
        request.user = found.person
        return found.person


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def person_of(request: HttpRequest) -> Person:
    """Return whom the request acts as; ``Scope`` has let it in."""
    person = request.user
    assert isinstance(person, Person)
    return person
