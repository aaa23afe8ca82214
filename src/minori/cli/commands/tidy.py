"""``minori tidy``: compact the lake."""

from pathlib import Path

import click

from minori.cli.shared import (
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_table,
    workspace_option,
)
from minori.core.text import Language, Text


@click.command("tidy")
@workspace_option
@click.option(
    "--keep-days", type=int, help="Past runs of so many days stay repeatable; default minori.yaml's."
)
@json_option
@language_option
def command(folder: Path | None, keep_days: int | None, as_json: bool, language: Language | None) -> None:
    """Compact tables and remove files that no kept version needs."""
    from dataclasses import asdict

    from minori.lake.tidy import tidy

    workspace = open_workspace(folder)
    days = keep_days if keep_days is not None else workspace.file.tables_kept_days
    done = tidy(workspace.lake, keep_days=days)
    if as_json:
        print_json([asdict(one) for one in done])
        return
    headings = (
        Text(ja="表", en="Table"),
        Text(ja="ファイル(前)", en="Files before"),
        Text(ja="ファイル(後)", en="Files after"),
        Text(ja="空いた容量(バイト)", en="Bytes freed"),
    )
    rows = [[d.table, f"{d.files_before:,}", f"{d.files_after:,}", f"{d.bytes_freed:,}"] for d in done]
    print_table(headings, rows, language or workspace.file.company.language, right=(1, 2, 3))
