"""Sources: what they give, how fresh they are, what their last loads did; and loading now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from minori.core.errors import DefinitionError
from minori.core.text import Text
from minori.pipeline.workspace import Workspace
from minori.sources.definitions import FILE, Sources, load_sources
from minori.web.audit import record
from minori.web.company import company_file, workspace
from minori.web.jobs import queue
from minori.web.language import in_words
from minori.web.models import LoadRow
from minori.web.parts.listing import Column, Filter, Listing, Rows
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.data import copied, page
from minori.web.screens.data.words import WORDS

OWN_APP = "own_app"


@dataclass(frozen=True)
class Shown:
    """A source as its line shows it."""

    id: str
    kind: str
    reads: str
    gives: str
    load: LoadRow | None
    fresh_within: int
    fresh: str  # fresh, stale, never
    defined: bool = True

    @property
    def gives_words(self) -> Text:
        """What it gives, in words."""
        return word(f"data.table_{self.gives}")


@needs(Ability.MANAGE)
def show(request: HttpRequest) -> HttpResponse:
    """List the sources."""
    served = workspace()
    copied.up_to_date(served)
    sources, problem = _sources(served)
    return page.page(
        request,
        "data",
        "data/sources.html",
        sources=list(_shown(sources)),
        problem=problem,
        jobs=page.under_way(("load", "daily", "drain")),
        aside=copied.open_rows(),
        as_of=_today(),
    )


@require_POST
@needs(Ability.ADMINISTER)
def load(request: HttpRequest) -> HttpResponse:
    """Ask for a load of all sources or one; with ``run`` also for new proposals from it."""
    person = page.who(request)
    only = [name for name in request.POST.getlist("source") if name]
    if request.POST.get("run") == "yes":
        job = queue.ask("daily", _today().isoformat(), by=person)
    else:
        job = queue.ask("load", ",".join(only), by=person, only=only)
    record(person, "data.load_asked", f"job:{job.pk}", sources=only)
    messages.info(request, in_words(word("data.load_asked")))
    return redirect("data")


@needs(Ability.MANAGE)
def loads(request: HttpRequest) -> HttpResponse:
    """List what every load did to every source."""
    copied.up_to_date(workspace())
    return page.page(request, "data-loads", "data/loads.html", listing=LOADS.shown(request, _loads()))


@needs(Ability.MANAGE)
def loads_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the loads."""
    return LOADS.csv(request, _loads(), "minori-loads")


def _sources(served: Workspace) -> tuple[Sources | None, str]:
    try:
        return load_sources(served.root / FILE), ""
    except DefinitionError as error:
        return None, str(error)


def _shown(sources: Sources | None) -> Iterator[Shown]:
    newest = _newest()
    defined = [] if sources is None else list(sources)
    for one in defined:
        found = newest.get(one.source.id)
        days = one.source.fresh_within_days
        reads = (
            getattr(one.params, "read", None)
            or getattr(one.params, "table", None)
            or getattr(one.params, "query", "")
        )
        yield Shown(
            one.source.id,
            one.source.kind,
            reads if isinstance(reads, str) else ", ".join(reads or ()),
            one.source.gives,
            found,
            days,
            _fresh(found, days),
        )
    if OWN_APP in newest:
        yield Shown(OWN_APP, OWN_APP, "", newest[OWN_APP].table, newest[OWN_APP], 1, "fresh", defined=False)


def _newest() -> dict[str, LoadRow]:
    last = LoadRow.objects.values("source").annotate(last=Max("load_no")).values("source", "last")
    numbers = {row["source"]: row["last"] for row in last}
    rows = LoadRow.objects.filter(load_no__in=set(numbers.values()))
    return {row.source: row for row in rows if numbers[row.source] == row.load_no}


def _fresh(load: LoadRow | None, days: int) -> str:
    """Say whether a source is silent for longer than is ordinary; where it tells no days, its last load counts."""
    if load is None:
        return "never"
    calendar = company_file().company.calendar
    reached = load.covers_until or calendar.day_of(load.loaded_at)
    return "fresh" if reached >= _today() - timedelta(days=days) else "stale"


def _today() -> date:
    return company_file().company.calendar.day_of(timezone.now())


def _loads() -> QuerySet[LoadRow]:
    return LoadRow.objects.all()


def _by_source(rows: Rows, value: str) -> Rows:
    return rows.filter(source=value)


def _choices() -> Sequence[tuple[str, str]]:
    return [
        (name, name)
        for name in LoadRow.objects.order_by("source").values_list("source", flat=True).distinct()
    ]


def _notes(row: LoadRow) -> str:
    return " / ".join(in_words({"ja": note["ja"], "en": note["en"]}) for note in row.notes)


_COUNTS = ("rows", "new", "corrected", "unchanged", "duplicates", "quarantined", "left_out", "removed")
LOADS = Listing(
    screen="data-loads",
    columns=(
        Column("load_no", WORDS["data.load_no"], sort="load_no", right=True),
        Column("loaded_at", WORDS["data.loaded_at"], sort="loaded_at", cell="data/cells/moment.html"),
        Column("source", WORDS["data.source"], sort="source"),
        Column(
            "table",
            WORDS["data.gives"],
            sort="table",
            value=lambda row: in_words(word(f"data.table_{row.table}")),
        ),
        *(
            Column(
                name,
                WORDS[f"data.{name}"],
                sort=name,
                right=True,
                cell="data/cells/number.html",
                shown=name not in ("duplicates", "left_out"),
            )
            for name in _COUNTS
        ),
        Column("covers_until", WORDS["data.covers_until"], sort="covers_until"),
        Column("notes", WORDS["data.notes"], value=_notes),
    ),
    filters=(Filter("source", WORDS["data.source"], _by_source, _choices),),
    order="-load_no",
    nothing="data.no_loads",
)
