"""Asking for jobs, taking them, and saying what became of them; safe between several workers."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from minori.web.jobs.kind import JOBS
from minori.web.models import Job, JobState, Person

OPEN = (JobState.WAITING, JobState.RUNNING)


def ask(kind: str, key: str = "", *, by: Person | None = None, **asked: Any) -> Job:
    """Ask for a job; returns the open one of the same kind and key if there is one."""
    _known = JOBS[kind]
    try:
        with transaction.atomic():
            return Job.objects.create(kind=kind, key=key, asked=asked, by=by)
    except IntegrityError:
        found = Job.objects.filter(kind=kind, key=key, state__in=OPEN).first()
        return found or ask(kind, key, by=by, **asked)  # it ended in between


def take(worker: str, *, quick: bool = False) -> Job | None:
    """Take the oldest job that waits, or whose worker fell silent; ``quick``: only of the quick kinds. None: no job."""
    now = timezone.now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    wanted = [name for name, kind in JOBS.items() if kind.quick or not quick]
    for job in Job.objects.filter(free, kind__in=wanted).order_by("id")[:10]:
        lease = now + timedelta(seconds=JOBS[job.kind].lease_seconds)
        won = Job.objects.filter(free, id=job.id, tries=job.tries).update(
            state=JobState.RUNNING, worker=worker, lease_until=lease, started_at=now, tries=F("tries") + 1
        )
        if won:
            job.refresh_from_db()
            return job
    return None


def say(job: Job, what: str, share: float) -> None:
    """Write how far a job is, and keep it for another lease."""
    lease = timezone.now() + timedelta(seconds=JOBS[job.kind].lease_seconds)
    Job.objects.filter(id=job.id, worker=job.worker, state=JobState.RUNNING).update(
        what=what[:200], share=min(max(share, 0.0), 1.0), lease_until=lease
    )


def end(job: Job, *, result: dict[str, Any] | None = None, problem: str = "") -> None:
    """Write what became of a job; nothing if another worker has taken it meanwhile."""
    state = JobState.FAILED if problem else JobState.DONE
    Job.objects.filter(id=job.id, worker=job.worker, tries=job.tries, state=JobState.RUNNING).update(
        state=state,
        result=result or {},
        problem=problem,
        share=1.0,
        ended_at=timezone.now(),
        lease_until=None,
    )
