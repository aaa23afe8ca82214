"""Health and metrics: what is shown, what a change would do before it is saved, what was learned."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from minori.web.company import workspace
from minori.web.jobs.worker import one
from minori.web.models import Job, JobState, Person, PolicyDraft

OWN = "# Weights as agreed in May.\nparts:\n  nps:\n    weight: 20  # they say what they mean\n"


@pytest.fixture
def manager(people: dict[str, Person], client_of: Callable[[Person], Client]) -> Client:
    return client_of(people["manager"])


def words(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def form(client: Client, address: str, **written: str) -> dict[str, str]:
    found = re.findall(r'name="(base)" value="([^"]*)"', client.get(address).content.decode())
    return {**dict(found), **written}


def test_the_score_is_shown_with_its_parts_and_its_spread(manager: Client) -> None:
    page = manager.get("/health/")
    assert page.status_code == 200
    assert page.content.count(b"<rect ") > 3
    assert "利用頻度" in words(page)
    metric = manager.get("/health/metrics/active_days/")
    assert b"<rect " in metric.content
    assert "中央値" in words(metric)


def test_a_weight_is_tried_before_it_is_saved(app: Path, manager: Client) -> None:
    (app / "policy" / "health.yaml").write_text(OWN, encoding="utf-8")
    draft = manager.post("/health/edit/", form(manager, "/health/edit/", weight_nps="80")).headers["Location"]
    manager.post(f"{draft}try/", {"kind": "try_health"})
    assert one()
    job = Job.objects.get()
    assert job.state == "done", job.problem
    assert sum(n for _, _, n in job.result["moves"]) == job.result["customers"] == 60
    assert job.result["before"]["bands"] != job.result["after"]["bands"] or job.result["movers"]
    assert "帯の移動" in words(manager.get(draft))
    assert (app / "policy" / "health.yaml").read_text(encoding="utf-8") == OWN
    manager.post(f"{draft}save/", {"reason": "the survey tells more"})
    after = (app / "policy" / "health.yaml").read_text(encoding="utf-8")
    assert after.startswith("# Weights as agreed in May.\n")
    assert re.search(r"weight: 80 +# they say what they mean", after)
    assert workspace().policy.policy.health.parts["nps"].weight == 80


@pytest.mark.parametrize(
    "written",
    [
        {"weight_nps": "heavy"},
        {"weight_nps": "-1"},
        {"weight_nps": "nan"},
        {"points_nps": "0: 0"},
        {"points_nps": "0: 0, 0: 5"},
        {"metric_nps": "nps_"},
    ],
)
def test_wrong_numbers_are_said_and_not_kept(manager: Client, written: dict[str, str]) -> None:
    answer = manager.post("/health/edit/", form(manager, "/health/edit/", **written))
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    assert not PolicyDraft.objects.exists()


def test_a_metric_is_made_and_changed(manager: Client) -> None:
    address = "/health/metrics/night_use/edit/"
    written = {
        "label_ja": "夜の利用",
        "label_en": "Use at night",
        "kind": "count",
        "measure": "events where name = 'night'",
        "window": "14 days",
        "unit": "",
        "unit_ja": "回",
        "unit_en": "times",
    }
    draft = manager.post(address, form(manager, address, **written)).headers["Location"]
    manager.post(f"{draft}save/", {"reason": "we want to see it"})
    assert workspace().policy.policy.metrics["night_use"].window == 14
    wrong = manager.post(address, form(manager, address, **{**written, "measure": "evnts"}))
    assert wrong.status_code == 422
    draft = manager.post(
        address, form(manager, address, **{**written, "kind": "days", "measure": "events"})
    ).headers["Location"]
    manager.post(f"{draft}save/", {"reason": "days say more"})
    assert workspace().policy.policy.metrics["night_use"].kind == "days"


def test_learned_weights_are_looked_at_like_any_change(
    app: Path, manager: Client, people: dict[str, Person]
) -> None:
    proposed = OWN.replace("20", "31")
    (app / "policy" / "health.yaml").write_text(OWN, encoding="utf-8")
    result = {
        "file": "policy/health.yaml",
        "before": OWN,
        "after": proposed,
        "diff": "-20\n+31\n",
        "aims": [],
    }
    job = Job.objects.create(
        kind="learn_weights", key="k", state=JobState.DONE, result=result, by=people["manager"]
    )
    assert "この提案の内容を確認" in words(manager.get("/health/"))
    draft = manager.post(f"/health/learn/{job.pk}/accept/").headers["Location"]
    manager.post(f"{draft}save/", {"reason": "learned"})
    assert workspace().policy.policy.health.parts["nps"].weight == 31
    assert manager.post(f"/health/learn/{job.pk}/accept/").status_code == 409  # the file is no longer that


def test_weights_are_learned_as_a_job(manager: Client) -> None:
    manager.post("/health/learn/")
    assert one()
    job = Job.objects.get()
    assert job.state == "done", job.problem
    assert manager.get("/health/").status_code == 200


@pytest.mark.parametrize("role", ["viewer", "csm", "sales"])
def test_others_look_and_change_nothing(
    people: dict[str, Person], client_of: Callable[[Person], Client], role: str
) -> None:
    client = client_of(people[role])
    assert client.get("/health/").status_code == client.get("/health/metrics/nps/").status_code == 200
    assert (
        client.get("/health/edit/").status_code == client.get("/health/metrics/nps/edit/").status_code == 403
    )
    assert client.post("/health/learn/").status_code == 403
