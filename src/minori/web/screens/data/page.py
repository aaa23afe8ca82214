"""What the pages of data share: who asks, the tabs, jobs under way."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minori.web.jobs.queue import OPEN
from minori.web.models import Job, Person
from minori.web.rights import Ability, may

TABS = ("data", "data-loads", "data-quarantine", "data-identity", "data-personal")
KINDS = ("load", "daily", "retry", "drain", "erase", "personal_data")


def who(request: HttpRequest) -> Person:
    """Return who asks; ``needs`` has let nobody else in."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def sees_rows(request: HttpRequest) -> Person:
    """Return who asks; raises PermissionDenied for one who sees own customers only: rows of data are of everybody."""
    person = who(request)
    if not person.sees_all:
        raise PermissionDenied
    return person


def page(request: HttpRequest, tab: str, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Show a page among its tabs."""
    person = who(request)
    tabs = [name for name in TABS if name != "data-personal" or may(person, Ability.ADMINISTER)]
    tabs = tabs if person.sees_all else [name for name in tabs if name in ("data", "data-loads")]
    return render(
        request, template, {"tab": tab, "tabs": tabs, "rows_seen": person.sees_all, **context}, status=status
    )


def under_way(kinds: Iterable[str] = KINDS) -> list[Job]:
    """Return jobs of these kinds that are not done, and the newest if it failed."""
    waiting = list(Job.objects.filter(kind__in=kinds, state__in=OPEN).order_by("pk"))
    newest = Job.objects.filter(kind__in=kinds).order_by("-pk").first()
    return [*waiting, newest] if newest and newest.state == "failed" else waiting
