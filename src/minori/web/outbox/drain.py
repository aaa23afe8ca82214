"""The way back: facts that the app wrote down are brought into the lake, before anything is decided (SEMANTICS 22)."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone

from minori.core.errors import InputError
from minori.pipeline.own_app import Drained
from minori.pipeline.own_app import drain as into_lake
from minori.pipeline.own_rows import OwnRow
from minori.pipeline.workspace import Workspace
from minori.web.audit import record
from minori.web.models import Fact, Person

AT_A_TIME = 20_000


def drain(served: Workspace) -> dict[str, Any]:
    """Bring every fact that waits into the lake; return what became of them.

    To be called before a run, a watch or a message decides. Killed at any moment it loses nothing and doubles nothing: a
    fact is marked only after the lake has it, and the lake knows it by its key.
    """
    total = Drained()
    while True:
        now = timezone.now()
        facts = list(waiting().order_by("id")[:AT_A_TIME])
        done = into_lake(
            served.lake,
            [own_row(fact) for fact in facts],
            company=served.file.company,
            covers_from=covers_from(served, now),
            now=now,
        )
        Fact.objects.filter(pk__in=[fact.pk for fact in facts]).update(drained_at=timezone.now())
        total = _sum(total, done)
        if len(facts) < AT_A_TIME:
            return asdict(total)


def waiting() -> QuerySet[Fact]:
    """Return the facts that the lake may not have."""
    return Fact.objects.filter(drained_at=None)


def own_row(fact: Fact) -> OwnRow:
    """Return a fact as the pipeline takes it."""
    return OwnRow(fact.table, fact.key, fact.pk, fact.row)


def covers_from(served: Workspace, now: datetime) -> date:
    """Return the app's first day: that of its first person, or of its first fact if that is older."""
    first = [
        Person.objects.aggregate(at=Min("created_at"))["at"],
        Fact.objects.aggregate(at=Min("at"))["at"],
    ]
    return served.file.company.calendar.day_of(min([at for at in first if at is not None], default=now))


def mend(person: Person | None, number: int, row: dict[str, Any]) -> None:
    """Replace a fact that the lake refused; the next drain tries it again and closes the row set aside.

    Raises InputError if there is no such fact.
    """
    if not Fact.objects.filter(pk=number).update(row=row, drained_at=None):
        raise InputError(f"the app has no fact {number}")
    record(person, "fact.mended", f"fact:{number}")


def _sum(one: Drained, other: Drained) -> Drained:
    added = {
        name: getattr(one, name) + getattr(other, name)
        for name in ("rows", "new", "unchanged", "corrected", "quarantined")
    }
    return Drained(number=other.number or one.number, **added)
