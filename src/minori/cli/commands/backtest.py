"""``minori backtest``: a play on the company's own past."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minori.cli.shared import (
    Bar,
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_rows,
    workspace_option,
)
from minori.core.text import Language

if TYPE_CHECKING:
    from minori.pipeline.proof.backtest import Backtest

_STEPS = {"day": 1, "week": 7, "month": 28}
_COLUMNS = ("what", "comparison", "value", "outcome", "fires", "figure", "reading", "low", "high")


def _thresholds(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, float]:
    found = {}
    for text in values:
        what, _, number = text.rpartition("=")
        try:
            found[what.strip()] = float(number)
        except ValueError:
            raise click.BadParameter(f"read {text!r}; write such as seat_use=0.9") from None
    return found


@click.command("backtest")
@click.argument("play")
@workspace_option
@day_option("--from", "First date; default 52 weeks before the last.", name="first")
@day_option("--to", "Last date; default the newest that can be followed for the horizon.", name="last")
@click.option("--every", type=click.Choice(list(_STEPS)), default="week", show_default=True)
@click.option("--horizon", type=click.IntRange(7, 730), default=90, show_default=True, help="Days followed.")
@click.option(
    "--set", "thresholds", multiple=True, callback=_thresholds, help="Move a threshold: seat_use=0.9"
)
@click.option("--alone", is_flag=True, help="Leave out the other plays and the guards; faster.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the curve as CSV.")
@json_option
@language_option
def command(
    play: str,
    folder: Path | None,
    first: date | None,
    last: date | None,
    every: str,
    horizon: int,
    thresholds: dict[str, float],
    alone: bool,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """How often a play would have fired, and what followed. Observed, not an effect."""
    from minori.cli.backtest_shown import show_backtest
    from minori.pipeline.proof.backtest import as_object, asked, backtest

    workspace = open_workspace(folder)
    with workspace.session() as session:
        until = workspace.day(session, None)
        question = asked(
            session,
            play,
            until,
            first=first,
            last=last,
            step=_STEPS[every],
            horizon=horizon,
            thresholds=thresholds,
            overlap=not alone,
        )
        found = backtest(session, question, until, progress=Bar())
    if as_json:
        print_json(as_object(found))
    elif as_csv:
        print_rows(_COLUMNS, _rows(found))
    else:
        show_backtest(found, workspace.policy.policy, language or workspace.file.company.language)


def _rows(found: "Backtest") -> Iterator[tuple[object, ...]]:
    for variant in found.curve:
        at = variant.threshold
        for outcome, one in variant.followed.items():
            for reading in one.readings:
                numbers = (reading.value, reading.low, reading.high)
                yield (at.what, at.comparison, at.value, outcome, one.fires, reading.figure.id, *numbers)
