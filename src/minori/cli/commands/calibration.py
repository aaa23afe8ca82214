"""``minori calibration``: is the health score true?"""

from datetime import date
from pathlib import Path
from typing import Literal

import click

from minori.cli.shared import (
    Bar,
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_records,
    workspace_option,
)
from minori.core.text import Language

COLUMNS = ("by", "class", "band", "figure", "value", "low", "high", "sample")


@click.command("calibration")
@workspace_option
@day_option("--as-of", "Last day of data; default the last complete day.")
@click.option(
    "--horizon",
    type=click.IntRange(14, 730),
    help="Days followed; default 180, or 90 where customers are persons.",
)
@click.option(
    "--embargo", type=click.IntRange(0, 60), default=30, show_default=True, help="Days left out first."
)
@click.option("--by", type=click.Choice(["segment", "stage", "touch"]), help="Also apart for each.")
@click.option("--dry-run", is_flag=True, help="Show, but do not keep the verdict.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per figure.")
@json_option
@language_option
def command(
    folder: Path | None,
    as_of: date | None,
    horizon: int | None,
    embargo: int,
    by: Literal["segment", "stage", "touch"] | None,
    dry_run: bool,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """What became of each health band on your own past, and whether the score may be trusted."""
    from minori.cli.score_shown import show_score
    from minori.pipeline.proof.score_kept import as_object, keep, reading_rows
    from minori.pipeline.proof.score_truth import score_truth

    workspace = open_workspace(folder)
    with workspace.session() as session:
        day = workspace.day(session, as_of)
        measured = score_truth(session, day, horizon=horizon, embargo=embargo, by=by, progress=Bar())
    policy = workspace.policy.policy
    if not dry_run:
        keep(workspace.lake, measured, policy, workspace.now())
    if as_json:
        print_json(as_object(measured))
    elif as_csv:
        print_records(reading_rows(measured), COLUMNS)
    else:
        show_score(measured, policy, language or workspace.file.company.language)
