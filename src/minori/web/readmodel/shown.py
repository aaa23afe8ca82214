"""What is shown now, cut to what somebody may see. Everything a page lists begins here."""

from typing import Any

from django.db.models import QuerySet

from minori.web.models import Current, CustomerRow, FateRow, ListedRow, Person, PlayRow, ProposalRow, Run
from minori.web.readmodel.names import named
from minori.web.rights import own


def current() -> Run | None:
    """Return the run that is shown; None before the first refresh."""
    found = Current.objects.select_related("run").first()
    return found.run if found else None


def customers(person: Person, run: Run | None = None) -> QuerySet[CustomerRow]:
    """Return the customers that somebody may see; pass the run if it is at hand."""
    return own(person, _of_run(CustomerRow.objects.all(), run))


def proposals(person: Person, run: Run | None = None) -> QuerySet[ProposalRow]:
    """Return the run's proposals for these customers, in the day's order."""
    return own(person, _of_run(ProposalRow.objects.all(), run)).order_by("place")


def listed(person: Person, name: str, run: Run | None = None) -> QuerySet[ListedRow]:
    """Return a quiet list (help_first, not_now, never_told), in its order."""
    return own(person, _of_run(ListedRow.objects.filter(listed=name), run)).order_by("place")


def fates(person: Person, run: Run | None = None) -> QuerySet[FateRow]:
    """Return what became of candidates that are not proposed."""
    rows = _of_run(FateRow.objects.all(), run)
    return (
        rows if person.sees_all else rows.filter(customer_id__in=customers(person, run).values("customer_id"))
    )


def plays(run: Run | None = None) -> QuerySet[PlayRow]:
    """Return what each play did in the run."""
    return _of_run(PlayRow.objects.all(), run).order_by("play")


def called(run: Run | None, room: str, key: str | None) -> dict[str, str]:
    """Return what an id of the policy is called in both languages (rooms: see ``names``)."""
    names: dict[str, Any] = run.totals.get("names", {}) if run else {}
    return named(names, room, key)


def _of_run(rows: QuerySet[Any], run: Run | None) -> QuerySet[Any]:
    shown = run or current()
    return rows.filter(run=shown) if shown else rows.none()
