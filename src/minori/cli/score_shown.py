"""The truth of the score, as people read it in a terminal."""

from collections.abc import Sequence

import click

from minori.cli.shared import print_table, say
from minori.core.figure import Reading
from minori.core.named import BANDS
from minori.core.readable import readable
from minori.core.text import Language, Text
from minori.learning.score_floor import Criterion
from minori.learning.score_truth import LEFT, Class, Truth
from minori.learning.score_verdict import Verdict
from minori.pipeline.proof.score_truth import ScoreTruth
from minori.policy.definitions import Policy, Rule

_NAMES = {
    **BANDS,
    "unknown": Text(ja="不明(スコアなし)", en="unknown (no score)"),
    "good": Text(ja="上位2帯", en="upper two"),
    "bad": Text(ja="下位2帯", en="lower two"),
    "all": Text(ja="全体(スコアあり)", en="all with a score"),
    LEFT: Text(ja="離脱", en="left"),
}
_MET = {
    True: Text(ja="達成", en="met"),
    False: Text(ja="未達", en="missed"),
    None: Text(ja="判定できず", en="cannot be told"),
}
_LIVING = {
    "contracts": Text(
        ja="離脱=解約、拡大=アップセル・クロスセル", en="lost = churned; expanded = upsell or cross-sell"
    ),
    "orders": Text(
        ja="離脱=期間内にご注文なし、拡大=再びご注文",
        en="lost = no order within it; expanded = ordered again",
    ),
}


def show_score(measured: ScoreTruth, policy: Policy, language: Language) -> None:
    """Print the verdict, the bands, both readings, the floor and the migration."""
    _head(measured, language)
    _bands(measured.found, language)
    _readings(measured.found.readings, language)
    _floor(measured.criteria, language)
    _migration(measured, language)
    if measured.by:
        _classes(measured, policy, language)
    say(
        Text(
            ja="\n過去の観察です。スコアを理由に働きかけた結果も含み、因果を示すものではありません。",
            en="\nObserved, not an effect: what was done because of the score is in these numbers too.",
        ),
        language,
    )


def _head(measured: ScoreTruth, language: Language) -> None:
    days = _AND[language].join(str(day) for day in measured.windows) or "–"
    found = measured.verdict
    mark = {True: _UNDER, False: _ABOVE, None: _OPEN}[measured.under_floor]
    click.echo(
        click.style(f"{_TITLE[language]}: {found.words[language]}{_AND[language]}{mark[language]}", bold=True)
    )
    click.echo(found.why[language])
    living = _LIVING[measured.living]
    say(
        Text(
            ja=f"凍結日 {days}(期間は重ならず、1社(人)は期間ごとに1件)・猶予 {measured.embargo}日・追跡 {measured.horizon}日"
            f"・{living.ja}・猶予期間中の離脱 {measured.left_in_embargo}件は除外\n",
            en=f"Frozen on {days} (windows do not overlap: a customer counts once per horizon), embargo "
            f"{measured.embargo} days, followed {measured.horizon} days; {living.en}; {measured.left_in_embargo} lost "
            "during the embargo are left out\n",
        ),
        language,
    )


_AND = Text(ja="・", en=", ")
_TITLE = Text(ja="ヘルススコアの検証", en="Health score, checked")
_UNDER = Text(ja="最低基準を満たしていません", en="under the ship floor")
_ABOVE = Text(ja="最低基準を満たしています", en="meets the ship floor")
_OPEN = Text(ja="最低基準はまだ判定できません", en="whether it meets the ship floor cannot be told yet")


def _bands(found: Truth, language: Language) -> None:
    headings = (
        Text(ja="帯", en="Band"),
        Text(ja="件数", en="Customers"),
        Text(ja="離脱", en="Lost"),
        Text(ja="離脱率[90％区間]", en="Share lost [90 %]"),
        Text(ja="予測", en="Said"),
        Text(ja="実績÷予測", en="Observed ÷ said"),
        Text(ja="区間内", en="Within"),
        Text(ja="拡大", en="Expanded"),
        Text(ja="拡大率[90％区間]", en="Share expanded [90 %]"),
    )
    named = [(entry.names[0], entry) for entry in (*found.bands, found.unknown)]
    named += [("good", found.good), ("bad", found.bad), ("all", found.all)]
    rows = [_band(_NAMES[name][language], entry, language) for name, entry in named]
    print_table(headings, rows, language, right=(1, 2, 7))


