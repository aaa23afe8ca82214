"""The readiness sheet of a customer, and asking for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from minori.web.models import JobState
from minori.web.rights import Ability, may, needs
from minori.web.screens.customers import queries
from minori.web.screens.customers.sheet import ask, job_of, sheet_of
from minori.web.screens.customers.views.one import labels


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Ability.SEE)
def sheet(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Show the sheet of the run that is shown; a POST asks for it to be computed."""
    customer = queries.seen(request, customer_id)
    if request.method == "POST":
        if may(request.user, Ability.ACT):
            ask(customer)
        return redirect("customer-readiness", customer_id=customer_id)
    job = job_of(customer)
    context = {
        "c": customer.row,
        "tab": "readiness",
        "labels": labels(customer),
        "job": job,
        "waits": job is not None and job.state in (JobState.WAITING, JobState.RUNNING),
        "sheet": sheet_of(customer, job) or sheet_of(customer),
    }
    return render(request, "customers/readiness.html", context)
