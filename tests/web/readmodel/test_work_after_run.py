"""What a newer run means for the team's work: touched stays and is flagged, untouched follows the run."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from minori.policy.definitions import Policy
from minori.web.company import workspace
from minori.web.life import act, leaving
from minori.web.life.automatic import approve_automatic
from minori.web.life.conflict import Conflict
from minori.web.models import Fact, Message, Person, ProposalRow, Run, State, Step, Work
from minori.web.readmodel import work as team_work
from minori.web.readmodel.shown import current


def next_run(*without: str, days: int = 1) -> Run:
    """Show a run that proposes the same, but without some."""
    last = current()
    assert last is not None
    run = Run.objects.create(
        as_of=last.as_of + timedelta(days=days),
        policy_hash="",
        ran_at=timezone.now(),
        copied_at=timezone.now(),
    )
    rows = list(ProposalRow.objects.filter(run=last).exclude(proposal_id__in=without))
    for row in rows:
        row.pk, row.run = None, run
        row.valid_until = run.as_of + timedelta(days=5)
    ProposalRow.objects.bulk_create(rows)
    team_work.add_new(run)
    with transaction.atomic():
        team_work.settle(run)
    from minori.web.models import Current

    Current.objects.update(run=run)
    return run


@pytest.fixture
def three(people: dict[str, Person]) -> list[Work]:
    """Three open proposals."""
    assert people
    works = list(Work.objects.order_by("pk")[:3])
    Work.objects.filter(pk__in=[w.pk for w in works]).update(channel="mail", touch="high")
    return works


def now(work: Work) -> Work:
    """Return the work as it stands in the database."""
    return Work.objects.get(pk=work.pk)


def test_untouched_goes_touched_is_flagged_and_both_come_back(
    three: list[Work], people: dict[str, Person]
) -> None:
    untouched, edited, other = three
    act.edit(people["manager"], edited.pk, 0, {"ja": {"subject": "件名", "body": "本文"}})
    before = now(edited).card
    next_run(untouched.pk, edited.pk)
    assert (now(untouched).state, now(edited).state, now(other).state) == (
        State.WITHDRAWN,
        State.DRAFT,
        State.DRAFT,
    )
    assert Work.objects.order_by("pk")[3].version == 0, "the same card is no new version"
    assert now(edited).stale and now(edited).card == before and not now(other).stale
    assert Step.objects.get(work=untouched).person is None
    with pytest.raises(Conflict):
        leaving.approve(people["manager"], edited.pk, now(edited).version, timezone.now())
    run = Run.objects.order_by("as_of")[0]
    ProposalRow.objects.filter(run=current()).delete()
    for row in ProposalRow.objects.filter(run=run):
        row.pk, row.run_id = None, Run.objects.latest("as_of").pk
        row.save()
    next_run()
    assert (now(untouched).state, now(edited).stale) == (State.DRAFT, False)


def test_not_now_is_for_good(three: list[Work], people: dict[str, Person]) -> None:
    act.not_now(people["manager"], three[0].pk, 0, "fit")
    next_run()
    assert now(three[0]).state == State.WITHDRAWN


def test_a_renewed_card_is_a_new_version(three: list[Work], people: dict[str, Person]) -> None:
    last = current()
    row = ProposalRow.objects.get(run=last, proposal_id=three[0].pk)
    row.card = {**row.card, "because": {"ja": "新しい根拠", "en": "new reason"}}
    row.save()
    next_run()
    assert now(three[0]).card["because"]["en"] == "new reason"
    with pytest.raises(Conflict, match="newer run"):
        leaving.approve(people["manager"], three[0].pk, three[0].version, timezone.now())


def test_what_waits_to_be_sent_is_called_back_when_the_run_no_longer_stands_behind_it(
    three: list[Work], people: dict[str, Person]
) -> None:
    leaving.approve(people["manager"], three[0].pk, 0, timezone.now())
    next_run(three[0].pk)
    assert (now(three[0]).state, now(three[0]).stale) == (State.DRAFT, True)
    assert not Message.objects.filter(proposal_id=three[0].pk, kind="proposal").exists()


def test_what_is_past_its_day_expires_unless_it_was_sent(
    three: list[Work], people: dict[str, Person]
) -> None:
    draft, sent, old = three
    for work in (sent, old):
        leaving.told(people["manager"], work.pk, 0, timezone.now(), channel="call")
    past = date(2026, 1, 1)
    Work.objects.filter(pk__in=[w.pk for w in three]).update(valid_until=past)
    Work.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=31))
    next_run(*[w.pk for w in three])
    assert (now(draft).state, now(sent).state, now(old).state) == (State.EXPIRED, State.SENT, State.EXPIRED)
    assert [fact.row["result"] for fact in Fact.objects.filter(table="outcomes")] == ["expired"]


def automatic(policy: Policy, play: str) -> Policy:
    """Return the policy with one play switched to automatic for tech touch."""
    plays = {**policy.plays, play: policy.plays[play].model_copy(update={"automatic": ("tech", "high")})}
    return policy.model_copy(update={"plays": plays})


def test_only_what_nobody_needs_to_decide_goes_by_itself(app: Path, three: list[Work]) -> None:
    assert app
    policy, work = workspace().policy.policy, three[0]
    Work.objects.filter(pk=work.pk).update(touch="tech", person_decides=False)
    assert approve_automatic(policy, timezone.now()) == 0
    policy = automatic(policy, work.play)
    for field, value in (("person_decides", True), ("touch", "high"), ("stale", True), ("touched", True)):
        before = getattr(now(work), field)
        Work.objects.filter(play=work.play).update(**{field: value})
        assert approve_automatic(policy, timezone.now()) == 0, field
        Work.objects.filter(play=work.play).update(**{field: before})
    Work.objects.filter(play=work.play).exclude(pk=work.pk).update(person_decides=True)
    assert approve_automatic(policy, timezone.now()) == 1
    assert now(work).state == State.APPROVED and Step.objects.get(work=work).person is None
