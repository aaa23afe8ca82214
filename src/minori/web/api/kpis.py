"""KPIs of the newest stored proof: each with its sample, its interval where it is an estimate, or why there is none."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Query, Router, Schema

from minori.web.api.answers import answers
from minori.web.api.paging import USUAL, After, Limit, Page, page
from minori.web.api.tokens import Scope, person_of
from minori.web.models import FigureRow, Proof

router = Router(auth=Scope("kpis:read"))


class Kpi(Schema):
    """A reading; ``value`` null is unknown, and ``missing`` says why in both languages."""

    part: str
    figure: str
    subject: str
    aspect: str
    by: str
    period_from: date | None
    period_until: date | None
    unit: str
    value: float | None
    low: float | None
    high: float | None
    level: float | None
    amount: Decimal | None
    sample: int
    observational: bool
    missing: dict[str, str] | None


@router.get("", response=answers(Page[Kpi]), summary="List KPIs of the whole company")
def listed(
    request: HttpRequest,
    limit: Limit = USUAL,
    after: After = None,
    part: Annotated[str | None, Query(max_length=40)] = None,
    figure: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """List the readings of the newest proof; they are of all customers, so the token's person must see all."""
    if not person_of(request).sees_all:
        raise PermissionDenied
    proof = Proof.objects.filter(copied_at__isnull=False).order_by("-id").first()
    rows = FigureRow.objects.filter(proof=proof).order_by("id") if proof else FigureRow.objects.none()
    rows = (
        rows.filter(id__gt=int(after))
        if after and after.isascii() and after.isdigit() and len(after) < 19
        else rows
    )
    rows = rows.filter(part=part) if part else rows
    rows = rows.filter(figure=figure) if figure else rows
    return page(rows[: limit + 1], limit, lambda r: str(r.pk), lambda r: r)
