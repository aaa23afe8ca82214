"""``minori run``: decide a day."""

from datetime import date
from pathlib import Path

import click

from minori.cli.shared import (
    Bar,
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    workspace_option,
)
from minori.core.text import Language


@click.command("run")
@workspace_option
@day_option("--as-of", "Default: the last complete day, never after the newest fact.")
@click.option("--backlog", is_flag=True, help="Also let situations ask that began long ago (first run).")
@click.option("--dry-run", is_flag=True, help="Decide and show, but write nothing.")
@click.option("--most", default=20, show_default=True, help="How many proposals to show.")
@json_option
@language_option
def command(
    folder: Path | None,
    as_of: date | None,
    backlog: bool,
    dry_run: bool,
    most: int,
    as_json: bool,
    language: Language | None,
) -> None:
    """Decide one day: whom to approach with what, and whom to leave alone and why."""
    from minori.cli.today import show_run

    workspace = open_workspace(folder)
    ran = workspace.run(as_of, backlog=backlog, keep=not dry_run, progress=Bar())
    report = workspace.report(ran)
    if as_json:
        print_json(report)
    else:
        show_run(workspace, report, language or workspace.file.company.language, most=most)
