"""Which column of a select feeds which column of a fact table, and what is left over."""

from dataclasses import dataclass

from minori.core.errors import MappingError
from minori.core.text import Text
from minori.schema.facts import FACTS
from minori.schema.table import Table
from minori.sources.definitions import Source
from minori.sources.grammar import nearest
from minori.sources.mapping import Output

KEEPS_UNKNOWN = "customers"


@dataclass(frozen=True)
class Fed:
    """One column of the select's output: where it lies and what it is."""

    name: str  # as the select writes it
    place: str  # c0, c1, …
    type: str  # DuckDB's


@dataclass(frozen=True)
class Plan:
    """How the output of a select becomes rows of its fact table."""

    table: Table
    fed: dict[str, Fed]  # by column of the schema
    kept: tuple[Fed, ...]  # columns that go into attributes
    version: Fed | None
    notes: tuple[Text, ...]


def plan_typing(source: Source, output: Output, place: str) -> Plan:
    """Match the select's columns with the schema's, by name and whatever the case of letters.

    Raises
    ------
    MappingError
        If a required column is missing, or the column named by ``version`` is.
    """
    table = FACTS[source.gives]
    every = [Fed(n, f"c{i}", t) for i, (n, t) in enumerate(zip(output.names, output.types, strict=True))]
    by_name = {fed.name.lower(): fed for fed in every}
    fed = {c.name: by_name[c.name] for c in table.columns if c.name in by_name}
    version = _version(source, by_name, place)
    _check_required(source, table, fed, every, place)
    unknown = [f for f in every if f.name.lower() not in table.by_name and f is not version]
    if table.name == KEEPS_UNKNOWN:
        return Plan(table, fed, tuple(sorted(unknown, key=lambda f: f.name)), version, ())
    free = [name for name in table.by_name if name not in fed]
    return Plan(table, fed, (), version, tuple(_unused(f.name, free) for f in unknown))


def _version(source: Source, by_name: dict[str, Fed], place: str) -> Fed | None:
    if source.version is None:
        return None
    if source.version.lower() not in by_name:
        problem = f"source {source.id!r}: version names {source.version!r}, which the select does not give"
        raise MappingError(problem + nearest(source.version, list(by_name)), file=place)
    return by_name[source.version.lower()]


def _check_required(source: Source, table: Table, fed: dict[str, Fed], every: list[Fed], place: str) -> None:
    for column in table.columns:
        if column.required and column.name not in fed:
            problem = f"source {source.id!r}: {table.name} needs the column {column.name!r} ({column.help})"
            given = [f.name for f in every]
            raise MappingError(
                f"{problem}, and the select does not give it{nearest(column.name, given)}", file=place
            )


def _unused(name: str, free: list[str]) -> Text:
    hint = nearest(name, free) if free else ""
    close = hint.split("'")[1] if "did you mean" in hint else ""
    return Text(
        ja=f"列 {name} は使われません" + (f"({close} のことですか)" if close else ""),
        en=f"column {name} is not used" + (f"; did you mean {close}?" if close else ""),
    )
