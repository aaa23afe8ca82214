"""What stands around every page: navigation, the company, whose page it is, and the pages of errors."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minori.core.text import LANGUAGES
from minori.web.company import company_file
from minori.web.language import spoken
from minori.web.models import Current, Person
from minori.web.rights import Ability, may
from minori.web.screen import SCREENS


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what the base template shows."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, Person) else None
    return {
        "company": company_file().company,
        "language": spoken(),
        "languages": LANGUAGES,
        "theme": (person.theme if person else "") or "auto",
        "person": person,
        "navigation": navigation(person, request.path) if person else [],
        "shown_run": _run() if person else None,
        "may_act": may(person, Ability.ACT),
        "may_manage": may(person, Ability.MANAGE),
        "may_administer": may(person, Ability.ADMINISTER),
    }


def navigation(person: Any, path: str) -> list[dict[str, Any]]:
    """Return the screens that somebody may open, in order, with the present one marked."""
    shown = [s for s in SCREENS.values() if s.place is not None and may(person, s.needs)]
    entries: list[dict[str, Any]] = [
        {"label": s.label, "address": reverse(s.home), "key": s.key, "path": f"/{s.path}"}
        for s in sorted(shown, key=lambda s: s.place or 0)
    ]
    within = [e for e in entries if path.startswith(e["path"])]
    present = max(within, key=lambda e: len(e["path"]), default=None)
    return [{**entry, "present": entry is present} for entry in entries]


def _run() -> Any:
    current = Current.objects.select_related("run").first()
    return current.run if current else None


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django's call
    """Say that this is not allowed; the reason stays in the log."""
    return render(request, "web/refused.html", status=403)


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django's call
    """Say that there is nothing here, or nothing that one may see."""
    return render(request, "web/absent.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours."""
    return render(request, "web/broken.html", status=500)
