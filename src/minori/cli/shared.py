"""What commands share: the workspace option, the clock, tables for people, JSON for programs."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from minori.core.safe_csv import write_records, write_rows
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.pipeline.workspace import Workspace

WIDE = 140  # signs of a line where nobody looks at a terminal
F = TypeVar("F", bound=Callable[..., Any])


def clock() -> datetime:
    """Tell the time; the only clock besides the web app's."""
    return datetime.now(UTC)


def workspace_option(command: F) -> F:
    """Add ``-w DIR``: default the nearest folder upward that holds minori.yaml."""
    return click.option(
        "-w",
        "--workspace",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        help="Workspace folder; default the nearest one upward.",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json``: one object for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(command)


def language_option(command: F) -> F:
    """Add ``--language``: default the company's."""
    return click.option("--language", type=click.Choice(["ja", "en"]), help="Default: the company's.")(
        command
    )


def day_option(option: str, text: str, *, name: str | None = None) -> Callable[[F], F]:
    """Add an option that takes a date; ``name`` is the command's parameter, where it is not the option's own."""
    names = (option,) if name is None else (option, name)
    return click.option(*names, type=click.DateTime(["%Y-%m-%d"]), help=text, callback=_as_date)


def _as_date(_context: click.Context, _parameter: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def open_workspace(folder: Path | None) -> "Workspace":
    """Open the workspace that the option names."""
    from minori.pipeline.workspace import Workspace
    from minori.policy.workspace import find_workspace

    return Workspace(find_workspace(Path.cwd()) if folder is None else _exact(folder), clock)


def language_of(folder: Path | None, language: Language | None) -> Language:
    """Return the language to speak where a workspace may be, but need not: else the company's, else Japanese."""
    from minori.core.errors import WorkspaceError
    from minori.policy.workspace import find_workspace, read_workspace

    if language is not None:
        return language
    try:
        root = folder or find_workspace(Path.cwd())
    except WorkspaceError:
        return "ja"
    return read_workspace(root).company.language


def _exact(folder: Path) -> Path:
    from minori.policy.workspace import read_workspace

    read_workspace(folder)
    return folder.resolve()


def drain_app(workspace: "Workspace") -> None:
    """Bring what people did in the web app into the lake, where the workspace has one: a run must know of it."""
    if not (workspace.root / "app.db").is_file() and not os.environ.get("MINORI_DATABASE_URL"):
        return
    os.environ["MINORI_WORKSPACE"] = str(workspace.root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minori.web.settings")
    import django

    django.setup()
    from minori.web.outbox.drain import drain

    drain(workspace)


def print_json(data: Any) -> None:
    """Print one JSON value."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def print_rows(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Print CSV, safe for spreadsheets."""
    write_rows(sys.stdout, columns, rows)


def print_records(records: Iterable[Mapping[str, object]], columns: Sequence[str] | None = None) -> None:
    """Print CSV, safe for spreadsheets; without ``columns`` the first record names them."""
    write_records(sys.stdout, records, columns)


def print_table(
    headings: Sequence[Text], rows: Iterable[Sequence[str]], language: Language, *, right: Sequence[int] = ()
) -> None:
    """Print a table as wide as the terminal; columns in ``right`` are aligned to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading[language], justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*[_plain(cell) for cell in row])
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    console.print(table)


def _plain(cell: str) -> str:
    from rich.markup import escape

    return escape(cell)


def possible_from(first_clear: date | str | None, language: Language) -> str:
    """Say until when something is held: up to the day before ``first_clear``; nothing where it holds while it lasts."""
    if not first_clear:
        return ""
    return Text(
        ja=f"（{first_clear} の前日まで控え、{first_clear} から可能）",
        en=f" (held until before {first_clear}, possible from that day)",
    )[language]


def say(text: Text, language: Language) -> None:
    """Print one line."""
    click.echo(text[language])


class Bar:
    """A progress bar on stderr while something long goes on; silent where nobody looks."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, what: str, share: float) -> None:
        """Show what is being done and the share done."""
        if not sys.stderr.isatty():
            return
        filled = int(share * 24)
        line = f"\r{'█' * filled}{'·' * (24 - filled)} {share:4.0%}  {what}"
        click.echo(line + " " * max(0, len(self._last) - len(line)), nl=False, err=True)
        self._last = line
        if share >= 1:
            click.echo("\r" + " " * len(line) + "\r", nl=False, err=True)
