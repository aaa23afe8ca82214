"""Writing down: contacts and statements become facts, notes and tasks stay here."""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.web.audit import record
from minori.web.company import company_file
from minori.web.language import in_words
from minori.web.models import Fact, Note, Person, Task
from minori.web.parts.views import back
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.customers import forms, queries
from minori.web.screens.customers.views import one

Made = Callable[[QueryDict, str, Person, Collection[str]], forms.Written]
_TITLE = 300


@require_POST
@needs(Ability.ACT)
def contact(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Write down a call, a meeting or a mail."""
    return _fact(request, customer_id, forms.contact, "contact")


@require_POST
@needs(Ability.ACT)
def statement(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Write down what the customer said."""
    return _fact(request, customer_id, forms.statement, "statement")


@require_POST
@needs(Ability.ACT)
def add_note(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Add a note for the team."""
    customer = queries.seen(request, customer_id, brief=True)
    words = request.POST.get("words", "").strip()[: forms.LONGEST]
    if words:
        Note.objects.create(customer_id=customer.customer_id, by=customer.person, words=words)
        record(customer.person, "note.added", f"customer:{customer_id}")
    return redirect(f"{_page(customer_id)}#notes")


@require_POST
@needs(Ability.ACT)
def remove_note(request: HttpRequest, note: int) -> HttpResponse:
    """Remove one's own note; others' notes and those of customers that are not one's own are not there."""
    found = get_object_or_404(Note, pk=note, by=queries.who(request))
    queries.seen(request, found.customer_id, brief=True)
    found.delete()
    record(queries.who(request), "note.removed", f"customer:{found.customer_id}")
    return redirect(f"{_page(found.customer_id)}#notes")


@require_POST
@needs(Ability.ACT)
def add_task(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Add a task."""
    customer = queries.seen(request, customer_id)
    title, owner = request.POST.get("title", "").strip()[:_TITLE], request.POST.get("owner", "")
    try:
        due = forms.day(request.POST.get("due_on", ""))
    except forms.Refused as refused:
        return one.page(
            request, customer, entered=request.POST, form="task", problem=in_words(word(refused.key))
        )
    if not title or (owner and owner not in company_file().team):
        problem = in_words(word("customers.refused_task"))
        return one.page(request, customer, entered=request.POST, form="task", problem=problem)
    Task.objects.create(
        customer_id=customer.customer_id, title=title, owner=owner, due_on=due, by=customer.person
    )
    messages.success(request, in_words(word("customers.task_added")))
    return redirect(f"{_page(customer_id)}#tasks")


@require_POST
@needs(Ability.ACT)
def end_task(request: HttpRequest, task: int) -> HttpResponse:
    """Mark a task of one of one's customers as done."""
    found = get_object_or_404(Task, pk=task)
    if not found.customer_id:
        raise Http404
    queries.seen(request, found.customer_id, brief=True)
    Task.objects.filter(pk=task, done_at=None).update(done_at=timezone.now())
    return redirect(back(request, f"{_page(found.customer_id)}#tasks"))


def _fact(request: HttpRequest, customer_id: str, made: Made, form: str) -> HttpResponse:
    customer = queries.seen(request, customer_id)
    users = {row["user_id"] for row in queries.facts(customer_id).rows("users", ("user_id",))}
    try:
        written = made(request.POST, customer.customer_id, customer.person, users)
    except forms.Refused as refused:
        return one.page(
            request, customer, entered=request.POST, form=form, problem=in_words(word(refused.key))
        )
    with transaction.atomic():
        fact, new = Fact.objects.get_or_create(
            table=written.table, key=written.key, defaults={"row": written.row}
        )
        if new:
            record(customer.person, f"{form}.logged", f"customer:{customer_id}", fact=fact.key)
    messages.success(request, in_words(word(f"customers.{form}_logged")))
    return redirect("customer-timeline", customer_id=customer_id)


def _page(customer_id: str) -> str:
    return reverse("customer", args=[customer_id])
