"""``minori forget``: erase what is personal of a customer, or of one user of theirs."""

import secrets
import sys
from dataclasses import asdict
from pathlib import Path

import click

from minori.cli.shared import (
    json_option,
    language_option,
    open_workspace,
    print_json,
    say,
    workspace_option,
)
from minori.core.text import Language, Text

_ASK = Text(
    ja="{who} の個人データを完全に消去します。元に戻せません。よろしいですか",
    en="Erase the personal data of {who} for good? This cannot be undone",
)
_DONE = Text(
    ja="{who} の個人データを消去しました（{files} ファイル）。数値とIDは残ります。",
    en="Erased the personal data of {who} ({files} files). Numbers and ids stay.",
)
_SOURCES = Text(
    ja="取り込み元（exports/ などのファイル、データベース）には残っています。そちらでも削除してください。"
    "取り込み直しても lake には戻りません。",
    en="The sources (files in exports/, databases) still hold it: delete it there too. "
    "Loading them again does not bring it back.",
)
_SPEAKING = Text(
    ja="次のIDはアドレスの形をしており、IDとして残ります: {ids}",
    en="These ids look like addresses, and stay as ids: {ids}",
)


@click.command("forget")
@click.argument("customer")
@click.option("--user", help="Only this user of the customer, by id.")
@click.option("--by", required=True, help="Who asks for it; kept with the list of who was erased.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@workspace_option
@json_option
@language_option
def command(
    customer: str,
    user: str | None,
    by: str,
    yes: bool,
    folder: Path | None,
    as_json: bool,
    language: Language | None,
) -> None:
    """Erase what is personal of CUSTOMER (id or name) and their users from the whole lake, and never load it again."""
    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    who = {"who": f"{customer} / {user}" if user else customer}
    if not yes and sys.stdin.isatty():
        click.confirm(_ASK.fill(who)[language], abort=True)
    done = workspace.forget(customer, user, by=by, salt=secrets.token_hex(16))
    if as_json:
        print_json(asdict(done))
        return
    files = sum(one.files for one in done.tables)
    say(_DONE.fill({**who, "files": f"{files:,}"}), language)
    say(_SOURCES, language)
    if done.speaking_ids:
        say(_SPEAKING.fill({"ids": ", ".join(done.speaking_ids)}), language)
