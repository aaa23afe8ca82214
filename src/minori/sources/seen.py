"""What can be recognised in a value that is not read: never guessed, but named, with what to declare.

``write`` is SQL for the select, with ``{column}`` and ``{value}``; two of them where a person has to choose.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minori.core.text import Text
from minori.schema.table import Type

LONGEST = 200  # characters that are looked at


@dataclass(frozen=True)
class Seen:
    """Something that can be recognised in a value."""

    pattern: re.Pattern[str]
    text: Text
    write: tuple[str, ...] = ()


def recognise(value: str, among: Sequence[Seen]) -> Seen | None:
    """Return the first thing that the value is."""
    start = value[:LONGEST]  # patterns that look back take ever longer over a value of megabytes
    return next((one for one in among if one.pattern.fullmatch(start)), None)


def _seen(pattern: str, ja: str, en: str, *write: str) -> Seen:
    return Seen(re.compile(pattern, re.IGNORECASE), Text(ja=ja, en=en), write)


_NULL = "nullif({column}, '{value}')"
_TRANSLATED = "translate({column}, '０１２３４５６７８９．－／', '0123456789.-/')"
_DIGITS = "regexp_replace({column}, '[^0-9.]', '', 'g')"
_MONEY = "as decimal(18, 4))"
_NO_VALUE = "n/?a|#n/a|null|none|nil|-+|―|なし|未定|不明|unknown"
_OFFSET_SIGNS = r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}.*(Z|UTC|[+-]\d{2}(:?\d{2})?)"

_ANY = (
    _seen(_NO_VALUE, "値がないことを表す語です", "is a word for no value", _NULL),
    _seen(r"#(ref|value|div/0|name\?|num)!?", "表計算ソフトのエラー値です", "is an error of a spreadsheet"),
)
_NUMBERS = (
    _seen("[+-]?(nan|inf|infinity)", "有限の数値ではありません", "is not a finite number", _NULL),
    _seen(
        ".*[０-９，．].*",
        "全角の数字が含まれています",
        "has full-width digits",
        f"cast({_TRANSLATED} {_MONEY}",
    ),
    _seen(
        "[¥￥$€£₩].*|.*(円|USD|JPY|EUR)",
        "通貨記号が含まれています",
        "has a currency sign",
        f"cast(regexp_replace({{column}}, '[^0-9.-]', '', 'g') {_MONEY}",
    ),
    _seen(
        "[△▲(].*",
        "負の数を表す記号で書かれています",
        "has a sign of bookkeeping for a negative number",
        f"cast('-' || {_DIGITS} {_MONEY}",
    ),
    _seen(
        r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?",
        "桁区切りのカンマが含まれています",
        "has thousands separators",
        f"cast(replace({{column}}, ',', '') {_MONEY}",
    ),
    _seen(
        r"[+-]?[\d.]*\d,\d+",
        "小数点がカンマで書かれています",
        "has a decimal comma",
        f"cast(replace(replace({{column}}, '.', ''), ',', '.') {_MONEY}",
    ),
    _seen(
        ".*[%％]",
        "パーセント記号が含まれています",
        "has a percent sign",
        "cast(replace({column}, '%', '') as decimal(18, 6)) / 100",
    ),
    _seen(
        r"[+-]?\d*\.?\d+e[+-]?\d+",
        "指数表記です。元の桁が失われている可能性があります",
        "is in exponent notation, and may have lost digits",
        f"cast(cast({{column}} as double) {_MONEY}",
    ),
)
_OVERFLOW = _seen(r"[+-]?\d*\.?\d*", "桁数が多すぎて格納できません", "has too many digits to be kept exactly")
_FRACTION = _seen(
    r"[+-]?\d*\.\d+",
    "整数ではありません",
    "is not a whole number",
    "cast(round(cast({column} as decimal(18, 6))) as bigint)",
)
_ERAS = tuple(
    _seen(
        rf"({era}|{letter})\s*(\d+|元).*",
        "和暦の日付です",
        "is a date of a Japanese era",
        f"make_date({before} + cast(regexp_extract({{column}}, '{era}([0-9]+)年', 1) as integer), "
        "cast(regexp_extract({column}, '([0-9]+)月', 1) as integer), "
        "cast(regexp_extract({column}, '([0-9]+)日', 1) as integer))",
    )
    for era, letter, before in (
        ("令和", "R", 2018),
        ("平成", "H", 1988),
        ("昭和", "S", 1925),
        ("大正", "T", 1911),
    )
)


def _of_form(pattern: str, ja: str, en: str, *forms: str) -> Seen:
    return _seen(pattern, ja, en, *(f"strptime({{column}}, '{form}')" for form in forms))


_SLASHES = ("区切りがスラッシュの日付です", "is a date with slashes")
_EITHER = ("月と日のどちらが先か分かりません", "does not say whether the month or the day comes first")
_ONE_DIGIT = ("桁が揃っていない日付です", "is a date without leading zeros")
_DATES = (
    *_ERAS,
    _of_form(
        r"\d{4}年\d{1,2}月\d{1,2}日",
        "年月日の漢字で書かれた日付です",
        "is written with 年月日",
        "%Y年%m月%d日",
    ),
    _seen(
        ".*[０-９].*",
        "全角の数字が含まれています",
        "has full-width digits",
        f"strptime({_TRANSLATED}, '%Y/%m/%d')",
    ),
    _of_form(r"\d{4}/\d{1,2}/\d{1,2}", *_SLASHES, "%Y/%m/%d"),
    _of_form(r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}", *_SLASHES, "%Y/%m/%d %H:%M"),
    _of_form(r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2}", *_SLASHES, "%Y/%m/%d %H:%M:%S"),
    _of_form(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}", *_EITHER, "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"),
    _of_form(r"\d{1,2}([/.-])\d{1,2}\1\d{4}.*", *_EITHER, "%m/%d/%Y", "%d/%m/%Y"),
    _of_form(
        r"\d{1,2}([/.-])\d{1,2}\1\d{2}\b.*", "年が2桁です", "has a year of two digits", "%y/%m/%d", "%m/%d/%y"
    ),
    _of_form(
        r"\d{4}\.\d{1,2}\.\d{1,2}", "区切りがピリオドの日付です", "is a date with full stops", "%Y.%m.%d"
    ),
    _of_form(r"(19|20)\d{6}", "区切りのない日付に見えます", "looks like a date without separators", "%Y%m%d"),
    _seen(
        r"\d{13}",
        "UNIX時間(ミリ秒)に見えます",
        "looks like Unix time in milliseconds",
        "to_timestamp(cast({column} as bigint) / 1000)",
    ),
    _seen(
        r"\d{10}(\.\d+)?",
        "UNIX時間(秒)に見えます",
        "looks like Unix time in seconds",
        "to_timestamp(cast({column} as double))",
    ),
    _seen(
        r"\d{5}(\.\d+)?",
        "Excelの通し日付に見えます",
        "looks like a serial date of Excel",
        "date '1899-12-30' + cast(floor(cast({column} as decimal(18, 6))) as integer)",
    ),
    _seen(r"(?!\d{4}-\d\d-\d\d)\d{4}-\d{1,2}-\d{1,2}", *_ONE_DIGIT, "cast({column} as date)"),
    _seen(r"(?!\d{4}-\d\d-\d\d)\d{4}-\d{1,2}-\d{1,2}[ T].*", *_ONE_DIGIT, "cast({column} as timestamp)"),
    _seen(r"\d{4}-\d{2}", "日のない年月です", "is a month without a day", "cast({column} || '-01' as date)"),
    _seen(
        r".*\b(jst|[a-z]{2,3}t)\b.*",
        "タイムゾーンの略号は一意に決まりません",
        "names a zone by letters, which is not unique",
        "timezone('Asia/Tokyo', strptime(replace({column}, ' JST', ''), '%Y-%m-%d %H:%M:%S'))",
    ),
    _of_form(".*[a-z]{3,}.*", "月が語で書かれています", "has the month in words", "%d %b %Y", "%b %d, %Y"),
)
_IMPOSSIBLE = _seen(r"\d{4}-\d{2}-\d{2}.*", "存在しない日付または時刻です", "is no day or time that exists")
_WITH_TIME = (
    _seen(
        _OFFSET_SIGNS,
        "時差付きの日時です。どの地域の日付かを指定してください",
        "is a time with an offset; say in which zone its day is meant",
        "cast(timezone('Asia/Tokyo', cast({column} as timestamptz)) as date)",
    ),
    _seen(
        r"\d{4}-\d{2}-\d{2}[ T](?!00:00)\d{2}:\d{2}.*",
        "時刻が含まれています",
        "has a time of day",
        "cast(cast({column} as timestamp) as date)",
    ),
)
OFFSET_DROPPED = _seen(
    _OFFSET_SIGNS,
    "時差付きの日時です。timestamp への変換では時差が失われます",
    "has an offset, which a cast to timestamp would drop",
    "cast({column} as timestamptz)",
)
_FLAG = _seen(
    ".+",
    "はい・いいえの値として読めません(true/false/1/0/yes/no/t/f)",
    "is none of true/false/1/0/yes/no/t/f",
    "case {column} when '{value}' then true when '…' then false end",
)

BY_TYPE: dict[Type, tuple[Seen, ...]] = {
    Type.INTEGER: (*_ANY, *_NUMBERS, _FRACTION, _OVERFLOW),
    Type.QUANTITY: (*_ANY, *_NUMBERS, _OVERFLOW),
    Type.MONEY: (*_ANY, *_NUMBERS, _OVERFLOW),
    Type.DATE: (*_ANY, *_WITH_TIME, *_DATES, _IMPOSSIBLE),
    Type.INSTANT: (*_ANY, *_DATES, _IMPOSSIBLE),
    Type.FLAG: (*_ANY, _FLAG),
}
NOUNS = {
    Type.INTEGER: Text(ja="整数", en="a whole number"),
    Type.QUANTITY: Text(ja="数値", en="a number"),
    Type.MONEY: Text(ja="金額", en="an amount"),
    Type.DATE: Text(ja="日付", en="a date"),
    Type.INSTANT: Text(ja="日時", en="a time"),
    Type.FLAG: Text(ja="はい・いいえ", en="yes or no"),
}
