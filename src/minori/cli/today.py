"""Today's list as people read it in a terminal."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import click

from minori.cli.shared import possible_from, say
from minori.core.money import shown
from minori.core.text import Language, Text
from minori.decision.guard import GUARDS
from minori.pipeline.workspace import Workspace


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
    for notice in report["notices"]:
        click.echo(click.style(notice["text"][language], bold=True))
    click.echo()
    if report["proposals"]:
        people = {name: member.name for name, member in workspace.file.team.items()}
        show_proposals(report["proposals"][:most], people, language)
        hidden = len(report["proposals"]) - most
        if hidden > 0:
            say(
                Text(
                    ja=f"     ほか {hidden:,} 件(--most で増やせます)",
                    en=f"     and {hidden:,} more (--most N)",
                ),
                language,
            )
    else:
        say(Text(ja="今日ご提案する顧客はいません。", en="Nobody to approach today."), language)
    click.echo()
    show_held(report["held"], workspace.names, language)


def show_proposals(proposals: list[Mapping[str, Any]], people: Mapping[str, str], language: Language) -> None:
    """Print proposals in their order, a few lines each."""
    for number, proposal in enumerate(proposals, 1):
        currency, accept = proposal["currency"], proposal["accept"]
        worth = shown(Decimal(str(round(proposal["expected_value"]))), currency)
        owner = people.get(proposal["owner"] or "", proposal["owner"] or "–")
        head = click.style(f"{number:>3}. {proposal['customer']}", bold=True)
        click.echo(f"{head}  {proposal['offer']['label'][language]}{_price(proposal, language)}")
        click.echo(f"     {proposal['because'][language]}")
        details = Text(
            ja=f"受諾の見込み {accept['chance']:.0%}(90%区間 {accept['low']:.0%}–{accept['high']:.0%})・期待値 {worth}"
            f"・担当 {owner}・{proposal['valid_until']} まで",
            en=f"chance {accept['chance']:.0%} (90% interval {accept['low']:.0%}–{accept['high']:.0%}), worth {worth}, "
            f"owner {owner}, until {proposal['valid_until']}",
        )
        click.echo(click.style(f"     {details[language]}", dim=True))


def _price(proposal: Mapping[str, Any], language: Language) -> str:
    monthly, once = Decimal(str(proposal["mrr_change"])), Decimal(str(proposal["once"]))
    if monthly:
        sign = "+" if monthly > 0 else ""
        amount = f"{sign}{shown(monthly, proposal['currency'])}"
        return Text(ja=f"  月額 {amount}", en=f"  {amount} a month")[language]
    if once:
        return Text(
            ja=f"  {shown(once, proposal['currency'])}", en=f"  {shown(once, proposal['currency'])} once"
        )[language]
    return ""


def show_held(held: list[Mapping[str, Any]], names: Mapping[str, str], language: Language) -> None:
    """Print how many were held by which guard, with one example each."""
    by_guard = Counter(row["guard"] for row in held)
    if not by_guard:
        return
    click.echo(
        Text(ja="今は提案しない(控えた理由と例)", en="Not now (what held them, with an example)")[language]
    )
    first = {row["guard"]: row for row in reversed(held)}
    for guard, count in by_guard.most_common():
        row = first[guard]
        until = possible_from(row["until"], language)
        click.echo(f"{count:>5}  {GUARDS[guard].label[language]}")
        click.echo(
            click.style(
                f"       {names.get(row['customer_id'], row['customer_id'])}: {row['reason'][language]}{until}",
                dim=True,
            )
        )
