"""``minori serve``: the web app with its worker."""

import os
import secrets
from pathlib import Path

import click

from minori.cli.shared import open_workspace, workspace_option


@click.command("serve")
@workspace_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Requests answered at once."
)
@click.option("--admin", metavar="EMAIL", help="Make this address an administrator and print a sign-in link.")
@click.option(
    "--sample", is_flag=True, help="On this machine only: a sign-in link per role, mail stays in the outbox."
)
@click.option(
    "--daily-at", type=click.IntRange(0, 23), help="Hour of the daily round in the company's zone; default 5."
)
def command(
    folder: Path | None,
    host: str,
    port: int,
    threads: int,
    admin: str | None,
    sample: bool,
    daily_at: int | None,
) -> None:
    """Serve the web app of a workspace, with one worker for loads, runs and messages."""
    workspace = open_workspace(folder)
    workspace.file  # noqa: B018  a broken minori.yaml is said here, not in the first request
    if sample and host not in ("127.0.0.1", "localhost", "::1"):
        raise click.ClickException("--sample is for this machine only: leave --host at 127.0.0.1")
    os.environ["MINORI_WORKSPACE"] = str(workspace.root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minori.web.settings")
    if daily_at is not None:
        os.environ["MINORI_DAILY_HOUR"] = str(daily_at)
    _local_defaults(host, port, sample)
    from minori.web.serving import serve

    serve(host=host, port=port, threads=threads, admin=admin, sample=sample, say=click.echo)


def _local_defaults(host: str, port: int, sample: bool) -> None:
    """On one's own machine nothing needs to be set up: plain HTTP, and a key for as long as the process lives."""
    local = host in ("127.0.0.1", "localhost", "::1")
    os.environ["MINORI_SERVED"] = "yes"
    os.environ.setdefault("MINORI_BASE_URL", f"http://{host}:{port}")
    if local:
        os.environ.setdefault("MINORI_PLAIN_HTTP", "yes")
        os.environ.setdefault("MINORI_SECRET_KEY", secrets.token_urlsafe(64))
    if sample:
        os.environ["MINORI_SAMPLE"] = "yes"
