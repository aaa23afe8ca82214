"""Rows that could not be loaded: why, mended here or in a spreadsheet, loaded again; or closed unmended."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from minori.core.errors import InputError
from minori.pipeline import quarantine
from minori.pipeline.own_rows import SOURCE as OWN_APP
from minori.web.audit import record
from minori.web.company import workspace
from minori.web.jobs import queue
from minori.web.language import in_words, spoken
from minori.web.models import AsideRow, Fact, Person
from minori.web.outbox.drain import mend
from minori.web.parts.listing import Column, Filter, Listing, Rows
from minori.web.rights import Ability, may, needs
from minori.web.say import word
from minori.web.screens.data import copied, mending, page
from minori.web.screens.data.words import WORDS

LONGEST = 16_000  # signs of a cell in the form


@needs(Ability.MANAGE)
def show(request: HttpRequest) -> HttpResponse:
    """List the open rows."""
    page.sees_rows(request)
    copied.up_to_date(workspace())
    return page.page(
        request,
        "data-quarantine",
        "data/quarantine.html",
        listing=ROWS.shown(request, _rows()),
        jobs=page.under_way(("retry", "drain")),
        every=copied.open_rows(),
        most=copied.MOST_ASIDE,
    )


@needs(Ability.MANAGE)
def csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the list as it is shown."""
    page.sees_rows(request)
    return ROWS.csv(request, _rows(), "minori-quarantine")


@needs(Ability.ADMINISTER)
def mendable(request: HttpRequest) -> HttpResponse:
    """Give every open row with its columns, to be mended in a spreadsheet and given back."""
    person = page.sees_rows(request)
    source = request.GET.get("source") or None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "quarantine.csv"
        count = quarantine.export(workspace().lake, path, source=source, language=spoken())
        content = path.read_bytes()
    record(person, "quarantine.exported", f"source:{source or '*'}", rows=count)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="minori-quarantine-to-mend.csv"'
    return response


@require_POST
@needs(Ability.ADMINISTER)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a mended CSV back and ask for it to be loaded."""
    person = page.sees_rows(request)
    given = request.FILES.get("file")
    if given is None:
        messages.error(request, in_words(word("data.no_file")))
        return redirect("data-quarantine")
    try:
        name = mending.keep_upload(given)
    except InputError as error:
        messages.error(request, str(error))
        return redirect("data-quarantine")
    _ask(request, person, name, "upload")
    return redirect("data-quarantine")


@require_POST
@needs(Ability.ADMINISTER)
def drop(request: HttpRequest) -> HttpResponse:
    """Close rows that nobody wants to mend."""
    person = page.sees_rows(request)
    ids = set(request.POST.getlist("row")[:1_000])
    served = workspace()
    count = quarantine.drop(served.lake, ids) if ids else 0
    copied.up_to_date(served)
    record(person, "quarantine.dropped", "quarantine", rows=sorted(ids)[:50], count=count)
    messages.success(request, in_words(word("data.dropped", n=count)))
    return redirect("data-quarantine")


@needs(Ability.MANAGE)
def one(request: HttpRequest, row: str) -> HttpResponse:
    """Show a row with all its cells; an administrator mends it and has it loaded."""
    person = page.sees_rows(request)
    copied.up_to_date(workspace())
    found = get_object_or_404(AsideRow, quarantine_id=row)
    if request.method != "POST":
        return page.page(request, "data-quarantine", "data/row.html", row=found, cells=_cells(found))
    if not may(person, Ability.ADMINISTER):
        return page.page(request, "data-quarantine", "data/row.html", 403, row=found, cells=_cells(found))
    cells = {
        name: request.POST.get(f"cell-{number}", "")[:LONGEST] for number, name in enumerate(found.record)
    }
    if found.source == OWN_APP:
        mend(person, int(found.row or 0), _typed(found, cells))
        queue.ask("drain", by=person)
        messages.info(request, in_words(word("data.retry_asked")))
    else:
        _ask(request, person, mending.keep_row(found.quarantine_id, cells), found.quarantine_id)
    return redirect("data-quarantine")


def _ask(request: HttpRequest, person: Person, name: str, what: str) -> None:
    job = queue.ask("retry", name, by=person, file=name)
    record(person, "quarantine.retried", f"quarantine:{what}", job=job.pk)
    messages.info(request, in_words(word("data.retry_asked")))


def _cells(row: AsideRow) -> list[tuple[int, str, str, bool]]:
    return [
        (number, name, "" if value is None else str(value), name == row.column)
        for number, (name, value) in enumerate(row.record.items())
    ]


def _typed(row: AsideRow, cells: dict[str, str]) -> dict[str, Any]:
    """Return a row of the app as it was written, with what was mended; what was no text stays none where it can."""
    fact = get_object_or_404(Fact, pk=row.row)
    return {name: _like(fact.row.get(name), value) for name, value in cells.items()}


def _like(before: Any, value: str) -> Any:
    if value == "":
        return None
    if isinstance(before, bool) or value in ("true", "false"):
        return value.lower() == "true"
    if isinstance(before, int) and value.lstrip("-").isdigit():
        return int(value)
    return value


def _rows() -> QuerySet[AsideRow]:
    return AsideRow.objects.all()


def _of_source(rows: Rows, value: str) -> Rows:
    return rows.filter(source=value)


def _search(rows: Rows, value: str) -> Rows:
    return rows.filter(Q(value__icontains=value) | Q(column__icontains=value) | Q(file__icontains=value))


def _sources() -> Sequence[tuple[str, str]]:
    names = AsideRow.objects.order_by("source").values_list("source", flat=True).distinct()
    return [(name, name) for name in names]


ROWS = Listing(
    screen="data-quarantine",
    columns=(
        Column("quarantine_id", WORDS["data.row_id"], cell="data/cells/row.html"),
        Column("source", WORDS["data.source"], sort="source"),
        Column("file", WORDS["data.file"], sort="file"),
        Column("row", WORDS["data.row"], sort="row", right=True),
        Column("column", WORDS["data.column"], sort="column"),
        Column("value", WORDS["data.value"], value=lambda row: row.value[:200]),
        Column("reason", WORDS["data.reason"], value=lambda row: in_words(row.reason)),
        Column("load_no", WORDS["data.load_no"], sort="load_no", right=True, shown=False),
    ),
    filters=(
        Filter("q", WORDS["data.search"], _search, kind="search"),
        Filter("source", WORDS["data.source"], _of_source, _sources),
    ),
    order="source",
    nothing="data.none_aside",
)
