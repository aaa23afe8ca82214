"""Tokens for programs: made once, shown once, revoked at will."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.web.api.scopes import SCOPES, allowed
from minori.web.api.tokens import make_token
from minori.web.audit import record
from minori.web.models import ApiToken, Person
from minori.web.rights import Ability, needs

LONGEST_DAYS = 365


@require_POST
@needs(Ability.SEE)
def create(request: HttpRequest) -> HttpResponse:
    """Make a token with scopes that one's role allows; it is shown once."""
    person = get_object_or_404(Person, pk=request.user.pk)
    scopes = [s for s in request.POST.getlist("scope") if s in SCOPES and allowed(person, s)]
    asked = request.POST.get("days", "90")
    days = min(int(asked), LONGEST_DAYS) if asked.isascii() and asked.isdigit() else 90
    name = request.POST.get("name", "").strip()[:100]
    token, secret = make_token(person, name or "token", scopes, timezone.now() + timedelta(days=max(days, 1)))
    record(person, "token.made", f"token:{token.pk}", scopes=scopes)
    request.session["new_token"] = secret
    return redirect("settings")


@require_POST
@needs(Ability.SEE)
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """Revoke one's own token."""
    found = get_object_or_404(ApiToken, pk=token, person_id=request.user.pk)
    ApiToken.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=timezone.now())
    record(found.person, "token.revoked", f"token:{found.pk}")
    return redirect("settings")
