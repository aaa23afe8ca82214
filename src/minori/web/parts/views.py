"""Saving and removing views of lists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from minori.web.models import Person, SavedView
from minori.web.rights import Ability, needs


@require_POST
@needs(Ability.SEE)
def save(request: HttpRequest) -> HttpResponse:
    """Save the filters of a list under a name; the same name again replaces them."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    name = request.POST.get("name", "").strip()[:100]
    query = request.POST.get("query", "")[:2000]
    if name and query.startswith("?"):
        SavedView.objects.update_or_create(
            person=person,
            screen=request.POST.get("screen", "")[:40],
            name=name,
            defaults={"query": query, "shared": request.POST.get("shared") == "yes"},
        )
    return redirect(back(request))


@require_POST
@needs(Ability.SEE)
def remove(request: HttpRequest, view: int) -> HttpResponse:
    """Remove one's own view."""
    get_object_or_404(SavedView, pk=view, person=request.user).delete()
    return redirect(back(request))


def back(request: HttpRequest, otherwise: str = "/") -> str:
    """Return where the form came from, if that is a page of ours."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if asked and ours else otherwise
