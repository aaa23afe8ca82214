"""``minori score``: decisions against simulated truth, beside naive policies."""

import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minori.cli.shared import Bar, json_option, language_option, print_json, print_table
from minori.core.readable import interval, number
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.core.figure import Unit
    from minori.sample.worlds import WorldName
    from minori.stats.interval import Interval

_UNTIL = date(2026, 3, 31)  # any day: the sample is made up, and the same seed gives the same result
_POLICIES = {
    "minori": Text(ja="minori", en="minori"),
    "oracle": Text(ja="真実を知る者(上限)", en="oracle (upper bound)"),
    "needs_known": Text(ja="ニーズだけを知る者", en="needs known"),
    "everyone": Text(ja="全員に順番に", en="everyone in turn"),
    "random": Text(ja="無作為", en="random"),
    "top_spenders": Text(ja="高額の顧客から", en="top spenders"),
    "limit_reached": Text(ja="上限に達した顧客だけ", en="limit reached only"),
}


@click.command("score")
@click.option("--world", type=click.Choice(["b2b_saas", "shop"]), default="b2b_saas", show_default=True)
@click.option(
    "--seeds", default=3, show_default=True, type=click.IntRange(1), help="How many made-up companies."
)
@click.option("--first-seed", default=1, show_default=True, type=click.IntRange(1), help="The first of them.")
@click.option("--customers", default=300, show_default=True, type=click.IntRange(20))
@click.option("--days", default=540, show_default=True, type=click.IntRange(180))
@click.option(
    "--dates", default=3, show_default=True, type=click.IntRange(1), help="As-of dates, four weeks apart."
)
@click.option(
    "--budget", default=20, show_default=True, type=click.IntRange(1), help="Contacts a date, for everyone."
)
@json_option
@language_option
def command(
    world: "WorldName",
    seeds: int,
    first_seed: int,
    customers: int,
    days: int,
    dates: int,
    budget: int,
    as_json: bool,
    language: Language | None,
) -> None:
    """Compare minori with naive policies and with the best possible, at the same number of contacts."""
    from minori.sample.compare import compare
    from minori.sample.trial import trial

    bar = Bar()
    outcomes = []
    for seed in range(first_seed, first_seed + seeds):
        bar(f"seed {seed}", (seed - first_seed) / seeds)
        with tempfile.TemporaryDirectory() as folder:
            outcomes.append(
                trial(
                    Path(folder),
                    world=world,
                    customers=customers,
                    days=days,
                    until=_UNTIL,
                    seed=seed,
                    dates=dates,
                    budget=budget,
                )
            )
    bar("done", 1.0)
    rows = compare(outcomes)
    if as_json:
        print_json([asdict(row) | {"seeds": seeds} for row in rows])
    else:
        _show(rows, seeds, language or "ja")


def _ends(found: "Interval", unit: "Unit", language: Language) -> str:
    ends = interval(found.low, found.high, unit, language, like=found.middle)
    return f"{number(found.middle, unit, language)} {ends}"


def _show(rows: tuple[object, ...], seeds: int, language: Language) -> None:
    from minori.sample.compare import Row

    headings = (
        Text(ja="やり方", en="Policy"),
        Text(ja="接触", en="Contacts"),
        Text(ja="得た粗利 − 害(円)", en="Gain − harm (JPY)"),
        Text(ja="上限に対する割合", en="Share of the oracle's"),
        Text(ja="不要な接触", en="Unneeded"),
        Text(ja="害(円)", en="Harm (JPY)"),
    )
    table = []
    for row in rows:
        assert isinstance(row, Row)
        table.append(
            [
                _POLICIES.get(row.policy, Text(ja=row.policy, en=row.policy))[language],
                f"{row.contacts.middle:,.0f}",
                _ends(row.net, "count", language),
                _ends(row.net_share, "share", language),
                _ends(row.unneeded_share, "share", language),
                f"{row.harm.middle:,.0f}",
            ]
        )
    print_table(headings, table, language, right=(1, 2, 3, 4, 5))
    note = Text(
        ja=f"架空の会社{seeds}社の平均(括弧内は95%区間)。真実はシミュレーターのもので、実在の会社での効果ではありません。",
        en=f"Means over {seeds} made-up companies, 95 % intervals in brackets. The truth is the simulator's: this is no"
        " claim about a real company.",
    )
    click.echo(note[language])
