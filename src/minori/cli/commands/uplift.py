"""``minori uplift``: whom a play's proposals move, or that all customers are alike."""

from collections.abc import Sequence
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
    print_table,
    say,
    workspace_option,
)
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.learning.uplift import Uplift
    from minori.pipeline.workspace import Workspace

_NONE = Text(
    ja="両方の群で期間の終わった実験がまだありません。",
    en="No experiment has customers of both arms whose horizon is over.",
)
_FIGURE = Text(ja="数字", en="Figure")
_VALUE = Text(ja="値", en="Value")
_SAMPLE = Text(ja="標本", en="Sample")
_MARKS = Text(ja="ご提案する顧客の特徴", en="What those to propose to have in common")
_MARK = Text(
    ja="  {name}: 平均 {among}(それ以外 {others})",
    en="  {name}: {among} on average ({others} among the others)",
)


@click.command("uplift")
@click.argument("play", required=False)
@workspace_option
@day_option("--as-of", "Last day of data; default the last complete day.")
@click.option(
    "--worth", type=click.FloatRange(min=0, min_open=True), help="Of a yes; default its margin of a year."
)
@click.option("--cost", type=click.FloatRange(min=0), default=0.0, show_default=True, help="Of a contact.")
@click.option("--seed", default=1, show_default=True, help="Of folds and bootstraps.")
@json_option
@language_option
def command(
    play: str | None,
    folder: Path | None,
    as_of: date | None,
    worth: float | None,
    cost: float,
    seed: int,
    as_json: bool,
    language: Language | None,
) -> None:
    """Whom proposals of a play (default: of each) move, learned from its own hold-out; contact costs are counted."""
    from minori.pipeline.proof.uplift import uplift

    workspace = open_workspace(folder)
    with workspace.session() as session:
        day = workspace.day(session, as_of)
        found = uplift(session, day, play=play, worth=worth, cost=cost, seed=seed, progress=Bar())
    if as_json:
        print_json([one.as_object() for one in found])
    else:
        _show(workspace, found, language or workspace.file.company.language)


def _show(workspace: "Workspace", found: "Sequence[Uplift]", language: Language) -> None:
    from minori.learning.uplift import WORDS

    if not found:
        say(_NONE, language)
        return
    plays, currency = workspace.policy.policy.plays, workspace.file.company.currency
    for one in found:
        label = plays[one.play].label[language] if one.play in plays else one.play
        click.echo(f"\n■ {label}: {WORDS[one.code][language]}")
        click.echo(f"  {one.why[language]}")
        if one.code != "not_enough":
            _show_readings(one, language, currency)
        _show_marks(workspace, one, language)


def _show_readings(one: "Uplift", language: Language, currency: str) -> None:
    from minori.core.readable import readable

    rows = [
        (reading.figure.label[language], readable(reading, language, currency).cell(), f"{reading.sample:,}")
        for reading in one.readings
    ]
    print_table((_FIGURE, _VALUE, _SAMPLE), rows, language, right=(2,))


def _show_marks(workspace: "Workspace", one: "Uplift", language: Language) -> None:
    from minori.learning.uplift_rows import METRIC

    metrics = workspace.policy.policy.metrics
    if one.marks:
        click.echo(_MARKS[language])
    for mark in one.marks:
        name = mark.feature.removeprefix(METRIC)
        label = metrics[name].label[language] if name in metrics else name
        words = {"name": label, "among": f"{mark.among:,.3g}", "others": f"{mark.others:,.3g}"}
        click.echo(_MARK.fill(words)[language])