def _band(name: str, entry: Class, language: Language) -> list[str]:
    lost, said, ratio, gained = entry.readings
    if not entry.lost.n:
        return [name, "0", *["–"] * 7]
    within = {True: "○", False: "×", None: "–"}[entry.holds]
    return [
        name,
        f"{entry.lost.n:,}",
        f"{entry.lost.events:,}",
        readable(lost, language).text(),
        readable(said, language).text(),
        readable(ratio, language).text(),
        within,
        f"{entry.gained.events:,}",
        readable(gained, language).text(),
    ]


def _readings(readings: Sequence[Reading], language: Language) -> None:
    headings = (
        Text(ja="指標", en="Figure"),
        Text(ja="値[90％区間]", en="Value [90 %]"),
        Text(ja="標本", en="Sample"),
    )
    rows = [[r.figure.label[language], readable(r, language).text(), f"{r.sample:,}"] for r in readings]
    click.echo()
    print_table(headings, rows, language, right=(2,))


def _floor(criteria: Sequence[Criterion], language: Language) -> None:
    headings = (
        Text(ja="最低基準", en="Ship floor"),
        Text(ja="値[90％区間]", en="Value [90 %]"),
        Text(ja="必要", en="Needed"),
        Text(ja="判定", en="Result"),
        Text(ja="標本", en="Sample"),
    )
    rows = [
        [
            c.reading.figure.label[language] + (f" ({c.detail[language]})" if c.detail else ""),
            readable(c.reading, language).text(),
            c.needs[language],
            _MET[c.met][language],
            f"{c.reading.sample:,}",
        ]
        for c in criteria
    ]
    click.echo()
    print_table(headings, rows, language, right=(4,))


def _migration(measured: ScoreTruth, language: Language) -> None:
    moved = measured.migration
    if not moved.counts:
        return
    click.echo()
    headings = (Text(ja="帯の移動(前→後)", en="From → to"), *(_NAMES[end] for end in moved.classes))
    rows = []
    for start in moved.classes[:-1]:
        shares = [moved.share(start, end) for end in moved.classes]
        counts = [moved.counts.get((start, end), 0) for end in moved.classes]
        cells = [f"{n:,} ({s.middle:.0%})" if s else "–" for n, s in zip(counts, shares, strict=True)]
        rows.append([_NAMES[start][language], *cells])
    print_table(headings, rows, language, right=tuple(range(1, len(moved.classes) + 1)))


def _classes(measured: ScoreTruth, policy: Policy, language: Language) -> None:
    headings = (
        Text(ja="区分", en="Class"),
        _NAMES["good"],
        Text(ja="離脱率", en="Share lost"),
        _NAMES["bad"],
        Text(ja="離脱率", en="Share lost"),
        Text(ja="判定", en="Verdict"),
    )
    labels = {name: rule.label[language] for name, rule in _rules(policy, str(measured.by)).items()}
    rows = [
        _class(labels.get(name, name), found, said, language)
        for name, (found, said) in measured.classes.items()
    ]
    click.echo()
    print_table(headings, rows, language, right=(1, 3))


def _rules(policy: Policy, by: str) -> dict[str, Rule]:
    return {
        "segment": policy.segments.segments,
        "stage": policy.segments.stages,
        "touch": policy.segments.touches,
    }[by]


def _class(name: str, found: Truth, said: Verdict, language: Language) -> list[str]:
    sides = [
        cell
        for side in (found.good, found.bad)
        for cell in (f"{side.lost.n:,}", readable(side.readings[0], language).text())
    ]
    return [name, *sides, said.words[language]]
