"""Which files a source means: paths and patterns, resolved inside the workspace only."""

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from minori.core.errors import InputError
from minori.sources.reading.settings import Format

_ENDINGS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xlsb": "excel",
    ".xls": "excel",
    ".ods": "excel",
    ".jsonl": "json_lines",
    ".ndjson": "json_lines",
    ".json": "json_lines",
    ".parquet": "parquet",
}
_HIDDEN = (".", "~$")
_PACKED: tuple[Format, ...] = ("csv", "json_lines")


@dataclass(frozen=True)
class Found:
    """One file to read: where it is, and how it is called in notes, errors and ``_file``."""

    path: Path
    name: str

    @property
    def pattern(self) -> str:
        """The path for DuckDB's readers, which take it for a pattern: this file and no other."""
        return glob.escape(str(self.path))

    @property
    def packed(self) -> bool:
        """Whether it is compressed by gzip."""
        return self.path.name.lower().endswith(".gz")


def find(workspace: Path, read: str | Iterable[str]) -> tuple[Found, ...]:
    """Return every file that the paths or patterns mean, each once, by name.

    Raises
    ------
    InputError
        If one means no file, or a file outside the workspace (links are followed).
    """
    patterns = [read] if isinstance(read, str) else list(read)
    root = workspace.resolve()
    found = {match.path: match for pattern in patterns for match in _matches(root, pattern)}
    return tuple(sorted(found.values(), key=lambda match: match.name))


def format_of(found: Found, declared: Format | None) -> Format:
    """Return the declared format, or the one that the ending of the name tells."""
    if declared is not None:
        return declared
    name = found.path.name.lower().removesuffix(".gz")
    format_ = _ENDINGS.get(Path(name).suffix)
    if format_ is None or (found.packed and format_ not in _PACKED):
        allowed = ", ".join(sorted(_ENDINGS))
        raise InputError(
            f"unknown ending; known: {allowed} (text and JSON also with .gz). Else set format:",
            file=found.name,
        )
    return format_


def inside(root: Path, path: Path, shown: str) -> Found:
    """Return the file, if it lies in the workspace once every link is followed; else raise InputError."""
    real = path.resolve()
    if not real.is_relative_to(root):
        raise InputError("lies outside the workspace; copy it into the workspace", file=shown)
    return Found(real, real.relative_to(root).as_posix())


def _matches(root: Path, pattern: str) -> list[Found]:
    literal = root / pattern
    if literal.is_file():
        return [inside(root, literal, pattern)]
    if literal.is_dir():
        inside(root, literal, pattern)
        raise InputError("is a folder; name its files, for example with /*.csv", file=pattern)
    matches = [inside(root, path, pattern) for path in _expanded(root, pattern) if path.is_file()]
    if not matches:
        raise InputError(f"no such file{_near(root, literal)}", file=pattern)
    return matches


def _expanded(root: Path, pattern: str) -> list[Path]:
    """Return what the pattern matches, without hidden files and the lock files of spreadsheet programs."""
    try:
        paths = list(root.glob(pattern))
    except (ValueError, NotImplementedError):
        if Path(pattern).is_absolute():
            return []
        raise InputError("not a pattern; ** stands alone between slashes", file=pattern) from None
    wanted = Path(pattern).name
    return [path for path in paths if wanted.startswith(path.name[:1]) or not path.name.startswith(_HIDDEN)]


def _near(root: Path, path: Path) -> str:
    folder = path.parent
    while not folder.is_dir():
        folder = folder.parent
    if not folder.resolve().is_relative_to(root):
        return "; and it would lie outside the workspace"
    names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    close = get_close_matches(path.name, names, n=3, cutoff=0.5)
    where = folder.resolve().relative_to(root).as_posix()
    place = "the workspace" if where == "." else f"{where}/"
    if close:
        return f"; did you mean {' or '.join(repr(name) for name in close)} in {place}?"
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"; {place} holds: {shown or 'nothing'}"
