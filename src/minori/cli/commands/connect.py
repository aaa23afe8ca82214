"""``minori connect``: look at unknown files and propose sources.yaml."""

import shutil
from dataclasses import asdict
from pathlib import Path

import click

from minori.cli.shared import (
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_table,
    say,
    workspace_option,
)
from minori.core.text import Language, Text

EXPORTS = "exports"


@click.command("connect")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@workspace_option
@click.option(
    "--write", is_flag=True, help="Write the draft to sources.yaml (kept aside if there is one already)."
)
@json_option
@language_option
def command(
    files: tuple[Path, ...], folder: Path | None, write: bool, as_json: bool, language: Language | None
) -> None:
    """Look at FILES and propose how to load them; files outside the workspace are copied into its exports/."""
    from minori.sources.connect import propose

    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    inside = [_inside(workspace.root, path) for path in files]
    proposal = propose(inside, workspace.root, language)
    if as_json:
        print_json({"sources_yaml": proposal.text, "files": [asdict(preview) for preview in proposal.files]})
        return
    _show(proposal, language)
    if write:
        _write(workspace.root, proposal.text, language)
    else:
        click.echo(proposal.text)
        say(
            Text(
                ja="よければ --write で sources.yaml に書きます。",
                en="With --write this becomes sources.yaml.",
            ),
            language,
        )


def _inside(root: Path, path: Path) -> Path:
    resolved = path.resolve()
    if resolved.is_relative_to(root):
        return resolved
    copied = root / EXPORTS / path.name
    copied.parent.mkdir(exist_ok=True)
    if not copied.exists() or copied.read_bytes() != resolved.read_bytes():
        shutil.copyfile(resolved, copied)
    return copied


def _show(proposal: object, language: Language) -> None:
    from minori.sources.connect import Proposal

    assert isinstance(proposal, Proposal)
    headings = (
        Text(ja="ファイル", en="File"),
        Text(ja="行", en="Rows"),
        Text(ja="列", en="Columns"),
        Text(ja="事実データ", en="Facts"),
        Text(ja="確かさ", en="How sure"),
    )
    rows = [
        [", ".join(f.files), f"{f.rows:,}", f"{len(f.columns)}", source.gives, source.confidence[language]]
        for f in proposal.files
        for source in f.sources
    ]
    print_table(headings, rows, language, right=(1, 2))
    click.echo()


def _write(root: Path, text: str, language: Language) -> None:
    path = root / "sources.yaml"
    if (
        path.exists()
        and path.read_text(encoding="utf-8").strip() not in ("", "[]")
        and "- id:" in path.read_text(encoding="utf-8")
    ):
        path = root / "sources.draft.yaml"
    path.write_text(text, encoding="utf-8")
    say(
        Text(
            ja=f"{path.name} に書きました。コメントを確かめて直し、minori load を実行してください。",
            en=f"Wrote {path.name}. Read the comments, mend what is a guess, then run: minori load",
        ),
        language,
    )
