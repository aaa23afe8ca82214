"""``minori learn``: chances of acceptance and weights of the health score, from the company's own history."""

from datetime import date
from pathlib import Path

import click

from minori.cli.shared import (
    Bar,
    clock,
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    say,
    workspace_option,
)
from minori.core.errors import InputError
from minori.core.text import Language, Text


@click.group("learn")
def command() -> None:
    """Learn from answers to proposals, and from who left and who expanded."""


@command.command("acceptance")
@workspace_option
@day_option("--as-of", "Last day of facts; default the last complete day.")
@json_option
@language_option
def acceptance(folder: Path | None, as_of: date | None, as_json: bool, language: Language | None) -> None:
    """Train the chances that a proposal is accepted; the next run uses them if they beat the plays' own rates."""
    from minori.cli.learned_shown import show_acceptance
    from minori.pipeline.proof.acceptance import as_object, train_acceptance

    workspace = open_workspace(folder)
    learned = train_acceptance(
        workspace.lake, workspace.file, workspace.policy, now=clock(), as_of=as_of, progress=Bar()
    )
    if as_json:
        print_json(as_object(learned))
    else:
        show_acceptance(learned, language or workspace.file.company.language)


@command.command("list")
@workspace_option
@json_option
@language_option
def list_versions(folder: Path | None, as_json: bool, language: Language | None) -> None:
    """List the versions of the learned chances, the newest first."""
    from minori.cli.learned_shown import show_versions
    from minori.pipeline.proof.model_versions import versions

    workspace = open_workspace(folder)
    rows = versions(workspace.lake.snapshot())[::-1]
    if as_json:
        hidden = ("body", "validation", "trail", "warnings", "metrics")
        print_json([{k: v for k, v in row.items() if k not in hidden} for row in rows])
    else:
        show_versions(rows, language or workspace.file.company.language)


@command.command("rollback")
@click.argument("version", type=int)
@workspace_option
@language_option
def rollback(version: int, folder: Path | None, language: Language | None) -> None:
    """Use VERSION of the learned chances again; later ones are out of use."""
    from minori.pipeline.proof.model_versions import roll_back

    workspace = open_workspace(folder)
    roll_back(workspace.lake, version)
    done = Text(
        ja=f"承諾見込みをバージョン{version}に戻しました。次回の実行から使われます。",
        en=f"The chances are back to version {version}; the next run uses it.",
    )
    say(done, language or workspace.file.company.language)


@command.command("weights")
@workspace_option
@day_option("--as-of", "Last day of facts; default the last complete day.")
@click.option("--accept", "accepting", is_flag=True, help="Write the proposed change to policy/health.yaml.")
@click.option("--by", help="Who accepts it; needed with --accept.")
@json_option
@language_option
def weights(
    folder: Path | None,
    as_of: date | None,
    accepting: bool,
    by: str | None,
    as_json: bool,
    language: Language | None,
) -> None:
    """Learn the weights of the health score and show them as a change of policy/health.yaml."""
    from minori.cli.weights_shown import show_weights, weights_as_object
    from minori.pipeline.proof.weights import accept, learned_weights

    if accepting and not (by and by.strip()):
        raise click.UsageError("--accept needs --by NAME: who accepts the change")
    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    with workspace.session() as session:
        found = learned_weights(session, workspace.root, workspace.day(session, as_of), Bar())
    if as_json:
        print_json(weights_as_object(found))
    else:
        show_weights(found, workspace.policy.policy, language)
    if accepting:
        if not found.diff:
            raise InputError(
                "there is no change to accept: the learned weights are not better, or not enough is known"
            )
        accept(workspace.lake, workspace.root, found, by=str(by).strip(), now=clock())
        done = Text(ja="policy/health.yamlを書き換えました。", en="policy/health.yaml is changed.")
        if not as_json:
            say(done, language)
