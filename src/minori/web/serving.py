"""The app as processes: the server, and beside it one worker for loads, runs and messages; a graceful end."""

import multiprocessing
import subprocess
import sys
from collections.abc import Callable

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from minori.core.errors import WorkspaceError
from minori.pipeline.workspace import Workspace

Say = Callable[[str], None]
PATIENCE_SECONDS = 60  # what a job that is under way gets to end


def serve(*, host: str, port: int, threads: int, admin: str | None, sample: bool, say: Say) -> None:
    """Serve until interrupted; ``say`` prints a line for whoever started it."""
    _prepared(admin=admin, sample=sample)
    say(f"minori: {settings.BASE_URL}   (Ctrl+C ends it)")
    worker = subprocess.Popen([sys.executable, "-m", "minori.web.jobs.main"])
    server = Granian(
        "minori.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        websockets=False,
    )
    try:
        server.serve()
    finally:
        worker.terminate()
        try:
            worker.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()  # its job is taken again after its lease: every job may be repeated


def _prepared(*, admin: str | None, sample: bool) -> None:
    """Prepare in a process of its own: the server forks, and the lake's library cannot be used across a fork."""
    process = multiprocessing.get_context("spawn").Process(target=prepare, args=(admin, sample))
    process.start()
    process.join()
    if process.exitcode:
        raise WorkspaceError("the app could not be made ready; what went wrong stands above")


def prepare(admin: str | None, sample: bool, say: Say = print) -> None:
    """Bring the database up to date, copy the newest run if there is one, and print links to sign in."""
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from minori.web.company import workspace
    from minori.web.first import ensure_admin, sample_people
    from minori.web.outbox.trial import sample_channel
    from minori.web.signing_in.links import make_link

    copy_newest(workspace(), say)
    if admin:
        say(f"{admin}: {make_link(ensure_admin(admin, admin.split('@')[0]))}")
    if sample:
        sample_channel()
        for person, link in sample_people():
            say(f"{person.role:<8} {person.name}: {link}")
    connections.close_all()  # the server's processes open their own


def copy_newest(served: Workspace, say: Say) -> None:
    """Copy the newest run into the read model, unless that very run stands there already."""
    from minori.web.readmodel.refresh import refresh
    from minori.web.readmodel.shown import current

    snapshot = served.lake.snapshot()
    if not snapshot.has("results/run"):
        say("no run yet: load data, then run (minori load, minori run; or in the app: Settings, Jobs)")
        return
    newest = max(snapshot.arrow("results/run", ["as_of", "ran_at"]).to_pylist(), key=lambda row: row["as_of"])
    shown = current()
    if shown is None or (shown.as_of, shown.ran_at) != (newest["as_of"], newest["ran_at"]):
        refresh(served)
