"""Errors: one small tree, and each says who can act.

::

    MinoriError
    ├── DefinitionError      a file of definitions is wrong: file, line, what was read, what is allowed
    │   ├── ConditionError   an expression in it is wrong
    │   └── UnknownName      a name in it is not known; the nearest known one is given
    ├── UnknownKind          a registry was asked for a kind it does not have
    ├── InputError           data from outside is wrong: file, row, column, what was read
    │   └── MappingError     the SQL that maps it is wrong
    ├── WorkspaceError       no workspace here, or it cannot be used
    ├── DeliveryError        a message cannot reach anybody; ``permanent``: not later either
    └── LakeError            the store cannot be read or written
        └── LakeBusy         somebody else is writing; says who
"""

from collections.abc import Iterable
from difflib import get_close_matches


class MinoriError(Exception):
    """Base of everything that minori raises on purpose."""


class DefinitionError(MinoriError):
    """Raised when a file of definitions is wrong.

    Parameters
    ----------
    problem
        What was read and what is allowed, in one sentence.
    file, line
        Where; ``line`` counts from 1 and is None where it cannot be told.
    """

    def __init__(self, problem: str, *, file: str | None = None, line: int | None = None) -> None:
        self.problem, self.file, self.line = problem, file, line
        super().__init__(f"{_place(file, line)}{problem}")

    def at(self, file: str | None, line: int | None) -> "DefinitionError":
        """Return the same error with its place filled in, if it has none yet."""
        if self.file is not None:
            return self
        self.file, self.line = file, line
        self.args = (f"{_place(file, line)}{self.problem}",)
        return self


class ConditionError(DefinitionError):
    """Raised when an expression of a definition is not in the safe language."""


class UnknownName(DefinitionError):
    """Raised when a definition names something that does not exist."""

    def __init__(
        self, noun: str, name: str, known: Iterable[str], *, file: str | None = None, line: int | None = None
    ) -> None:
        self.noun, self.name, self.known = noun, name, sorted(known)
        super().__init__(f"no {noun} named {name!r}{_nearest(name, self.known)}", file=file, line=line)


class UnknownKind(MinoriError, KeyError):
    """Raised when a registry is asked for a name it does not have."""

    def __init__(self, noun: str, name: str, known: Iterable[str]) -> None:
        self.noun, self.name, self.known = noun, name, sorted(known)
        super().__init__(f"no {noun} named {name!r}; known: {', '.join(self.known)}")

    def __str__(self) -> str:  # KeyError would show the repr
        return str(self.args[0])


class InputError(MinoriError):
    """Raised when a whole input cannot be used; single bad rows go to quarantine instead."""

    def __init__(
        self, problem: str, *, file: str | None = None, row: int | None = None, column: str | None = None
    ) -> None:
        self.problem, self.file, self.row, self.column = problem, file, row, column
        place = ", ".join(
            part
            for part in (file or "", f"row {row}" if row else "", f"column {column!r}" if column else "")
            if part
        )
        super().__init__(f"{place}: {problem}" if place else problem)


class MappingError(InputError):
    """Raised when the SQL that maps an input to facts cannot be used."""


class WorkspaceError(MinoriError):
    """Raised when there is no workspace, or it cannot be used."""


class DeliveryError(MinoriError):
    """Raised when a message cannot be sent.

    Parameters
    ----------
    problem
        Who refused what; never holds a secret, since people read it.
    permanent
        Trying again as it is would not help.
    """

    def __init__(self, problem: str, *, permanent: bool = False) -> None:
        self.problem, self.permanent = problem, permanent
        super().__init__(problem)


class LakeError(MinoriError):
    """Raised when the store of facts and results cannot be read or written."""


class LakeBusy(LakeError):
    """Raised when another process has been writing for longer than we wait."""

    def __init__(self, holder: str, waited_seconds: float) -> None:
        self.holder = holder
        super().__init__(f"waited {waited_seconds:.0f} s; the lake is being written by {holder}")


def _place(file: str | None, line: int | None) -> str:
    if file is None:
        return ""
    return f"{file}:{line}: " if line else f"{file}: "


def _nearest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"; known: {shown}" if known else ""
