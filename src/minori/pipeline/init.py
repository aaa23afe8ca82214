"""A new workspace: minori.yaml, a first sources.yaml, and the preset pinned so that an update changes nothing."""

import shutil
from pathlib import Path

from minori.core.errors import WorkspaceError
from minori.policy.load import FOLDER, PINNED, preset_folder
from minori.policy.workspace import FILE

_MINORI = """\
# この会社のこと / about this company
company:
  name: {{ja: {name}, en: {name}}}
  language: {language}            # ja or en
  time_zone: Asia/Tokyo
  currency: {currency}
  fiscal_year_starts_in: 4

# 定義は policy/ にあります。preset の写しは policy/preset/ に固定され、minori を更新しても変わりません。
# Definitions are in policy/. The copy of the preset under policy/preset/ is pinned: updating minori changes nothing.
policy:
  extends: {preset}
  # 変わらない属性だけを条件に使えます / only attributes that never change may stand in conditions
  constant: [kind, industry, employees, users.department]

# 担当者: customers.owner に入る値 / people: the values of customers.owner
team: {{}}
"""
_SOURCES = """\
# 取り込むデータ。`minori connect ファイル…` が下書きを作ります。
# What to load. `minori connect FILE…` writes a draft of this file.
[]
"""
_OWN = """\
# ここには preset と違うところだけを書きます(id ごとに重なります)。off: true で外せます。
# Only what differs from the preset goes here, by id; off: true removes an entry.
"""
_CATALOG = """\
# 商品・プラン・価格。preset のものは例です。ご自身のものに書き換えてください。
# Products, plans and prices. Those of the preset are examples: write your own.
currency: {currency}
"""
_CURRENCY = {"ja": "JPY", "en": "USD"}


def init(folder: Path, *, preset: str, name: str, language: str, currency: str | None = None) -> list[Path]:
    """Write a new workspace and return its files; raises WorkspaceError if one is there already.

    ``currency`` is the company's and its catalogue's; default the one usual for the language.
    """
    money = currency or _CURRENCY[language]
    if (folder / FILE).exists():
        raise WorkspaceError(f"{folder} holds a {FILE} already; choose another folder")
    pinned = pin(folder, preset)
    (folder / FOLDER / "plays").mkdir(exist_ok=True)
    written = {
        folder / FILE: _MINORI.format(name=_quoted(name), language=language, currency=money, preset=preset),
        folder / "sources.yaml": _SOURCES,
        folder / FOLDER / "metrics.yaml": _OWN,
        folder / FOLDER / "guards.yaml": _OWN,
        folder / FOLDER / "catalog.yaml": _CATALOG.format(currency=money),
    }
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return [*written, pinned]


def pin(folder: Path, preset: str) -> Path:
    """Copy a shipped preset into a workspace, so that updating minori does not change its decisions."""
    pinned = folder / FOLDER / PINNED / preset
    shutil.rmtree(pinned, ignore_errors=True)
    shutil.copytree(preset_folder(preset), pinned, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return pinned


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
