"""Who may do what: a role grants abilities, every view names the one it needs, and rows are cut to one's own."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from minori.web.models.people import Person, Role


class Ability(StrEnum):
    """What a view may ask for."""

    OPEN = "open"  # no sign-in: sign-in itself, links in mail, health checks
    SEE = "see"
    ACT = "act"  # on proposals, tasks and notes of one's customers
    MANAGE = "manage"  # plays, health, guards, the team's work
    ADMINISTER = "administer"  # people, sources, personal data, channels, tokens


GRANTS: dict[Role, frozenset[Ability]] = {
    Role.VIEWER: frozenset({Ability.OPEN, Ability.SEE}),
    Role.SALES: frozenset({Ability.OPEN, Ability.SEE, Ability.ACT}),
    Role.CSM: frozenset({Ability.OPEN, Ability.SEE, Ability.ACT}),
    Role.MANAGER: frozenset({Ability.OPEN, Ability.SEE, Ability.ACT, Ability.MANAGE}),
    Role.ADMIN: frozenset(Ability),
}
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
M = TypeVar("M", bound=Model)


def may(person: Any, ability: Ability) -> bool:
    """Say whether somebody may do something at all; whether to this customer, ``own`` says."""
    if ability is Ability.OPEN:
        return True
    return isinstance(person, Person) and person.is_active and ability in GRANTS[Role(person.role)]


def needs(ability: Ability) -> Callable[[View], View]:
    """Let a view run only for people with the ability; a view without this is refused by the middleware."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if may(request.user, ability):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect(
                f"/sign-in/?next={request.get_full_path()}" if request.method == "GET" else "/sign-in/"
            )

        checked.needs = ability  # type: ignore[attr-defined]  # read by the middleware and by the test of every route
        return cast(View, checked)

    return decorate


def own(person: Person, rows: QuerySet[M]) -> QuerySet[M]:
    """Cut rows that have ``owner`` and ``sales_owner`` to the customers that the person may see."""
    if person.sees_all:
        return rows
    return (
        rows.filter(Q(owner=person.member) | Q(sales_owner=person.member)) if person.member else rows.none()
    )


class RightsMiddleware:
    """Refuses every view of ours that names no ability: forgetting one must not open a door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_view(self, _request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        """Raise PermissionDenied for a view of ours without a declared ability."""
        if view.__module__.startswith("minori.") and not hasattr(view, "needs"):
            raise PermissionDenied(f"{view.__module__}.{view.__name__} declares no ability")
