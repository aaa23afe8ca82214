"""Ways in: password, a link that works once, the company's provider; and what slows down whoever guesses."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.test import Client, override_settings

from minori.web.models import Audit, Person, SignInLink
from minori.web.signing_in.links import make_link
from minori.web.signing_in.throttle import MOST_PER_ACCOUNT

PASSWORD = "a long enough secret"


def path_of(address: str) -> str:
    return urlsplit(address).path


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_password_signs_in_and_a_wrong_one_does_not(people: dict[str, Person]) -> None:
    people["csm"].set_password(PASSWORD)
    people["csm"].save()
    client = Client()
    wrong = client.post("/sign-in/", {"email": "csm@example.com", "password": "wrong"})
    assert wrong.status_code == 200 and not signed_in(client)
    client.post("/sign-in/", {"email": "CSM@Example.com", "password": PASSWORD})
    assert signed_in(client)
    assert Audit.objects.filter(what="signed.in", person=people["csm"]).count() == 1


def test_guessing_is_slowed_down_even_with_the_right_password_at_last(people: dict[str, Person]) -> None:
    people["csm"].set_password(PASSWORD)
    people["csm"].save()
    client = Client()
    for _ in range(MOST_PER_ACCOUNT):
        client.post("/sign-in/", {"email": "csm@example.com", "password": "wrong"})
    last = client.post("/sign-in/", {"email": "csm@example.com", "password": PASSWORD})
    assert last.status_code == 429 and not signed_in(client)


def test_a_link_works_once_and_looking_at_it_does_not_use_it_up(people: dict[str, Person]) -> None:
    address = path_of(make_link(people["viewer"]))
    client, second = Client(), Client()
    assert client.get(address).status_code == 200
    assert not signed_in(client)
    client.post(address)
    assert signed_in(client)
    assert second.post(address).status_code == 410
    assert not signed_in(second)


def test_an_old_link_and_one_of_somebody_who_left_open_nothing(people: dict[str, Person]) -> None:
    old = path_of(make_link(people["viewer"], valid=timedelta(seconds=-1)))
    left = path_of(make_link(people["csm"]))
    Person.objects.filter(pk=people["csm"].pk).update(is_active=False)
    client = Client()
    assert [client.post(address).status_code for address in (old, left)] == [410, 410]
    assert not signed_in(client)


def test_only_digests_of_links_are_kept(people: dict[str, Person]) -> None:
    token = path_of(make_link(people["viewer"])).split("/")[2]
    assert not SignInLink.objects.filter(digest__contains=token).exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in(people: dict[str, Person], target: str) -> None:
    people["csm"].set_password(PASSWORD)
    people["csm"].save()
    answer = Client().post("/sign-in/", {"email": "csm@example.com", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A real OpenID Connect provider in a process of its own; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [
        {"sub": "sato", "email": "csm@example.com", "email_verified": True},
        {"sub": "eve", "email": "eve@example.com", "email_verified": True},
        {"sub": "liar", "email": "admin@example.com", "email_verified": False},
    ]
    given = [word for one in claims for word in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *given]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/.well-known/openid-configuration")
        yield address
        process.terminate()


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(address)


def come_in(provider: str, subject: str) -> Client:
    """Walk the authorization-code flow as a browser does."""
    client = Client()
    real = datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC)  # the provider's clock
    with (
        time_machine.travel(real, tick=True),
        override_settings(
            OIDC_RP_CLIENT_ID="minori",
            OIDC_RP_CLIENT_SECRET="secret",
            OIDC_OP_AUTHORIZATION_ENDPOINT=f"{provider}/oauth2/authorize",
            OIDC_OP_TOKEN_ENDPOINT=f"{provider}/oauth2/token",
            OIDC_OP_USER_ENDPOINT=f"{provider}/userinfo",
            OIDC_OP_JWKS_ENDPOINT=f"{provider}/jwks",
            OIDC_VERIFY_KID=False,  # this provider has one key and does not name it
        ),
    ):
        there = client.get("/oidc/authenticate/").headers["Location"]
        back = _agree(there, subject)
        client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    return client


def _agree(address: str, subject: str) -> str:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_given: object) -> None:
            return None

    try:
        urllib.request.build_opener(Stay).open(address, data=urlencode({"sub": subject}).encode())
    except urllib.error.HTTPError as answer:
        found = answer.headers["Location"]
        answer.close()
        return str(found)
    raise AssertionError("the provider did not send the browser back")


def test_the_company_account_of_an_invited_person_signs_in(people: dict[str, Person], provider: str) -> None:
    client = come_in(provider, "sato")
    assert client.session["_auth_user_id"] == str(people["csm"].pk)


@pytest.mark.parametrize("subject", ["eve", "liar"])
def test_strangers_and_unverified_addresses_stay_outside(
    people: dict[str, Person], provider: str, subject: str
) -> None:
    assert not signed_in(come_in(provider, subject))
    assert Person.objects.count() == len(people)


def test_a_forged_answer_is_refused(people: dict[str, Person], provider: str) -> None:  # noqa: ARG001
    client = Client()
    with override_settings(OIDC_RP_CLIENT_ID="minori", OIDC_OP_TOKEN_ENDPOINT=f"{provider}/oauth2/token"):
        answer = client.get("/oidc/callback/?code=stolen&state=forged")
    assert not signed_in(client)
    assert answer.status_code in (302, 400)
    assert "code" not in parse_qs(urlsplit(answer.headers.get("Location", "")).query)
