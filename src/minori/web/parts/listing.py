"""Lists: filters, order, columns and page all stand in the address; the same list can be had as CSV.

A screen declares a ``Listing`` once; ``shown(request, rows)`` cuts the rows and returns what the template
``web/parts/listing.html`` draws. Nothing from the address reaches the database but by the declared names.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Paginator
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, QueryDict, StreamingHttpResponse

from minori.core.text import Text
from minori.web.language import in_words
from minori.web.models import Person, SavedView
from minori.web.parts.csv_rows import csv_response

PAGE = 50
Rows = QuerySet[Any, Any]
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Column:
    """A column: ``cell`` is a template that gets ``row``; ``value`` is what CSV holds (default the attribute)."""

    name: str
    label: Text
    sort: str | None = None  # field to order by; None: cannot be ordered
    right: bool = False
    cell: str | None = None
    value: Callable[[Any], Any] | None = None
    shown: bool = True  # at first; people choose their columns

    def of(self, row: Any) -> Any:
        """Return the plain value of a row."""
        return self.value(row) if self.value else getattr(row, self.name)


@dataclass(frozen=True)
class Filter:
    """A filter: ``choices()`` offers values (none: free text); ``narrow(rows, value)`` cuts the rows."""

    name: str
    label: Text
    narrow: Callable[[Rows, str], Rows]
    choices: Callable[[], Choices] | None = None
    kind: str = "choice"  # choice, search, day, number


@dataclass(frozen=True)
class Listing:
    """A list of rows of one table."""

    screen: str  # under which views are saved
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    order: str = "id"  # a column's name, "-" before it for the other way round
    nothing: str = "web.none_found"  # word for the case that no filter is set and there are no rows
    page: int = PAGE
    wide: bool = False  # rows hold much that no list shows: a page's ids are found first, then its rows

    def shown(self, request: HttpRequest, rows: Rows) -> "Shown":
        """Return the part of the rows that the address asks for."""
        return Shown(self, request, rows)

    def csv(self, request: HttpRequest, rows: Rows, name: str) -> StreamingHttpResponse:
        """Return all rows that the address asks for, every column."""
        found = self.shown(request, rows).narrowed
        heads = [in_words(column.label) for column in self.columns]
        lines: Iterator[list[Any]] = (
            [column.of(row) for column in self.columns] for row in found.iterator(chunk_size=2000)
        )
        return csv_response(name, heads, lines)


@dataclass
class Shown:
    """A list as one request sees it."""

    listing: Listing
    request: HttpRequest
    rows: Rows
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.asked: QueryDict = self.request.GET
        self.values = {f.name: self.asked.get(f.name, "")[:200] for f in self.listing.filters}
        self.order = self._order()
        narrowed = self.rows
        for f in self.listing.filters:
            if self.values[f.name]:
                narrowed = f.narrow(narrowed, self.values[f.name])
        self.narrowed = self._ordered(narrowed)
        self.pages: Paginator[Model] = Paginator(self.narrowed, self.listing.page)
        self.page = self._page()

    @property
    def filters(self) -> list[dict[str, Any]]:
        """The filters with their choices and present values."""
        return [
            {"filter": f, "value": self.values[f.name], "choices": f.choices() if f.choices else []}
            for f in self.listing.filters
        ]

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any(self.values.values())

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The shown columns, each with the address that orders by it."""
        return [self._head(c) for c in self._chosen()]

    @property
    def every_column(self) -> list[tuple[Column, bool]]:
        """All columns, and whether each is shown."""
        chosen = self._chosen()
        return [(c, c in chosen) for c in self.listing.columns]

    @property
    def lines(self) -> list[tuple[Any, list[tuple[Column, Any]]]]:
        """The rows of the page, each with its cells."""
        chosen = self._chosen()
        return [(row, [(c, c.of(row)) for c in chosen]) for row in self.page.object_list]

    @property
    def query(self) -> str:
        """The filters, order and columns as they stand in the address, without the page."""
        return self._address()

    @property
    def views(self) -> list[SavedView]:
        """The saved views of this screen: one's own and shared ones."""
        person = self.request.user
        if not isinstance(person, Person):
            return []
        saved = SavedView.objects.filter(screen=self.listing.screen).select_related("person")
        return list(saved.filter(person=person) | saved.filter(shared=True))

    def page_address(self, page: int) -> str:
        """Return the address of another page."""
        return self._address(page=str(page))

    @property
    def next_page(self) -> str:
        """The address of the next page; empty on the last."""
        return self.page_address(self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def previous_page(self) -> str:
        """The address of the page before; empty on the first."""
        return self.page_address(self.page.previous_page_number()) if self.page.has_previous() else ""

    def _order(self) -> str:
        asked = self.asked.get("order", "") or self.listing.order
        sortable = {c.name for c in self.listing.columns if c.sort}
        return asked if asked.removeprefix("-") in sortable else self.listing.order

    def _ordered(self, rows: Rows) -> Rows:
        name = self.order.removeprefix("-")
        by = F(next((c.sort for c in self.listing.columns if c.name == name and c.sort), name))
        down = self.order.startswith("-")
        first = by.desc(nulls_last=True) if down else by.asc(nulls_last=True)  # unknown always comes last
        return rows.order_by(first, "-id" if down else "id")

    def _page(self) -> Any:
        wanted = self.asked.get("page", "1")
        try:
            page = self.pages.page(int(wanted) if wanted.isascii() and wanted.isdigit() else 1)
        except EmptyPage:
            page = self.pages.page(self.pages.num_pages)
        if self.listing.wide and self.pages.count:
            pks = self.narrowed.values_list("pk", flat=True)
            ids = list(pks[page.start_index() - 1 : page.end_index()])
            found = self.rows.in_bulk(ids)
            page.object_list = [found[pk] for pk in ids]
        return page

    def _chosen(self) -> list[Column]:
        asked = set(self.asked.getlist("column"))
        return [c for c in self.listing.columns if c.name in asked] or [
            c for c in self.listing.columns if c.shown
        ]

    def _head(self, column: Column) -> dict[str, Any]:
        present = self.order.removeprefix("-") == column.name
        down = present and not self.order.startswith("-")
        address = self._address(order=f"-{column.name}" if down else column.name) if column.sort else ""
        direction = "descending" if self.order.startswith("-") else "ascending"
        return {"column": column, "address": address, "sorted": direction if present else ""}

    def _address(self, **changes: str) -> str:
        kept = {name: value for name, value in self.values.items() if value}
        if self.asked.get("order"):
            kept["order"] = self.order
        pairs = [*({**kept, **changes}).items(), *(("column", c) for c in self.asked.getlist("column"))]
        return "?" + urlencode(pairs)
