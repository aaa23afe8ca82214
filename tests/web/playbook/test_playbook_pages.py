"""The list and the page of a play: what it did, a slider over one curve, a preview that is cut to one's customers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from minori.web.jobs.worker import one
from minori.web.models import CurveRow, Job, Person, PlayRow, Proof

PLAY = "seats_near_limit"


@pytest.fixture
def manager(people: dict[str, Person], client_of: Callable[[Person], Client]) -> Client:
    return client_of(people["manager"])


def test_the_list_shows_every_play_in_a_constant_number_of_queries(manager: Client, words: Any) -> None:
    manager.get("/playbook/")  # sessions, caches
    with CaptureQueriesContext(connection) as every:
        page = manager.get("/playbook/")
    with CaptureQueriesContext(connection) as few:
        narrowed = manager.get("/playbook/?q=アカウント&world=limits&order=-proposed")
    assert len(every) == len(few) <= 12
    assert page.content.count(b"<tr data-row>") == PlayRow.objects.filter(run__current__isnull=False).count()
    assert 0 < narrowed.content.count(b"<tr data-row>") < page.content.count(b"<tr data-row>")
    assert "データが足りません" in words(page)  # no proof yet: said, never zero


def test_what_an_address_asks_for_wrongly_changes_nothing(manager: Client) -> None:
    every = manager.get("/playbook/").content.count(b"<tr data-row>")
    assert manager.get("/playbook/?order=__class__&world=x&state=y").content.count(b"<tr data-row>") == every


def test_the_slider_reads_the_curve_that_is_stored(manager: Client, words: Any) -> None:
    proof = Proof.objects.create(as_of=date(2026, 11, 21), copied_at=timezone.now(), currency="JPY")
    for value in (0.7, 0.8, 0.9):
        CurveRow.objects.create(
            proof=proof,
            play=PLAY,
            threshold_place=0,
            threshold_name="seat_use",
            comparison=">=",
            threshold=value,
            current=value == 0.8,
            outcome="expanded",
            fires=40,
            customers=30,
            happened=10,
            rate=0.25,
            lift=None if value == 0.9 else 1.5,
            sample=40,
        )
    page = manager.get(f"/playbook/play/{PLAY}/")
    assert page.content.count(b"data-value=") == 3
    assert b'min="0" max="2" value="1"' in page.content
    assert "データが足りません" in words(page)
    assert not Job.objects.exists()


def test_a_preview_counts_and_shows_only_ones_own_customers(
    app: Path, manager: Client, people: dict[str, Person]
) -> None:
    play = PlayRow.objects.filter(proposed__gt=0).order_by("-proposed").first()
    assert play is not None
    manager.post(f"/playbook/play/{play.play}/preview/")
    assert one()
    job = Job.objects.get()
    assert job.state == "done", job.problem
    assert job.result["matching"] >= job.result["candidates"] > 0
    names = [example["customer_id"] for example in job.result["examples"]]
    page = manager.get(f"/playbook/play/{play.play}/")
    assert f"/customers/{names[0]}/".encode() in page.content
    Person.objects.filter(pk=people["manager"].pk).update(sees_all=False, member="nobody")
    hidden = manager.get(f"/playbook/play/{play.play}/").content
    assert not any(f"/customers/{name}/".encode() in hidden for name in names)
    assert manager.post(f"/playbook/play/{play.play}/preview/").status_code == 302
    assert Job.objects.count() == 1  # the same question is not computed twice
    assert app.is_dir()


def test_a_backtest_is_computed_once_and_drawn(manager: Client) -> None:
    play = PlayRow.objects.order_by("-signals").first()
    assert play is not None
    manager.post(f"/playbook/play/{play.play}/backtest/")
    assert one()
    job = Job.objects.get()
    assert job.state == "done", job.problem
    picture = manager.get(f"/playbook/pictures/{job.pk}/ja-dark.svg")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert manager.get(f"/playbook/pictures/{job.pk}/ja-blue.svg").status_code == 404
    assert manager.get(f"/playbook/play/{play.play}/").status_code == 200


def test_an_unknown_play_is_not_there(manager: Client) -> None:
    for address in ("", "edit/", "words/"):
        assert manager.get(f"/playbook/play/nothing/{address}").status_code == 404
