"""The list of customers: its columns, and filters that each read one narrow index."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from minori.web.language import in_words
from minori.web.models import CustomerRow, Run
from minori.web.parts.folded import folded
from minori.web.parts.listing import Choices, Column, Filter, Listing, Rows
from minori.web.readmodel.shown import called
from minori.web.say import word
from minori.web.screens.customers.kept_policy import kept
from minori.web.screens.customers.queries import team

MOST_PIECES = 5  # of what is searched for, each found by itself
RENEWALS = (30, 60, 90, 180)
_CHOICES_KEPT_SECONDS = 3600


def listing_of(run: Run) -> Listing:
    """Return the list as it is declared for one run: what can be chosen follows from what the run holds."""
    return Listing(
        screen="customers",
        columns=_columns(run),
        filters=_filters(run),
        order="health",
        nothing="customers.nothing",
        wide=True,
    )


def _columns(run: Run) -> tuple[Column, ...]:
    def named(room: str, field: str) -> Callable[[CustomerRow], str | None]:
        return lambda row: in_words(called(run, room, getattr(row, field))) if getattr(row, field) else None

    members, moved = dict(team()), word("customers.change", n=kept().policy.health.trend_over)

    def member(field: str) -> Callable[[CustomerRow], str | None]:
        return lambda row: members.get(getattr(row, field), getattr(row, field)) or None

    return (
        Column("name", word("customers.name"), "folded", cell="customers/cell_name.html"),
        Column("customer_id", word("customers.id"), "customer_id", shown=False),
        Column("health", word("customers.health"), "health", cell="customers/cell_health.html"),
        Column("band", word("customers.band"), value=_band, shown=False),
        Column(
            "health_change", moved, "health_change", right=True, cell="customers/cell_change.html"
        ),
        Column("stage", word("customers.stage"), value=named("stages", "stage")),
        Column("touch", word("customers.touch"), value=named("touches", "touch")),
        Column("segment", word("customers.segment"), value=named("segments", "segment"), shown=False),
        Column("plan", word("customers.plan"), value=named("plans", "plan")),
        Column("mrr", word("customers.mrr"), "mrr", right=True, cell="customers/cell_money.html"),
        Column("seats", word("customers.seats"), "seats", right=True, cell="customers/cell_number.html", shown=False),
        Column("renews_on", word("customers.renews_on"), "renews_on", cell="customers/cell_day.html"),
        Column("owner", word("customers.owner"), "owner", value=member("owner")),
        Column("sales_owner", word("customers.sales_owner"), value=member("sales_owner"), shown=False),
        Column("industry", word("customers.industry"), shown=False),
        Column("region", word("customers.region"), shown=False),
        Column("employees", word("customers.employees"), "employees", right=True, cell="customers/cell_number.html", shown=False),
        Column("started_on", word("customers.started_on"), "started_on", cell="customers/cell_day.html", shown=False),
        Column("proposed", word("customers.proposed"), "proposed", right=True, cell="customers/cell_proposed.html"),
        Column("held", word("customers.held"), right=True, shown=False),
    )  # fmt: skip


def _filters(run: Run) -> tuple[Filter, ...]:
    def among(field: str) -> Callable[[Rows, str], Rows]:
        return lambda rows, value: _narrowed(rows, run, Q(**{field: "" if value == "-" else value}))

    def choices(field: str, room: str | None = None) -> Callable[[], Choices]:
        return lambda: _choices(run, field, room)

    def codes(group: str, values: Iterable[str]) -> Callable[[], Choices]:
        return lambda: [(value or "-", in_words(word(f"{group}.{value}"))) for value in values]

    return (
        Filter("q", word("customers.search"), lambda rows, value: _searched(rows, run, value), kind="search"),
        Filter("band", word("customers.band"), among("band"), codes("band", ("thriving", "healthy", "watch", "act", ""))),
        Filter("stage", word("customers.stage"), among("stage"), choices("stage", "stages")),
        Filter("touch", word("customers.touch"), among("touch"), choices("touch", "touches")),
        Filter("segment", word("customers.segment"), among("segment"), choices("segment", "segments")),
        Filter("owner", word("customers.owner"), among("owner"), team),
        Filter("industry", word("customers.industry"), among("industry"), choices("industry")),
        Filter("renews", word("customers.renews"), lambda rows, value: _renewing(rows, run, value), _renewals),
        Filter("proposal", word("customers.proposal"), lambda rows, value: _proposed(rows, run, value), _yes_no),
    )  # fmt: skip


def _narrowed(rows: Rows, run: Run, condition: Q) -> Rows:
    # The ids come out of an index alone: rows are wide, and reading them to filter is what makes lists slow.
    return rows.filter(pk__in=CustomerRow.objects.filter(condition, run=run).values("pk"))


def _searched(rows: Rows, run: Run, value: str) -> Rows:
    for piece in folded(value).split()[:MOST_PIECES]:
        rows = _narrowed(rows, run, Q(folded__contains=piece))
    return rows


def _renewing(rows: Rows, run: Run, value: str) -> Rows:
    days = int(value) if value.isascii() and value.isdigit() and int(value) in RENEWALS else None
    if days is None:
        return rows
    return _narrowed(rows, run, Q(renews_on__gt=run.as_of, renews_on__lte=run.as_of + timedelta(days=days)))


def _proposed(rows: Rows, run: Run, value: str) -> Rows:
    if value not in ("yes", "no"):
        return rows
    return _narrowed(rows, run, Q(proposed__gt=0) if value == "yes" else Q(proposed=0))


def _yes_no() -> Choices:
    return [(value, in_words(word(f"customers.proposal_{value}"))) for value in ("yes", "no")]


def _renewals() -> Choices:
    return [(str(days), in_words(word("customers.within", n=days))) for days in RENEWALS]


def _choices(run: Run, field: str, room: str | None) -> Choices:
    by: dict[str, Any] = run.totals.get("by", {})
    found = sorted(by[field]) if field in by else _distinct(run, field)
    unknown = in_words(word("web.unknown"))
    return [(key or "-", _label(run, room, key) if key else unknown) for key in found]


def _label(run: Run, room: str | None, key: str) -> str:
    return in_words(called(run, room, key)) if room else key


def _distinct(run: Run, field: str) -> list[str]:
    """Return the values of a column in the run, for everybody the same: they are no secret of a customer's."""
    key = f"customers:{run.pk}:{field}"
    found: list[str] | None = cache.get(key)
    if found is None:
        found = sorted(CustomerRow.objects.filter(run=run).values_list(field, flat=True).distinct()[:200])
        cache.set(key, found, _CHOICES_KEPT_SECONDS)
    return found


def _band(row: CustomerRow) -> str:
    return in_words(word(f"band.{row.band}"))
