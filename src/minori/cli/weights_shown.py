"""Learned weights of the health score, as people read them in a terminal."""

from typing import Any

import click

from minori.cli.learned_shown import bound, print_readings
from minori.cli.shared import print_table, say
from minori.core.text import Language, Text
from minori.learning.acceptance_figures import readings_of_weights
from minori.learning.weights import Weighed
from minori.pipeline.proof.weights import Weights, grounds
from minori.policy.definitions import Policy

_AIMS = {"churn": Text(ja="解約", en="Churn"), "expansion": Text(ja="拡大", en="Expansion")}


def show_weights(found: Weights, policy: Policy, language: Language) -> None:
    """Print both comparisons, the scorecards, and the proposed change of health.yaml."""
    for weighed in (found.churn, found.expansion):
        _weighed(weighed, policy, language)
    if found.diff:
        say(
            Text(
                ja="\n提案する変更(受け入れるには --accept --by 名前):",
                en="\nProposed change (to accept: --accept --by NAME):",
            ),
            language,
        )
        click.echo(found.diff)
    else:
        say(_nothing(found.churn), language)


def _nothing(churn: Weighed) -> Text:
    if churn.compared is None:
        return Text(
            ja="\n比べるだけのデータが足りないため、重みの変更は提案しません。",
            en="\nThere is too little to compare, so no change of the weights is proposed.",
        )
    return Text(
        ja="\n学習した重みは、時間の順の検証でいまのスコアを確かに上回るとは言えないため、変更を提案しません。",
        en="\nIn time order the learned weights are not surely better than the score in use, so no change is proposed.",
    )


def _weighed(weighed: Weighed, policy: Policy, language: Language) -> None:
    events = Text(
        ja=f"過去の時点 {weighed.rows:,} 件、うち{_AIMS[weighed.aim].ja} {weighed.events:,} 件",
        en=f"{weighed.rows:,} past points, {weighed.events:,} with {_AIMS[weighed.aim].en.lower()}",
    )
    click.echo(click.style(f"\n{_AIMS[weighed.aim][language]}: {events[language]}", bold=True))
    print_readings(readings_of_weights(weighed), language)
    if weighed.scorecard is None:
        return
    headings = (
        Text(ja="部分", en="Part"),
        Text(ja="値の範囲", en="From – to"),
        Text(ja="件数", en="n"),
        Text(ja="割合", en="Share"),
        Text(ja="点", en="Points"),
    )
    names = sorted(policy.health.parts)
    rows = [
        [
            policy.health.parts[names[line.column]].label[language],
            Text(ja="不明", en="unknown")[language]
            if line.unknown
            else f"{bound(line.low)} – {bound(line.high)}",
            f"{line.rows:,}",
            f"{line.rate:.1%}" if line.rate is not None else "–",
            str(line.points),
        ]
        for line in weighed.scorecard.lines
        if line.rows
    ]
    print_table(headings, rows, language, right=(1, 2, 3, 4))


def weights_as_object(found: Weights) -> dict[str, Any]:
    """Return what was learned as plain data."""
    return {
        "as_of": found.as_of.isoformat(),
        "windows": [day.isoformat() for day in found.windows],
        "aims": [
            {
                **grounds(weighed),
                "readings": [r.as_object() for r in readings_of_weights(weighed)],
                "scorecard": [vars(line) for line in weighed.scorecard.lines] if weighed.scorecard else None,
            }
            for weighed in (found.churn, found.expansion)
        ],
        "diff": found.diff,
    }
