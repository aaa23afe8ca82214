"""The API: tokens and scopes, one's own customers only, pages, steps with versions, limits."""

import json
from datetime import timedelta
from typing import Any, get_args

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from minori.web.api.proposals import States
from minori.web.api.scopes import SCOPES
from minori.web.api.tokens import make_token
from minori.web.models import ApiToken, CustomerRow, Fact, Person, Role, State, Step, Work
from minori.web.rights import own

TOMORROW = timedelta(days=1)


class Program:
    """A program with a token."""

    def __init__(self, person: Person, *scopes: str, valid: timedelta = TOMORROW) -> None:
        self.token, secret = make_token(person, "test", list(scopes or SCOPES), timezone.now() + valid)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        return self._said(self.client.get(f"/api/v1{path}", query))

    def post(self, path: str, **body: Any) -> tuple[int, Any]:
        return self._said(
            self.client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")
        )

    @staticmethod
    def _said(answer: Any) -> tuple[int, Any]:
        return answer.status_code, answer.json()


@pytest.fixture
def mine(people: dict[str, Person]) -> Work:
    """A draft of the CSM's own customers."""
    found = own(people["csm"], Work.objects.filter(state=State.DRAFT)).first()
    assert found is not None
    return found


def test_without_a_token_nothing_is_said(people: dict[str, Person]) -> None:  # noqa: ARG001
    assert Client().get("/api/v1/customers").status_code == 401
    assert (
        Client(headers={"Authorization": "Bearer minori_wrong"}).get("/api/v1/customers").status_code == 401
    )


@pytest.mark.parametrize("path", ["/customers", "/proposals", "/kpis", "/policy"])
def test_a_token_opens_only_its_scopes(people: dict[str, Person], path: str) -> None:
    other = [scope for scope in SCOPES if not scope.startswith(path[1:-1])]
    assert Program(people["admin"], *other).get(path)[0] == 401
    assert Program(people["admin"]).get(path)[0] == 200


def test_a_token_ends_with_time_with_revoking_and_with_its_person(people: dict[str, Person]) -> None:
    old = Program(people["admin"], valid=timedelta(seconds=-1))
    revoked, left = Program(people["admin"]), Program(people["viewer"])
    ApiToken.objects.filter(pk=revoked.token.pk).update(revoked_at=timezone.now())
    Person.objects.filter(pk=people["viewer"].pk).update(is_active=False)
    assert [program.get("/customers")[0] for program in (old, revoked, left)] == [401, 401, 401]


def test_a_token_never_does_more_than_its_persons_role(people: dict[str, Person], mine: Work) -> None:
    viewer = Program(people["viewer"])  # holds every scope, but the role only looks
    assert viewer.post(f"/proposals/{mine.pk}/approve", version=mine.version)[0] == 401
    csm = Program(people["csm"])
    Person.objects.filter(pk=people["csm"].pk).update(role=Role.VIEWER)
    assert csm.post(f"/proposals/{mine.pk}/approve", version=mine.version)[0] == 401
    assert not Step.objects.exists()


def test_pages_give_every_own_customer_once_and_no_other(people: dict[str, Person]) -> None:
    program, found, after = Program(people["csm"]), [], None
    while True:
        _, said = program.get("/customers", limit=3, **({"after": after} if after else {}))
        found += [row["customer_id"] for row in said["items"]]
        after = said["next"]
        if after is None:
            break
    wanted = own(people["csm"], CustomerRow.objects.filter(run__current__isnull=False))
    assert found == sorted(wanted.values_list("customer_id", flat=True))
    assert len(found) > 3


def test_what_is_not_ones_own_is_not_there(people: dict[str, Person], mine: Work) -> None:
    stranger = Program(people["stranger"])
    assert stranger.get(f"/customers/{mine.customer_id}")[0] == 404
    assert stranger.get(f"/proposals/{mine.pk}")[0] == 404
    assert stranger.post(f"/proposals/{mine.pk}/not-now", version=mine.version, reason="need")[0] == 404


def test_a_step_on_an_old_version_is_refused_with_who_was_faster(
    people: dict[str, Person], mine: Work
) -> None:
    program = Program(people["csm"])
    status, said = program.post(f"/proposals/{mine.pk}/not-now", version=mine.version, reason="timing")
    assert (status, said["state"]) == (200, "withdrawn")
    status, said = program.post(f"/proposals/{mine.pk}/approve", version=mine.version)
    assert status == 409 and people["csm"].name in said["detail"]
    status, said = program.post(f"/proposals/{mine.pk}/undo", version=mine.version + 1)
    assert (status, said["state"]) == (200, "draft")


def test_an_answer_before_anybody_asked_is_refused(people: dict[str, Person], mine: Work) -> None:
    status, _ = Program(people["csm"]).post(
        f"/proposals/{mine.pk}/outcome", version=mine.version, result="accepted"
    )
    assert status == 409
    assert not Fact.objects.filter(table="outcomes").exists()


def test_the_described_states_are_those_of_a_proposal() -> None:
    assert list(get_args(States)) == State.values


def test_company_figures_are_for_those_who_see_all(people: dict[str, Person]) -> None:
    assert Program(people["csm"]).get("/kpis")[0] == 403


def test_too_many_requests_are_told_to_wait(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    from minori.web.api.app import api

    throttle = api.throttle[0]
    monkeypatch.setattr(throttle, "num_requests", 2)
    cache.clear()
    program = Program(people["admin"])
    assert [program.get("/policy")[0] for _ in range(3)] == [200, 200, 429]
