"""Who may change definitions, and what no change may open: guards, automatic proposals, files elsewhere."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from minori.web.company import workspace
from minori.web.models import FigureRow, Person, PolicyDraft, Proof, VerdictRow

PLAY = "seats_near_limit"
MAY_SEE = (
    "/playbook/",
    f"/playbook/play/{PLAY}/",
    "/playbook/history/",
    "/playbook/guards/",
    "/playbook/plays.csv",
)
MAY_MANAGE = (
    f"/playbook/play/{PLAY}/edit/",
    f"/playbook/play/{PLAY}/words/",
    "/playbook/guards/consent/",
    "/playbook/files/",
)
GUARDS = "/playbook/files/edit/?file=policy/guards.yaml"
OWN = f"/playbook/files/edit/?file=policy/plays/{PLAY}.yaml"


@pytest.fixture
def manager(people: dict[str, Person], client_of: Callable[[Person], Client]) -> Client:
    return client_of(people["manager"])


@pytest.fixture
def proven(app: Path) -> Proof:  # noqa: ARG001  the database must be there
    """A proof that finds the play proven and not pushy."""
    proof = Proof.objects.create(as_of=date(2026, 11, 21), copied_at=timezone.now(), currency="JPY")
    label = {"ja": "証明済み", "en": "proven"}
    VerdictRow.objects.create(proof=proof, part="experiments", subject=PLAY, code="proven", label=label)
    plain = {
        "proof": proof,
        "part": "pushiness",
        "subject": PLAY,
        "aspect": "play",
        "place": 0,
        "unit": "points",
    }
    FigureRow.objects.create(figure="pushiness", value=2.0, sample=90, **plain)
    return proof


@pytest.mark.parametrize("role", ["viewer", "csm", "sales", "stranger"])
def test_others_look_and_change_nothing(
    people: dict[str, Person], client_of: Callable[[Person], Client], role: str
) -> None:
    client = client_of(people[role])
    assert [client.get(address).status_code for address in MAY_SEE] == [200] * len(MAY_SEE)
    assert [client.get(address).status_code for address in MAY_MANAGE] == [403] * len(MAY_MANAGE)
    for address in (f"/playbook/play/{PLAY}/switch/", f"/playbook/play/{PLAY}/preview/", "/playbook/run/"):
        assert client.post(address, {"to": "off"}).status_code == 403
    assert "型を編集" not in client.get(f"/playbook/play/{PLAY}/").content.decode()


def test_somebody_elses_draft_is_not_there(
    manager: Client, people: dict[str, Person], client_of: Callable[[Person], Client]
) -> None:
    draft = manager.post(f"/playbook/play/{PLAY}/switch/", {"to": "off"}).headers["Location"]
    other = client_of(people["admin"])
    assert other.get(draft).status_code == 404
    assert other.post(f"{draft}save/", {"reason": "mine now"}).status_code == 404
    assert workspace().policy.policy.plays[PLAY].on


def test_a_play_is_switched_off(manager: Client) -> None:
    draft = manager.post(f"/playbook/play/{PLAY}/switch/", {"to": "off"}).headers["Location"]
    manager.post(f"{draft}save/", {"reason": "too many"})
    assert not workspace().policy.policy.plays[PLAY].on
    assert "停止" in manager.get("/playbook/?state=off").content.decode()


def test_no_play_is_automatic_before_it_is_proven(manager: Client) -> None:
    manager.post(f"/playbook/play/{PLAY}/switch/", {"to": "auto-tech"})
    assert not PolicyDraft.objects.exists()


def test_a_proven_play_may_be_automatic_but_never_in_high_touch(
    manager: Client, proven: Proof, form: Any, words: Any
) -> None:
    draft = manager.post(f"/playbook/play/{PLAY}/switch/", {"to": "auto-tech"}).headers["Location"]
    manager.post(f"{draft}save/", {"reason": "proven"})
    assert workspace().policy.policy.plays[PLAY].automatic == ("tech",)
    high = form(manager, OWN, text=f"id: {PLAY}\nautomatic: [tech, high]\n")
    answer = manager.post(OWN, high)
    assert answer.status_code == 422
    assert "ハイタッチ" in words(answer)
    assert proven.pk


def test_proof_that_is_gone_does_not_let_a_draft_through(manager: Client, proven: Proof) -> None:
    draft = manager.post(f"/playbook/play/{PLAY}/switch/", {"to": "auto-low"}).headers["Location"]
    VerdictRow.objects.filter(proof=proven).update(code="harmful")
    assert manager.post(f"{draft}save/", {"reason": "quickly"}).status_code == 422
    assert workspace().policy.policy.plays[PLAY].automatic == ()


@pytest.mark.parametrize("guard", ["consent", "contact_frequency", "recent_decline"])
def test_a_guard_is_not_taken_away(manager: Client, form: Any, words: Any, guard: str) -> None:
    answer = manager.post(GUARDS, form(manager, GUARDS, text=f"guards:\n  {guard}: {{off: true}}\n"))
    assert answer.status_code == 422
    assert guard in words(answer)


def test_limits_of_a_guard_are_changed(manager: Client, form: Any, words: Any) -> None:
    address = "/playbook/guards/recent_decline/"
    wrong = manager.post(address, form(manager, address, same_play="soon"))
    assert wrong.status_code == 422
    assert "soon" in words(wrong)
    draft = manager.post(address, form(manager, address, same_play="120 days")).headers["Location"]
    manager.post(f"{draft}save/", {"reason": "longer"})
    assert workspace().policy.policy.guards.guards["recent_decline"]["same_play"] == "120 days"
    assert workspace().policy.policy.guards.guards["recent_decline"]["any_play"] == "30 days"


@pytest.mark.parametrize(
    "file", ["minori.yaml", "../x.yaml", "policy/../sources.yaml", "policy/preset/b2b_saas/health.yaml"]
)
def test_other_files_are_not_there(manager: Client, file: str) -> None:
    address = f"/playbook/files/edit/?file={file}"
    assert manager.get(address).status_code == 404
    assert manager.post(address, {"text": "a: 1\n", "base": ""}).status_code == 404
