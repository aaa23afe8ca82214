"""``minori demo``: a sample company, loaded, decided, shown."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minori.cli.shared import Bar, clock, day_option, language_option, open_workspace, say
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.sample.worlds import WorldName


@click.command("demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"))
@click.option("--world", type=click.Choice(["b2b_saas", "shop"]), default="b2b_saas", show_default=True)
@click.option("--customers", default=300, show_default=True, type=click.IntRange(1))
@click.option("--days", default=540, show_default=True, type=click.IntRange(56))
@click.option("--seed", default=1, show_default=True)
@day_option("--until", "Last day of the sample; default yesterday.")
@click.option("--most", default=12, show_default=True, help="How many proposals to show.")
@language_option
def command(
    folder: Path,
    world: "WorldName",
    customers: int,
    days: int,
    seed: int,
    until: date | None,
    most: int,
    language: Language | None,
) -> None:
    """Make a sample company in FOLDER (default ./demo), load it, decide the day, and show today's list."""
    from minori.cli.today import show_run
    from minori.pipeline.init import pin
    from minori.policy.workspace import FILE
    from minori.sample.write import write_company

    if folder.exists() and any(folder.iterdir()) and not (folder / FILE).is_file():
        raise click.ClickException(f"{folder} is not empty and not a workspace; choose another folder")
    language = language or "ja"
    last = until or clock().date() - timedelta(days=1)
    bar = Bar()
    bar("sample company", 0.02)
    write_company(
        folder,
        world=world,
        customers=customers,
        days=days,
        until=last,
        seed=seed,
        language=language,
    )
    pin(folder, world)
    workspace = open_workspace(folder)
    workspace.load(progress=bar)
    ran = workspace.run(progress=bar)
    show_run(workspace, workspace.report(ran), language, most=most)
    first = workspace.report(ran)["proposals"][:1]
    customer = first[0]["customer_id"] if first else workspace.customers()[0]["customer_id"]
    say(_next(folder, customer), language)


def _next(folder: Path, customer: str) -> Text:
    tries = (
        (f"minori explain {customer} -w {folder}", "この顧客の理由(内訳・条件・期待値)", "why this customer"),
        (
            f"minori readiness {customer} -w {folder}",
            "提案可否シートと到達見込み",
            "each criterion, and when it is met",
        ),
        (
            f"minori lists never-told -w {folder}",
            "お知らせ漏れ（ほかに支援優先・今は提案しない）",
            "needs nobody has told (also: help-first, not-now)",
        ),
        (f"minori customers --band act -w {folder}", "対応が必要な顧客", "customers to help first"),
        (f"minori white-space -w {folder}", "未利用の商品・オプション・部署", "what nobody uses yet"),
        (f"minori check -w {folder}", "定義の点検", "check the definitions"),
        (
            "minori score",
            "単純なやり方との比較(シミュレーターの真実で採点)",
            "compare with naive policies on simulated truth",
        ),
    )
    ja = "\n".join(f"  {command}\n      {text}" for command, text, _ in tries)
    en = "\n".join(f"  {command}\n      {text}" for command, _, text in tries)
    return Text(ja=f"\n次に試すこと:\n{ja}", en=f"\nWhat to try next:\n{en}")
