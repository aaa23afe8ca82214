"""Finding a customer that somebody may see; everything else answers 404."""

from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest

from minori.core.text import Text
from minori.pipeline.customer_facts import CustomerFacts, facts_of
from minori.web.company import company_file, workspace
from minori.web.models import CustomerRow, Person, Run
from minori.web.readmodel.shown import called, current, customers
from minori.web.screens.customers.kept_policy import kept
from minori.web.timeline.kinds import Names


@dataclass(frozen=True)
class Seen:
    """A customer as somebody looks at them: the row of the run that is shown."""

    person: Person
    run: Run
    row: CustomerRow

    @property
    def customer_id(self) -> str:
        """The customer."""
        return self.row.customer_id

    def called(self, room: str, key: str | None) -> dict[str, str]:
        """Return what an id of the policy is called."""
        return called(self.run, room, key)


def who(request: HttpRequest) -> Person:
    """Return who asks; ``needs`` lets nobody else in."""
    return cast(Person, request.user)


def seen(request: HttpRequest, customer_id: str, *, brief: bool = False) -> Seen:
    """Return a customer of the run that is shown; 404 if there is none, or it is not one's own.

    ``brief`` leaves out ``detail``, which is most of a row.
    """
    run = current()
    rows = customers(who(request), run)
    row = (rows.defer("detail") if brief else rows).filter(customer_id=customer_id).first() if run else None
    if run is None or row is None:
        raise Http404
    return Seen(who(request), run, row)


def facts(customer_id: str) -> CustomerFacts:
    """Return the reader of a customer's facts at the newest commit."""
    served = workspace()
    return facts_of(served.lake.snapshot(), customer_id, served.now())


def names(shown: Seen, users: dict[str, str]) -> Names:
    """Return what ids in facts are called."""
    known = shown.run.totals.get("names", {})
    return Names(
        plays={key: Text(ja=play["ja"], en=play["en"]) for key, play in known.get("plays", {}).items()},
        plans={key: Text(ja=plan["ja"], en=plan["en"]) for key, plan in known.get("plans", {}).items()},
        features={key: feature.label for key, feature in kept().policy.catalog.features.items()},
        users=users,
    )


def team() -> list[tuple[str, str]]:
    """Return the people of the company's team by their ids."""
    return [(key, member.name) for key, member in company_file().team.items()]
