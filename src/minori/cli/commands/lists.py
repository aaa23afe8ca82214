"""``minori lists``: who needs help first, who is left alone for now, and who was never told."""

from datetime import date
from pathlib import Path

import click

from minori.cli.shared import (
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    workspace_option,
)
from minori.core.text import Language


@click.command("lists")
@click.argument("name", required=False, type=click.Choice(["help-first", "not-now", "never-told"]))
@workspace_option
@day_option("--as-of", "Default: the newest run.")
@click.option("--owner", help="Only lines of this person, by id or name.")
@click.option("--most", default=20, show_default=True, help="How many lines of each list to show; 0: all.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@json_option
@language_option
def command(
    name: str | None,
    folder: Path | None,
    as_of: date | None,
    owner: str | None,
    most: int,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """Beside today's proposals: help-first (支援優先), not-now (今は提案しない), never-told (お知らせ漏れ)."""
    from minori.cli.listed import COMMAND, show_lists, write_csv
    from minori.pipeline.lists import LISTS

    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    chosen = [each for each in LISTS if name in (None, COMMAND[each])]
    lists = workspace.lists(as_of)
    people = {member: entry.name for member, entry in workspace.file.team.items()}
    if owner is not None:
        lists = lists.only({owner, *(member for member, named in people.items() if named == owner)})
    if as_json:
        lines = {each: [line.as_object() for line in lists[each]] for each in chosen}
        print_json({"as_of": lists.as_of, "told_known": lists.told_known, **lines})
    elif as_csv:
        write_csv(lists, chosen, language)
    else:
        show_lists(lists, chosen, people, language, most=most)
