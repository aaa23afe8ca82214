"""What the loading child is told, and what it answers: plain data, one JSON object a line."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

Mode = Literal["load", "input", "output"]


class Plain(BaseModel):
    """Data that crosses the pipe."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Unit(Plain):
    """One source to load; or, with ``replay``, mended rows of its input or of its select's output."""

    source: str
    mode: Mode = "load"
    replay: str | None = None  # a Parquet file of texts, with _row and _file
    since: str | None = None  # ``newest`` of the load before


class Limits(Plain):
    """How much a load may take."""

    memory: str = "4GB"
    threads: int | None = None
    seconds: float = 3600  # for each step of a source: opening, mapping, typing


class Job(Plain):
    """Everything a load needs."""

    workspace: str
    file: str
    text: str  # of sources.yaml
    units: tuple[Unit, ...]
    time_zone: str
    currency: str
    now: datetime
    number: int  # of the load
    folder: str  # where to write
    known: Mapping[
        str, tuple[str, ...]
    ] = {}  # by table: facts of the lake, where a replay must not meet their made ids
    limits: Limits = Limits()


class Remark(Plain):
    """A note on how a source was read, in both languages."""

    file: str | None = None
    ja: str
    en: str


class Outcome(Plain):
    """What became of one unit. ``facts`` and ``aside`` are Parquet files."""

    source: str
    mode: Mode
    table: str
    facts: str
    aside: str
    rows: int  # read, whether they could be used or not
    staged: int
    duplicates: int
    quarantined: int
    left_out: int  # rows of the input that the select did not use
    newest: str | None
    whole: bool  # everything there is was read, not only what is new
    first_day: date | None
    last_day: date | None
    last_rows: Mapping[str, int]  # by file: number of its last row
    notes: tuple[Remark, ...]


class Failure(Plain):
    """An error that the parent raises again."""

    kind: str
    problem: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    line: int | None = None


class Said(Plain):
    """One line from the child."""

    doing: str | None = None
    share: float = 0.0
    outcomes: tuple[Outcome, ...] | None = None
    failure: Failure | None = None
