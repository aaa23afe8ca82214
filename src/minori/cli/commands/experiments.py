"""``minori experiments``: what the hold-outs prove of each play, and what an experiment could prove at all."""

import csv
import sys
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
        _show_plan(*plan, seed=seed, as_json=as_json, language=language or "ja")
        return
    workspace = open_workspace(folder)
    cells = _analysed(workspace, as_of, play, seed, keep=not dry_run)
    if as_json:
        print_json([cell.as_object() for cell in cells])
    elif as_csv:
        _print_csv(cells)
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
    from minori.cli.figures_shown import told
    from minori.learning import experiment_figures as figures

    if not cells:
        say(_NONE, language)
        return
    shown = (figures.EFFECT, figures.LEFT, figures.MRR, figures.BENEFIT, figures.HARM, figures.CHANCE_BETTER)
    plays, currency = workspace.policy.policy.plays, workspace.file.company.currency
    rows = []
    for cell in cells:
        _, treated, _, held_out = cell.arms.counts
        label = plays[cell.play].label[language] if cell.play in plays else cell.play
        numbers = [told(cell.reading(figure), language, currency) for figure in shown]
        counts = [f"{n:,}" for n in (treated, held_out, cell.arms.waiting)]
        rows.append([label, cell.name or "–", cell.label[language], *counts, *numbers])
    print_table([*_HEADINGS, *(f.label for f in shown)], rows, language, right=(3, 4, 5))
    for cell in cells:
        if not cell.stratum and cell.verdict != "not_enough":
            label = plays[cell.play].label[language] if cell.play in plays else cell.play
            click.echo(f"\n{label}: {cell.why[language]}")
            rise = cell.reading(figures.PROVABLE)
            click.echo(f"  {rise.figure.label[language]}: {told(rise, language)}")


def _show_plan(
    accounts: int, share: float, base: float, *, seed: int, as_json: bool, language: Language
) -> None:
    from minori.cli.figures_shown import told
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
        click.echo(f"  {reading.figure.label[language]}: {told(reading, language)}")


def _print_csv(cells: "Sequence[Cell]") -> None:
    from minori.cli.safe_csv import safe

    writer = csv.writer(sys.stdout)
    columns = (
        "experiment",
        "play",
        "stratum",
        "class",
        "verdict",
        "figure",
        "value",
        "low",
        "high",
        "sample",
    )
    writer.writerow(columns)
    for cell in cells:
        place = (cell.experiment, cell.play, cell.stratum, cell.name, cell.verdict)
        for r in cell.readings:
            writer.writerow([safe(v) for v in (*place, r.figure.id, r.value, r.low, r.high, r.sample)])
