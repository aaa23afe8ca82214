"""How values of a column are written, told from a sample: dates, numbers, flags and the like."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ISO_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|UTC|[+-]\d{2}(:?\d{2})?))?"
)
_OFFSET = re.compile(r"(Z|UTC|[+-]\d{2}(:?\d{2})?)$", re.ASCII)
MIDNIGHT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]00:00(:00(\.0+)?)?)?", re.ASCII)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
FLOAT_ID = re.compile(r"\d+\.0", re.ASCII)
_DRESSED = re.compile(r"[-+]?\d[\d,]*(\.\d+)?", re.ASCII)
_COMMA_DECIMAL = re.compile(r"[-+]?\d{1,3}(\.\d{3})*,\d{1,2}|[-+]?\d+,\d{1,2}", re.ASCII)
DRESS = ("¥", "￥", "\\", "円", "$", "€", "£", "%", " ", "\u3000", "\u00a0")
MINUS = ("▲", "△", "−")
FULL_WIDTH, ASCII_DIGITS = "０１２３４５６７８９．，－＋／：", "0123456789.,-+/:"
_NARROW = str.maketrans(FULL_WIDTH, ASCII_DIGITS)
_EPOCHS = {10: 1, 13: 1_000, 16: 1_000_000}  # digits: units in a second
TRUE = ("true", "t", "yes", "y", "1", "on", "はい", "有", "あり", "○", "有効", "済")
FALSE = ("false", "f", "no", "n", "0", "off", "いいえ", "無", "なし", "×", "無効", "未")

_DAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\d{4}-\d{1,2}-\d{1,2}", ("%Y-%m-%d",)),
    (r"\d{4}/\d{1,2}/\d{1,2}", ("%Y/%m/%d",)),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", ("%Y.%m.%d",)),
    (r"\d{4}年\d{1,2}月\d{1,2}日", ("%Y年%m月%d日",)),
    (r"(?:19|20)\d{6}", ("%Y%m%d",)),
    (r"\d{1,2}/\d{1,2}/\d{4}", ("%m/%d/%Y", "%d/%m/%Y")),
    (r"\d{1,2}-\d{1,2}-\d{4}", ("%m-%d-%Y", "%d-%m-%Y")),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", ("%d.%m.%Y", "%m.%d.%Y")),
    (r"\d{1,2}/\d{1,2}/\d{2}", ("%m/%d/%y", "%d/%m/%y", "%y/%m/%d")),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", ("%d-%b-%Y",)),
    (r"\d{1,2} [A-Za-z]{3} \d{4}", ("%d %b %Y",)),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", ("%b %d, %Y",)),
    (r"[A-Za-z]{4,9} \d{1,2}, \d{4}", ("%B %d, %Y",)),
)
_TIMES = (
    ("", ""),
    (r" \d{1,2}:\d{2}", " %H:%M"),
    (r" \d{1,2}:\d{2}:\d{2}", " %H:%M:%S"),
    (r"T\d{1,2}:\d{2}:\d{2}", "T%H:%M:%S"),
    (r" \d{1,2}:\d{2} [AaPp][Mm]", " %I:%M %p"),
    (r" \d{1,2}:\d{2}:\d{2} [AaPp][Mm]", " %I:%M:%S %p"),
)
_FORMS = tuple(
    (re.compile(day + clock, re.ASCII), tuple(form + hours for form in forms))
    for day, forms in _DAYS
    for clock, hours in _TIMES
)


class Looks(StrEnum):
    """What the values of a column look like."""

    EMPTY = "empty"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    EMAIL = "email"
    JSON = "json"
    ID = "id"
    CATEGORY = "category"
    TEXT = "text"


@dataclass(frozen=True)
class DateForm:
    """How dates are written. Without ``formats`` and ``per_second`` it is ISO, which needs no conversion."""

    formats: tuple[str, ...] = ()  # the first is taken; more than one: which is month and day is open
    per_second: int = 0  # epoch: units in a second
    with_time: bool = False
    with_offset: bool = False
    full_width: bool = False


@dataclass(frozen=True)
class NumberForm:
    """How numbers are written."""

    full_width: bool = False
    signs: tuple[str, ...] = ()  # to take away: thousands separators, currency signs, blanks
    minus: tuple[str, ...] = ()  # signs that stand for a minus
    in_brackets: bool = False  # (1,234) is negative
    comma_decimal: bool = False  # 1.234,56

    @property
    def plain(self) -> bool:
        """Whether nothing needs to be converted."""
        return self == NumberForm()


def date_form(values: Sequence[str]) -> DateForm | None:
    """Return how these values are written as dates, if most are."""
    wide = any(sign in FULL_WIDTH for value in values for sign in value)
    texts = [narrow(value) for value in values] if wide else list(values)
    if _most(texts, ISO_INSTANT, ISO_DATE):
        timed = any(not MIDNIGHT.fullmatch(text) for text in texts)
        offset = any(_OFFSET.search(text[16:]) for text in texts)
        return DateForm((), with_time=timed, with_offset=offset, full_width=wide)
    for pattern, formats in _FORMS:
        if _most(texts, pattern):
            fits = {form: sum(_is_date(text, form) for text in texts) for form in formats}
            best = max(fits.values())  # a day 13 in the month's place shows that a format is not meant
            timed = any(sign in formats[0] for sign in ("%H", "%I"))
            meant = tuple(form for form in formats if fits[form] == best)
            return DateForm(meant, with_time=timed, full_width=wide) if best >= 0.9 * len(texts) else None
    return None


def epoch_form(values: Sequence[str]) -> DateForm | None:
    """Return how these values are written as seconds since 1970, if all are, between 1990 and 2100."""
    digits = {len(value.removesuffix(".0")) for value in values if re.fullmatch(r"[0-9]+(\.0)?", value)}
    per_second = _EPOCHS.get(digits.pop()) if len(digits) == 1 else None
    if per_second is None or not all(_in_range(value, per_second) for value in values):
        return None
    return DateForm(per_second=per_second, with_time=True)


def number_form(values: Sequence[str]) -> NumberForm | None:
    """Return how these values are written as numbers, if most are."""
    if _most(values, NUMBER):
        return NumberForm()
    wide = any(sign in FULL_WIDTH for value in values for sign in value)
    texts = [narrow(value) for value in values] if wide else list(values)
    signs = tuple(sign for sign in DRESS if any(sign in text for text in texts))
    minus = tuple(sign for sign in MINUS if any(sign in text for text in texts))
    bare = [_bare(text, signs, minus) for text in texts]
    brackets = any(text.startswith("(") and text.endswith(")") for text in bare)
    if brackets:
        bare = [f"-{text[1:-1]}" if text.startswith("(") and text.endswith(")") else text for text in bare]
    if _most(bare, _COMMA_DECIMAL):
        return NumberForm(wide, signs, minus, brackets, comma_decimal=True)
    if not _most(bare, _DRESSED):
        return None
    commas = (",",) if any("," in text for text in bare) else ()
    return NumberForm(wide, (*signs, *commas), minus, brackets)


def is_flag(values: Iterable[str]) -> bool:
    """Whether the values are a yes and a no."""
    lowered = {value.strip().lower() for value in values}
    return 1 <= len(lowered) <= 2 and lowered <= {*TRUE, *FALSE} and not lowered <= {"1"}


def narrow(text: str) -> str:
    """Return full-width digits and their signs as ordinary ones, as the select will do it."""
    return text.translate(_NARROW)


def _bare(text: str, signs: Sequence[str], minus: Sequence[str]) -> str:
    for sign in signs:
        text = text.replace(sign, "")
    for sign in minus:
        text = text.replace(sign, "-")
    return text


def _most(texts: Sequence[str], *patterns: re.Pattern[str]) -> bool:
    fits = sum(1 for text in texts if any(pattern.fullmatch(text) for pattern in patterns))
    return bool(texts) and fits >= 0.9 * len(texts)


def _is_date(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _in_range(value: str, per_second: int) -> bool:
    return 631_152_000 <= float(value) / per_second <= 4_102_444_800
