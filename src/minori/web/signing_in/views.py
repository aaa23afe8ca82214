"""The sign-in page, the link that works once, signing out, and one's own language and appearance."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from minori.core.text import LANGUAGES
from minori.web.audit import record
from minori.web.models import Person
from minori.web.parts.views import back
from minori.web.rights import Ability, needs
from minori.web.signing_in import links, throttle

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@never_cache
@needs(Ability.OPEN)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by address and password."""
    problem = "signing_in.refused" if request.GET.get("company") == "refused" else ""
    if request.method == "POST":
        email = request.POST.get("email", "").strip().lower()
        address = request.META.get("REMOTE_ADDR", "")
        if throttle.too_many(email, address):
            problem = "signing_in.too_many"
        else:
            person = authenticate(request, username=email, password=request.POST.get("password", ""))
            if isinstance(person, Person):
                return _enter(request, person)
            throttle.failed(email, address)
            problem = "signing_in.wrong"
    context = {
        "problem": problem,
        "next": request.GET.get("next", ""),
        "company_sign_in": bool(settings.OIDC_RP_CLIENT_ID),
    }
    return render(
        request, "web/sign_in.html", context, status=429 if problem == "signing_in.too_many" else 200
    )


@never_cache
@needs(Ability.OPEN)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before a link is used: programs that look at links in mail must not use it up."""
    if request.method == "POST":
        person = links.use(token)
        if person is not None:
            return _enter(request, person)
    person = links.person_of(token)
    return render(request, "web/by_link.html", {"invited": person}, status=200 if person else 410)


@require_POST
@needs(Ability.OPEN)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    if isinstance(request.user, Person):
        record(request.user, "signed.out", f"person:{request.user.pk}")
    logout(request)
    return redirect("sign-in")


@require_POST
@needs(Ability.OPEN)
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose language and appearance; kept with the person, or with the session before signing in."""
    language, theme = request.POST.get("language", ""), request.POST.get("theme")
    if language in LANGUAGES:
        request.session["language"] = language
    if isinstance(request.user, Person):
        if language in LANGUAGES:
            request.user.language = language
        if theme in ("", "light", "dark"):
            request.user.theme = theme
        request.user.save(update_fields=["language", "theme"])
    return redirect(back(request))


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    login(request, person, backend=BACKEND)
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return redirect(asked if asked and safe else settings.LOGIN_REDIRECT_URL)
