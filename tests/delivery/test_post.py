"""Requests to addresses that others name: only to where they may go, by the address that was checked, and bounded."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from delivery.carried import NOW, Hook, letter, web_server
from minori.delivery import addresses, post
from minori.delivery.addresses import OPEN, Network, checked
from minori.delivery.channel import CHANNELS, send, way
from minori.delivery.message import SendError

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[tuple[Hook, Network]]:
    """A web server of one's own network."""
    with web_server(tmp_path) as (running, certificate):
        yield running, Network(("127.0.0.0/8",), str(certificate))


def webhook(hook: tuple[Hook, Network], **given: Any) -> None:
    url = f"https://127.0.0.1:{hook[0].port}/in?x=1"
    by = way("webhook", {"url": given.pop("url", url)}, SECRET, given.pop("network", hook[1]))
    send("webhook", by, letter(unsubscribe="", **given), NOW)


def test_a_signed_event_arrives(hook: tuple[Hook, Network]) -> None:
    webhook(hook, payload={"proposal_id": "p1"})
    [(path, head, body)] = hook[0].got
    signed = f"proposal:1.{int(NOW.timestamp())}.".encode() + body
    expected = base64.b64encode(hmac.new(b"k" * 32, signed, hashlib.sha256).digest()).decode()
    assert path == "/in?x=1" and head["webhook-signature"] == f"v1,{expected}"
    assert head["webhook-id"] == "proposal:1"
    assert json.loads(body) == {
        "type": "minori.proposal",
        "timestamp": NOW.isoformat(),
        "data": {"proposal_id": "p1"},
    }


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (301, True),
        (307, True),
        (400, True),
        (404, True),
        (410, True),
        (408, False),
        (429, False),
        (500, False),
        (503, False),
    ],
)
def test_the_answer_tells_whether_to_try_again(
    hook: tuple[Hook, Network], status: int, permanent: bool
) -> None:
    hook[0].status, hook[0].head = status, {"Location": "https://example.com/", "Retry-After": "120"}
    with pytest.raises(SendError, match=f"answered {status}") as caught:
        webhook(hook)
    assert (caught.value.permanent, caught.value.after_seconds) == (permanent, 120)
    assert len(hook[0].got) == 1, "a redirect is not followed"


def test_an_endless_answer_is_let_go(hook: tuple[Hook, Network]) -> None:
    hook[0].body = b"x" * 5_000_000
    webhook(hook)
    assert len(hook[0].got) == 1


def test_an_error_names_no_secret_of_the_address(hook: tuple[Hook, Network]) -> None:
    hook[0].status = 404
    by = way("slack", {}, f"https://127.0.0.1:{hook[0].port}/services/T0/SECRET", hook[1])
    with pytest.raises(SendError) as caught:
        send("slack", by, letter(unsubscribe=""), NOW)
    assert "SECRET" not in str(caught.value) and "SECRET" not in repr(by)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://user:word@example.com/",
        "https:///x",
        "ftp://example.com/",
        "https://example.com:99999/",
        "not a url",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[fe80::1]/",
        "https://[fd00:ec2::254]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
    ],
)
def test_what_is_not_the_open_internet_is_refused_for_good(url: str) -> None:
    with pytest.raises(SendError) as caught:
        post.post(url, b"{}", {}, OPEN)
    assert caught.value.permanent


def test_one_private_address_among_several_is_enough() -> None:
    with pytest.raises(SendError, match="private or reserved"):
        checked("both.example", 443, OPEN, lambda _host, _port: ["93.184.216.34", "10.0.0.1"])
    assert checked("good.example", 443, OPEN, lambda _host, _port: ["93.184.216.34"]) == "93.184.216.34"


def test_only_what_is_named_of_ones_own_network_is_open() -> None:
    own = Network(("10.1.0.0/16",))
    assert own.allows(ip_address("10.1.2.3")) and own.allows(ip_address("::ffff:10.1.2.3"))
    assert not own.allows(ip_address("10.2.0.1"))


def test_the_connection_goes_to_the_address_that_was_checked(
    hook: tuple[Hook, Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name does not exist at all: only what was resolved once can have been connected to."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr(addresses.checked, "__defaults__", (resolve,))
    webhook(hook, url=f"https://hooks.test:{hook[0].port}/")
    assert asked == ["hooks.test"] and hook[0].got[0][1]["Host"] == f"hooks.test:{hook[0].port}"
    with pytest.raises(SendError, match=r"did not answer \(ConnectError\)"):
        webhook(hook, url=f"https://other.test:{hook[0].port}/")  # the certificate names somebody else


def test_chat_messages_mention_nobody(hook: tuple[Hook, Network]) -> None:
    evil = "<!channel> [To:1] [x](https://evil.example) <@U1>"
    base = f"https://127.0.0.1:{hook[0].port}"
    for kind, settings, secret in (
        ("slack", {}, base),
        ("teams", {}, base),
        ("chatwork", {"room": 7, "api": base}, "token"),
    ):
        send(kind, way(kind, settings, secret, hook[1]), letter(subject=evil, text=evil, unsubscribe=""), NOW)
    (_, _, slack), (_, _, teams), (path, head, chatwork) = hook[0].got
    assert b"<!channel>" not in slack and b"<@U1>" not in slack
    assert all(
        block["type"] == "RichTextBlock" for block in json.loads(teams)["attachments"][0]["content"]["body"]
    )
    assert path == "/rooms/7/messages" and head["X-ChatWorkToken"] == "token"
    assert b"%5BTo" not in chatwork


@pytest.mark.parametrize("kind", ["slack", "teams", "chatwork", "webhook"])
def test_channels_of_the_team_write_to_no_customer(kind: str) -> None:
    settings = {"chatwork": {"room": 1}, "webhook": {"url": "https://x.example/"}}.get(kind, {})
    with pytest.raises(SendError, match="does not write to customers") as caught:
        send(kind, way(kind, settings, "x"), letter(), NOW)
    assert caught.value.permanent


def test_every_channel_speaks_both_languages() -> None:
    assert sorted(CHANNELS) == ["chatwork", "outbox", "slack", "smtp", "teams", "webhook"]
    for channel in CHANNELS.values():
        assert channel.label.ja and channel.help.en


def test_a_weak_secret_signs_nothing(hook: tuple[Hook, Network]) -> None:
    by = way("webhook", {"url": f"https://127.0.0.1:{hook[0].port}/"}, "whsec_c2hvcnQ=", hook[1])
    with pytest.raises(SendError, match="24 random bytes"):
        send("webhook", by, letter(unsubscribe=""), NOW)
