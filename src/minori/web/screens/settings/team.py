"""One's own page, and the team: who is in it, as what, and how they get in."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from minori.web.api.scopes import SCOPES
from minori.web.audit import record
from minori.web.company import company_file
from minori.web.language import in_words
from minori.web.models import ApiToken, Person, Role
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.signing_in.links import make_link


@needs(Ability.SEE)
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's own account and tokens."""
    tokens = ApiToken.objects.filter(person=_who(request))
    made = request.session.pop("new_token", "")
    return render(
        request, "settings/mine.html", {"tokens": tokens, "made": made, "scopes": SCOPES, "part": "mine"}
    )


@require_POST
@sensitive_post_parameters("password", "again")
@needs(Ability.SEE)
def password(request: HttpRequest) -> HttpResponse:
    """Set one's own password."""
    person = get_object_or_404(Person, pk=request.user.pk)
    chosen = request.POST.get("password", "")
    try:
        if person.has_usable_password() and not person.check_password(request.POST.get("present", "")):
            raise ValidationError(in_words(word("settings.wrong_password")))
        if chosen != request.POST.get("again", ""):
            raise ValidationError(in_words(word("settings.not_the_same")))
        _check(chosen, person)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("settings")
    person.set_password(chosen)
    person.save(update_fields=["password"])
    update_session_auth_hash(request, person)
    record(person, "person.password", f"person:{person.pk}")
    messages.success(request, in_words(word("settings.password_set")))
    return redirect("settings")


def _check(chosen: str, person: Person) -> None:
    try:
        validate_password(chosen, person)
    except ValidationError:
        raise ValidationError(in_words(word("settings.weak_password"))) from None


@needs(Ability.MANAGE)
def team(request: HttpRequest) -> HttpResponse:
    """Show the team."""
    context = {
        "people": Person.objects.all(),
        "roles": Role.values,
        "members": company_file().team.items(),
        "link": request.session.pop("new_link", None),
        "part": "team",
    }
    return render(request, "settings/team.html", context)


@require_POST
@needs(Ability.ADMINISTER)
def invite(request: HttpRequest) -> HttpResponse:
    """Add somebody and make the link by which they first come in."""
    email, name = request.POST.get("email", "").strip().lower(), request.POST.get("name", "").strip()[:200]
    try:
        validate_email(email)
    except ValidationError:
        messages.error(request, in_words(word("settings.bad_email", email=email[:100])))
        return redirect("settings-team")
    if Person.objects.filter(email=email).exists():
        messages.error(request, in_words(word("settings.known_email", email=email)))
        return redirect("settings-team")
    person = Person.objects.invite(email, name=name or email, role=_role(request), member=_member(request))
    _see(request, person)
    record(_who(request), "person.invited", f"person:{person.pk}", role=person.role)
    return _with_link(request, person)


@require_POST
@needs(Ability.ADMINISTER)
def change(request: HttpRequest, person: int) -> HttpResponse:
    """Change somebody's role, member id, what they see, or whether they may come in at all."""
    found = get_object_or_404(Person, pk=person)
    role, active = _role(request), request.POST.get("active") == "yes"
    if _last_admin(found) and (role != Role.ADMIN or not active):
        messages.error(request, in_words(word("settings.last_admin")))
        return redirect("settings-team")
    found.role, found.is_active, found.member = role, active, _member(request)
    found.save(update_fields=["role", "is_active", "member"])
    _see(request, found)
    if not active:
        ApiToken.objects.filter(person=found, revoked_at=None).update(revoked_at=timezone.now())
    record(
        _who(request),
        "person.changed",
        f"person:{found.pk}",
        role=role,
        active=active,
        sees_all=found.sees_all,
    )
    messages.success(request, in_words(word("settings.saved")))
    return redirect("settings-team")


@require_POST
@needs(Ability.ADMINISTER)
def new_link(request: HttpRequest, person: int) -> HttpResponse:
    """Make a new link that signs somebody in once."""
    found = get_object_or_404(Person, pk=person, is_active=True)
    record(_who(request), "person.link", f"person:{found.pk}")
    return _with_link(request, found)


def _with_link(request: HttpRequest, person: Person) -> HttpResponse:
    request.session["new_link"] = {"name": person.name, "address": make_link(person)}
    return redirect("settings-team")


def _last_admin(person: Person) -> bool:
    others = Person.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=person.pk)
    return person.role == Role.ADMIN and not others.exists()


def _see(request: HttpRequest, person: Person) -> None:
    person.sees_all = request.POST.get("sees") != "own"
    person.save(update_fields=["sees_all"])


def _role(request: HttpRequest) -> Role:
    asked = request.POST.get("role", "")
    return Role(asked) if asked in Role.values else Role.VIEWER


def _member(request: HttpRequest) -> str:
    asked = request.POST.get("member", "")
    return asked if asked in company_file().team else ""


def _who(request: HttpRequest) -> Person:
    return get_object_or_404(Person, pk=request.user.pk)
