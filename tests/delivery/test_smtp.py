"""Mail by a real SMTP server: two forms, who sent it, how to stop it, and nothing that a customer's name could add."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from delivery.carried import NOW, SMTP_SETTINGS, Mailbox, certificates, letter, mail_server
from minori.delivery.addresses import Network
from minori.delivery.channel import send, way
from minori.delivery.message import SendError

Server = tuple[Mailbox, int]


@pytest.fixture
def server() -> Iterator[Server]:
    """A mail server."""
    with mail_server() as running:
        yield running


def mail(server: Server, secret: str = "", network: Network | None = None, **given: Any) -> None:
    settings = {**SMTP_SETTINGS, "port": server[1], **given.pop("settings", {})}
    send("smtp", way("smtp", settings, secret, network or Network()), letter(**given), NOW)


def test_a_mail_says_the_same_in_text_and_html(server: Server) -> None:
    mail(server)
    [got] = server[0].mails
    text, html = (got.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert got["Subject"] == "アカウント追加のご案内"
    assert got["To"] == "山田 花子 <hanako@customer.example>"
    assert "いつもありがとうございます。" in text and "https://minori.example/a/x/" in text
    assert "&lt;b&gt;太字&lt;/b&gt;" in html and "<b>太字" not in html
    assert '<a href="https://minori.example/a/x/">お返事はこちら</a>' in html


def test_it_says_who_sent_it_and_how_to_stop_it(server: Server) -> None:
    mail(server)
    [got] = server[0].mails
    text = got.get_body(("plain",)).get_content()
    for said in (
        "実り株式会社",
        "東京都千代田区1-1-1",
        "https://minori.example/contact",
        "https://minori.example/a/stop/x/",
    ):
        assert said in text
    assert got["List-Unsubscribe"] == "<https://minori.example/a/stop/x/>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("missing", ["postal_address", "contact"])
def test_no_mail_to_customers_without_the_imprint(server: Server, missing: str) -> None:
    with pytest.raises(SendError, match="特定電子メール法") as caught:
        mail(server, settings={missing: " "})
    assert caught.value.permanent and not server[0].mails


def test_a_repeat_is_recognised_by_its_message_id(server: Server) -> None:
    mail(server)
    mail(server)
    mail(server, key="proposal:2")
    first, again, other = (got["Message-ID"] for got in server[0].mails)
    assert first == again != other and first.endswith("@minori.example>")


@pytest.mark.parametrize(
    "evil", ["a\r\nBcc: all@evil.example", "a\nBcc: x@y.example\n\nbody", "a\u2028Bcc: x@y.example"]
)
def test_no_name_or_subject_adds_a_head(server: Server, evil: str) -> None:
    mail(server, subject=evil, to_name=evil)
    [got] = server[0].mails
    assert got["Bcc"] is None and len(got.get_all("To")) == 1
    assert server[0].mails[0].get_body(("plain",)) is not None


@pytest.mark.parametrize(
    "to",
    [
        "",
        "x",
        "a@b@c",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d",
        "<a@b.example>",
        "a b@c.example",
    ],
)
def test_what_is_no_address_is_refused_for_good(server: Server, to: str) -> None:
    with pytest.raises(SendError) as caught:
        mail(server, to=to)
    assert caught.value.permanent and not server[0].mails


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 unknown", True), ("451 later", False), ("421 busy", False)]
)
def test_what_the_server_answers_tells_whether_to_try_again(
    server: Server, answer: str, permanent: bool
) -> None:
    server[0].refuse_recipient = answer
    with pytest.raises(SendError) as caught:
        mail(server)
    assert caught.value.permanent is permanent


def test_a_server_that_is_away_is_tried_again() -> None:
    with mail_server() as (box, port):
        pass
    with pytest.raises(SendError, match="did not take the mail") as caught:
        mail((box, port))
    assert not caught.value.permanent


def test_starttls_with_a_password(tmp_path: Path) -> None:
    certificate, key = certificates(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    seen: list[tuple[bytes, bytes]] = []

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, given: Any) -> Any:
        from aiosmtpd.smtp import AuthResult

        seen.append((given.login, given.password))
        return AuthResult(success=given.password == b"geheim", handled=False)

    with mail_server(tls_context=context, require_starttls=True, authenticator=check) as (box, port):
        settings = {"security": "starttls", "user": "cs"}
        trusting = Network(authority=str(certificate))
        mail((box, port), "geheim", trusting, settings=settings)
        assert len(box.mails) == 1 and seen == [(b"cs", b"geheim")]
        with pytest.raises(SendError, match="refused the user") as caught:
            mail((box, port), "wrong", trusting, settings=settings)
        assert not caught.value.permanent
        with pytest.raises(SendError, match="SSLCertVerificationError"):
            mail((box, port), "geheim", settings=settings)


def test_no_password_over_a_bare_connection(server: Server) -> None:
    with pytest.raises(SendError, match="not encrypted"):
        mail(server, "geheim", settings={"user": "cs"})
