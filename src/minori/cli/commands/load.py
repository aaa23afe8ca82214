"""``minori load``: every source into the lake."""

from dataclasses import asdict
from pathlib import Path

import click

from minori.cli.shared import Bar, json_option, language_option, open_workspace, print_json, workspace_option
from minori.core.text import Language


@click.command("load")
@click.argument("sources", nargs=-1)
@workspace_option
@json_option
@language_option
def command(sources: tuple[str, ...], folder: Path | None, as_json: bool, language: Language | None) -> None:
    """Load SOURCES (default: all of sources.yaml). Bad rows are set aside with the reason; the rest loads."""
    from minori.cli.loaded import show_load

    workspace = open_workspace(folder)
    report = workspace.load(only=sources or None, progress=Bar())
    if as_json:
        print_json(asdict(report))
    else:
        show_load(report, language or workspace.file.company.language)
