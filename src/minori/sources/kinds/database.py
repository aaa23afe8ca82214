"""A relational database: one table, or one query, read as text.

``url`` is SQLAlchemy's. Secrets stand in the environment: the whole url as ``env:NAME``, or parts of it as
``${NAME}``. With ``since`` only rows are read whose column is at least what the load before had seen last,
and those where it is null; what comes twice that way is known by its key.
"""

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from minori.core.errors import DefinitionError
from minori.sources.kind import Opened, Opening, SourceKind


class Params(BaseModel):
    """What a workspace writes for a database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(
        min_length=1, description="env:NAME, or for example postgresql://reader:${PASSWORD}@host/crm"
    )
    table: str | None = Field(None, min_length=1, description="table to read, or schema.table")
    query: str | None = Field(None, min_length=1, description="SELECT to read, in the database's own SQL")
    since: str | None = Field(None, min_length=1, description="column that only grows; read only what is new")

    @field_validator("url")
    @classmethod
    def _no_password(cls, url: str) -> str:
        from minori.sources.databases.address import holds_password  # SQLAlchemy is slow to import

        if holds_password(url):
            # Not a ValueError: that would be shown with the value that was read.
            raise DefinitionError(
                "url holds a password; keep it in the environment and write ${NAME} in its place"
            )
        return url

    @model_validator(mode="after")
    def _one_of_both(self) -> "Params":
        if (self.table is None) == (self.query is None):
            raise ValueError("give either table or query")
        return self


def open_source(opening: Opening, params: Params) -> Opened:
    """Create the table of text; raises InputError without ever showing a password."""
    from minori.sources.databases.read import read_rows

    return read_rows(opening, url=params.url, table=params.table, query=params.query, column=params.since)


KIND = SourceKind(params=Params, open=open_source)
