"""One customer explained, as people read it in a terminal."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import click

from minori.cli.shared import possible_from, print_table
from minori.core.money import shown
from minori.core.named import BANDS
from minori.core.text import Language, Text
from minori.policy.definitions import Policy
from minori.policy.workspace import Company

FATES = {
    "proposed": Text(ja="提案", en="proposed"),
    "held": Text(ja="控える", en="held"),
    "outranked": Text(ja="他を優先", en="outranked"),
    "hold_out": Text(ja="非接触群", en="hold-out"),
}


def show_explained(
    explained: Mapping[str, Any], policy: Policy, company: Company, language: Language | None
) -> None:
    """Print everything about the customer."""
    language = language or company.language
    health, trend, standing = explained["health"], explained["trend"], explained["standing"]
    click.echo(f"{explained['customer']} ({explained['customer_id']})  {explained['as_of']}")
    click.echo(
        Text(
            ja=f"段階 {standing.get('stage') or '–'}・タッチ層 {standing.get('touch') or '–'}"
            f"・ヘルススコア {_points(health.get('health'))}({BANDS[health.get('band') or 'unknown'].ja})"
            f"・変化 {_points(trend.get('health_change'), sign=True)}",
            en=f"stage {standing.get('stage') or '–'}, touch {standing.get('touch') or '–'}, "
            f"health {_points(health.get('health'))} ({BANDS[health.get('band') or 'unknown'].en}), "
            f"change {_points(trend.get('health_change'), sign=True)}",
        )[language]
    )
    if flag := (explained.get("score") or {}).get("flag"):
        click.echo(click.style(flag[language], dim=True))
    _ledger(explained, policy, language)
    _says(explained, policy, language)
    _signals(explained, policy, language)
    for candidate in explained["candidates"]:
        _candidate(candidate, policy, company, language)
    if not explained["candidates"]:
        click.echo(Text(ja="\n今日の候補はありません。", en="\nNo candidates today.")[language])


def _ledger(explained: Mapping[str, Any], policy: Policy, language: Language) -> None:
    headings = (
        Text(ja="ヘルスの内訳", en="Health part"),
        Text(ja="値", en="Value"),
        Text(ja="点", en="Points"),
        Text(ja="重み", en="Weight"),
        Text(ja="寄与", en="Counts for"),
    )
    rows = [
        [
            policy.health.parts[row["part"]].label[language],
            _points(row["value"], digits=2),
            _points(row["points"]),
            _points(row["weight"]),
            _points(row["contribution"], digits=1),
        ]
        for row in explained["health_parts"]
        if row["part"] in policy.health.parts
    ]
    click.echo()
    print_table(headings, rows, language, right=(1, 2, 3, 4))


def _says(explained: Mapping[str, Any], policy: Policy, language: Language) -> None:
    for name, said in explained["says"].items():
        click.echo(f"  {policy.metrics[name].label[language]}: {said[language]}")


def _signals(explained: Mapping[str, Any], policy: Policy, language: Language) -> None:
    if not explained["signals"]:
        return
    states = {
        "young": Text(ja="新しい", en="young"),
        "again": Text(ja="再び", en="again"),
        "old": Text(ja="続いている(今日は尋ねない)", en="going on (does not ask today)"),
    }
    click.echo()
    headings = (Text(ja="兆候", en="Signal"), Text(ja="いつから", en="Since"), Text(ja="状態", en="State"))
    rows = [
        [
            policy.plays[s["play"]].label[language],
            f"{'≤ ' if s['older'] else ''}{s['since']}",
            states[s["state"]][language],
        ]
        for s in explained["signals"]
        if s["play"] in policy.plays
    ]
    print_table(headings, rows, language)


def _candidate(candidate: Mapping[str, Any], policy: Policy, company: Company, language: Language) -> None:
    play = policy.plays[candidate["play"]]
    offer = candidate["offer"]["label"][language] if candidate["offer"] else "–"
    fate = FATES[candidate["fate"]][language]
    reason = candidate[f"reason_{language}"] or ""
    click.echo(f"\n■ {play.label[language]}: {offer}  → {fate}  {reason}")
    click.echo("  " + candidate["because"][language])
    _brings(candidate, language)
    currency = company.currency
    terms = {
        name: shown(Decimal(str(round(candidate[name]))), currency)
        for name in ("if_offered", "if_nothing", "harm", "value")
    }
    click.echo(
        "  "
        + Text(
            ja=f"受諾の見込み {candidate['accept']:.0%}({candidate['accept_low']:.0%}–{candidate['accept_high']:.0%}、"
            f"回答{candidate['accept_answers']}件)・提案で {terms['if_offered']}・害 {terms['harm']}・"
            f"差引 {terms['value']}(何もしないときの粗利 {terms['if_nothing']})",
            en=f"chance {candidate['accept']:.0%} ({candidate['accept_low']:.0%}–{candidate['accept_high']:.0%}, "
            f"{candidate['accept_answers']} answers), by offering {terms['if_offered']}, harm {terms['harm']}, "
            f"net {terms['value']} (margin if nothing is done {terms['if_nothing']})",
        )[language]
    )
    for assumed in (candidate["offer"] or {}).get("assumed", ()):
        click.echo(f"  - {assumed[language]}")
    for guard in candidate["guards"]:
        until = possible_from(guard["until"], language) if guard["answer"] == "holds" else ""
        click.echo(f"  - {guard['guard']}: {guard['reason'][language] or guard['answer']}{until}")


def _brings(candidate: Mapping[str, Any], language: Language) -> None:
    serves = [text[language] for text in candidate["serves"]]
    lead = [feature[language] for feature in candidate["lead_features"]]
    for heading, named in (
        (Text(ja="業務プロセス", en="work step"), serves),
        (Text(ja="指標機能", en="lead features"), lead),
    ):
        if named:
            click.echo(f"  {heading[language]}: {Text(ja='、', en=', ')[language].join(named)}")


def _points(value: float | None, *, digits: int = 0, sign: bool = False) -> str:
    if value is None:
        return "–"
    return f"{value:+,.{digits}f}" if sign else f"{value:,.{digits}f}"
