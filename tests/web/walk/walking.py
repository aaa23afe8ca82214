"""What a walk through the app needs: the served app, a mail server, a page of somebody who is signed in."""

import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

MINORI = (str(Path(sys.executable).parent / "minori"),)
NIGHT_AND_DAY = "guards:\n  quiet_hours: {off: true}\n"  # the walk is taken at any hour
PATIENCE = 90_000  # milliseconds: two cores, several tests at once
expect.set_options(timeout=PATIENCE)


@dataclass
class Served:
    """A served workspace: where it is, and the ways in."""

    address: str
    folder: Path
    links: dict[str, str]


@dataclass
class MailServer:
    """Takes every mail and keeps it."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"

    def wait(self, count: int, seconds: float = 90) -> list[EmailMessage]:
        """The mails, once there are so many."""
        end = time.monotonic() + seconds
        while len(self.mails) < count and time.monotonic() < end:
            time.sleep(0.2)
        assert len(self.mails) >= count, f"{len(self.mails)} mails, {count} were expected"
        return self.mails


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def links_in(log: Path, process: subprocess.Popen[bytes], port: int) -> dict[str, str]:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        text = log.read_text()
        if "Ctrl+C" in text and _answers(port):
            return dict(re.findall(r"^(\w+) .*?: (http\S+)$", text, flags=re.M))
        time.sleep(0.2)
    raise TimeoutError(log.read_text())


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def signed_in(browser: Browser, served: Served, role: str, **given: Any) -> Page:
    """A page of somebody who came by their link; the same person keeps one session for the whole walk."""
    state = served.folder.parent / f"{role}.json"
    kept = {"storage_state": str(state)} if state.is_file() else {}
    context = browser.new_context(locale="ja-JP", **kept, **given)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if not state.is_file():
        page.goto(served.links[role])
        page.locator("main form button").click()
        page.wait_for_url(f"{served.address}/")
        context.storage_state(path=state)
    return page
