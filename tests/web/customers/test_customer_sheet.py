"""The readiness sheet: computed by a job, agreeing with the run, and shown to whom the customer is."""

from typing import Any

import pytest

from minori.web.company import workspace
from minori.web.jobs import worker
from minori.web.models import Current, CustomerRow, Job, JobState, Person


@pytest.fixture
def row(people: dict[str, Person]) -> CustomerRow:
    """A customer of the CSM's whose score moved."""
    assert people
    found = CustomerRow.objects.filter(run=Current.objects.get().run, owner="sato", mrr__gt=0).order_by("pk")
    return next(row for row in found if row.health_change)


def test_the_sheet_is_asked_for_computed_and_shown(
    people: dict[str, Person], client_of: Any, row: CustomerRow
) -> None:
    client, address = client_of(people["csm"]), f"/customers/-/readiness/{row.customer_id}/"
    assert client.get(address).context["sheet"] is None
    for _ in range(2):
        assert client.post(address).status_code == 302
    job = Job.objects.get()  # asked twice, it is one job
    assert client.get(address).context["waits"]
    assert worker.one()
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.DONE, "")

    sheet = client.get(address).context["sheet"]
    on = [name for name, play in workspace().policy.policy.plays.items() if play.on]
    assert sorted(play for play, *_ in sheet.plays) == sorted(on)
    assert all(met == sum(line.met is True for line in lines) for _, _, met, lines in sheet.plays)
    held = {signal["play"] for signal in row.detail["signals"]}
    assert held <= {play for play, _, met, lines in sheet.plays if met == len(lines)}

    # The score of four weeks back is the one that the run itself compared with.
    earlier = dict(sheet.weeks)[sheet.weeks[-4][0]]
    assert earlier == pytest.approx(row.detail["trend"]["health_before"], abs=1e-6)
    assert client.get(f"/customers/{row.customer_id}/").context["trend"] is not None


def test_a_viewer_computes_nothing(people: dict[str, Person], client_of: Any, row: CustomerRow) -> None:
    client_of(people["viewer"]).post(f"/customers/-/readiness/{row.customer_id}/")
    assert Job.objects.count() == 0


def test_the_sheet_of_another_customer_is_never_taken_for_this_one(
    people: dict[str, Person], client_of: Any, row: CustomerRow
) -> None:
    client, address = client_of(people["csm"]), f"/customers/-/readiness/{row.customer_id}/"
    client.post(address)
    Job.objects.update(
        state=JobState.DONE, asked={"customer_id": "another"}, result={"criteria": [], "weeks": []}
    )
    assert client.get(address).context["sheet"] is None
