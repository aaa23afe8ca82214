"""``minori init``: make a workspace."""

from pathlib import Path

import click

from minori.core.text import Language, Text

PRESETS = ("b2b_saas", "b2c_subscription", "shop")


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--preset", type=click.Choice(PRESETS), required=True, help="Which world: definitions to start from."
)
@click.option("--name", help="Name of the company; default the folder's.")
@click.option("--language", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
@click.option("--currency", help="ISO code; default JPY for ja, USD for en.")
def command(folder: Path, preset: str, name: str | None, language: Language, currency: str | None) -> None:
    """Make a workspace in FOLDER from a preset."""
    from minori.cli.shared import say
    from minori.pipeline.init import init

    init(folder, preset=preset, name=name or folder.resolve().name, language=language, currency=currency)
    say(
        Text(
            ja=f"{folder} にワークスペースを作りました。次は:\n"
            f"  minori connect ファイル… -w {folder}   手元のファイルから取り込み設定を提案します\n"
            f"  minori load -w {folder}\n  minori run -w {folder}",
            en=f"Made a workspace in {folder}. Next:\n"
            f"  minori connect FILE… -w {folder}   proposes how to load the files you have\n"
            f"  minori load -w {folder}\n  minori run -w {folder}",
        ),
        language,
    )
