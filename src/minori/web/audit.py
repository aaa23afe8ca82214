"""The one way to write down what somebody did."""

from typing import Any

from minori.web.models import Audit, Person


def record(person: Person | None, what: str, subject: str, **detail: Any) -> Audit:
    """Write one line of the record; ``detail`` must hold no personal words."""
    return Audit.objects.create(person=person, what=what, subject=subject, detail=detail)
