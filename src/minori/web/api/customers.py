"""Customers as of the newest run."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from minori.web.api.answers import answers
from minori.web.api.paging import USUAL, After, Limit, Page, page
from minori.web.api.tokens import Scope, person_of
from minori.web.models import CustomerRow
from minori.web.parts.folded import folded
from minori.web.readmodel.shown import current, customers

router = Router(auth=Scope("customers:read"))
Band = Literal["thriving", "healthy", "watch", "act"]


class Customer(Schema):
    """A customer; null is unknown, never zero."""

    customer_id: str
    name: str
    as_of: date
    owner: str | None
    sales_owner: str | None
    segment: str | None
    stage: str | None
    touch: str | None
    health: float | None
    band: str | None
    health_change: float | None
    mrr: Decimal | None
    plan: str | None
    seats: Decimal | None
    started_on: date | None
    renews_on: date | None
    proposed: int
    held: int


class CustomerDetail(Customer):
    """A customer with everything the run knows: ledger, metrics, signals, candidates with their fates."""

    detail: dict[str, Any]


@router.get("", response=answers(Page[Customer]), summary="List customers by id")
def listed(
    request: HttpRequest,
    limit: Limit = USUAL,
    after: After = None,
    band: Band | None = None,
    search: Annotated[str | None, Query(max_length=200)] = None,
) -> dict[str, Any]:
    """List the customers that the token's person may see."""
    rows = customers(person_of(request)).order_by("customer_id")
    rows = rows.filter(customer_id__gt=after) if after else rows
    rows = rows.filter(band=band) if band else rows
    rows = rows.filter(folded__contains=folded(search)) if search else rows
    run = current()
    as_of = run.as_of if run else date.min
    return page(
        rows.defer("detail")[: limit + 1], limit, lambda r: str(r.customer_id), lambda r: _shown(r, as_of)
    )


@router.get("/{path:customer_id}", response=answers(CustomerDetail), summary="One customer")
def one(request: HttpRequest, customer_id: str) -> dict[str, Any]:
    """Return one customer with everything the run knows."""
    row = get_object_or_404(customers(person_of(request)).select_related("run"), customer_id=customer_id)
    return {**_shown(row, row.run.as_of), "detail": row.detail}


def _shown(row: CustomerRow, as_of: date) -> dict[str, Any]:
    names = set(Customer.model_fields) - {"as_of"}
    return {"as_of": as_of, **{name: _or_none(getattr(row, name)) for name in names}}


def _or_none(value: Any) -> Any:
    return None if value == "" else value
