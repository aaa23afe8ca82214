"""A backtest, as people read it in a terminal."""

import click

from minori.cli.shared import print_table, say
from minori.core.named import OUTCOMES
from minori.core.readable import readable
from minori.core.text import Language, Text
from minori.decision.guard import GUARDS
from minori.learning import backtest_figures as figures
from minori.learning.backtest_summary import Followed
from minori.pipeline.proof.backtest import Backtest
from minori.policy.definitions import Policy
from minori.query.thresholds import thresholds_of

_OUTCOMES = OUTCOMES | {
    "expanded": Text(ja="拡大(アップセル・クロスセル)", en="expanded (upsell, cross-sell)"),
}
_MOST_TOGETHER = 5
_NOW = Text(ja=" ◀ 現在", en=" ◀ now")


def show_backtest(found: Backtest, policy: Policy, language: Language) -> None:
    """Print what followed the fires, the curve over the thresholds, and which other plays held too."""
    _head(found, language)
    if not found.fires:
        say(Text(ja="この期間に発火はありません。", en="It would not have fired in this time."), language)
    _outcomes(found, language)
    _curve(found, language)
    _held(found, language)
    _together(found, policy, language)
    say(
        Text(
            ja="\n過去の観察であり、くじで分けた比較ではありません。提案の効果を示すものではありません。",
            en="\nObserved in the past; nobody drew lots. It says nothing about the effect of a proposal.",
        ),
        language,
    )


def _head(found: Backtest, language: Language) -> None:
    question = found.question
    words = Text(
        ja="{label}: {first}〜{last} の{dates}時点、その後{horizon}日を追跡\n条件: {when}\n発火 {fires}件(顧客 {customers}社)",
        en="{label}: {dates} dates from {first} to {last}, each followed for {horizon} days\nwhen: {when}\n"
        "{fires} fires ({customers} customers)",
    )
    values = {
        "label": question.play.label[language],
        "first": question.days[0].isoformat(),
        "last": question.last.isoformat(),
        "dates": str(len(question.days)),
        "horizon": str(question.horizon),
        "when": question.play.when,
        "fires": f"{found.fires:,}",
        "customers": f"{found.customers:,}",
    }
    say(words.fill(values), language)


def _outcomes(found: Backtest, language: Language) -> None:
    rows = [
        [_OUTCOMES[outcome][language], f"{one.happened:,} / {one.fires:,}", *_readings(one, language)]
        for outcome, one in found.followed.items()
    ]
    shown = (figures.AFTER_FIRE, figures.BASE, figures.LIFT, figures.EARLY, figures.FORESEEN)
    headings = [
        Text(ja="その後", en="What followed"),
        Text(ja="件数", en="Number"),
        *(f.label for f in shown),
    ]
    if rows:
        click.echo()
        print_table(headings, rows, language, right=range(1, len(headings)))


def _readings(one: Followed, language: Language) -> list[str]:
    return [readable(reading, language).text() for reading in one.readings]


def _curve(found: Backtest, language: Language) -> None:
    if not found.curve:
        return
    headings = [
        Text(ja="しきい値", en="Threshold"),
        Text(ja="発火", en="Fires"),
        *(_OUTCOMES[outcome] for outcome in found.followed),
    ]
    rows = []
    present = {(t.place, t.value) for t in thresholds_of(found.question.play.when)}
    for variant in found.curve:
        fires = max((one.fires for one in variant.followed.values()), default=0)
        at = variant.threshold
        now = (at.place, at.value) in present
        if not fires and not now:
            continue
        cells = [_lift(variant.followed.get(outcome), language) for outcome in found.followed]
        rows.append([f"{at}{_NOW[language]}" if now else str(at), f"{fires:,}", *cells])
    say(Text(ja="\nしきい値を動かすと(リフト):", en="\nLift if a threshold is moved:"), language)
    print_table(headings, rows, language, right=range(1, len(headings)))


def _lift(one: Followed | None, language: Language) -> str:
    return "–" if one is None else readable(one.reading(figures.LIFT), language).text()


def _held(found: Backtest, language: Language) -> None:
    if found.held is None or not found.held.fires:
        return
    words = Text(
        ja="\n提案を控える条件にかからなかった発火: {clear} / {fires}件。かかったもの(重複あり):",
        en="\nFires that no guard would have held: {clear} of {fires}. Held by (one fire may be held by several):",
    )
    say(words.fill({"clear": f"{found.held.clear:,}", "fires": f"{found.held.fires:,}"}), language)
    for name, fires in found.held.by.items():
        click.echo(f"  {GUARDS[name].label[language]}: {fires / found.held.fires:.0%} ({fires:,})")


def _together(found: Backtest, policy: Policy, language: Language) -> None:
    most = list(found.together.items())[:_MOST_TOGETHER]
    if most:
        say(
            Text(ja="\n同時に成り立っていたほかの型:", en="\nOther plays that held at the same time:"),
            language,
        )
    for name, fires in most:
        click.echo(f"  {policy.plays[name].label[language]}: {fires / found.fires:.0%} ({fires:,})")
