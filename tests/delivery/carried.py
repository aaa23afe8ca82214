"""Letters for tests, and real servers that take them: SMTP and HTTPS on the loopback."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from minori.delivery.message import Letter, Link

NOW = datetime(2026, 4, 1, 3, tzinfo=UTC)
SMTP_SETTINGS = {
    "host": "127.0.0.1",
    "security": "none",
    "from_address": "cs@minori.example",
    "from_name": {"ja": "実り株式会社", "en": "Minori Inc."},
    "postal_address": "東京都千代田区1-1-1",
    "contact": "https://minori.example/contact",
}


def letter(**given: Any) -> Letter:
    """A letter to a customer."""
    values: dict[str, Any] = {
        "key": "proposal:1",
        "kind": "proposal",
        "to": "hanako@customer.example",
        "to_name": "山田 花子",
        "subject": "アカウント追加のご案内",
        "text": "山田様\n\nいつもありがとうございます。\n<b>太字</b>ではありません。",
        "language": "ja",
        "made_at": NOW,
        "links": (Link("お返事はこちら", "https://minori.example/a/x/"),),
        "unsubscribe": "https://minori.example/a/stop/x/",
    }
    return Letter(**{**values, **given})


@dataclass
class Mailbox:
    """What a mail server took; ``refuse`` is what it answers instead."""

    mails: list[EmailMessage] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    refuse: str = ""
    refuse_recipient: str = ""

    async def handle_RCPT(  # noqa: N802  the server's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Answer to a recipient."""
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  the server's name
        """Take a mail."""
        if self.refuse:
            return self.refuse
        self.senders.append(envelope.mail_from)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def mail_server(**options: Any) -> Iterator[tuple[Mailbox, int]]:
    """A real SMTP server; gives its mailbox and its port."""
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


@dataclass
class Hook:
    """What a web server got; ``status`` is what it answers."""

    port: int = 0
    status: int = 200
    head: dict[str, str] = field(default_factory=dict)  # of the answer
    body: bytes = b""
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_server(folder: Path) -> Iterator[tuple[Hook, Path]]:
    """A real HTTPS server for ``hooks.test`` and 127.0.0.1; gives what it got and who vouches for it."""
    certificate, key = certificates(folder)
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            hook.got.append((self.path, dict(self.headers), body))
            self.send_response(hook.status)
            for name, value in hook.head.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(hook.body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hook, certificate
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificates(folder: Path) -> tuple[Path, Path]:
    """A certificate that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.test")])
    names = x509.SubjectAlternativeName(
        [x509.DNSName("hooks.test"), x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths
