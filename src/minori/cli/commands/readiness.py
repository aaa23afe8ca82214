"""``minori readiness``: the readiness sheet of a customer (提案可否)."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from minori.cli.shared import (
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_table,
    workspace_option,
)
from minori.core.text import Language, Text

_MET = {
    True: Text(ja="○ 充足", en="met"),
    False: Text(ja="× 不足", en="missing"),
    None: Text(ja="? 不明", en="unknown"),
}
_HEADINGS = (
    Text(ja="型", en="Play"),
    Text(ja="条件", en="Criterion"),
    Text(ja="現在", en="Now"),
    Text(ja="基準", en="Threshold"),
    Text(ja="判定", en="Met?"),
    Text(ja="到達見込み(90%区間、点数)", en="Expected (90% interval, points)"),
)


@click.command("readiness")
@click.argument("customer")
@click.argument("plays", nargs=-1)
@workspace_option
@day_option("--as-of", "Default: the last complete day.")
@json_option
@language_option
def command(
    customer: str,
    plays: tuple[str, ...],
    folder: Path | None,
    as_of: date | None,
    as_json: bool,
    language: Language | None,
) -> None:
    """Each criterion of PLAYS (default all) for CUSTOMER: met, missing, and when it is expected to be met."""
    from minori.cli.meant import show_metrics

    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    criteria = workspace.readiness(customer, plays or None, as_of)
    if as_json:
        print_json([asdict(c) for c in criteria])
        return
    known = workspace.policy.policy.plays
    rows = []
    read: dict[str, None] = {}
    last = ""
    for c in criteria:
        label = known[c.play].label[language] if c.play != last else ""
        last = c.play
        expected = (
            f"{c.expected_on} ({c.earliest_on} – {c.latest_on or '?'}, n={c.points})"
            if c.expected_on
            else "–"
        )
        read |= dict.fromkeys(c.metrics)
        rows.append([label, c.text, _number(c.value), _number(c.threshold), _MET[c.met][language], expected])
    print_table(_HEADINGS, rows, language, right=(2, 3))
    show_metrics(workspace.policy.policy, read, language)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
