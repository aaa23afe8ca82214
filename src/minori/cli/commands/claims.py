"""``minori claims``: what is published, beside what was measured here; and CS as a profit centre."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minori.cli.shared import (
    Bar,
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_rows,
    print_table,
    workspace_option,
)
from minori.core.readable import readable
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.core.figure import Reading
    from minori.pipeline.proof.claims import Claims

_HEADINGS = (
    Text(ja="通説", en="Published"),
    Text(ja="自社の効果(抽選による)", en="Own effect (by lot)"),
    Text(ja="通説との一致", en="Agrees"),
    Text(ja="見えた変化(効果ではない)", en="Change seen (not an effect)"),
)
_COLUMNS = "claim published_low published_high figure observational value low high sample missing".split()
_AGREES = {
    True: Text(ja="区間に含む", en="in the interval"),
    False: Text(ja="区間の外", en="outside"),
    None: Text(ja="–", en="–"),
}


@click.command("claims")
@workspace_option
@day_option("--as-of", "Last day of data; default the last complete day.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per figure.")
@json_option
@language_option
def command(
    folder: Path | None, as_of: date | None, as_csv: bool, as_json: bool, language: Language | None
) -> None:
    """Published claims side by side with your own measured values, and what CS earned against what it cost."""
    from minori.pipeline.proof.claims import claims

    workspace = open_workspace(folder)
    with workspace.session() as session:
        found = claims(session, workspace.day(session, as_of), Bar())
    if as_json:
        print_json(_as_object(found))
    elif as_csv:
        print_rows(_COLUMNS, _rows(found))
    else:
        _show(found, language or workspace.file.company.language)


def _show(found: "Claims", language: Language) -> None:
    rows = [
        [
            one.claim.says[language],
            _said(one.effect, found, language),
            _AGREES[one.agrees][language],
            _said(one.seen, found, language) if one.seen else "–",
        ]
        for one in found.beside
    ]
    print_table(_HEADINGS, rows, language)
    click.echo("\n" + click.style(Text(ja="CSの採算", en="CS as a profit centre")[language], bold=True))
    for reading in found.cs:
        click.echo(f"  {reading.figure.label[language]}: {_said(reading, found, language)}")


def _said(reading: "Reading", found: "Claims", language: Language) -> str:
    return readable(reading, language, found.currency).text(sample=reading.value is not None)


def _as_object(found: "Claims") -> dict[str, Any]:
    return {
        "as_of": found.as_of.isoformat(),
        "currency": found.currency,
        "claims": [
            {
                "id": one.claim.id,
                "published": one.claim.says.as_dict(),
                "published_value": [one.claim.low, one.claim.high],
                "effect": one.effect.as_object(),
                "agrees": one.agrees,
                "seen": one.seen.as_object() if one.seen else None,
            }
            for one in found.beside
        ],
        "cs": [reading.as_object() for reading in found.cs],
    }


def _rows(found: "Claims") -> Iterator[tuple[object, ...]]:
    for one in found.beside:
        for reading in (one.effect, one.seen):
            if reading is not None:
                yield (one.claim.id, one.claim.low, one.claim.high, *_cells(reading))
    for reading in found.cs:
        yield ("cs", None, None, *_cells(reading))


def _cells(reading: "Reading") -> tuple[object, ...]:
    missing = reading.missing.en if reading.missing else None
    figure = reading.figure
    return (
        figure.id,
        figure.observational,
        reading.value,
        reading.low,
        reading.high,
        reading.sample,
        missing,
    )
