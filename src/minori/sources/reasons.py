"""Why a value cannot be used, in words: what was seen, and which conversion to declare in the select."""

import json
import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import lru_cache

from minori.core.text import Text
from minori.schema.table import Type
from minori.sources.currencies import CURRENCIES
from minori.sources.macros import DEEPEST_JSON, WIDEST_ID, WIDEST_TEXT
from minori.sources.seen import BY_TYPE, NOUNS, OFFSET_DROPPED, recognise

ATTRIBUTES = "attributes"  # the one column of JSON that has to be an object
SHOWN = 60  # characters of a value that a reason repeats
_STARTS = {"dec": "money", "dou": "money", "flo": "money", "date": "date", "time": "instant"}
_SIGNS = {"円": "JPY", "¥": "JPY", "ドル": "USD", "$": "USD", "€": "EUR", "£": "GBP"}


@lru_cache(maxsize=100_000)
def explain(column: str, value: str | None, kind: str, allowed: tuple[str, ...] = ()) -> Text:
    """Say why a value was set aside.

    Parameters
    ----------
    kind
        A type of the schema (``money``), a type of SQL (``decimal(18, 2)``, ``strptime '%Y'``), or the rule
        that the value breaks: ``required``, ``future``, ``allowed``, ``currency``, ``conflict``.
    allowed
        For ``allowed``: the values that may stand in the column.
    """
    if kind == "required":
        return Text(ja=f"{column}: 必須の列が空です。", en=f"{column}: is required and empty.")
    if kind == "allowed":
        return _allowed(column, value or "", allowed)
    if kind in _RULES:
        return _RULES[kind](column, value or "")
    if kind.startswith("strptime"):
        form = kind.removeprefix("strptime ")
        return _plain(column, value or "", Text(ja=f"書式 {form} に合いません", en=f"does not match {form}"))
    return _of_type(column, (value or "").strip(), kind)


def _of_type(column: str, value: str, kind: str) -> Text:
    meant = _type_of(kind)
    among = BY_TYPE.get(meant, ())
    one = recognise(value, (OFFSET_DROPPED, *among) if kind == "timestamp" else among)
    if one is not None:
        return _with_advice(_plain(column, value, one.text), one.write, column, value)
    noun = NOUNS.get(meant, Text(ja="値", en="a value"))
    return _plain(column, value, Text(ja=f"{noun.ja}として読めません", en=f"cannot be read as {noun.en}"))


def _type_of(kind: str) -> Type:
    """Return the type of the schema that stands nearest to a type of SQL."""
    if kind in set(Type):
        return Type(kind)
    if "int" in kind:
        return Type.INTEGER
    for start, meant in _STARTS.items():
        if kind.startswith(start):
            return Type(meant)
    return Type.FLAG if kind == "boolean" else Type.TEXT


def _plain(column: str, value: str, text: Text) -> Text:
    shown = _shown(value)
    return Text(ja=f"{column}: 「{shown}」は{text.ja}。", en=f"{column}: '{shown}' {text.en}.")


def _with_advice(text: Text, write: Sequence[str], column: str, value: str) -> Text:
    if not write:
        return text
    safe = value.replace("'", "''")
    filled = [one.replace("{column}", _quoted(column)).replace("{value}", safe) for one in write]
    ja, en = " または ".join(filled), " or ".join(filled)
    return Text(
        ja=f"{text.ja} select に {ja} と書くと読み込めます。", en=f"{text.en} Write in the select: {en}"
    )


def _quoted(column: str) -> str:
    plain = re.fullmatch("[a-z_][a-z0-9_]*", column)
    return column if plain else '"' + column.replace('"', '""') + '"'


def _shown(value: str) -> str:
    clean = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in value[: SHOWN + 1])
    return clean if len(value) <= SHOWN else clean[:SHOWN] + "…"


def _allowed(column: str, value: str, allowed: tuple[str, ...]) -> Text:
    close = get_close_matches(value.lower(), allowed, n=1) or allowed[:1]
    listed = ", ".join(allowed)
    text = Text(ja=f"使えない値です(使える値: {listed})", en=f"is not one of {listed}")
    write = f"case {{column}} when '{{value}}' then '{close[0]}' … end"
    return _with_advice(_plain(column, value, text), [write], column, value)


def _future(column: str, value: str) -> Text:
    return _plain(
        column,
        value,
        Text(
            ja="現在より1日以上先の日時です。送り側の時計とタイムゾーンを確認してください",
            en="lies more than a day ahead (clock in the future); check the sender's clock and its time zone",
        ),
    )


def _currency(column: str, value: str) -> Text:
    known = _SIGNS.get(value.strip())
    close = [known] if known else get_close_matches(value.strip().upper(), sorted(CURRENCIES), n=1)
    text = Text(ja="ISO 4217の通貨コードではありません", en="is no currency code of ISO 4217")
    return _with_advice(_plain(column, value, text), [f"'{c}' as currency" for c in close], column, value)


def _conflict(column: str, value: str) -> Text:
    return _plain(
        column,
        value,
        Text(
            ja="内容の異なる複数の行のキーで、どれが正しいか決められません(version に列を指定できます)",
            en="is the key of several different rows, and nothing says which holds (version may)",
        ),
    )


def _json(column: str, value: str) -> Text:
    if len(value) > WIDEST_TEXT:
        return _too_long(column, value, WIDEST_TEXT)
    try:
        if not isinstance(json.loads(value, parse_constant=_refuse), dict) and column == ATTRIBUTES:
            return _plain(column, value, Text(ja="JSONのオブジェクトではありません", en="is no JSON object"))
    except RecursionError:
        pass
    except ValueError as e:
        return _plain(column, value, Text(ja=f"JSONとして読めません({e})", en=f"is not JSON ({e})"))
    deep = Text(
        ja=f"入れ子が深すぎるJSONです(上限{DEEPEST_JSON}段)", en=f"is JSON of over {DEEPEST_JSON} levels"
    )
    return _plain(column, value, deep)


def _refuse(name: str) -> None:
    raise ValueError(name)


def _text(column: str, value: str) -> Text:
    """Ids may hold no control characters at all, other texts none but line ends and tabs."""
    hidden = [c for c in value if not c.isprintable() and c not in "\u3000\u00a0"]
    if not hidden:
        return _too_long(column, value, WIDEST_ID if len(value) <= WIDEST_TEXT else WIDEST_TEXT)
    named = ", ".join(sorted({f"U+{ord(c):04X}" for c in hidden})[:5])
    return _plain(
        column, value, Text(ja=f"制御文字({named})を含みます", en=f"has control characters ({named})")
    )


def _too_long(column: str, value: str, widest: int) -> Text:
    return _plain(
        column,
        value,
        Text(
            ja=f"{len(value):,}文字あり、上限の{widest:,}文字を超えています",
            en=f"has {len(value):,} characters, more than {widest:,}",
        ),
    )


_RULES: dict[str, Callable[[str, str], Text]] = {
    "future": _future,
    "currency": _currency,
    "json": _json,
    "conflict": _conflict,
    "text": _text,
}
