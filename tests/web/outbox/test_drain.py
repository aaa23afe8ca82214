"""The app's facts on their way into the lake."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from minori.core.errors import InputError
from minori.pipeline import quarantine
from minori.web.company import workspace
from minori.web.models import Fact, Person
from minori.web.outbox.drain import drain, mend

DRAIN = """
import django
django.setup()
from minori.web.company import workspace
from minori.web.outbox.drain import drain
drain(workspace())
"""


def said(number: int, **given: Any) -> Fact:
    row = {
        "customer_id": "A00001",
        "kind": "goal",
        "words": f"w{number}",
        "said_at": "2026-11-20T03:00:00+00:00",
        **given,
    }
    return Fact(table="statements", key=f"own-{number}", row=row)


def in_lake() -> list[str]:
    rows = workspace().lake.snapshot().arrow("facts/statements", ["statement_id", "_source"]).to_pylist()
    return sorted(row["statement_id"] for row in rows if row["_source"] == "own_app")


def test_facts_are_drained_once(own_lake: Path) -> None:
    assert own_lake
    Fact.objects.bulk_create([said(n) for n in range(3)])
    assert drain(workspace())["new"] == 3
    Fact.objects.update(drained_at=None)  # killed before it could say that they are drained
    again = drain(workspace())
    assert (again["new"], again["unchanged"]) == (0, 3) and in_lake() == ["own-0", "own-1", "own-2"]


def test_a_refused_fact_is_mended_in_the_app(own_lake: Path, people: dict[str, Person]) -> None:
    assert own_lake
    fact = said(1, said_at="soon")
    fact.save()
    assert drain(workspace())["quarantined"] == 1
    [aside] = [one for one in quarantine.list_open(workspace().lake) if one.source == "own_app"]
    assert aside.row == fact.pk and aside.column == "said_at"
    mend(people["admin"], fact.pk, said(1).row)
    assert drain(workspace())["new"] == 1 and in_lake() == ["own-1"]
    assert not [one for one in quarantine.list_open(workspace().lake) if one.source == "own_app"]
    with pytest.raises(InputError, match="no fact 999"):
        mend(None, 999, {})


def test_a_drain_that_is_killed_is_done_again(own_lake: Path) -> None:
    assert own_lake
    Fact.objects.bulk_create([said(n) for n in range(2_000)])
    for seconds in (3.0, 4.5):
        child = subprocess.Popen([sys.executable, "-c", DRAIN], env=dict(os.environ))
        time.sleep(seconds)
        child.kill()
        child.wait()
        assert len(in_lake()) in (0, 2_000)
    drain(workspace())
    assert in_lake() == sorted(f"own-{n}" for n in range(2_000))
    assert not Fact.objects.filter(drained_at=None).exists() and settings.WORKSPACE
