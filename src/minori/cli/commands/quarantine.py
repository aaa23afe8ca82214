"""``minori quarantine``: rows set aside - list, export, retry, drop."""

from dataclasses import asdict
from pathlib import Path

import click

from minori.cli.shared import (
    Bar,
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_table,
    say,
    workspace_option,
)
from minori.core.text import Language, Text

_HEADINGS = (
    Text(ja="取り込み元", en="Source"),
    Text(ja="ファイル", en="File"),
    Text(ja="行", en="Row"),
    Text(ja="列", en="Column"),
    Text(ja="値", en="Value"),
    Text(ja="理由", en="Reason"),
)


@click.group("quarantine")
def command() -> None:
    """Rows that could not be loaded: list them, export them to be mended, load them again."""


@command.command("list")
@workspace_option
@click.option("--source", help="Only of this source.")
@click.option("--most", default=50, show_default=True, help="How many to show; 0: all.")
@json_option
@language_option
def list_rows(
    folder: Path | None, source: str | None, most: int, as_json: bool, language: Language | None
) -> None:
    """List the rows with file, row, column, value and reason."""
    from minori.pipeline.quarantine import list_open

    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    rows = list_open(workspace.lake, source=source)
    if as_json:
        print_json([asdict(row) | {"reason": row.reason.as_dict()} for row in rows])
        return
    shown = rows[:most] if most else rows
    cells = [
        [
            r.source,
            r.file or "–",
            f"{r.row:,}" if r.row else "–",
            r.column or "–",
            (r.value or "–")[:40],
            r.reason[language],
        ]
        for r in shown
    ]
    if rows:
        print_table(_HEADINGS, cells, language, right=(2,))
    say(
        Text(
            ja=f"{len(shown):,} / {len(rows):,} 行" if rows else "取り込めなかった行はありません。",
            en=f"{len(shown):,} of {len(rows):,} rows" if rows else "No rows are set aside.",
        ),
        language,
    )


@command.command("export")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@workspace_option
@click.option("--source", help="Only of this source.")
@language_option
def export_rows(path: Path, folder: Path | None, source: str | None, language: Language | None) -> None:
    """Write the rows to a CSV at PATH: mend it there, then give it to retry."""
    from minori.pipeline.quarantine import export

    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    count = export(workspace.lake, path, source=source, language=language)
    say(
        Text(
            ja=f"{count:,} 行を {path} に書き出しました。直したあと: minori quarantine retry {path}",
            en=f"Wrote {count:,} rows to {path}. When mended: minori quarantine retry {path}",
        ),
        language,
    )


@command.command("retry")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@workspace_option
@json_option
@language_option
def retry_rows(path: Path, folder: Path | None, as_json: bool, language: Language | None) -> None:
    """Load the mended rows of the CSV at PATH through the same mapping and checks; each becomes a fact once."""
    from minori.pipeline.quarantine import retry

    workspace = open_workspace(folder)
    company = workspace.file.company
    report = retry(
        workspace.root,
        workspace.lake,
        path,
        time_zone=company.time_zone,
        currency=company.currency,
        now=workspace.now(),
        progress=Bar(),
    )
    if as_json:
        print_json(asdict(report))
        return
    say(
        Text(
            ja=f"直った行 {report.mended:,}(新規 {report.new:,}・訂正 {report.corrected:,}・変更なし {report.unchanged:,})、"
            f"まだ取り込めない行 {report.still_bad:,}",
            en=f"{report.mended:,} mended ({report.new:,} new, {report.corrected:,} corrected, {report.unchanged:,} unchanged),"
            f" {report.still_bad:,} still set aside",
        ),
        language or company.language,
    )


@command.command("drop")
@click.argument("ids", nargs=-1, required=True)
@workspace_option
@language_option
def drop_rows(ids: tuple[str, ...], folder: Path | None, language: Language | None) -> None:
    """Close rows (by the id that --json and the export show) that nobody wants to mend."""
    from minori.pipeline.quarantine import drop

    workspace = open_workspace(folder)
    count = drop(workspace.lake, ids)
    say(
        Text(ja=f"{count:,} 行を閉じました。", en=f"Closed {count:,} rows."),
        language or workspace.file.company.language,
    )
