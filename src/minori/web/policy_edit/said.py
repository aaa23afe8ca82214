"""Mistakes in definitions as people read them: where, what was read, what is allowed, the nearest name."""

from dataclasses import dataclass

from minori.core.errors import DefinitionError, MinoriError, UnknownName
from minori.core.text import Text
from minori.web.policy_edit.refused import Refused

_NOUNS = {
    "metric or customer column": "指標または顧客の項目",
    "metric": "指標",
    "function": "関数",
    "offer kind": "オファーの種類",
    "guard": "ガード",
    "threshold": "しきい値",
}


@dataclass(frozen=True)
class Mistake:
    """A mistake: the file and line if known, and the sentence in both languages."""

    file: str
    line: int | None
    text: Text


def mistake(error: MinoriError) -> Mistake:
    """Return what an error says to whoever edits a definition."""
    if isinstance(error, Refused):
        return Mistake("", None, error.why)
    if not isinstance(error, DefinitionError):
        return Mistake("", None, Text(ja=str(error), en=str(error)))
    return Mistake(error.file or "", error.line, _text(error))


def _text(error: DefinitionError) -> Text:
    if isinstance(error, UnknownName):
        near = error.problem.partition("; ")[2]
        noun = _NOUNS.get(error.noun, error.noun)
        hint = near.replace("did you mean", "もしかして").replace("known:", "使えるもの:") if near else ""
        return Text(ja=f"{noun} {error.name!r} はありません。{hint}", en=error.problem)
    return Text(ja=f"定義に誤りがあります: {error.problem}", en=error.problem)
