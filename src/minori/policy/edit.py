"""Changing the text of a definition file by program: comments stay, and only what differs from the preset is written."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from minori.core.errors import DefinitionError
from minori.core.yaml_file import parse_yaml
from minori.policy.edit_files import check_plain, difference, replace_file

__all__ = ["PartChange", "as_yaml", "difference", "replace_file", "with_parts", "with_settings"]

_STYLES = ((2, 4, 2), (2, 2, 0), (4, 4, 2), (4, 4, 0), (4, 6, 4), (2, 3, 1))  # mapping, sequence, offset
_ABSENT = object()


@dataclass(frozen=True)
class PartChange:
    """New weight and points of one part of the health score."""

    weight: float
    points: Mapping[float, float]


def with_parts(text: str, changes: Mapping[str, PartChange]) -> str:
    """Return the text of a ``health.yaml`` with the parts' weights and points changed.

    Parts that the file does not have, because they come from the preset, are added with these two alone.
    """
    yaml, document = _read(text)
    parts = document.setdefault("parts", CommentedMap())
    for name, change in changes.items():
        part = parts.setdefault(name, CommentedMap())
        part["weight"] = _number(change.weight)
        part["points"] = _flow({_number(value): _number(points) for value, points in change.points.items()})
    return _written(yaml, document, text)


def with_settings(
    text: str, path: Sequence[str | int], wanted: Mapping[str, Any], below: Mapping[str, Any]
) -> str:
    """Return the text of a YAML file in which the entry at ``path`` comes to have the wanted settings.

    Parameters
    ----------
    text
        The company's own file, which is laid over the preset; empty: there is none yet.
    path
        Where the entry stands in it; what is missing on the way is added.
    wanted
        The settings that are to hold, as plain data; None takes a setting away. Others are left as they are.
    below
        What the preset says of the entry: only what differs from it is written.
    """
    yaml, document = _read(text)
    node = document
    for step in path:
        if isinstance(step, str) and not isinstance(node.get(step), CommentedMap | CommentedSeq):
            node[step] = CommentedMap()
        node = node[step]
    for key, value in wanted.items():
        _lay(node, key, _ABSENT if value is None else value, below.get(key, _ABSENT))
    return _written(yaml, document, text)


def as_yaml(data: Any, *, on_one_line: bool = False) -> str:
    """Return plain data as YAML for a text field, in the order in which it is written."""
    out, yaml = io.StringIO(), YAML(typ="rt")
    yaml.default_flow_style = on_one_line
    yaml.width = 4096
    yaml.dump(data, out)
    return out.getvalue().strip().removesuffix("...").strip()


def _read(text: str) -> tuple[YAML, Any]:
    """Return a document, and the YAML whose way of writing gives back the text most faithfully."""
    check_plain(text, "the file")
    parse_yaml(text, "the file")  # says in plain words what is wrong with it
    for style in _STYLES:
        yaml = _yaml(*style)
        document = yaml.load(text)
        if document is None:
            return yaml, CommentedMap()
        if _dumped(yaml, document) == text:
            return yaml, yaml.load(text)
    yaml = _yaml(*_STYLES[0])
    return yaml, yaml.load(text)


def _written(yaml: YAML, document: Any, text: str) -> str:
    dumped = _dumped(yaml, document) if document else ""
    held_nothing = not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())
    above = text.rstrip("\n") + "\n" if text.strip() and held_nothing else ""
    return above + dumped


def _dumped(yaml: YAML, document: Any) -> str:
    out = io.StringIO()
    try:
        yaml.dump(document, out)
    except YAMLError as error:
        raise DefinitionError(f"cannot be written as YAML: {error}") from None
    return out.getvalue()


def _yaml(mapping: int, sequence: int, offset: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    return yaml


def _lay(node: Any, key: str, wanted: Any, below: Any) -> None:
    """Make a setting come to ``wanted`` when the node is laid over what is below; write as little as that needs."""
    present = node.get(key, _ABSENT)
    if wanted is _ABSENT:
        if below is not _ABSENT:
            node[key] = _flow({"off": True})
        elif present is not _ABSENT:
            del node[key]
    elif isinstance(wanted, Mapping) and isinstance(below, Mapping):
        child = present if isinstance(present, CommentedMap) else _flow({})
        for name in dict.fromkeys((*wanted, *below, *child)):
            _lay(child, name, wanted.get(name, _ABSENT), below.get(name, _ABSENT))
        _set(node, key, child) if child else node.pop(key, None)
    elif isinstance(wanted, Mapping) and isinstance(present, CommentedMap):
        for name in dict.fromkeys((*wanted, *present)):
            _lay(present, name, wanted.get(name, _ABSENT), _ABSENT)
    elif present is not _ABSENT and present == wanted:
        return
    elif wanted == below and key not in node.ca.items:  # a comment would go with it
        node.pop(key, None)
    else:
        _set(node, key, _made(wanted))


def _set(node: Any, key: str, value: Any) -> None:
    if node.get(key) is not value:
        node[key] = value


def _made(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _flow({key: _made(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        made = CommentedSeq([_made(inner) for inner in value])
        made.fa.set_flow_style()
        return made
    return _number(value) if isinstance(value, float) else value


def _flow(values: Mapping[Any, Any]) -> CommentedMap:
    made = CommentedMap(values)
    made.fa.set_flow_style()
    return made


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else float(value)
