"""``minori run``: decide a day."""

from datetime import date
from pathlib import Path

import click

from minori.cli.shared import (
    Bar,
    day_option,
    drain_app,
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
    from minori.cli.listed import show_counts
    from minori.cli.score_flag import score_of, show_flag
    from minori.cli.today import show_run

    workspace = open_workspace(folder)
    if not dry_run:
        drain_app(workspace)
    ran = workspace.run(as_of, backlog=backlog, keep=not dry_run, progress=Bar())
    report = workspace.report(ran)
    score = score_of(workspace)
    if as_json:
        print_json({**report, "score": score.as_object()})
    else:
        language = language or workspace.file.company.language
        show_run(workspace, report, language, most=most)
        show_counts(workspace.lists(ran=ran), language)
        show_flag(score, language)
