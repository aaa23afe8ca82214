"""Jobs: asked for once, taken by one worker, taken again when it falls silent, given up at last; quick ones do not queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from minori.core.errors import WorkspaceError
from minori.core.text import Text
from minori.web.jobs import queue, schedule, worker
from minori.web.jobs.kind import JOBS, JobKind
from minori.web.models import Job, JobState, Person

NAME = Text(ja="試験", en="test")


@contextmanager
def known(**kinds: JobKind) -> Iterator[None]:
    """Kinds that exist for one test."""
    JOBS._kinds.update(kinds)
    try:
        yield
    finally:
        for name in kinds:
            del JOBS._kinds[name]


@pytest.fixture(autouse=True)
def kinds(app: Path) -> Iterator[list[Any]]:  # noqa: ARG001
    done: list[Any] = []

    def good(asked: Any, progress: Any) -> dict[str, Any]:
        progress("half", 0.5)
        done.append(asked)
        return {"done": True}

    def wrong(_asked: Any, _progress: Any) -> dict[str, Any]:
        raise WorkspaceError("nothing to do it with")

    def broken(_asked: Any, _progress: Any) -> dict[str, Any]:
        raise ZeroDivisionError

    with known(
        good=JobKind(NAME, good, quick=True),
        slow=JobKind(NAME, good),
        wrong=JobKind(NAME, wrong),
        broken=JobKind(NAME, broken),
    ):
        yield done


def test_asking_again_gives_the_open_job_and_a_new_one_once_it_ended(people: dict[str, Person]) -> None:
    first = queue.ask("good", "a", by=people["csm"], n=1)
    assert queue.ask("good", "a").pk == first.pk
    assert queue.ask("good", "b").pk != first.pk
    assert worker.one()
    assert queue.ask("good", "a").pk != first.pk


def test_what_was_asked_is_done_and_its_result_kept(kinds: list[Any]) -> None:
    job = queue.ask("good", n=1)
    assert worker.one() and not worker.one()
    job.refresh_from_db()
    assert (job.state, job.result, job.share, kinds) == (JobState.DONE, {"done": True}, 1.0, [{"n": 1}])


def test_our_own_errors_are_said_and_strange_ones_are_not_shown() -> None:
    told, hidden = queue.ask("wrong"), queue.ask("broken")
    assert worker.one() and worker.one()
    told.refresh_from_db(), hidden.refresh_from_db()
    assert (told.state, told.problem) == (JobState.FAILED, "nothing to do it with")
    assert (hidden.state, hidden.problem) == (JobState.FAILED, worker.BROKEN)


def test_two_workers_never_take_one_job() -> None:
    for n in range(8):
        queue.ask("good", str(n))
    taken: list[int] = []
    start = Barrier(2)

    def take_all(name: str) -> None:
        start.wait()
        while (job := queue.take(name)) is not None:
            taken.append(job.pk)
        connection.close()

    threads = [Thread(target=take_all, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 8


def test_a_silent_workers_job_is_taken_again_and_the_late_answer_does_not_count() -> None:
    queue.ask("slow")
    lost = queue.take("dead")
    assert lost is not None and queue.take("other") is None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    again = queue.take("other")
    assert again is not None and again.pk == lost.pk
    queue.end(lost, result={"by": "dead"})
    queue.end(again, result={"by": "other"})
    assert Job.objects.get(pk=lost.pk).result == {"by": "other"}


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    queue.ask("slow")
    for _ in range(3):
        assert queue.take("killed") is not None
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert worker.one()
    found = Job.objects.get()
    assert found.state == JobState.FAILED and "given up after 3 tries" in found.problem


def test_quick_jobs_pass_a_long_one() -> None:
    queue.ask("slow")
    quick = queue.ask("good")
    taken = queue.take("beside", quick=True)
    assert taken is not None and taken.pk == quick.pk
    assert queue.take("beside", quick=True) is None


def test_the_daily_round_is_asked_once_a_day_after_its_hour() -> None:
    with override_settings(DAILY_HOUR=23):  # it is noon
        schedule.ask_what_is_due()
    assert not Job.objects.filter(kind="daily").exists()
    with override_settings(DAILY_HOUR=5):
        for _ in range(3):
            schedule.cache.clear()
            schedule.ask_what_is_due()
    assert list(Job.objects.filter(kind="daily").values_list("key", flat=True)) == ["2026-11-22"]
    assert settings.DAILY_HOUR is None
