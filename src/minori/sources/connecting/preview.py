"""What connect saw and thinks, file by file, as plain data for a screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from minori.core.text import Text
from minori.sources.connecting.draft import Draft
from minori.sources.connecting.forms import Looks
from minori.sources.connecting.profile import SeenColumn, SeenFile

LOOKS = {
    Looks.EMPTY: Text(ja="空", en="empty"),
    Looks.DATE: Text(ja="日付", en="date"),
    Looks.NUMBER: Text(ja="数値", en="number"),
    Looks.FLAG: Text(ja="はい・いいえ", en="yes or no"),
    Looks.EMAIL: Text(ja="メールアドレス", en="mail address"),
    Looks.JSON: Text(ja="JSON", en="JSON"),
    Looks.ID: Text(ja="ID", en="id"),
    Looks.CATEGORY: Text(ja="区分", en="category"),
    Looks.TEXT: Text(ja="文字", en="text"),
}


@dataclass(frozen=True)
class ColumnPreview:
    """One column as it was seen."""

    name: str
    looks: Text
    filled_share: float  # 0-1
    distinct: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class GuessPreview:
    """One column of a fact table as it would be fed."""

    target: str
    sql: str
    confidence: Text  # sure, guess or open
    comment: Text


@dataclass(frozen=True)
class SourcePreview:
    """One source of the draft."""

    id: str
    gives: str
    confidence: Text
    columns: tuple[GuessPreview, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True)
class FilePreview:
    """One file, or several that are one export in parts."""

    files: tuple[str, ...]
    format: str
    encoding: str | None
    rows: int
    bad_rows: int
    columns: tuple[ColumnPreview, ...]
    notes: tuple[Text, ...]
    sources: tuple[SourcePreview, ...]  # none: like no fact table


def preview(file: SeenFile, drafts: Sequence[Draft]) -> FilePreview:
    """Return what is to be shown of a file and of the drafts that read it."""
    return FilePreview(
        files=file.paths,
        format=file.read[0].format,
        encoding=file.read[0].encoding,
        rows=file.rows,
        bad_rows=sum(len(read.bad) for read in file.read),
        columns=tuple(_column(column) for column in file.columns),
        notes=tuple(dict.fromkeys(note.text for read in file.read for note in read.notes)),
        sources=tuple(_source(draft) for draft in drafts if draft.file is file),
    )


def _column(column: SeenColumn) -> ColumnPreview:
    share = column.filled / column.rows if column.rows else 0.0
    return ColumnPreview(column.name, LOOKS[column.looks], share, column.distinct, column.examples)


def _source(draft: Draft) -> SourcePreview:
    guesses = tuple(
        GuessPreview(guess.target, guess.sql, guess.sureness.word, guess.comment) for guess in draft.guesses
    )
    return SourcePreview(draft.id, draft.gives, draft.sureness.word, guesses, draft.unused)
