"""The select of one source, put into ``sources.yaml`` in its place: every other line stays as it is, comments too."""

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from minori.core.errors import DefinitionError
from minori.core.yaml_file import parse_yaml
from minori.sources.definitions import EVERYTHING, FILE, parse_sources


def select_of(text: str, source: str) -> str:
    """Return the select of a source as it stands; raises DefinitionError."""
    return parse_sources(text, FILE)[source].source.select


def with_select(text: str, source: str, select: str) -> str:
    """
    Return the file's text with another select of one source.

    Raises
    ------
    DefinitionError
        If the new file is wrong, or more than that select would change.
    """
    before = parse_sources(text, FILE)
    index = [one.source.id for one in before].index(before[source].source.id)
    lines = text.splitlines(keepends=True)
    start, end, indent = _span(text, index, len(lines))
    new = "".join([*lines[:start], *_written(select, indent), *lines[end:]])
    _check_only(text, new, index, source)
    return new


def _span(text: str, index: int, last: int) -> tuple[int, int, int]:
    """Return the first line of the select, the first behind it, and how far its key is indented."""
    items = YAML(typ="rt").load(text)
    item: CommentedMap = items[index]
    if item.fa.flow_style():
        raise DefinitionError(
            "written in one line ({…}); edit the file itself", file=FILE, line=item.lc.line + 1
        )
    indent = item.lc.col
    nexts = [one.lc.line for one in items[index + 1 :]][:1]
    end_of_item = _without_tail(text, nexts[0] if nexts else last)
    keys = sorted((place[0], name) for name, place in item.lc.data.items())
    if "select" not in item:
        return end_of_item, end_of_item, indent
    start = item.lc.key("select")[0]
    behind = [line for line, _ in keys if line > start]
    return start, behind[0] if behind else end_of_item, indent


def _without_tail(text: str, end: int) -> int:
    """Step back over blank lines and comments that belong to what comes next."""
    lines = text.splitlines()
    while end > 0 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _written(select: str, indent: int) -> list[str]:
    words = [line.rstrip() for line in (select.strip() or EVERYTHING).replace("\r\n", "\n").split("\n")]
    margin = " " * indent
    return [f"{margin}select: |\n", *(f"{margin}  {line}\n" if line else "\n" for line in words)]


def _check_only(before: str, after: str, index: int, source: str) -> None:
    old, new = (parse_yaml(text, FILE).data for text in (before, after))
    parse_sources(after, FILE)
    for items in (old, new):
        items[index].pop("select", None)
    if old != new:
        raise DefinitionError(
            f"the select of {source!r} cannot be changed alone; edit the file itself", file=FILE
        )
