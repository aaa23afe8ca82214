"""How files are read, as a workspace writes it; everything left out is found by looking."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Format = Literal["csv", "excel", "json_lines", "parquet"]
_NAMED_SEPARATORS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


class ReadSettings(BaseModel):
    """Settings of one source of files; ``None`` means: look at the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Format | None = Field(
        None, description="csv, excel, json_lines or parquet; default by the ending"
    )
    encoding: str | None = Field(
        None, description="utf-8, cp932, euc_jp, utf-16, …; default detected and said"
    )
    separator: str | None = Field(None, description="one sign, or tab; default found among , ; tab |")
    quote: str | None = Field(None, description='the sign around fields, or "" for none; default found')
    sheet: str | None = Field(None, description="sheet of a workbook; default the first that is not empty")
    header_row: int | None = Field(None, ge=1, description="row of the header, from 1, after skip_rows")
    skip_rows: int = Field(0, ge=0, description="rows to leave out at the top")
    columns: tuple[str, ...] | None = Field(None, min_length=1, description="names, if there is no header")

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            "".encode(value)
        except LookupError:
            raise ValueError(
                f"no encoding named {value!r}; for example utf-8, cp932, euc_jp, utf-16, latin-1"
            ) from None
        return value

    @field_validator("separator")
    @classmethod
    def _one_sign(cls, value: str | None) -> str | None:
        if value is None:
            return None
        sign = _NAMED_SEPARATORS.get(value, value)
        if len(sign) != 1 or sign in '\r\n"':
            raise ValueError(f"a separator is one sign, or tab; read {value!r}")
        return sign

    @field_validator("quote")
    @classmethod
    def _one_quote(cls, value: str | None) -> str | None:
        if value and (len(value) != 1 or value in "\r\n"):
            raise ValueError(f'a quote is one sign, or "" for none; read {value!r}')
        return value

    @model_validator(mode="after")
    def _header_or_names(self) -> "ReadSettings":
        if self.columns and self.header_row:
            raise ValueError("columns is for files without a header: give either columns or header_row")
        return self
