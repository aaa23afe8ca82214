"""Every address × every role: open only to whom it declares, never broken, and nothing of somebody else's customers."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from minori.web.models import CustomerRow, Person, Work
from minori.web.rights import Ability, may, own

MADE_UP = {"int": "999999999", "str": "nothing", "slug": "nothing", "path": "nothing", "uuid": "0" * 32}
OUTSIDE = ("oidc/", "api/v1/")  # the library's own; the API has its own suite


def routes(found: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every route of ours with its view: the address as it is declared."""
    for entry in (found or get_resolver()).url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        elif isinstance(entry, URLPattern) and not address.startswith(OUTSIDE):
            yield address, entry.callback


def filled(address: str, **values: str) -> str:
    """The address with made-up (or given) values in its places."""
    path = ""
    for piece in address.split("<"):
        place, closed, rest = piece.partition(">")
        if closed:
            kind, _, name = place.rpartition(":")
            path += values.get(name, MADE_UP[kind or "str"]) + rest
        else:
            path += piece
    return "/" + path


@pytest.fixture
def addresses(app: Any) -> list[tuple[str, Any]]:  # noqa: ARG001
    """All routes; more than a handful, so that the walk cannot have come to nothing."""
    found = list(routes())
    assert len(found) > 30
    return found


def test_every_view_declares_what_it_needs(addresses: list[tuple[str, Any]]) -> None:
    assert [
        address for address, view in addresses if not isinstance(getattr(view, "needs", None), Ability)
    ] == []


def test_without_signing_in_only_open_doors_open(addresses: list[tuple[str, Any]]) -> None:
    client = Client(raise_request_exception=False)
    for address, view in addresses:
        if view.needs is not Ability.OPEN:
            for answer in (client.get(filled(address)), client.post(filled(address))):
                assert answer.status_code in (302, 405), address
                assert answer.status_code == 405 or answer.headers["Location"].startswith("/sign-in/"), (
                    address
                )


@pytest.mark.parametrize("role", ["admin", "manager", "csm", "sales", "viewer"])
def test_a_role_gets_what_it_may_and_nothing_else(
    addresses: list[tuple[str, Any]], people: dict[str, Person], client_of: Any, role: str
) -> None:
    client = client_of(people[role], raise_request_exception=False)
    for address, view in addresses:
        if address.startswith("sign-"):
            continue  # would end the session
        for answer in (client.get(filled(address)), client.post(filled(address))):
            if may(people[role], view.needs):
                assert answer.status_code < 500, (address, answer.status_code)
            else:
                assert answer.status_code in (403, 405), (address, answer.status_code)


def test_nobody_reaches_customers_that_are_not_theirs(
    addresses: list[tuple[str, Any]], people: dict[str, Person], client_of: Any
) -> None:
    others = CustomerRow.objects.filter(run__current__isnull=False).exclude(
        pk__in=own(people["csm"], CustomerRow.objects.all())
    )
    customer = others.filter(customer_id__in=Work.objects.values("customer_id")).first()
    assert customer is not None
    proposal = Work.objects.filter(customer_id=customer.customer_id).first()
    assert proposal is not None
    values = {"customer_id": customer.customer_id, "proposal_id": proposal.pk}
    client, tried = client_of(people["csm"], raise_request_exception=False), 0
    for address, view in addresses:
        if view.needs is Ability.OPEN or not any(f"{name}>" in address for name in values):
            continue
        tried += 1
        for answer in (client.get(filled(address, **values)), client.post(filled(address, **values))):
            assert answer.status_code in (403, 404, 405), (address, answer.status_code)
            assert customer.name not in answer.content.decode(errors="replace"), address
    assert tried > 5
    assert Work.objects.get(pk=proposal.pk).version == proposal.version


def test_a_form_without_its_token_changes_nothing(
    addresses: list[tuple[str, Any]], people: dict[str, Person], client_of: Any
) -> None:
    client = client_of(people["admin"], enforce_csrf_checks=True, raise_request_exception=False)
    exempt = [a for a, view in addresses if getattr(view, "csrf_exempt", False)]
    assert all(address.startswith("a/") for address in exempt)  # one-click unsubscribe, signed by itself
    for address, _ in addresses:
        if address not in exempt:
            assert client.post(filled(address)).status_code in (403, 405), address


def test_every_page_keeps_its_policy_of_scripts(
    addresses: list[tuple[str, Any]], people: dict[str, Person], client_of: Any
) -> None:
    client = client_of(people["admin"], raise_request_exception=False)
    for address, _ in addresses:
        answer = client.get(filled(address))
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy or "sandbox" in policy, address
        assert "unsafe" not in policy, address
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page = answer.content.decode()
            assert " style=" not in page and " onclick=" not in page and "<script>" not in page, address
