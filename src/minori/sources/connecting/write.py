"""The draft as text: a ``sources.yaml`` whose comments say what is sure and what a person must look at."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from minori.core.text import Language, Text
from minori.sources.connecting.draft import Draft
from minori.sources.connecting.guess import CHECK, Sureness
from minori.sources.connecting.profile import SeenFile
from minori.sources.connecting.wishes import Wish
from minori.sources.reading.paths import find

_PLAIN = re.compile(r"\w[\w./*-]*\.[a-z]+")
_HEAD = Text(
    ja="minori connect が提案した下書きです。「推定」「未定」の行をご確認のうえ、編集してください",
    en="drafted by minori connect; look at every line that says guess or please choose, and edit it",
)
_FOUND = Text(ja="# 自動判定", en="# found by looking")
_ROWS = Text(ja="{file}: {rows}行、{columns}列", en="{file}: {rows} rows, {columns} columns")
_BAD = Text(ja="、読めない行{bad}件", en=", {bad} rows that cannot be read")
_UNUSED = Text(ja="使っていない列: {columns}", en="columns not used: {columns}")
_NO_FACT = Text(
    ja="当てはまる事実の表がありません。列: {columns}", en="like none of the fact tables; columns: {columns}"
)
_WANTED = Text(ja="見つからなかったもの（あると良いもの）", en="not found, and wanted")
_OR = Text(ja="または", en=" or ")


def written(
    workspace: Path,
    files: Sequence[SeenFile],
    drafts: Sequence[Draft],
    wishes: Sequence[Wish],
    language: Language,
) -> str:
    """Return the text of the draft."""
    lines = [f"# {_HEAD[language]}"]
    for file in files:
        lines += ["", *_about(file, language)]
        own = [draft for draft in drafts if draft.file is file]
        if not own:
            names = ", ".join(column.name for column in file.columns)
            lines.append(_comment(_NO_FACT.fill({"columns": names})[language]))
        for draft in own:
            lines += _source(workspace, draft, language)
    if wishes:
        lines += ["", f"# {_WANTED[language]}"]
        lines += [f"#   {_OR[language].join(wish.tables)}: {wish.why[language]}" for wish in wishes]
    return "\n".join(lines) + "\n"


def read_of(workspace: Path, file: SeenFile) -> str | list[str]:
    """Return what ``read`` is to say: one path, a pattern that means just these files, or their list."""
    if len(file.paths) == 1:
        return file.paths[0]
    patterns = {re.sub(r"\d+", "*", path) for path in file.paths}
    pattern = patterns.pop()
    if not patterns and [found.name for found in find(workspace, pattern)] == sorted(file.paths):
        return pattern
    return list(file.paths)


def _about(file: SeenFile, language: Language) -> Iterator[str]:
    values = {
        "file": ", ".join(file.paths),
        "rows": f"{file.rows:,}",
        "columns": str(len(file.columns)),
        "bad": f"{sum(len(read.bad) for read in file.read):,}",
    }
    more = _BAD.fill(values)[language] if values["bad"] != "0" else ""
    yield _comment(_ROWS.fill(values)[language] + more)
    for note in dict.fromkeys(note.text for read in file.read for note in read.notes):
        yield _comment(note[language])


def _source(workspace: Path, draft: Draft, language: Language) -> Iterator[str]:
    for note in draft.notes:
        yield _comment(note[language])
    if draft.unused:
        yield _comment(_UNUSED.fill({"columns": ", ".join(draft.unused)})[language])
    yield f"- id: {draft.id}"
    yield "  kind: files"
    read = read_of(workspace, draft.file)
    yield (f"  read: {_path(read)}" if isinstance(read, str) else f"  read: [{', '.join(map(_path, read))}]")
    for name, value in _found(draft.file):
        yield f"  {name}: {value}  {_FOUND[language]}"
    sureness = draft.sureness
    check = f"。{CHECK.ja}" if language == "ja" else f", {CHECK.en}"
    yield f"  gives: {draft.gives}  # {sureness.word[language]}{check if sureness != Sureness.SURE else ''}"
    if draft.inputs:
        yield f"  with: [{', '.join(draft.inputs)}]"
    yield "  select: |"
    for line in "\n".join(draft.select(language)).splitlines():
        yield f"    {line}"


def _found(file: SeenFile) -> Iterator[tuple[str, str]]:
    """Pin what was found by looking, where a later export could look otherwise."""
    first = file.read[0]
    if first.codec:
        yield "encoding", _quoted(first.codec)
    if first.sheet and len({read.sheet for read in file.read}) == 1:
        yield "sheet", _quoted(first.sheet)
    if first.header_row and first.header_row > 1 and len({read.header_row for read in file.read}) == 1:
        yield "header_row", str(first.header_row)


def _comment(text: str) -> str:
    return f"# {' '.join(text.split())}"


def _path(text: str) -> str:
    """Write a path as YAML reads it, in quotes where it could be read as something else."""
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
