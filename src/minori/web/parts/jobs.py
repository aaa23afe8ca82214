"""A job as people watch it: a small piece of a page that asks again until it is done."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render

from minori.web.models import Job, Person
from minori.web.rights import Ability, may, needs


@needs(Ability.SEE)
def progress(request: HttpRequest, job: int) -> HttpResponse:
    """Show how far a job is; 304 while nothing changed."""
    found = get_object_or_404(Job, pk=job)
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    if found.by_id != person.pk and not may(person, Ability.MANAGE):
        raise Http404
    mark = f'"{found.state}-{found.share:.3f}-{found.what}"'.encode("ascii", "replace").decode()
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified()
    response = render(request, "web/parts/job.html", {"job": found})
    response["ETag"] = mark
    return response
