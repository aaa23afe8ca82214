"""What is asked for without anybody asking: the daily round, and messages that are due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from minori.web.company import company_file
from minori.web.jobs import queue
from minori.web.jobs.kind import JOBS
from minori.web.models import Current, Job, JobState

PROOF_EVERY = timedelta(days=7)
EVERY = {"deliver": timedelta(seconds=20), "drain": timedelta(minutes=5)}


def ask_what_is_due() -> None:
    """Ask for what is due: the daily round after its hour, the frequent jobs, and the proof once a week."""
    now = timezone.now()
    for kind, pause in EVERY.items():
        if kind in JOBS and cache.add(f"asked:{kind}", True, pause.total_seconds()):
            queue.ask(kind)
    if _hour_has_come(now) and cache.add("asked:daily", True, 300):
        day = _local(now).date().isoformat()
        if not Job.objects.filter(kind="daily", key=day).exists():
            queue.ask("daily", day)
    if cache.add("asked:proof", True, 600) and _proof_is_due(now):
        queue.ask("proof")


def _proof_is_due(now: datetime) -> bool:
    """Say whether there is a run, and no proof of the last week; one that failed is tried again the next day."""
    tried = Job.objects.filter(kind="proof")
    fresh = tried.exclude(state=JobState.FAILED).filter(made_at__gt=now - PROOF_EVERY)
    failed = tried.filter(made_at__gt=now - timedelta(days=1))
    wanted = settings.DAILY_HOUR is not None and Current.objects.exists()
    return wanted and not fresh.exists() and not failed.exists()


def _hour_has_come(now: datetime) -> bool:
    hour: int | None = settings.DAILY_HOUR
    return hour is not None and _local(now).hour >= hour


def _local(now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(company_file().company.time_zone))
