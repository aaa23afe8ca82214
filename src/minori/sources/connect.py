"""``connect``: looks at unknown files and drafts the ``sources.yaml`` that makes facts of them."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from minori.core.errors import InputError
from minori.core.text import Language
from minori.sources import macros
from minori.sources.connecting.draft import Draft
from minori.sources.connecting.plan import plan
from minori.sources.connecting.preview import FilePreview, preview
from minori.sources.connecting.profile import SeenFile, look_at
from minori.sources.connecting.wishes import Wish, missing
from minori.sources.connecting.write import written
from minori.sources.reading.paths import inside


@dataclass(frozen=True)
class Proposal:
    """A draft for a person to edit, and what it rests on."""

    text: str  # of sources.yaml, with comments
    files: tuple[FilePreview, ...]
    sources: tuple[Draft, ...]
    missing: tuple[Wish, ...]  # facts that were not found


def propose(files: Sequence[Path], workspace: Path, language: Language = "en") -> Proposal:
    """Look at files and draft the sources that read them.

    Parameters
    ----------
    files
        CSV, Excel, JSON Lines or Parquet, inside the workspace; relative paths start there.
    language
        Of the comments in the draft.

    Raises
    ------
    InputError
        If there is no file, one lies outside the workspace, or one cannot be read.
    """
    root = workspace.resolve()
    names = sorted({_name(root, path) for path in files})
    if not names:
        raise InputError("no file was given")
    # On disk, so that large files are looked at in bounded memory.
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "seen.duckdb") as connection:
        macros.install(connection)
        seen = _together(connection, root, [_look(connection, root, at, [n]) for at, n in enumerate(names)])
        drafts = plan(connection, seen)
    wishes = missing({draft.gives for draft in drafts})
    text = written(root, seen, drafts, wishes, language)
    return Proposal(text, tuple(preview(file, drafts) for file in seen), tuple(drafts), wishes)


def _name(root: Path, path: Path) -> str:
    full = path if path.is_absolute() else root / path
    if not full.is_file():
        raise InputError("no such file", file=str(path))
    return inside(root, full, str(path)).name


def _look(connection: duckdb.DuckDBPyConnection, root: Path, at: int, names: Sequence[str]) -> SeenFile:
    return look_at(connection, root, names, f"looked_at_{at}")


def _together(connection: duckdb.DuckDBPyConnection, root: Path, seen: Sequence[SeenFile]) -> list[SeenFile]:
    """Take files with one name but for digits, and the same columns, for parts of one export."""
    parts: dict[tuple[str, frozenset[str]], list[SeenFile]] = {}
    for file in seen:
        columns = frozenset(column.name.lower() for column in file.columns)
        parts.setdefault((re.sub(r"\d+", "#", file.paths[0]), columns), []).append(file)
    return [
        group[0] if len(group) == 1 else _look(connection, root, len(seen) + at, [f.paths[0] for f in group])
        for at, group in enumerate(parts.values())
    ]
