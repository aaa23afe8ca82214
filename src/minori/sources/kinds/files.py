"""Files: CSV, Excel, JSON Lines and Parquet in the workspace, as one table of text.

Every column is text exactly as it is written; ``_row`` is the row of data in its file, from 1, and
``_file`` the path from the workspace. Several files are joined by the names of their columns.
"""

from itertools import chain

from pydantic import Field, field_validator

from minori.sources.kind import Opened, Opening, SourceKind
from minori.sources.reading.open_files import open_files
from minori.sources.reading.settings import ReadSettings


class Params(ReadSettings):
    """What a workspace writes for a source of files."""

    read: str | tuple[str, ...] = Field(description="path or pattern in the workspace, or a list of them")

    @field_validator("read")
    @classmethod
    def _not_empty(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        patterns = [value] if isinstance(value, str) else value
        if not patterns or any(not pattern.strip() or "\0" in pattern for pattern in patterns):
            raise ValueError("a path or pattern is needed, for example exports/*.csv")
        return value


def open_source(opening: Opening, params: Params) -> Opened:
    """Create the table of text; raises InputError if a file cannot be used at all."""
    done, columns = open_files(
        opening.connection, opening.table, opening.workspace, params.read, params, reads=opening.reads
    )
    return Opened(
        rows=sum(file.rows for file in done),
        columns=columns,
        notes=tuple(chain.from_iterable(file.notes for file in done)),
        bad=tuple(chain.from_iterable(file.bad for file in done)),
        files=tuple(file.file for file in done),
    )


KIND = SourceKind(params=Params, open=open_source)
