"""Today's list as people read it in a terminal."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import click

from minori.cli.shared import print_table, say
from minori.core.money import shown
from minori.core.text import Language, Text
from minori.pipeline.workspace import Workspace

_HEADINGS = (
    Text(ja="#", en="#"),
    Text(ja="顧客", en="Customer"),
    Text(ja="提案", en="Proposal"),
    Text(ja="なぜ今か", en="Why now"),
    Text(ja="月額の変化", en="Monthly"),
    Text(ja="受諾の見込み(90%区間)", en="Chance (90% interval)"),
    Text(ja="期待値", en="Worth"),
    Text(ja="担当", en="Owner"),
)


def show_run(workspace: Workspace, report: Mapping[str, Any], language: Language, *, most: int) -> None:
    """Print the day: counts, the proposals in order, who is held and why."""
    company = workspace.file.company
    counts = report["counts"]
    say(
        Text(
            ja=f"{company.name.ja} {report['as_of']} 時点・顧客 {report['customers']:,} 社(人)",
            en=f"{company.name.en}, as of {report['as_of']}, {report['customers']:,} customers",
        ),
        language,
    )
    say(
        Text(
            ja=f"候補 {counts['candidates']:,} = 提案 {counts['proposed']:,} + 控える {counts['held']:,}"
            f" + 他を優先 {counts['outranked']:,} + 非接触群 {counts['hold_out']:,}",
            en=f"{counts['candidates']:,} candidates = {counts['proposed']:,} proposed + {counts['held']:,} held"
            f" + {counts['outranked']:,} outranked + {counts['hold_out']:,} hold-out",
        ),
        language,
    )
    click.echo()
    if report["proposals"]:
        show_proposals(report["proposals"][:most], language)
    else:
        say(Text(ja="今日ご提案する顧客はいません。", en="Nobody to approach today."), language)
    click.echo()
    show_held(report["held"], workspace.policy.policy.plays, language)


def show_proposals(proposals: list[Mapping[str, Any]], language: Language) -> None:
    """Print proposals in their order."""
    rows = [_row(number, proposal, language) for number, proposal in enumerate(proposals, 1)]
    print_table(_HEADINGS, rows, language, right=(0, 4, 6))


def _row(number: int, proposal: Mapping[str, Any], language: Language) -> list[str]:
    currency = proposal["currency"]
    accept = proposal["accept"]
    change = Decimal(str(proposal["mrr_change"])) or Decimal(str(proposal["once"]))
    return [
        str(number),
        proposal["customer"],
        proposal["offer"]["label"][language],
        proposal["because"][language],
        f"{'+' if change > 0 else ''}{shown(change, currency)}" if change else "–",
        f"{accept['chance']:.0%} ({accept['low']:.0%}–{accept['high']:.0%})",
        shown(Decimal(str(round(proposal["expected_value"]))), currency),
        proposal["owner"] or "–",
    ]


def show_held(held: list[Mapping[str, Any]], plays: Mapping[str, Any], language: Language) -> None:
    """Print how many were held by which guard, with one example each."""
    by_guard = Counter(row["guard"] for row in held)
    if not by_guard:
        return
    say(Text(ja="今は提案しない(控えた理由)", en="Not now (what held them)"), language)
    first = {row["guard"]: row for row in reversed(held)}
    rows = [
        [
            f"{count:,}",
            guard,
            first[guard]["customer_id"],
            plays[first[guard]["play"]].label[language],
            first[guard]["reason"][language],
            first[guard]["until"] or "–",
        ]
        for guard, count in by_guard.most_common()
    ]
    headings = (
        Text(ja="件数", en="Held"),
        Text(ja="条件", en="Guard"),
        Text(ja="例:顧客", en="Example"),
        Text(ja="型", en="Play"),
        Text(ja="理由", en="Reason"),
        Text(ja="いつまで", en="Until"),
    )
    print_table(headings, rows, language, right=(0,))
