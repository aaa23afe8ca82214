"""The timeline: every fact of the customer, each once, a page at a time, with use counted by day."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from minori.core.period import Calendar
from minori.pipeline.customer_facts import CustomerFacts
from minori.web.company import company_file, workspace
from minori.web.models import Current, CustomerRow, Fact, Person
from minori.web.screens.customers.queries import facts
from minori.web.timeline import days
from minori.web.timeline.kinds import KINDS, SHOWN, Names

NOBODY = Names({}, {}, {}, {})
TODAY = date(2026, 11, 22)


@pytest.fixture
def customer_id(app: Path) -> str:
    """The customer with the most tickets."""
    assert app
    tickets = Counter(row["customer_id"] for row in workspace().table("tickets").to_pylist())
    return tickets.most_common(1)[0][0]


def pages(of: CustomerFacts, customer_id: str, kinds: tuple[str, ...]) -> list[days.Page]:
    """Every page, from the newest to the end."""
    found, until = [], TODAY
    while True:
        page = days.page(of, customer_id, NOBODY, calendar(), kinds=kinds, until=until)
        found.append(page)
        assert len(found) < 100
        if page.older is None:
            return found
        assert page.older < until
        until = page.older


def calendar() -> Calendar:
    return company_file().company.calendar


class TestPages:
    def test_together_they_hold_each_fact_once(self, customer_id: str) -> None:
        of = facts(customer_id)
        every = [e for e in days.entries(of, customer_id, NOBODY, calendar()) if e.day <= TODAY]
        shown = [e for page in pages(of, customer_id, SHOWN) for day in page.days for e in day.entries]
        assert len(every) > 10
        assert Counter((e.kind, e.key, e.day) for e in shown) == Counter(
            (e.kind, e.key, e.day) for e in every
        )

    def test_use_of_all_pages_adds_up_to_all_events(self, customer_id: str) -> None:
        of = facts(customer_id)
        events = workspace().table("events").to_pylist()
        mine = Counter((r["_day"], r["name"]) for r in events if r["customer_key"] == of.key)
        shown: Counter[tuple[date, str]] = Counter()
        for page in pages(of, customer_id, SHOWN):
            for day in page.days:
                shown.update({(day.day, row["name"]): row["times"] for row in day.events})
        assert shown == mine

    def test_one_kind_alone_is_paged_by_lines(
        self, customer_id: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(days, "LINES", 5)
        of = facts(customer_id)
        found = pages(of, customer_id, ("tickets",))
        lines = [e for page in found for day in page.days for e in day.entries]
        assert len(found) > 1
        assert {e.kind for e in lines} == {"tickets"}
        assert len(lines) == len({e.key for e in lines}) == found[0].counts["tickets"]
        assert [e.day for e in lines] == sorted((e.day for e in lines), reverse=True)

    def test_a_day_of_many_lines_is_counted(self, customer_id: str) -> None:
        rows = [
            {
                "interaction_id": f"i{n:03}",
                "customer_id": customer_id,
                "channel": "in_product",
                "direction": "out",
            }
            for n in range(days.MOST_A_DAY + 7)
        ]
        for row in rows:
            row |= {"about": "other", "occurred_at": "2026-11-20T03:00:00+00:00"}
            Fact.objects.create(table="interactions", key=row["interaction_id"], row=row)
        page = days.page(
            facts(customer_id), customer_id, NOBODY, calendar(), kinds=("contacts",), until=TODAY
        )
        day = next(day for day in page.days if day.day == date(2026, 11, 20))
        waiting = [e for e in day.entries if e.waiting]
        assert len(waiting) <= days.MOST_A_DAY
        assert dict(day.more)["contacts"] >= 7


class TestReader:
    def test_rows_are_those_of_the_customer_alone(self, customer_id: str) -> None:
        of = facts(customer_id)
        for kind in KINDS.values():
            every = workspace().table(kind.table)
            wanted = (
                sum(row["customer_id"] == customer_id for row in every.to_pylist())
                if every.num_columns
                else 0
            )
            assert len(of.rows(kind.table, kind.columns)) == wanted, kind.table

    def test_days_bound_what_is_read(self, customer_id: str) -> None:
        since, until = TODAY - timedelta(days=40), TODAY - timedelta(days=10)
        found = facts(customer_id).by_day(since, until)
        assert found
        assert all(since <= row["_day"] <= until for row in found)

    def test_a_merged_identity_brings_its_facts(self, own_lake: Path, customer_id: str) -> None:
        assert own_lake
        other = CustomerRow.objects.exclude(customer_id=customer_id).order_by("pk")[0].customer_id
        before = len(facts(customer_id).rows("tickets", ("ticket_id",)))
        merged = len(facts(other).rows("tickets", ("ticket_id",)))
        from minori.web.outbox.drain import drain

        link = {"from_id": other, "into_id": customer_id, "at": "2026-11-01T00:00:00+00:00", "by": "mori"}
        Fact.objects.create(table="identity_links", key=f"{other}>{customer_id}", row=link)
        assert drain(workspace())["new"] == 1
        assert len(facts(customer_id).rows("tickets", ("ticket_id",))) == before + merged

    def test_no_lake_is_no_facts(self, tmp_path: Path) -> None:
        from django.utils import timezone

        from minori.lake.lake import Lake
        from minori.pipeline.customer_facts import facts_of, run_days

        empty = facts_of(Lake(tmp_path / "lake", timezone.now).snapshot(), "x", timezone.now())
        assert (
            empty.rows("tickets", ("ticket_id",)),
            empty.by_day(TODAY, TODAY),
            empty.users_on(TODAY, TODAY),
        ) == (
            [],
            [],
            [],
        )
        assert (empty.first_month_of_events(), empty.coverage(TODAY), run_days(empty.snapshot)) == (
            None,
            [],
            [],
        )


def test_kinds_and_days_of_the_address_are_kept_in_bounds(
    people: dict[str, Person], client_of: Any, customer_id: str
) -> None:
    client = client_of(people["manager"])
    for query in ("?kind=passwords", "?until=9999-12-31", "?until=x", "?kind=tickets&until=1900-01-01"):
        assert client.get(f"/customers/-/timeline/{customer_id}/{query}").status_code == 200, query
    assert Current.objects.count() == 1
