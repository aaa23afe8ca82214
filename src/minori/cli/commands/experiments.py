"""``minori experiments``: what the hold-outs prove of each play, and what an experiment could prove at all."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minori.cli.shared import (
    Bar,
    day_option,
    json_option,
    language_of,
    language_option,
    open_workspace,
    print_json,
    print_rows,
    say,
    workspace_option,
)
from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.readable import DASH, readable
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.learning.experiments import Cell
    from minori.pipeline.workspace import Workspace

_NONE = Text(
    ja="抽選された顧客がまだいません。guards.yamlのranking.hold_outか、型のexperimentで非接触群を設けてください。",
    en="Nobody has been drawn yet; set ranking.hold_out in guards.yaml or a play's experiment.",
)
_HEADINGS = (
    Text(ja="型", en="Play"),
    Text(ja="区分", en="Class"),
    Text(ja="判定", en="Verdict"),
    Text(ja="提案群", en="Proposed"),
    Text(ja="非接触群", en="Held out"),
    Text(ja="途中", en="Waiting"),
)
_COLUMNS = "experiment play stratum class verdict figure value low high sample".split()


def _plan(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[int, float, float] | None:
    if value is None:
        return None
    try:
        accounts, share, base = value.split(",")
        plan = int(accounts), float(share), float(base)
    except ValueError:
        raise click.BadParameter("expected ACCOUNTS,SHARE,BASE such as 400,0.5,0.1") from None
    if plan[0] < 1 or not 0 < plan[1] < 1 or not 0 < plan[2] < 1:
        raise click.BadParameter(
            "accounts are 1 or more; the share held out and the base rate lie between 0 and 1"
        )
    return plan


@click.command("experiments")
@workspace_option
@click.option("--play", help="Only this play.")
@day_option("--as-of", "Last day of data; default the last complete day.")
@click.option(
    "--plan", callback=_plan, help="ACCOUNTS,SHARE HELD OUT,BASE RATE: the smallest provable effect."
)
@click.option("--seed", default=1, show_default=True, help="Of simulated worlds and redraws.")
@click.option("--dry-run", is_flag=True, help="Show, but do not keep the verdicts (nothing is stopped).")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per figure.")
@json_option
@language_option
def command(
    folder: Path | None,
    play: str | None,
    as_of: date | None,
    plan: tuple[int, float, float] | None,
    seed: int,
    dry_run: bool,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """What hold-outs prove of each play: effect, evidence, verdict. A harmful play is stopped from the next run on."""
    if plan is not None:
        _show_plan(*plan, seed=seed, as_json=as_json, language=language_of(folder, language))
        return
    workspace = open_workspace(folder)
    cells = _analysed(workspace, as_of, play, seed, keep=not dry_run)
    if as_json:
        print_json([cell.as_object() for cell in cells])
    elif as_csv:
        print_rows(_COLUMNS, _rows(cells))
    else:
        _show(workspace, cells, language or workspace.file.company.language)


def _analysed(
    workspace: "Workspace", as_of: date | None, play: str | None, seed: int, *, keep: bool
) -> "Sequence[Cell]":
    from minori.core.errors import UnknownName
    from minori.pipeline.proof import verdicts
    from minori.pipeline.proof.experiments import experiments, verdict_rows

    if play is not None and play not in workspace.policy.policy.plays:
        raise UnknownName("play", play, workspace.policy.policy.plays)
    with workspace.session() as session:
        found = experiments(session, workspace.day(session, as_of), play=play, seed=seed, progress=Bar())
    if keep and play is None and found.cells:
        with workspace.lake.change(f"verdicts on plays as of {found.as_of}") as change:
            verdicts.keep(change, found.as_of, "experiment", verdict_rows(found))
    return found.cells


def _show(workspace: "Workspace", cells: "Sequence[Cell]", language: Language) -> None:
    from minori.cli.quiet import print_reading_table
    from minori.learning import experiment_figures as figures

    if not cells:
        say(_NONE, language)
        return
    shown = (figures.EFFECT, figures.LEFT, figures.MRR, figures.BENEFIT, figures.HARM, figures.CHANCE_BETTER)
    labels = {name: play.label[language] for name, play in workspace.policy.policy.plays.items()}
    told = [cell for cell in cells if not cell.stratum or cell.verdict != "not_enough"]
    rows = [(_cells(cell, labels, language), _readings(cell, shown)) for cell in told]
    currency = workspace.file.company.currency
    print_reading_table(
        _HEADINGS, [f.label for f in shown], rows, language, currency=currency, right=(3, 4, 5)
    )
    if len(told) < len(cells):
        say(_untold(len(cells) - len(told)), language)
    for cell in told:
        if not cell.stratum and cell.verdict != "not_enough":
            click.echo(f"\n{labels.get(cell.play, cell.play)}: {cell.why[language]}")
            rise = cell.reading(figures.PROVABLE)
            click.echo(f"  {rise.figure.label[language]}: {readable(rise, language).text()}")


def _cells(cell: "Cell", labels: Mapping[str, str], language: Language) -> list[str]:
    _, treated, _, held_out = cell.arms.counts
    counts = [f"{n:,}" for n in (treated, held_out, cell.arms.waiting)]
    return [labels.get(cell.play, cell.play), cell.name or DASH, cell.label[language], *counts]


def _readings(cell: "Cell", shown: "Sequence[Figure]") -> "list[Reading]":
    """Return what may be read: of a play without a verdict nothing yet, though programs get its numbers."""
    found = [cell.reading(figure) for figure in shown]
    if cell.verdict != "not_enough":
        return found
    return [Reading(one.figure, None, one.sample, missing=one.missing or NOT_ENOUGH) for one in found]


def _untold(number: int) -> Text:
    return Text(
        ja=f"データが足りない区分 {number:,}件は表示していません(--csv にはあります)。",
        en=f"Not shown: {number:,} classes with not enough data (--csv has them).",
    )


def _show_plan(
    accounts: int, share: float, base: float, *, seed: int, as_json: bool, language: Language
) -> None:
    from minori.learning.experiment_readings import smallest

    found = smallest(accounts, share, base, seed=seed)
    if as_json:
        print_json([reading.as_object() for reading in found])
        return
    say(
        Text(
            ja=f"顧客 {accounts:,}、非接触群 {share:.0%}、ご提案しない場合の成果率 {base:.1%}",
            en=f"{accounts:,} customers, {share:.0%} held out, {base:.1%} without a proposal",
        ),
        language,
    )
    for reading in found:
        click.echo(f"  {reading.figure.label[language]}: {readable(reading, language).text()}")


def _rows(cells: "Sequence[Cell]") -> Iterator[tuple[object, ...]]:
    for cell in cells:
        place = (cell.experiment, cell.play, cell.stratum, cell.name, cell.verdict)
        for r in cell.readings:
            yield (*place, r.figure.id, r.value, r.low, r.high, r.sample)
