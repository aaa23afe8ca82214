"""Jobs that try definitions before they are saved: asked by what they rest on, so that equal questions share an answer."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone

from minori.pipeline.session import Session, open_session
from minori.policy.load import Loaded
from minori.web.company import workspace
from minori.web.jobs import queue
from minori.web.models import Job, JobState, Person
from minori.web.policy_edit.present import loaded_with, present

KEPT_HOURS = 24
KINDS = ("preview", "backtest", "try_health", "learn_weights")


def key_of(changes: Mapping[str, str], **asked: Any) -> str:
    """Return what names a question: the definitions in force, the changes, the data, and what is asked."""
    number = workspace().lake.snapshot().number
    whole = json.dumps([present().stamp, changes, number, asked], sort_keys=True, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


def ask(kind: str, person: Person, changes: Mapping[str, str], **asked: Any) -> Job:
    """Ask for a trial, or return the one that was made of the same; older answers are let go."""
    old = timezone.now() - timedelta(hours=KEPT_HOURS)
    Job.objects.filter(kind__in=KINDS, ended_at__lt=old).delete()
    key = key_of(changes, **asked)
    known = answer(kind, key)
    if known and known.state != JobState.FAILED:
        return known
    return queue.ask(kind, key, by=person, changes=dict(changes), **asked)


def answer(kind: str, key: str) -> Job | None:
    """Return the newest job of a question; None if nobody asked it."""
    return Job.objects.filter(kind=kind, key=key).order_by("-pk").first()


@contextmanager
def tried_session(changes: Mapping[str, str]) -> Iterator[tuple[Session, Loaded]]:
    """Open the newest facts with the definitions changed; nothing of it is ever written."""
    served, loaded = workspace(), loaded_with(changes)
    with open_session(served.root, served.lake.snapshot(), loaded.policy, served.file) as session:
        yield session, loaded
