"""``minori after-yes``: what followed when customers said yes."""

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
    say,
    workspace_option,
)
from minori.core.text import Language, Text

_NOBODY = Text(ja="ご承諾いただいたご提案の記録がまだありません。", en="No proposal has been accepted yet.")
_ALL = Text(ja="すべての型", en="All plays")
_PLAY = Text(ja="型", en="Play")


@click.command("after-yes")
@workspace_option
@day_option("--as-of", "Last day of data; default the last complete day.")
@json_option
@language_option
def command(folder: Path | None, as_of: date | None, as_json: bool, language: Language | None) -> None:
    """Use of what was bought, health and NPS, and reductions within six months: against the hold-out where there is one."""
    from minori.cli.quiet import print_reading_table
    from minori.pipeline.proof.after_yes import after_yes

    workspace = open_workspace(folder)
    with workspace.session() as session:
        found = after_yes(session, workspace.day(session, as_of), progress=Bar())
    language = language or workspace.file.company.language
    if as_json:
        print_json([one.as_object() for one in found])
        return
    if not found:
        say(_NOBODY, language)
        return
    plays = workspace.policy.policy.plays
    rows = [
        ([plays[one.play].label[language] if one.play in plays else one.play or _ALL[language]], one.readings)
        for one in found
    ]
    figures = [reading.figure.label for reading in found[0].readings]
    currency = workspace.file.company.currency
    print_reading_table((_PLAY,), figures, rows, language, currency=currency, sample=True)
