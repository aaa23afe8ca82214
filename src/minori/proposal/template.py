"""A template file: sections ``# mail`` with its subject, ``# talk`` and ``# product``, as plain text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from jinja2 import ChainableUndefined, Template, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from minori.core.errors import DefinitionError, UnknownName
from minori.proposal.check import Check
from minori.proposal.shapes import FOR_ROLE, GIVEN, IN_TEMPLATE, Shape

SECTIONS = ("mail", "talk", "product")
SUBJECT = "Subject:"
LONGEST_OUTPUT = 20_000  # signs of one section as written to a customer
LONGEST_SUBJECT = 200
_HEADING = re.compile(r"^#[ \t]+(\w+)[ \t]*$")
_TAGS_ALONE = re.compile(r"^[ \t]*((?:\{%(?:(?!%\}).)*%\}[ \t]*)+)\n", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_STOPS_TWICE = re.compile(r"(?<!\.)\.\.(?=[\s\"')]|$)|(?<=。)。+")
_NOT_IN_SUBJECT = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\s]+")
# The white-list protects, the sandbox stands behind it. Undefined is only the first or last of an empty list.
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    autoescape=False, undefined=ChainableUndefined, keep_trailing_newline=True
)


@dataclass(frozen=True)
class Part:
    """One piece of a template and how many lines of the file stand above it."""

    text: str
    before: int


@dataclass(frozen=True)
class Parts:
    """The pieces of a template file."""

    subject: Part
    mail: Part
    talk: Part
    product: Part

    def __iter__(self) -> Iterator[Part]:
        return iter((self.subject, self.mail, self.talk, self.product))

    @cached_property
    def speaks_to_roles(self) -> bool:
        """Whether the mail has a place for the words for the reader's role."""
        return FOR_ROLE in meta.find_undeclared_variables(_ENVIRONMENT.parse(self.mail.text))


@lru_cache(maxsize=2048)
def checked_parts(text: str, file: str) -> Parts:
    """Split and check a template; raises DefinitionError with file and line."""
    sections = _sections(text, file)
    mail = sections["mail"]
    first, _, rest = mail.text.lstrip("\n").partition("\n")
    above = mail.before + len(mail.text) - len(mail.text.lstrip("\n"))
    if not first.startswith(SUBJECT) or not first.removeprefix(SUBJECT).strip():
        raise DefinitionError(
            f"a mail begins with its subject, '{SUBJECT} …'; read {first[:60]!r}", file=file, line=above + 1
        )
    subject = Part(first.removeprefix(SUBJECT).strip(), above)
    parts = Parts(subject, Part(rest, above + 1), sections["talk"], sections["product"])
    for part in parts:
        _check(part, file)
    return parts


@lru_cache(maxsize=256)
def checked_paragraph(text: str, file: str) -> Part:
    """Check the words for one role, a template without sections; raises DefinitionError with file and line."""
    part = Part(text.replace("\r\n", "\n").removeprefix("\ufeff").strip("\n"), 0)
    if not part.text.strip():
        raise DefinitionError("there are no words in it", file=file, line=1)
    _check(part, file, GIVEN)
    return part


def rendered(part: Part, values: Mapping[str, Any]) -> str:
    """Write a checked part with the values, as plain text of at most LONGEST_OUTPUT signs.

    A line that holds nothing but tags leaves no line behind, several blank lines become one, and a value that ends in
    a full stop of its own (``Inc.``) does not get a second one.
    """
    written, size = [], 0
    for piece in _compiled(part.text).generate(values):
        written.append(piece)
        size += len(piece)
        if size > LONGEST_OUTPUT:
            break
    whole = _STOPS_TWICE.sub(lambda found: "." if found[0] == ".." else "", "".join(written)[:LONGEST_OUTPUT])
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in whole.split("\n"))).strip()


def rendered_subject(part: Part, values: Mapping[str, Any]) -> str:
    """Write a subject: one line, whatever the values hold."""
    return _NOT_IN_SUBJECT.sub(" ", rendered(part, values)).strip()[:LONGEST_SUBJECT]


def _check(part: Part, file: str, given: Mapping[str, Shape] = IN_TEMPLATE) -> None:
    try:
        Check(file, part.before, given).part(part.text)
        _compiled(part.text)
    except (RecursionError, SyntaxError):  # Python has bounds of its own for what stands in each other
        raise DefinitionError("nested too deeply", file=file, line=part.before + 1) from None


@lru_cache(maxsize=2048)
def _compiled(text: str) -> Template:
    return _ENVIRONMENT.from_string(_TAGS_ALONE.sub(r"\1", text))


def _sections(text: str, file: str) -> dict[str, Part]:
    found: dict[str, Part] = {}
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    starts = [(n, heading[1]) for n, line in enumerate(lines) if (heading := _HEADING.match(line))]
    _check_start(lines, starts, file)
    for (start, name), (end, _) in pairwise([*starts, (len(lines), "")]):
        if name not in SECTIONS:
            raise UnknownName("section", name, SECTIONS, file=file, line=start + 1)
        if name in found:
            raise DefinitionError(f"the section {name} stands here a second time", file=file, line=start + 1)
        found[name] = Part("\n".join(lines[start + 1 : end]), start + 1)
        if not found[name].text.strip():
            raise DefinitionError(f"the section {name} is empty", file=file, line=start + 1)
    if missing := [name for name in SECTIONS if name not in found]:
        raise DefinitionError(
            f"sections are missing: {', '.join(f'# {name}' for name in missing)}", file=file
        )
    return found


def _check_start(lines: list[str], starts: list[tuple[int, str]], file: str) -> None:
    before = lines[: starts[0][0]] if starts else lines
    for number, line in enumerate(before):
        if line.strip():
            raise DefinitionError(
                f"a template begins with '# mail'; read {line[:60]!r}", file=file, line=number + 1
            )
