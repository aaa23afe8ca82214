"""``minori proof``: compute everything that pages of results show, and keep it in the lake."""

from collections.abc import Sequence
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
    print_table,
    workspace_option,
)
from minori.core.errors import WorkspaceError
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.pipeline.proof.stored import Done

_STATES = {
    "stored": Text(ja="保存しました", en="stored"),
    "not_enough": Text(ja="データが足りません", en="not enough data"),
    "failed": Text(ja="失敗しました", en="failed"),
}
_UNCHANGED = Text(ja="変更なし", en="unchanged")
_HEADINGS = (
    Text(ja="項目", en="Part"),
    Text(ja="状態", en="State"),
    Text(ja="行数", en="Rows"),
    Text(ja="秒", en="Seconds"),
    Text(ja="理由", en="Why"),
)


@click.command("proof")
@workspace_option
@day_option("--as-of", "Last day of data; default the last complete day.")
@click.option("--parts", help="Only these, such as revenue,experiments; default all.")
@click.option("--again", is_flag=True, help="Also what rests on nothing new.")
@json_option
@language_option
def command(
    folder: Path | None,
    as_of: date | None,
    parts: str | None,
    again: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """Compute the proof of a day and keep it for the results pages; what rests on nothing new is skipped."""
    from minori.pipeline.proof.stored import store_proof

    workspace = open_workspace(folder)
    wanted = None if parts is None else [name.strip() for name in parts.split(",") if name.strip()]
    done = store_proof(
        workspace.lake,
        workspace.file,
        workspace.policy,
        as_of=as_of,
        parts=wanted,
        again=again,
        progress=Bar(),
    )
    if as_json:
        print_json([one.as_object() for one in done])
    else:
        _show(done, language or workspace.file.company.language)
    failed = [one.part for one in done if one.state == "failed"]
    if failed:
        raise WorkspaceError(f"could not be computed: {', '.join(failed)}")


def _show(done: "Sequence[Done]", language: Language) -> None:
    from minori.pipeline.proof.part import PARTS

    rows = []
    for one in done:
        state = _STATES[one.state][language]
        shown = f"{state} ({_UNCHANGED[language]})" if one.skipped else state
        why = one.why[language] if one.why else ""
        rows.append([PARTS[one.part].label[language], shown, f"{one.rows:,}", f"{one.seconds:.1f}", why])
    print_table(_HEADINGS, rows, language, right=(2, 3))
