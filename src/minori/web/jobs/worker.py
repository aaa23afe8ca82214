"""The worker: takes jobs one after the other, and asks for what is due."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections

from minori.core.errors import MinoriError
from minori.web.jobs import queue, schedule
from minori.web.jobs.kind import JOBS
from minori.web.models import Job

log = logging.getLogger(__name__)
BROKEN = "an error of minori itself; the server's log tells more"
IDLE_SECONDS = 1.0


def work(stop: threading.Event, *, quick: bool = False) -> None:
    """Work until ``stop`` is set; a job that is under way is finished first. ``quick``: take only quick jobs."""
    worker = f"{socket.gethostname()}-{os.getpid()}{'-quick' if quick else ''}"
    while not stop.is_set():
        close_old_connections()
        schedule.ask_what_is_due()
        if not one(worker, quick=quick):
            stop.wait(IDLE_SECONDS)


def one(worker: str = "worker", *, quick: bool = False) -> bool:
    """Do one job if there is one; return whether there was."""
    job = queue.take(worker, quick=quick)
    if job is None:
        return False
    kind = JOBS[job.kind]
    if job.tries > kind.tries:
        queue.end(job, problem=f"given up after {kind.tries} tries that ended without an answer")
        return True
    try:
        queue.end(job, result=kind.do(dict(job.asked), _teller(job)))
    except MinoriError as error:
        queue.end(job, problem=str(error))
    except Exception:  # the worker must outlive any job; the trace goes to the log, a sentence to people
        log.exception("job %s %s", job.kind, job.id)
        queue.end(job, problem=BROKEN)
    return True


def _teller(job: Job) -> Callable[[str, float], None]:
    told = [0.0]

    def tell(what: str, share: float) -> None:
        if time.monotonic() - told[0] > 0.5 or share >= 1:
            told[0] = time.monotonic()
            queue.say(job, what, share)

    return tell
