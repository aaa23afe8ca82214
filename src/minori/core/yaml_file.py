"""YAML files of definitions: read with their line numbers, checked against a model, with plain errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from minori.core.errors import DefinitionError

M = TypeVar("M", bound=BaseModel)
Where = tuple[str | int, ...]
Place = tuple[str, int]
LARGEST_FILE = 4_000_000  # bytes; a file of definitions is written by people


@dataclass(frozen=True)
class Document:
    """What a YAML file holds, as plain Python, and where each part of it stands."""

    file: str
    data: Any
    places: Mapping[Where, Place] = field(default_factory=dict)

    def place(self, path: Sequence[str | int]) -> tuple[str, int | None]:
        """Return file and line (from 1) of the part, or of the nearest part around it."""
        for end in range(len(path), -1, -1):
            found = self.places.get(tuple(path[:end]))
            if found is not None:
                return found
        return self.file, None

    def error(self, problem: str, path: Sequence[str | int] = ()) -> DefinitionError:
        """Return an error that names the file and the line of the part."""
        file, line = self.place(path)
        return DefinitionError(problem, file=file, line=line)

    def part(self, *path: str | int) -> "Document":
        """Return the part below ``path`` as a document of its own, with its lines."""
        data = self.data
        for step in path:
            data = data[step]
        size = len(path)
        places = {where[size:]: place for where, place in self.places.items() if where[:size] == path}
        return Document(self.file, data, places)

    def merged(self, over: "Document") -> "Document":
        """Lay another document over this one: maps by key, lists replace, ``off: true`` removes."""
        places = dict(self.places)
        data = _merge(self.data, over.data, (), places, over.places)
        return Document(over.file, data, places)


def read_yaml(path: Path, *, shown_as: str | None = None) -> Document:
    """Read one YAML file; raises DefinitionError if it cannot be read or is not YAML."""
    name = shown_as or path.name
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DefinitionError(f"larger than {LARGEST_FILE:,} bytes; split it", file=name)
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DefinitionError("no such file", file=name) from None
    except UnicodeDecodeError as e:
        raise DefinitionError(f"not UTF-8 at byte {e.start}; save it as UTF-8", file=name) from None
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Document:
    """Parse YAML text; ``name`` is how errors call it."""
    try:
        loaded = YAML(typ="rt").load(text)
    except MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else None
        raise DefinitionError(f"not YAML: {e.problem or e.context}", file=name, line=line) from None
    lines: dict[Where, int] = {}
    data = _plain(loaded, (), lines)
    return Document(name, data, {where: (name, line) for where, line in lines.items()})


def validated(model: type[M], document: Document) -> M:
    """Build the model from a document; raises DefinitionError with line, reading and what is allowed."""
    if not isinstance(document.data, dict):
        raise document.error(f"expected names with values, read {_kind_of(document.data)}")
    try:
        return model.model_validate(document.data)
    except ValidationError as e:
        raise _first_error(model, document, e.errors()) from None


def _plain(node: Any, path: Where, lines: dict[Where, int]) -> Any:
    if isinstance(node, CommentedMap):
        lines.setdefault(path, node.lc.line + 1)
        result = {}
        for key, value in node.items():
            lines[(*path, key)] = node.lc.key(key)[0] + 1 if key in (node.lc.data or {}) else node.lc.line + 1
            result[key] = _plain(value, (*path, key), lines)
        return result
    if isinstance(node, CommentedSeq):
        lines.setdefault(path, node.lc.line + 1)
        for index in range(len(node)):
            lines[(*path, index)] = node.lc.item(index)[0] + 1
        return [_plain(value, (*path, index), lines) for index, value in enumerate(node)]
    if isinstance(node, float):
        return float(node)
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    return str(node) if isinstance(node, str) else node


def _merge(
    base: Any, over: Any, path: Where, places: dict[Where, Place], over_places: Mapping[Where, Place]
) -> Any:
    if not (isinstance(base, dict) and isinstance(over, dict)):
        for where in [w for w in places if w[: len(path)] == path]:
            del places[where]
        places.update({w: p for w, p in over_places.items() if w[: len(path)] == path})
        return over
    result = dict(base)
    for key, value in over.items():
        where = (*path, key)
        if isinstance(value, dict) and value.get("off") is True:
            result.pop(key, None)
        elif key in result:
            result[key] = _merge(result[key], value, where, places, over_places)
            places.update({where: over_places[where]} if where in over_places else {})
        else:
            result[key] = value
            places.update({w: p for w, p in over_places.items() if w[: len(where)] == where})
    return result


def _first_error(model: type[BaseModel], document: Document, errors: list[ErrorDetails]) -> DefinitionError:
    error = errors[0]
    path = [step for step in error["loc"] if not (isinstance(step, str) and step.startswith("function-"))]
    shown = ".".join(str(step) for step in path)
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    if error["type"] == "extra_forbidden":
        known = _fields_at(model, path[:-1])
        close = get_close_matches(str(path[-1]), known, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else f"; allowed: {', '.join(sorted(known))}"
        return document.error(f"unknown setting {shown!r}{hint if known else ''}{more}", path)
    if error["type"] == "missing":
        return document.error(f"{shown} is missing{more}", path)
    context = error.get("ctx") or {}
    original = context.get("error")
    if isinstance(original, DefinitionError):
        return document.error(f"{shown}: {original.problem}{more}", path)
    message = str(original) if original is not None else error["msg"]
    return document.error(f"{shown}: {message}; read {error['input']!r}{more}", path)


def _fields_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    current: Any = model
    for step in path:
        if not (isinstance(current, type) and issubclass(current, BaseModel)):
            return []
        info = current.model_fields.get(str(step))
        if info is None:
            return []
        current = info.annotation
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [info.alias or name for name, info in current.model_fields.items()]
    return []


def _kind_of(data: Any) -> str:
    return {list: "a list", str: "a text", type(None): "nothing"}.get(type(data), type(data).__name__)
