"""What was done and by whom, and the long work of the last days."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from minori.core.text import Text
from minori.web.jobs import queue
from minori.web.language import in_words
from minori.web.models import Audit, Job, Person
from minori.web.parts.listing import Column, Filter, Listing
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.templatetags.shown import moment

AUDIT = Listing(
    screen="audit",
    columns=(
        Column("at", Text(ja="日時", en="When"), sort="at", value=lambda row: moment(row.at)),
        Column(
            "person", Text(ja="誰が", en="Who"), value=lambda row: row.person.name if row.person else "minori"
        ),
        Column("what", Text(ja="何を", en="What"), sort="what"),
        Column("subject", Text(ja="対象", en="On what"), sort="subject"),
        Column("detail", Text(ja="詳細", en="Details")),
    ),
    filters=(
        Filter(
            "what", Text(ja="何を", en="What"), lambda rows, v: rows.filter(what=v), choices=lambda: _kinds()
        ),
        Filter(
            "subject",
            Text(ja="対象", en="On what"),
            lambda rows, v: rows.filter(subject__contains=v),
            kind="search",
        ),
        Filter(
            "since", Text(ja="から", en="Since"), lambda rows, v: rows.filter(at__date__gte=v), kind="day"
        ),
    ),
    order="-at",
    nothing="settings.no_audit",
)


def _kinds() -> list[tuple[str, str]]:
    return [(what, what) for what in Audit.objects.order_by("what").values_list("what", flat=True).distinct()]


def _rows() -> QuerySet[Audit]:
    return Audit.objects.select_related("person")


@needs(Ability.ADMINISTER)
def audit(request: HttpRequest) -> HttpResponse:
    """Show the record."""
    return render(request, "settings/audit.html", {"listing": AUDIT.shown(request, _rows()), "part": "audit"})


@needs(Ability.ADMINISTER)
def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Return the record as CSV."""
    return AUDIT.csv(request, _rows(), "audit")


@needs(Ability.MANAGE)
def jobs(request: HttpRequest) -> HttpResponse:
    """Show the newest jobs."""
    return render(
        request, "settings/jobs.html", {"jobs": Job.objects.select_related("by")[:50], "part": "jobs"}
    )


@require_POST
@needs(Ability.MANAGE)
def run_now(request: HttpRequest) -> HttpResponse:
    """Load and run now, instead of at the hour of the daily round."""
    person = get_object_or_404(Person, pk=request.user.pk)
    queue.ask("daily", "now", by=person)
    messages.success(request, in_words(word("settings.run_asked")))
    return redirect("settings-jobs")
