"""Learned chances of acceptance, as people read them in a terminal."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click

from minori.cli.shared import print_table, say
from minori.core.figure import Reading
from minori.core.readable import bracketed, interval, number, readable
from minori.core.text import Language, Text
from minori.learning.acceptance import Trained
from minori.learning.acceptance_figures import readings_of
from minori.pipeline.proof.acceptance import Learned
from minori.stats.interval import Interval
from minori.stats.scoring import Difference

_PARTS = {
    "sale": Text(ja="売上につながる提案", en="Plays that sell"),
    "keep": Text(ja="継続を支える提案", en="Plays that keep customers"),
}
_KINDS = {
    "rate": Text(ja="型ごとの承諾率", en="each play's own rate"),
    "points": Text(ja="均等配点", en="equal-weight points"),
    "sign_ridge": Text(ja="符号付きリッジ回帰", en="ridge with signs"),
    "woe": Text(ja="WoEスコアカード", en="weight-of-evidence scorecard"),
    "boosting": Text(ja="小さな単調ブースティング", en="small monotone boosting"),
    "boosting_large": Text(ja="単調ブースティング", en="monotone boosting"),
}
_STATES = {
    "adopted": Text(ja="使用中", en="in use"),
    "replaced": Text(ja="置き換え済み", en="replaced"),
    "rolled_back": Text(ja="取り消し", en="rolled back"),
}
_FIGURE, _VALUE, _SAMPLE = (
    Text(ja="指標", en="Figure"),
    Text(ja="値 [90％区間]", en="Value [90 %]"),
    Text(ja="件数", en="n"),
)


def show_acceptance(learned: Learned, language: Language) -> None:
    """Print, per part, whether it was learned, every comparison, the calibration and what was left out."""
    if not learned.parts:
        nothing = Text(
            ja="回答のある提案がまだありません。型の初期値を使います。",
            en="No proposal was answered yet; the plays' priors stand.",
        )
        say(nothing, language)
    for part, trained in learned.parts.items():
        _part(_PARTS[part], trained, language)
    if learned.unknown_plays:
        count = learned.unknown_plays
        left_out = Text(
            ja=f"\n型の定義がない提案 {count:,} 件は学習に使っていません。",
            en=f"\n{count:,} proposals of plays that are not defined were left out.",
        )
        say(left_out, language)


def _part(title: Text, trained: Trained, language: Language) -> None:
    climbed = trained.climbed
    verdict = (
        Text(ja="学習済み", en="learned")
        if climbed.learned
        else Text(
            ja="まだ学習していません(型ごとの承諾率を使います)",
            en="not yet learned (each play's own rate stands)",
        )
    )
    click.echo(click.style(f"\n{title[language]}: {verdict[language]}", bold=True))
    say(
        Text(
            ja=f"回答 {climbed.rows:,} 件、承諾 {climbed.events:,} 件。モデル: {_KINDS[climbed.name].ja}(段 {climbed.rung})",
            en=f"{climbed.rows:,} answers, {climbed.events:,} accepted. Model: {_KINDS[climbed.name].en} (rung {climbed.rung})",
        ),
        language,
    )
    print_readings(readings_of(climbed.validation), language)
    _trail(trained, language)
    _tenths(trained, language)
    _signals(trained, language)
    _warnings(trained, language)


def print_readings(readings: Iterable[Reading], language: Language) -> None:
    """Print readings as a table of figure, value with interval, and sample."""
    rows = [[r.figure.label[language], readable(r, language).text(), f"{r.sample:,}"] for r in readings]
    print_table((_FIGURE, _VALUE, _SAMPLE), rows, language, right=(1, 2))


def _trail(trained: Trained, language: Language) -> None:
    headings = (
        Text(ja="試したモデル", en="Tried"),
        Text(ja="対数損失", en="Log-loss"),
        Text(ja="比べた相手", en="Against"),
        Text(ja="差 [90％区間]", en="Difference [90 %]"),
        Text(ja="採用", en="Taken"),
    )
    rows = [
        [
            _KINDS[step.name][language],
            f"{step.log_loss:.4f}",
            f"{_KINDS[step.below][language]} ({step.below_log_loss:.4f})",
            _difference(step.difference, language),
            "✓" if step.taken else "–",
        ]
        for step in trained.climbed.trail
    ]
    if rows:
        print_table(headings, rows, language, right=(1, 3))


def _difference(found: Difference, language: Language) -> str:
    ends = bracketed(f"{found.low:+.4f}", f"{found.high:+.4f}", language)
    return f"{found.mean:+.4f} {ends}"


def _tenths(trained: Trained, language: Language) -> None:
    headings = (
        Text(ja="見込みの幅", en="Chance"),
        Text(ja="件数", en="n"),
        Text(ja="見込みの平均", en="Expected"),
        Text(ja="承諾の割合", en="Accepted"),
        Text(ja="実績÷見込み", en="Observed ÷ expected"),
    )
    found = trained.climbed.validation.tenths if trained.climbed.validation else ()
    rows = [
        [
            interval(t.lowest, t.highest, "share", language),
            f"{t.n:,}",
            number(t.predicted, "share", language),
            _share(t.observed, language),
            number(t.ratio, "ratio", language) if t.ratio is not None else "–",
        ]
        for t in found
    ]
    if rows:
        print_table(headings, rows, language, right=(1, 2, 3, 4))


def _share(found: Interval, language: Language) -> str:
    ends = interval(found.low, found.high, "share", language)
    return f"{number(found.middle, 'share', language)} {ends}"


def _signals(trained: Trained, language: Language) -> None:
    labels = {column.name: column.label[language] for column in trained.columns}
    headings = (
        Text(ja="単独の兆候", en="Single signal"),
        Text(ja="値の範囲", en="From – to"),
        Text(ja="承諾／件数", en="Accepted / n"),
        Text(ja="承諾されやすさ(倍)", en="Lift"),
    )
    rows = [
        [
            labels[s.column],
            f"{bound(s.low)} – {bound(s.high)}",
            f"{s.events:,} / {s.answers:,}",
            number(s.lift, "ratio", language),
        ]
        for s in trained.signals
    ]
    if rows:
        print_table(headings, rows, language, right=(1, 2, 3))


def bound(value: float | None) -> str:
    return "…" if value is None else f"{value:,.3g}"


def _warnings(trained: Trained, language: Language) -> None:
    for suspect in trained.suspects:
        click.echo(f"! {suspect.column}: {suspect.why[language]}")
    if trained.drift.moved:
        low, high = min(trained.drift.rates), max(trained.drift.rates)
        moved = Text(
            ja=f"! 承諾率が期間によって変わっています({low:.1%}–{high:.1%})。古い回答は軽く数えます。",
            en=f"! The rate of a yes moved over time ({low:.1%}–{high:.1%}); older answers count less.",
        )
        say(moved, language)


def show_versions(rows: Iterable[Mapping[str, Any]], language: Language) -> None:
    """Print the versions of the learned chances."""
    headings = (
        Text(ja="バージョン", en="Version"),
        Text(ja="対象", en="Plays"),
        Text(ja="基準日", en="As of"),
        Text(ja="状態", en="State"),
        Text(ja="モデル", en="Model"),
        Text(ja="承諾／回答", en="Accepted / answers"),
        Text(ja="AUC", en="AUC"),
    )
    table = [
        [
            str(row["version"]),
            _PARTS[row["part"]][language],
            str(row["as_of"]),
            _STATES[row["state"]][language],
            _KINDS[row["kind"]][language],
            f"{row['events']:,} / {row['answers']:,}",
            _auc(row["validation"]),
        ]
        for row in rows
    ]
    print_table(headings, table, language, right=(0, 5, 6))
    if not table:
        say(
            Text(
                ja="まだ学習していません。「minori learn acceptance」を実行してください。",
                en="Nothing learned yet; run 'minori learn acceptance'.",
            ),
            language,
        )


def _auc(validation: str | None) -> str:
    area = (json.loads(validation) or {}).get("auc") if validation else None
    return f"{area[1]:.3f}" if area else "–"
