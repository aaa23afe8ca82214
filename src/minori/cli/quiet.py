"""Tables of readings that stay quiet about what is not known: a dash, no empty column, each reason once."""

from collections.abc import Mapping, Sequence

import click

from minori.cli.shared import print_table
from minori.core.figure import Reading
from minori.core.readable import DASH, OBSERVED, readable
from minori.core.text import Language, Text

_HIDDEN = Text(ja="表示していない指標（{why}）", en="Not shown ({why})")
Row = tuple[Sequence[str], Sequence[Reading]]
"""The cells before the readings, and the readings."""


def print_reading_table(
    headings: Sequence[Text],
    figures: Sequence[Text],
    rows: Sequence[Row],
    language: Language,
    *,
    currency: str,
    right: Sequence[int] = (),
    sample: bool = False,
) -> None:
    """
    Print a line per row; a column of readings without any number is left out.

    Below the table stands why: of the columns that are left out, and once for all dashes. What is observational
    has an asterisk: its heading, or where a column has both kinds, the number.

    Parameters
    ----------
    headings, figures
        Of the cells before the readings, and of the readings.
    sample
        Whether each number names its sample, where no cell before it does.
    """
    columns = [[readings[place] for _, readings in rows] for place in range(len(figures))]
    shown = [place for place, column in enumerate(columns) if any(_known(reading) for reading in column)]
    cells = [_column(columns[place], language, currency, sample) for place in shown]
    marked = [_marked(figures[place], columns[place]) for place in shown]
    lines = [[*before, *line] for (before, _), line in zip(rows, _turned(cells, len(rows)), strict=True)]
    print_table([*headings, *marked], lines, language, right=right)
    _say_dashes([reading for place in shown for reading in columns[place]], language)
    hidden = {figures[place]: columns[place] for place in range(len(figures)) if place not in shown}
    _say_hidden(hidden, language)
    if any(_starred(reading) for column in columns for reading in column):
        click.echo(f"* {OBSERVED[language]}")


def _known(reading: Reading) -> bool:
    return reading.value is not None or reading.low is not None


def _starred(reading: Reading) -> bool:
    return reading.figure.observational and _known(reading)


def _mixed(column: Sequence[Reading]) -> bool:
    return len({reading.figure.observational for reading in column if _known(reading)}) > 1


def _marked(label: Text, column: Sequence[Reading]) -> Text:
    if _mixed(column) or not any(map(_starred, column)):
        return label
    return Text(ja=f"{label.ja}*", en=f"{label.en}*")


def _column(column: Sequence[Reading], language: Language, currency: str, sample: bool) -> list[str]:
    mixed = _mixed(column)
    written = [readable(reading, language, currency).cell(sample=sample) for reading in column]
    return [
        f"{text}*" if mixed and _starred(reading) else text
        for text, reading in zip(written, column, strict=True)
    ]


def _turned(columns: Sequence[Sequence[str]], rows: int) -> list[list[str]]:
    return [[column[number] for column in columns] for number in range(rows)]


def _say_dashes(readings: Sequence[Reading], language: Language) -> None:
    for reason in _reasons(readings, language):
        click.echo(f"{DASH} {reason}")


def _say_hidden(hidden: Mapping[Text, Sequence[Reading]], language: Language) -> None:
    labels: dict[str, list[str]] = {}
    for label, readings in hidden.items():
        for reason in _reasons(readings, language):
            labels.setdefault(reason, []).append(label[language])
    for reason, named in labels.items():
        listed = Text(ja="、", en=", ")[language].join(named)
        click.echo(f"{_HIDDEN.fill({'why': reason})[language]}: {listed}")


def _reasons(readings: Sequence[Reading], language: Language) -> dict[str, None]:
    """Return each reason once, in order."""
    return dict.fromkeys(readable(r, language).value for r in readings if not _known(r))
