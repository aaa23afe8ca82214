"""Changing a play: checked at once, shown as a diff, saved with a reason, comments kept, nobody's change lost, undone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from minori.web.company import workspace
from minori.web.models import Audit, Person, PolicyChange, PolicyDraft

PLAY = "seats_near_limit"
EDIT, FILE = f"/playbook/play/{PLAY}/edit/", f"policy/plays/{PLAY}.yaml"
WHEN = "plan <> 'free' and seat_use >= {} and seat_use < 1 and change(active_users) > 0"
OWN = "# Ours since April.\nid: seats_near_limit\nwhen: seat_use >= 0.9  # agreed with sales\n"
Changed = Callable[..., dict[str, str]]


@pytest.fixture
def manager(people: dict[str, Person], client_of: Callable[[Person], Client]) -> Client:
    return client_of(people["manager"])


def drafted(client: Client, form: dict[str, str]) -> str:
    answer = client.post(EDIT, form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def saved(client: Client, draft: str, reason: str = "earlier") -> Any:
    return client.post(f"{draft}save/", {"reason": reason})


def test_a_threshold_is_changed_with_a_reason_and_undone(
    app: Path, manager: Client, changed_when: Changed
) -> None:
    draft = drafted(manager, changed_when(manager, WHEN.format(0.8), threshold_0="0.75"))
    assert b"seat_use &gt;= 0.75" in manager.get(draft).content
    assert not (app / FILE).exists()  # looking at it saves nothing
    assert saved(manager, draft, " ").status_code == 422  # nor does saving without a reason
    assert saved(manager, draft).status_code == 302
    assert workspace().policy.policy.plays[PLAY].when == WHEN.format(0.75)
    change = PolicyChange.objects.get()
    assert (change.person, change.reason, change.file) == (
        Person.objects.get(name="manager"),
        "earlier",
        FILE,
    )
    assert Audit.objects.get(what="policy.changed").subject == f"file:{FILE}"
    assert not PolicyDraft.objects.exists()
    assert manager.post(f"/playbook/history/{change.pk}/undo/", {"reason": "back"}).status_code == 302
    assert not (app / FILE).exists()
    assert PolicyChange.objects.first().undo_of == change  # type: ignore[union-attr]  # two are there


def test_comments_of_the_file_stay(app: Path, manager: Client, changed_when: Changed) -> None:
    (app / FILE).parent.mkdir(exist_ok=True)
    (app / FILE).write_text(OWN, encoding="utf-8")
    saved(manager, drafted(manager, changed_when(manager, "seat_use >= 0.7")))
    after = (app / FILE).read_text(encoding="utf-8")
    assert after.splitlines()[0] == "# Ours since April."
    assert "when: seat_use >= 0.7" in after
    assert "# agreed with sales" in after


def test_of_two_editors_the_second_sees_both_changes(
    app: Path,
    people: dict[str, Person],
    client_of: Callable[[Person], Client],
    changed_when: Changed,
    words: Any,
) -> None:
    first, second = client_of(people["manager"]), client_of(people["admin"])
    drafts = [
        drafted(client, changed_when(client, WHEN.format(value)))
        for client, value in ((first, 0.75), (second, 0.9))
    ]
    assert saved(first, drafts[0]).status_code == 302
    answer = saved(second, drafts[1])
    assert answer.status_code == 409
    assert "seat_use >= 0.75" in words(answer)
    assert "seat_use >= 0.9" in words(answer)
    assert "0.75" in (app / FILE).read_text(encoding="utf-8")
    assert PolicyChange.objects.count() == 1


def test_a_form_from_before_somebody_saved_takes_nothing_back(
    app: Path, manager: Client, changed_when: Changed, words: Any
) -> None:
    old = changed_when(manager, WHEN.format(0.8), label_ja="席の追加", label_en="More seats")
    saved(manager, drafted(manager, changed_when(manager, WHEN.format(0.75))))
    answer = manager.post(EDIT, old)
    assert answer.status_code == 409
    assert "More seats" in words(answer)
    assert "0.75" in (app / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("seat_us >= 0.8", "did you mean 'seat_use'?"),
        ("seat_use >=", "cannot read"),
        ("exec('x') > 1", "exec"),
    ],
)
def test_a_wrong_condition_is_said_at_once_and_not_kept(
    manager: Client, changed_when: Changed, words: Any, when: str, said: str
) -> None:
    Person.objects.update(language="en")
    form = changed_when(manager, when)
    told = words(manager.post(f"/playbook/play/{PLAY}/check/", form))
    assert said in told
    assert f"{FILE}:2" in told  # the line that it is written to
    answer = manager.post(EDIT, form)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not PolicyDraft.objects.exists()


def test_what_changed_on_disk_is_noticed_and_can_be_undone(app: Path, manager: Client, words: Any) -> None:
    manager.get("/playbook/history/")
    (app / "policy" / "metrics.yaml").write_text(
        "mine:\n  label: {ja: 私, en: Mine}\n  count: events\n  window: 7 days\n", encoding="utf-8"
    )
    assert "外部で変更" in words(manager.get("/playbook/history/"))
    change = PolicyChange.objects.get(file="policy/metrics.yaml")
    assert (change.outside, change.person, change.before) == (True, None, "")
    manager.post(f"/playbook/history/{change.pk}/undo/", {"reason": "not agreed"})
    assert "mine" not in workspace().policy.policy.metrics


def test_a_change_that_others_built_on_is_not_undone(
    app: Path, manager: Client, changed_when: Changed
) -> None:
    saved(manager, drafted(manager, changed_when(manager, WHEN.format(0.75))))
    saved(manager, drafted(manager, changed_when(manager, WHEN.format(0.7))))
    first = PolicyChange.objects.last()
    answer = manager.post(f"/playbook/history/{first and first.pk}/undo/", {"reason": "back"})
    assert answer.status_code == 409
    assert "0.7 " in (app / FILE).read_text(encoding="utf-8")


def test_words_are_checked_and_kept_in_both_languages(
    app: Path, manager: Client, form: Any, words: Any
) -> None:
    address = f"/playbook/play/{PLAY}/words/"
    wrong = form(
        manager, address, text_ja="# mail\nSubject: a\n\n{{ customr }}\n\n# talk\nx\n\n# product\nx\n"
    )
    assert "customr" in words(manager.post(address, wrong))
    mail = "# mail\nSubject: {{ because }}\n\n{{ customer }}\n\n# talk\nx\n\n# product\nx\n"
    right = form(manager, address, text_ja=mail, text_en=mail)
    draft = manager.post(address, right).headers["Location"]
    saved(manager, draft)
    assert (app / "policy/messages/ja" / f"{PLAY}.md").read_text(encoding="utf-8") == mail
    assert PolicyChange.objects.count() == 2
    assert len(set(PolicyChange.objects.values_list("together", flat=True))) == 1


def test_a_run_that_began_before_a_change_decides_by_what_it_read(
    app: Path, manager: Client, changed_when: Changed
) -> None:
    began = workspace()
    before = began.policy.hash
    saved(manager, drafted(manager, changed_when(manager, WHEN.format(0.75))))
    assert began.run(keep=False).policy_hash == before
    assert workspace().policy.hash != before
    assert "今すぐ実行" in manager.get("/playbook/").content.decode()
    assert app.is_dir()
