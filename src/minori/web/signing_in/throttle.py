"""Slows down whoever tries passwords: by address and by account, in the database so that all processes count."""

from datetime import timedelta

from django.utils import timezone

from minori.web.models import Audit

WINDOW = timedelta(minutes=15)
MOST_PER_ACCOUNT, MOST_PER_ADDRESS = 8, 40
FAILED = "sign_in.failed"


def too_many(email: str, address: str) -> bool:
    """Say whether another try must wait."""
    recent = Audit.objects.filter(what=FAILED, at__gt=timezone.now() - WINDOW)
    account = recent.filter(subject=f"account:{email.lower()[:180]}").count()
    return account >= MOST_PER_ACCOUNT or recent.filter(detail__address=address).count() >= MOST_PER_ADDRESS


def failed(email: str, address: str) -> None:
    """Count a try that failed."""
    Audit.objects.create(what=FAILED, subject=f"account:{email.lower()[:180]}", detail={"address": address})
