"""The whole app as a stranger meets it: a server and its worker as processes, a mail server, a browser."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, sync_playwright

from web.walk.walking import MINORI, NIGHT_AND_DAY, MailServer, Served, free_port, links_in

BROWSERS = ("chromium", "chromium-browser")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small sample company as of yesterday, served with links for each role."""
    folder, port = tmp_path_factory.mktemp("walk") / "acme", free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MINORI_", "DJANGO_"))}
    environment |= {"MINORI_DAILY_HOUR": "never"}
    made = [*MINORI, "demo", str(folder), "--customers", "60", "--days", "200", "--seed", "3"]
    subprocess.run(made, check=True, capture_output=True, env=environment, timeout=300)
    guards = folder / "policy" / "guards.yaml"
    guards.write_text(NIGHT_AND_DAY, encoding="utf-8")
    serve = [*MINORI, "serve", "-w", str(folder), "--sample", "--port", str(port)]
    log = folder.parent / "served.txt"
    with log.open("w") as out:
        process = subprocess.Popen(serve, stdout=out, stderr=subprocess.STDOUT, env=environment)
        try:
            yield Served(f"http://127.0.0.1:{port}", folder, links_in(log, process, port))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(90)
    shutil.rmtree(folder.parent, ignore_errors=True)


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    """A real SMTP server on loopback."""
    found = MailServer(free_port())
    controller = Controller(found, hostname="127.0.0.1", port=found.port)
    controller.start()
    yield found
    controller.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("Chromium is missing; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()
