"""``sources.yaml``: what to load, from where, and how it becomes facts."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from minori.core.errors import DefinitionError, UnknownName
from minori.core.registry import Registry
from minori.core.yaml_file import Document, parse_yaml, read_yaml, validated
from minori.policy.words import Days
from minori.schema.facts import FACTS
from minori.sources.kind import SourceKind

FILE = "sources.yaml"
INPUT = "input"  # how a select calls its own source
EVERYTHING = "select * from input"
KINDS = Registry("source", "minori.sources.kinds", SourceKind)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("expected an IANA time zone such as Asia/Tokyo") from None
    return name


def _id(name: str) -> str:
    if not re.fullmatch("[a-z][a-z0-9_]{0,59}", name) or name == INPUT:
        raise ValueError(f"expected lower-case letters, digits and _, and not {INPUT!r}")
    return name


def _hours(value: object) -> object:
    """Count hours as whole days, rounded up: whether a source is silent is told by calendar days."""
    found = re.fullmatch(r"\s*(\d+)\s*hours?\s*", value) if isinstance(value, str) else None
    return -(-int(found[1]) // 24) if found else value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Covers(BaseModel):
    """The days that a source says it covers, both included, where its rows do not show it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: date | None = Field(None, alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Covers":
        if self.since and self.until and self.since > self.until:
            raise ValueError("from is later than until")
        return self


class Source(BaseModel):
    """One source. ``params`` are the settings of its kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, AfterValidator(_id)]
    kind: str
    gives: str
    select: str = EVERYTHING
    inputs: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field((), alias="with")
    time_zone: Annotated[str, AfterValidator(_zone)] | None = None
    version: str | None = None
    complete: bool = False
    ends: Literal["exclusive", "inclusive"] = "exclusive"
    covers: Covers = Covers.model_validate({})
    fresh_within: Annotated[Days, BeforeValidator(_hours), Field(ge=1)] | None = None

    @property
    def fresh_within_days(self) -> int:
        """How long silence of this source is ordinary."""
        return self.fresh_within or FACTS[self.gives].fresh_within_days


@dataclass(frozen=True)
class Defined:
    """A source with the settings of its kind and the lines where it stands."""

    source: Source
    params: BaseModel
    line: int | None
    select_line: int | None


@dataclass(frozen=True)
class Sources:
    """Every source of a workspace, in the order of the file."""

    file: str
    text: str
    every: tuple[Defined, ...]

    def __iter__(self) -> Iterator[Defined]:
        return iter(self.every)

    def __getitem__(self, name: str) -> Defined:
        """Return a source by id; raises UnknownName."""
        for defined in self.every:
            if defined.source.id == name:
                return defined
        raise UnknownName("source", name, [d.source.id for d in self.every], file=self.file)

    def chosen(self, only: Collection[str] | None) -> tuple[Defined, ...]:
        """Return the sources to load, in the order of the file; raises UnknownName."""
        if only is None:
            return self.every
        wanted = {self[name].source.id for name in only}
        return tuple(d for d in self.every if d.source.id in wanted)

    def place(self, defined: Defined, *, of_select: bool = False) -> str:
        """Return ``sources.yaml:12``: where the source, or its select, stands."""
        line = (of_select and defined.select_line) or defined.line
        return f"{self.file}:{line}" if line else self.file


def load_sources(path: Path) -> Sources:
    """Read and check a ``sources.yaml``.

    Raises
    ------
    DefinitionError
        With file and line: a wrong setting, an unknown name (with the nearest known), a circle in ``with``.
    """
    read_yaml(path)
    return parse_sources(path.read_text(encoding="utf-8"), path.name)


def parse_sources(text: str, name: str) -> Sources:
    """Check the text of a ``sources.yaml``; ``name`` is how errors call the file."""
    document = parse_yaml(text, name)
    if not isinstance(document.data, list | None):
        raise document.error("expected a list of sources, each beginning with '- id: …'")
    every = tuple(_source(document.part(index)) for index in range(len(document.data or ())))
    _check_ids(document, every)
    _check_inputs(document, every)
    return Sources(name, text, every)


def _source(part: Document) -> Defined:
    if not isinstance(part.data, dict):
        raise part.error("expected a source: '- id: …'")
    kind = _kind(part)
    ours = _settings(Source)
    theirs = _settings(kind.params)
    for setting in part.data:
        if setting not in ours | theirs:
            raise _at(UnknownName("setting", str(setting), ours | theirs), part, setting)
    source = validated(Source, _only(part, ours))
    try:
        params = validated(kind.params, _only(part, theirs - ours))
    except DefinitionError as e:
        raise e.at(*part.place(())) from None
    _check(source, part)
    return Defined(source, params, part.place(())[1], part.place(("select",))[1])


def _kind(part: Document) -> SourceKind:
    if "kind" not in part.data:
        raise part.error("kind is missing")
    name = str(part.data["kind"])
    if name not in KINDS:
        raise _at(UnknownName("kind of source", name, KINDS), part, "kind")
    return KINDS[name]


def _check(source: Source, part: Document) -> None:
    if source.gives not in FACTS:
        raise _at(UnknownName("fact table", source.gives, FACTS), part, "gives")
    if source.ends == "inclusive" and "ends_on" not in FACTS[source.gives].by_name:
        raise part.error(f"ends: inclusive is for contracts; {source.gives} has no ends_on", ("ends",))


def _check_ids(document: Document, every: tuple[Defined, ...]) -> None:
    seen: set[str] = set()
    for index, defined in enumerate(every):
        if defined.source.id in seen:
            raise document.error(f"the id {defined.source.id!r} stands twice", (index, "id"))
        seen.add(defined.source.id)


def _check_inputs(document: Document, every: tuple[Defined, ...]) -> None:
    inputs = {d.source.id: d.source.inputs for d in every}
    for index, defined in enumerate(every):
        for name in defined.source.inputs:
            if name not in inputs:
                raise _at(UnknownName("source", name, inputs), document, index, "with")
        if circle := _circle(defined.source.id, inputs):
            raise document.error(f"with goes in a circle: {' → '.join(circle)}", (index, "with"))


def _circle(start: str, inputs: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the way from a source back to itself, if there is one."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for name in inputs.get(way[-1], ()):
            if name == start:
                return [*way, name]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _settings(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


def _only(part: Document, names: set[str]) -> Document:
    data: dict[str, Any] = {name: value for name, value in part.data.items() if name in names}
    return Document(part.file, data, part.places)


def _at(error: DefinitionError, part: Document, *path: str | int) -> DefinitionError:
    return error.at(*part.place(path))
