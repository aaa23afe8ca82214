"""What pages about definitions show: diffs line by line, plain numbers, guards by name, a chart's look."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import template

from minori.core.text import Text
from minori.decision.guard import GUARDS
from minori.web.language import in_words

register = template.Library()
_SIGNS = {"+": "add", "-": "del"}
_HEADS = re.compile(r"^(?:--- |\+\+\+ |@@ )")


@register.filter
def diff_lines(diff: str) -> Iterator[dict[str, str]]:
    """Give the lines of a unified diff with what each is: add, del, head or same."""
    for number, line in enumerate((diff or "").splitlines()):
        head = (number < 2 or line.startswith("@@ ")) and _HEADS.match(line)
        yield {"kind": "head" if head else _SIGNS.get(line[:1], "same"), "text": line}


@register.filter
def plain_number(value: Any) -> str:
    """Write a number as a definition writes it: 0.8, 12."""
    return "" if value is None else f"{float(value):.12g}"


@register.filter
def add_number(value: Any, more: Any) -> str:
    """Write a sum of two numbers."""
    return plain_number(float(value) + float(more))


@register.filter
def guard_name(value: str) -> str:
    """Write what a guard is called; its id where nobody knows it."""
    label: Text | None = GUARDS[value].label if value in GUARDS else None
    return in_words(label) if label else value


@register.filter
def look(charts: Mapping[str, str], language: str) -> str:
    """Return the light chart in a language; empty if there is none."""
    return charts.get(f"{language}-light", "")


@register.filter
def look_dark(charts: Mapping[str, str], language: str) -> str:
    """Return the dark chart in a language; empty if there is none."""
    return charts.get(f"{language}-dark", "")
