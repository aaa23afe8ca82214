"""``minori pushiness`` (押し売り度): what proposals cost customers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minori.cli.shared import (
    Bar,
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_rows,
    say,
    workspace_option,
)
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.learning.pushiness import By
    from minori.pipeline.proof.pushiness import Pushiness
    from minori.pipeline.workspace import Workspace

_HEADINGS = {
    "play": Text(ja="型", en="Play"),
    "channel": Text(ja="チャネル", en="Channel"),
    "owner": Text(ja="担当", en="Owner"),
    "month": Text(ja="月", en="Month"),
}
_NOBODY = Text(
    ja="60日以上前のご提案の記録(proposals)がまだありません。",
    en="There are no proposals yet that are at least 60 days old.",
)
_COLUMNS = ("figure", "value", "low", "high", "sample")
_COUNT = Text(ja="件数", en="Proposals")


@click.command("pushiness")
@workspace_option
@click.option("--by", type=click.Choice(list(_HEADINGS)), default="play", show_default=True)
@day_option("--as-of", "Last day of data; default the last complete day.")
@click.option("--dry-run", is_flag=True, help="Show, but do not keep the verdicts (nothing is stopped).")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per figure.")
@json_option
@language_option
def command(
    folder: Path | None,
    by: "By",
    as_of: date | None,
    dry_run: bool,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """Declines, opt-outs, complaints, falling health and churn after a proposal, against the hold-out.

    A play beyond the limits of harmful_play in guards.yaml is stopped from the next run on.
    """
    from minori.pipeline.proof import verdicts
    from minori.pipeline.proof.pushiness import pushiness, verdict_rows

    workspace = open_workspace(folder)
    with workspace.session() as session:
        found = pushiness(session, workspace.day(session, as_of), by, progress=Bar())
    if by == "play" and found.groups and not dry_run:
        with workspace.lake.change(f"pushiness as of {found.as_of}") as change:
            verdicts.keep(change, found.as_of, "pushiness", verdict_rows(found))
    if as_json:
        print_json([group.as_object() for group in found.groups])
    elif as_csv:
        print_rows((found.by, *_COLUMNS), _rows(found))
    else:
        _show(workspace, found, language or workspace.file.company.language)


def _show(workspace: "Workspace", found: "Pushiness", language: Language) -> None:
    from minori.cli.quiet import print_reading_table
    from minori.learning.pushiness_figures import PUSHINESS, RISE, SHARES

    if not found.groups:
        say(_NOBODY, language)
        return
    plays, people = workspace.policy.policy.plays, workspace.file.team
    names = {name: play.label[language] for name, play in plays.items()} if found.by == "play" else {}
    names |= {name: member.name for name, member in people.items()} if found.by == "owner" else {}
    rows = [
        (
            [names.get(group.name, group.name), f"{group.pushiness.sample:,}"],
            (group.pushiness, group.rise, *group.shares),
        )
        for group in found.groups
    ]
    figures = [PUSHINESS.label, RISE.label, *(figure.label for figure in SHARES.values())]
    currency = workspace.file.company.currency
    print_reading_table((_HEADINGS[found.by], _COUNT), figures, rows, language, currency=currency, right=(1,))
    for name, why in found.stopped.items():
        click.echo(click.style(f"{names.get(name, name)}: {why[language]}", bold=True))


def _rows(found: "Pushiness") -> Iterator[tuple[object, ...]]:
    for group in found.groups:
        for r in (group.pushiness, group.rise, *group.shares):
            yield (group.name, r.figure.id, r.value, r.low, r.high, r.sample)
