"""What the app itself holds of somebody, as plain data: beside the lake's, for who asks to see everything."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet

from minori.web.models import Alert, Fact, HandOver, Message, Note, Step, Task, Work
from minori.web.personal.whose import Whose, stands_in


def held_by_app(of: Whose) -> dict[str, list[dict[str, Any]]]:
    """Return rows by table: of a customer all of them, of one user those that are theirs or name them."""
    found = {
        rows.model._meta.db_table: [_plain(row) for row in rows if _theirs(row, of)] for rows in _rows(of)
    }
    return {name: rows for name, rows in found.items() if rows}


def _rows(of: Whose) -> list[QuerySet[Any]]:
    mine = Q(customer_id__in=of.customer_ids)
    ids = sorted(of.customer_ids)
    return [
        Work.objects.filter(mine).order_by("pk"),
        Step.objects.filter(work__customer_id__in=ids),
        HandOver.objects.filter(work__customer_id__in=ids),
        Task.objects.filter(mine),
        Note.objects.filter(mine),
        Alert.objects.filter(mine),
        Message.objects.filter(mine).order_by("pk"),
        Fact.objects.filter(row__customer_id__in=ids).order_by("pk"),
    ]


def _theirs(row: Model, of: Whose) -> bool:
    if of.whole:
        return True
    if getattr(row, "user_id", "") in of.person.user_ids:
        return True
    return stands_in(_plain(row), of.names) if of.names else False


def _plain(row: Model) -> dict[str, Any]:
    values = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    return {name: _written(value) for name, value in values.items() if value not in (None, "", {}, [])}


def _written(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value
