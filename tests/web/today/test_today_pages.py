"""Today as people use it: what they see, what each button does, and what is never possible."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minori.web.life import act
from minori.web.models import Alert, Current, HandOver, Message, Person, Role, State, Task, Work
from minori.web.screens.today.queries import today
from minori.web.screens.today.words import WORDS

ClientOf = Callable[..., Client]
PAGES = (
    "/",
    "/?show=waiting",
    "/?show=done",
    "/?whose=all",
    "/today/lists/never_told/",
    "/today/lists/help_first/",
    "/today/lists/not_now/",
    "/today/renewals/",
    "/today/alerts/",
    "/today/tech/",
    "/meeting/",
)


@pytest.fixture
def work(people: dict[str, Person]) -> Work:
    """A draft of the CSM's, of a customer whose sales person is known."""
    assert people
    first = Work.objects.exclude(touch="tech").order_by("pk")[0]
    Work.objects.filter(pk=first.pk).update(owner="sato", doer="sato", sales_owner="yamada", channel="mail")
    return Work.objects.get(pk=first.pk)


def post(client: Client, work: Work, action: str, **form: str) -> str:
    """Press a button; returns what the next page says."""
    now = Work.objects.get(pk=work.pk).version
    form = {"version": str(now), **form}
    response = client.post(f"/today/{work.pk}/{action}/", form, follow=True)
    assert response.status_code == 200
    return " ".join(str(message) for message in response.context["messages"])


def test_a_card_says_everything(work: Work, people: dict[str, Person], client_of: ClientOf) -> None:
    page = client_of(people["csm"]).get("/").content.decode()
    card = work.card
    assert card["customer"] in page and card["because"]["ja"] in page and card["offer"]["label"]["ja"] in page
    assert f"{card['accept']['chance']:.0%}" in page and "90%区間" in page
    assert card["accept"]["based_on"]["ja"] in page
    english = client_of(people["csm"])
    english.post("/preferences/", {"language": "en"})
    Person.objects.filter(pk=people["csm"].pk).update(language="en")
    assert card["because"]["en"] in english.get("/").content.decode().replace("&#x27;", "'").replace(
        "&quot;", '"'
    )


@pytest.mark.parametrize("address", PAGES)
def test_pages_open_in_both_languages_and_without_a_run(
    address: str, people: dict[str, Person], client_of: ClientOf
) -> None:
    client = client_of(people["manager"])
    for language in ("ja", "en"):
        Person.objects.filter(pk=people["manager"].pk).update(language=language)
        page = client.get(address)
        assert page.status_code == 200 and page["Content-Language"] == language
        assert not re.search(r'\sstyle="|<script>|\son[a-z]+="', page.content.decode())
    Current.objects.all().delete()
    Work.objects.all().delete()
    Alert.objects.all().delete()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_queries_do_not_grow(address: str, people: dict[str, Person], client_of: ClientOf) -> None:
    client = client_of(people["manager"])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    known = Work.objects.order_by("pk")[0]
    for number in range(30):
        known.pk = f"more-{number}"
        known.save(force_insert=True)
        Task.objects.create(title=f"task {number}", owner="mori", by=people["manager"], due_on=today())
        Alert.objects.create(
            alert_id=f"a{number}", customer_id=known.customer_id, play=known.play, at=known.changed_at
        )
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few) <= 20


def test_buttons_do_what_they_say(work: Work, people: dict[str, Person], client_of: ClientOf) -> None:
    client = client_of(people["csm"])
    until = (today() + timedelta(days=5)).isoformat()
    assert "延期しました" in post(client, work, "snooze", until=until)
    assert Work.objects.get(pk=work.pk).state == State.SNOOZED
    assert "元に戻しました" in post(client, work, "undo")
    assert "今は行わないことにしました" in post(client, work, "not-now", reason="price")
    assert "元に戻しました" in post(client, work, "undo")
    assert "承認しました" in post(client, work, "approve")
    assert Message.objects.filter(proposal_id=work.pk).count() == 1
    assert "元に戻しました" in post(client, work, "undo")
    assert "引き継ぎました" in post(client, work, "hand-over", to="yamada", note="至急", proposes_on=until)
    assert HandOver.objects.get().proposes_on == date.fromisoformat(until)
    assert "記録しました" in post(client_of(people["sales"]), work, "answer", result="accepted")
    assert "yamada" in client.get("/").content.decode() or "山田" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("action", "form"),
    [
        ("snooze", {"until": "2020-01-01"}),
        ("snooze", {"until": "tomorrow"}),
        ("not-now", {"reason": "bored"}),
        ("hand-over", {"to": "sato"}),
        ("told", {"channel": "dream"}),
        ("approve", {"version": "99999999999999999999"}),
        ("approve", {"version": "１"}),
        ("approve", {"version": "-1"}),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    action: str, form: dict[str, str], work: Work, people: dict[str, Person], client_of: ClientOf
) -> None:
    client = client_of(people["csm"])
    client.post(f"/today/{work.pk}/{action}/", {"version": str(work.version), **form})
    assert Work.objects.get(pk=work.pk).state == State.DRAFT
    assert Work.objects.get(pk=work.pk).version == work.version


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("owns", [True, False])
def test_who_may_press_what(
    role: Role, owns: bool, work: Work, people: dict[str, Person], client_of: ClientOf
) -> None:
    person = people["csm"]
    Person.objects.filter(pk=person.pk).update(role=role, member="sato" if owns else "nobody", sees_all=False)
    client = client_of(Person.objects.get(pk=person.pk))
    seen = client.get(f"/today/{work.pk}/").status_code
    done = client.post(f"/today/{work.pk}/not-now/", {"version": "0", "reason": "need"}).status_code
    moved = Work.objects.get(pk=work.pk).state == State.WITHDRAWN
    assert seen == (200 if owns else 404)
    assert moved == (owns and role != Role.VIEWER)
    assert done == (403 if role == Role.VIEWER else 302 if owns else 404)


