"""Changing a definition file by program: comments stay, and nobody else's change is overwritten."""

import difflib
import io
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from minori.core.errors import WorkspaceError


@dataclass(frozen=True)
class PartChange:
    """New weight and points of one part of the health score."""

    weight: float
    points: Mapping[float, float]


def with_parts(text: str, changes: Mapping[str, PartChange]) -> str:
    """Return the text of a ``health.yaml`` with the parts' weights and points changed.

    Parts that the file does not have, because they come from the preset, are added with these two alone.
    """
    yaml = _yaml()
    document = yaml.load(text) if text.strip() else None
    if document is None:
        document = CommentedMap()
    parts = document.setdefault("parts", CommentedMap())
    for name, change in changes.items():
        part = parts.setdefault(name, CommentedMap())
        part["weight"] = _number(change.weight)
        part["points"] = _flow({_number(value): _number(points) for value, points in change.points.items()})
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()


def difference(before: str, after: str, name: str) -> str:
    """Return a unified diff of two versions of a file; empty if they are the same."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(lines)


def replace_file(path: Path, before: str, after: str) -> None:
    """Put a new version in place of the file, at once or not at all.

    Raises
    ------
    WorkspaceError
        If the file is no longer what ``before`` says (empty: it did not exist).
    """
    now = path.read_text(encoding="utf-8") if path.is_file() else ""
    if now != before:
        raise WorkspaceError(f"{path.name} was changed meanwhile; look at the proposal again")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if path.is_file():
            Path(temporary).chmod(path.stat().st_mode)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _flow(values: Mapping[float, float]) -> CommentedMap:
    made = CommentedMap(values)
    made.fa.set_flow_style()
    return made


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else float(value)
