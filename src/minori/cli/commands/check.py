"""``minori check``: the definitions, and what is off."""

from pathlib import Path

import click

from minori.cli.shared import json_option, language_option, open_workspace, print_json, say, workspace_option
from minori.core.text import Language, Text


@click.command("check")
@workspace_option
@json_option
@language_option
def command(folder: Path | None, as_json: bool, language: Language | None) -> None:
    """Check every definition; say what is odd, and which plays are off for want of facts."""
    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    result = workspace.check()
    if as_json:
        print_json([{"file": r.file, "line": r.line, "text": r.text.as_dict()} for r in result.remarks])
        return
    for remark in result.remarks:
        place = f"{remark.file}:{remark.line}" if remark.line else remark.file
        click.echo(f"{place}: {remark.text[language]}")
    say(
        Text(
            ja=f"誤りはありません。取り込み元 {result.sources}・指標 {result.metrics}・型 {result.plays_on}/{result.plays}"
            f"(働くもの/全部)・気づいた点 {len(result.remarks)}",
            en=f"No mistakes. {result.sources} sources, {result.metrics} metrics, {result.plays_on} of {result.plays}"
            f" plays can fire, {len(result.remarks)} remarks.",
        ),
        language,
    )