def test_nothing_happens_by_get_or_without_sign_in(
    work: Work, people: dict[str, Person], client_of: ClientOf
) -> None:
    client = client_of(people["csm"])
    for action in ("approve", "undo", "not-now", "edit", "talk"):
        assert client.get(f"/today/{work.pk}/{action}/").status_code == 405
    assert Client().post(f"/today/{work.pk}/approve/", {"version": "0"}).status_code == 302
    guarded = client_of(people["csm"], enforce_csrf_checks=True)
    assert guarded.post(f"/today/{work.pk}/approve/", {"version": "0"}).status_code == 403
    assert Work.objects.get(pk=work.pk).state == State.DRAFT


def test_who_edits_while_another_sends_loses_no_word(
    work: Work, people: dict[str, Person], client_of: ClientOf
) -> None:
    act.not_now(people["manager"], work.pk, 0, "need")
    typed = {
        "version": "0",
        "subject_ja": "私の件名",
        "body_ja": "私の本文",
        "subject_en": "s",
        "body_en": "b",
    }
    page = client_of(people["csm"]).post(f"/today/{work.pk}/edit/", typed)
    text = page.content.decode()
    assert page.status_code == 409 and "manager" in text and "私の本文" in text
    assert Work.objects.get(pk=work.pk).words == {}


def test_edited_words_are_shown_as_text(work: Work, people: dict[str, Person], client_of: ClientOf) -> None:
    client = client_of(people["csm"])
    bad = "<script>alert(1)</script>{{ 7*7 }}"
    typed = {"version": "0", "subject_ja": bad, "body_ja": bad, "subject_en": "s", "body_en": "b"}
    page = client.post(f"/today/{work.pk}/edit/", typed, follow=True).content.decode()
    assert "<script>alert" not in page and "{{ 7*7 }}" in page and "&lt;script&gt;" in page


def test_many_only_for_tech_touch(people: dict[str, Person], client_of: ClientOf) -> None:
    client = client_of(people["manager"])
    tech, other = Work.objects.filter(touch="tech")[0], Work.objects.exclude(touch="tech")[0]
    form = {"action": "not_now", "reason": "need", "proposal": [f"{tech.pk}:0", f"{other.pk}:0"]}
    client.post("/today/tech/do/", form)
    assert Work.objects.filter(state=State.WITHDRAWN).count() == 0
    client.post("/today/tech/do/", {**form, "proposal": [f"{tech.pk}:0"]})
    assert Work.objects.get(pk=tech.pk).state == State.WITHDRAWN


def test_tasks_and_alerts_are_put_away_by_those_who_have_them(
    people: dict[str, Person], client_of: ClientOf
) -> None:
    csm = client_of(people["csm"])
    csm.post("/today/tasks/add/", {"title": "電話する", "due_on": today().isoformat()})
    task = Task.objects.get()
    assert client_of(people["stranger"]).post(f"/today/tasks/{task.pk}/done/").status_code == 404
    csm.post(f"/today/tasks/{task.pk}/done/")
    task.refresh_from_db()
    assert task.done_at is not None
    alert = Alert.objects.create(alert_id="x", customer_id="A", play="p", owner="suzuki", at=task.at)
    assert csm.post(f"/today/alerts/{alert.pk}/seen/").status_code == 404
    client_of(people["other_csm"]).post(f"/today/alerts/{alert.pk}/seen/")
    alert.refresh_from_db()
    assert alert.seen_at is not None


def test_lists_come_as_csv_cut_to_ones_own(people: dict[str, Person], client_of: ClientOf) -> None:
    def lines(name: str) -> list[str]:
        answer = client_of(people[name]).get("/today/lists/not_now.csv")
        return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]

    assert len(lines("manager")) > len(lines("csm")) >= 1
    assert len(lines("stranger")) == 1 and lines("stranger")[0].startswith("順位")


def test_the_meeting_decides_who_proposes_when(
    work: Work, people: dict[str, Person], client_of: ClientOf
) -> None:
    csm, day = client_of(people["csm"]), (today() + timedelta(days=9)).isoformat()
    csm.post(f"/meeting/proposal/{work.pk}/", {"who": "cs", "version": "0", "proposes_on": day})
    assert Task.objects.get(proposal_id=work.pk).due_on == date.fromisoformat(day)
    csm.post(f"/meeting/proposal/{work.pk}/", {"who": "yamada", "version": "0", "proposes_on": day})
    assert HandOver.objects.get().proposes_on == date.fromisoformat(day)
    page = csm.get("/meeting/").content.decode()
    assert work.card["customer"] in page and day in page
    case = HandOver.objects.get()
    assert (
        client_of(people["stranger"]).post(f"/meeting/case/{case.pk}/", {"proposes_on": day}).status_code
        == 404
    )


def test_the_team_is_for_managers(people: dict[str, Person], client_of: ClientOf) -> None:
    page = client_of(people["manager"]).get("/team/").content.decode()
    assert all(name in page for name in ("佐藤", "鈴木", "山田"))
    assert client_of(people["csm"]).get("/team/").status_code == 403


def test_every_word_is_used_somewhere() -> None:
    from pathlib import Path

    room = Path(act.__file__).parent.parent / "screens" / "today"
    text = "".join(
        p.read_text("utf-8") for p in room.rglob("*") if p.suffix in (".py", ".html") and p.name != "words.py"
    )
    built = ("did_", "list_", "about_", "no_", "ja", "en", "show_", "rule_")
    unused = [k for k in WORDS if k not in text and not k.removeprefix("today.").startswith(built)]
    assert unused == []
