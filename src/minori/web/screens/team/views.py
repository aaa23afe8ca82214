"""The team by owner and capacity."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from minori.web.company import company_file
from minori.web.language import in_words
from minori.web.models import Alert, Run, State, Task, Work
from minori.web.parts.csv_rows import csv_response
from minori.web.readmodel.shown import current
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.today.queries import today

WAITING = (State.APPROVED, State.SENT, State.SEEN)
_COUNTS = (
    "capacity",
    "todo",
    "waiting",
    "with_sales",
    "accepted",
    "declined",
    "alerts",
    "overdue",
    "customers",
)


@dataclass
class Load:
    """What lies with one person."""

    member: str
    name: str
    role: str
    capacity: int | None  # proposals a day; None: not set
    counts: dict[str, int] = field(default_factory=dict)
    mrr: str = "0"
    value: float = 0.0

    @property
    def over(self) -> bool:
        """Whether there is more to do than fits into a day."""
        return self.capacity is not None and self.counts.get("todo", 0) > self.capacity

    @property
    def width(self) -> int:
        """Length of the bar of what is to do, of 120 pixels for a full day."""
        return min(120, round(120 * self.counts.get("todo", 0) / self.capacity)) if self.capacity else 0


@needs(Ability.MANAGE)
def team(request: HttpRequest) -> HttpResponse:
    """Show how much everybody has to do."""
    run = current()
    return render(request, "team/team.html", {"loads": loads(run), "run": run, "counts": _COUNTS})


@needs(Ability.MANAGE)
def as_csv(_request: HttpRequest) -> StreamingHttpResponse:
    """Give the same as CSV."""
    heads = [in_words(word(f"team.{name}")) for name in ("name", "role", *_COUNTS, "mrr", "value")]
    return csv_response(in_words(word("team.title")), heads, _lines(loads(current())))


def loads(run: Run | None) -> list[Load]:
    """Return one line per person of the team, and per owner whom the team does not know."""
    by_work = {row["doer"]: row for row in _works()}
    alerts = dict(Alert.objects.filter(seen_at=None).values_list("owner").annotate(n=Count("pk")))
    late = Task.objects.filter(done_at=None, due_on__lt=today())
    overdue = dict(late.values_list("owner").annotate(n=Count("pk")))
    by = (run.totals if run else {}).get("by", {})
    held = {**by.get("sales_owner", {}), **by.get("owner", {})}
    members = company_file().team
    unknown = {key for key in (*by_work, *held) if key and key not in members}
    found = []
    for key in [*members, *sorted(unknown)]:
        member, row = members.get(key), by_work.get(key, {})
        counts = {
            name: row.get(name, 0) for name in ("todo", "waiting", "with_sales", "accepted", "declined")
        }
        counts |= {"alerts": alerts.get(key, 0), "overdue": overdue.get(key, 0)}
        counts["customers"] = held.get(key, {}).get("count", 0)
        found.append(
            Load(
                member=key,
                name=member.name if member else key,
                role=member.role if member else "",
                capacity=member.proposals_a_day if member else None,
                counts=counts,
                mrr=held.get(key, {}).get("mrr", "0"),
                value=row.get("value") or 0.0,
            )
        )
    return found


def _works() -> Any:
    todo = Q(state=State.DRAFT) | Q(state=State.SNOOZED, snoozed_until__lte=today())
    return Work.objects.values("doer").annotate(
        todo=Count("pk", filter=todo),
        value=Sum("value", filter=todo),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        with_sales=Count("pk", filter=Q(state=State.HANDED_OVER)),
        accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        declined=Count("pk", filter=Q(state=State.DECLINED)),
    )


def _lines(found: list[Load]) -> Iterator[list[Any]]:
    for load in found:
        counts = {"capacity": load.capacity, **load.counts}
        yield [load.name, load.role, *(counts.get(name) for name in _COUNTS), load.mrr, round(load.value)]
