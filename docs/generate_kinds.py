"""Writes docs/guide/{ja,en}/kinds.md: every kind there is, from the registries and from kinds_words.yaml.

python docs/generate_kinds.py
"""

from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from minori.core.text import LANGUAGES, Language, Text
from minori.core.yaml_file import read_yaml
from minori.decision.guard import GUARDS, Guard
from minori.metrics.kind import METRIC_KINDS, MetricKind
from minori.offers.kind import OFFER_KINDS
from minori.policy.words import Days
from minori.sources.definitions import KINDS as SOURCE_KINDS

DOCS = Path(__file__).parent
WORDS: dict[str, Any] = read_yaml(DOCS / "kinds_words.yaml").data

_TOP = Text(
    ja="# 種類の一覧\n\n指標・オファー・提案を控える条件・取り込み元の種類です。このページはコードから作られます"
    "（`docs/generate_kinds.py`）。書き方は[定義](definitions.md)をご覧ください。",
    en="# Kinds\n\nEvery kind of metric, offer, guard and source. This page is made from the code"
    " (`docs/generate_kinds.py`). How they are written: [definitions](definitions.md).",
)
_SECTIONS = {
    "metrics": Text(ja="指標", en="Metrics"),
    "offers": Text(ja="オファー", en="Offers"),
    "guards": Text(ja="提案を控える条件", en="Guards"),
    "sources": Text(ja="取り込み元", en="Sources"),
}
_TABLE = Text(
    ja="| 設定 | 省略時 | 意味 |\n| --- | --- | --- |",
    en="| setting | default | meaning |\n| --- | --- | --- |",
)
_NO_SETTINGS = Text(ja="設定はありません。", en="No settings.")
_REQUIRED, _NONE = Text(ja="必須", en="required"), Text(ja="なし", en="none")
_ZERO = Text(
    ja="記録がなければ0（期間全体のデータがある場合）", en="no rows: 0, if the whole window is covered"
)
_UNKNOWN = Text(ja="記録がなければ不明", en="no rows: unknown")
_USERS = Text(ja="どの行にも利用者のIDがなければ不明", en="unknown where no row says which user it was")
_WINDOW = Text(ja="期間（`window`）は必須", en="a `window` is needed")
_BACK = Text(ja="`before()`・`change()` を使えます", en="`before()` and `change()` can be asked")
_NO_BACK = Text(ja="`before()`・`change()` は使えません", en="`before()` and `change()` cannot be asked")
_EVERYBODY = Text(
    ja="全顧客を比べるため、顧客ごとには計算できません", en="it compares all customers with each other"
)
_PAID = Text(ja="有料のご提案です", en="asks for money")
_FREE = Text(ja="費用はいただきません", en="asks for no money")
_SALE = Text(ja="価値は料金の変化で数えます", en="valued by the change of price")
_KEEP = Text(ja="価値は継続期間の延びで数えます", en="valued by the customer staying longer")
_NEEDS = Text(ja="必要なデータ: {tables}", en="needs: {tables}")
_AT_SENDING = Text(ja="送信時にも確認します", en="asked again at sending")
_ALWAYS = Text(
    ja="`guards.yaml` に書かなくても働きます", en="in force even if `guards.yaml` does not name it"
)
_SAYS = Text(ja="理由の文章: 「{reason}」", en="what it says: “{reason}”")


def page(language: Language) -> str:
    """Return the whole page in one language; raises KeyError for a kind or a setting without words."""
    blocks = [_TOP[language]]
    for section, entries in (
        ("metrics", _metrics(language)),
        ("offers", _offers(language)),
        ("guards", _guards(language)),
        ("sources", _sources(language)),
    ):
        blocks += [f"## {_SECTIONS[section][language]}", *entries]
    return "\n\n".join(blocks) + "\n"


def _metrics(language: Language) -> Iterator[str]:
    for name, kind in METRIC_KINDS.items():
        words = WORDS["metrics"][name]
        facts = "\n".join(f"- {fact[language]}" for fact in _facts(kind))
        yield f"### `{name}`\n\n{words['says'][language]}\n\n{facts}\n\n{_yaml(words['example'])}"


def _facts(kind: MetricKind) -> Iterator[Text]:
    if kind.derived is None:
        yield _ZERO if kind.zero_if_none else _UNKNOWN
    if kind.needs_users:
        yield _USERS
    if kind.needs_window:
        yield _WINDOW
    if kind.derived is not None and kind.derived.ranks:
        yield _EVERYBODY
    if kind.value == "number":
        yield _BACK if kind.derived is None or kind.derived.can_look_back else _NO_BACK


def _offers(language: Language) -> Iterator[str]:
    for name, kind in OFFER_KINDS.items():
        words = WORDS["offers"][name]
        facts = (_PAID if kind.asks_for_money else _FREE, _SALE if kind.worth == "sale" else _KEEP)
        listed = "\n".join(f"- {fact[language]}" for fact in facts)
        table = _settings(kind.settings, words["settings"], language)
        example = _yaml(f"offer: {words['example']}\n")
        yield f"### `{name}` {kind.label[language]}\n\n{words['says'][language]}\n\n{listed}\n\n{table}\n\n{example}"


def _guards(language: Language) -> Iterator[str]:
    for name, guard in GUARDS.items():
        listed = "\n".join(f"- {fact}" for fact in _facts_of(guard, language))
        table = _settings(guard.limits, WORDS["guards"].get(name, {}), language)
        yield f"### `{name}` {guard.label[language]}\n\n{guard.help[language]}\n\n{listed}\n\n{table}"


def _facts_of(guard: Guard, language: Language) -> Iterator[str]:
    if guard.needs:
        yield _NEEDS.fill({"tables": ", ".join(f"`{table}`" for table in guard.needs)})[language]
    if guard.moment == "send":
        yield _AT_SENDING[language]
    if guard.always:
        yield _ALWAYS[language]
    yield _SAYS[language].replace("{reason}", guard.reason[language])


def _sources(language: Language) -> Iterator[str]:
    for name, kind in SOURCE_KINDS.items():
        words = WORDS["sources"][name]
        table = _settings(kind.params, words["settings"], language)
        yield f"### `{name}`\n\n{words['says'][language]}\n\n{table}\n\n{_yaml(words['example'])}"


def _settings(model: type[BaseModel], words: dict[str, Any], language: Language) -> str:
    """Return the table of a kind's settings."""
    if not model.model_fields:
        return _NO_SETTINGS[language]
    rows = []
    for name, field in sorted(model.model_fields.items(), key=lambda entry: not entry[1].is_required()):
        written = field.alias or name
        means = " ".join(words[written][language].split()).replace("|", "\\|")
        rows.append(f"| `{written}` | {default_of(field, language)} | {means} |")
    return "\n".join([_TABLE[language], *rows])


def default_of(field: FieldInfo, language: Language) -> str:
    """Return what counts where a setting is left out, as it would be written."""
    if field.is_required():
        choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
        shown = ": " + " ".join(f"`{choice}`" for choice in choices) if choices else ""
        return _REQUIRED[language] + shown
    value = field.default
    if value is None:
        return _NONE[language]
    if get_args(Days)[1] in field.metadata:
        return f"`{value} days`"
    if isinstance(value, tuple):
        return f"`[{', '.join(str(item) for item in value)}]`"
    if isinstance(value, time):
        return f'`"{value:%H:%M}"`'
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def _yaml(text: str) -> str:
    return f"```yaml\n{text.rstrip()}\n```"


if __name__ == "__main__":
    for each in LANGUAGES:
        path = DOCS / "guide" / each / "kinds.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(each), encoding="utf-8")
