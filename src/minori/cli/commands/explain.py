"""``minori explain``: why a customer is on the list, or not."""

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


@click.command("explain")
@click.argument("customer")
@workspace_option
@day_option("--as-of", "Default: the newest run.")
@json_option
@language_option
def command(
    customer: str, folder: Path | None, as_of: date | None, as_json: bool, language: Language | None
) -> None:
    """CUSTOMER (id or name): the health ledger, the signals, every candidate with its fate and its terms."""
    from minori.cli.explained import show_explained
    from minori.cli.score_flag import score_of

    workspace = open_workspace(folder)
    explained = workspace.explain(customer, as_of)
    explained["score"] = score_of(workspace).as_object()
    if as_json:
        print_json(explained)
    else:
        show_explained(explained, workspace.policy.policy, workspace.file.company, language)
