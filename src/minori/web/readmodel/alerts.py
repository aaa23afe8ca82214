"""Alerts for situations that began since the run before."""

import json

import pyarrow.compute as pc
from django.db.models import Max

from minori.core.keys import short_id
from minori.web.models import Alert, CustomerRow, Run
from minori.web.readmodel.lake_day import LakeDay, Row

AT_A_TIME = 1_000
_NEEDED = ["customer_id", "play", "since", "because", "evidence"]


def add_alerts(run: Run, day: LakeDay) -> None:
    """Add an alert for each new spell that speaks of a customer; one that is known already stays as it is."""
    candidates = day.table("candidate", _NEEDED)
    if not candidates.num_columns:
        return
    before = (
        Run.objects.exclude(copied_at=None).filter(as_of__lt=run.as_of).aggregate(day=Max("as_of"))["day"]
    )
    began = pc.greater(candidates["since"], before) if before else pc.equal(candidates["since"], run.as_of)
    rows = (
        candidates.filter(began)
        .select(_NEEDED)
        .sort_by([("customer_id", "ascending"), ("play", "ascending")])
    )
    for start in range(0, rows.num_rows, AT_A_TIME):
        found = rows.slice(start, AT_A_TIME).to_pylist()
        customers = CustomerRow.objects.filter(run=run, customer_id__in=[row["customer_id"] for row in found])
        owners = {c.customer_id: c for c in customers.only("customer_id", "owner", "sales_owner")}
        Alert.objects.bulk_create(
            [_alert(run, row, owners.get(row["customer_id"])) for row in found], ignore_conflicts=True
        )


def _alert(run: Run, row: Row, customer: CustomerRow | None) -> Alert:
    evidence = json.loads(row["evidence"]) if row["evidence"] else {}
    return Alert(
        alert_id=short_id("alert", row["customer_id"], row["play"], row["since"].isoformat()),
        customer_id=row["customer_id"],
        play=row["play"],
        owner=customer.owner if customer else "",
        sales_owner=customer.sales_owner if customer else "",
        at=run.ran_at,
        because=json.loads(row["because"]) if row["because"] else {},
        evidence=[{"name": name, "value": value} for name, value in sorted(evidence.items())],
    )
