"""Which encoding a text file has: found by looking, always said, never taken for granted."""

import codecs
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from minori.core.text import Text
from minori.sources.kind import Note

MARKED = "minori_marked"

_UTF_8, _CP932, _EUC, _EUC_WIDE, _LATIN = "utf-8", "cp932", "euc_jp", "euc_jis_2004", "cp1252"
_SHOWN = {
    _UTF_8: "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    _CP932: "CP932 (Shift_JIS)",
    _EUC: "EUC-JP",
    _EUC_WIDE: "EUC-JP (JIS X 0213)",
    _LATIN: "Latin-1 (Windows-1252)",
}
_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENOUGH = 0.5
_ASCII = bytes(range(128))
# Bank files in half-width kana use only these bytes; EUC-JP text of this length never does.
_HALF_WIDTH_ONLY = re.compile(rb"[\x00-\x7f\xa1-\xdf]*")
_MANY_SIGNS = 16
# A single kanji between Latin letters is what a western accent looks like when read as CP932.
_LONELY = re.compile("(?<=[A-Za-z])[^\x00-\x7f](?=[A-Za-z])")
_COMMON_EXTENSIONS = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ㈱㈲㈹№℡㎡㌔髙﨑※○●△▲□■☆★→←↑↓")
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøœùúûüýßšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŠŽ€£¥§©®°±²³µ·ºª«»¡¿‘’“”–—…•™\u00a0"
)


@dataclass(frozen=True)
class Encoding:
    """An encoding by Python's name, and whether it was declared or found."""

    codec: str
    declared: bool = False

    @property
    def shown(self) -> str:
        """The name people know it by."""
        return _SHOWN.get(self.codec, self.codec)

    @property
    def plain_utf_8(self) -> bool:
        """Whether it is UTF-8, with or without a mark: nothing to tell."""
        return codecs.lookup(self.codec).name in (_UTF_8, "utf-8-sig")

    @property
    def to_declare(self) -> str | None:
        """The name to declare, so that it need not be found again; None for UTF-8."""
        return None if self.plain_utf_8 else self.codec

    @property
    def wide(self) -> bool:
        """Whether its signs are two or four bytes, so that NUL bytes are ordinary."""
        return codecs.lookup(self.codec).name.startswith(("utf-16", "utf-32"))

    def notes(self, file: str) -> tuple[Note, ...]:
        """What a person should know about it."""
        if self.declared or self.plain_utf_8:
            return ()
        if self.codec == _LATIN:
            text = Text(
                ja=f"{self.shown}として読みました。他の文字コードに当てはまらなかったためで、確認が必要です",
                en=f"read as {self.shown}, because nothing else fits; please check",
            )
        else:
            text = Text(ja=f"{self.shown}として読みました", en=f"read as {self.shown}")
        return (Note(file, text),)


def by_mark(head: bytes) -> Encoding | None:
    """Return the encoding that a byte order mark at the start tells, if there is one."""
    return next((Encoding(codec) for mark, codec in _MARKS if head.startswith(mark)), None)


def by_sample(sample: bytes) -> Encoding:
    """Return the encoding that bytes beyond ASCII are most likely written in; UTF-8 without any.

    UTF-8 is hardly ever met by accident, so half of the signs are enough. CP932 and EUC-JP read
    each other's bytes, so the signs must also look like Japanese text. Where nothing fits it is UTF-8
    with bytes that are damaged.
    """
    if sample.isascii() or _mean(sample.decode(_UTF_8, MARKED), _any) >= _ENOUGH:
        return Encoding(_UTF_8)
    if _HALF_WIDTH_ONLY.fullmatch(sample) and len(sample.translate(None, _ASCII)) >= _MANY_SIGNS:
        return Encoding(_CP932)
    texts = {codec: _LONELY.sub("", sample.decode(codec, MARKED)) for codec in (_CP932, _EUC, _EUC_WIDE)}
    best = max(texts, key=lambda codec: _mean(texts[codec], _japanese))  # the first wins a tie
    if _mean(texts[best], _japanese) >= _ENOUGH:
        return Encoding(best)
    western = _mean(sample.decode(_LATIN, MARKED), _western)
    return Encoding(_LATIN if western >= _ENOUGH else _UTF_8)


def _mean(text: str, weight: Callable[[str], float]) -> float:
    """Mean weight of the signs beyond ASCII; a byte that could not be read weighs nothing."""
    signs = Counter(sign for sign in text if sign > "\x7f")
    read = sum(weight(sign) * times for sign, times in signs.items() if not "\udc00" <= sign <= "\udcff")
    return read / signs.total() if signs else 0.0


def _any(_: str) -> float:
    return 1.0


def _japanese(sign: str) -> float:
    """1 for kana, common kanji and signs that Japanese text uses, less for half-width kana, else 0."""
    if "\u3000" <= sign <= "\u30ff" or "\uff01" <= sign <= "\uff5e" or sign in _COMMON_EXTENSIONS:
        return 1.0
    if "\uff61" <= sign <= "\uff9f":
        return 0.6
    encoded = _encoded(sign)
    return 1.0 if len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xCF else 0.0  # JIS X 0208, level 1


def _western(sign: str) -> float:
    """1 for letters and signs that western languages write, 0 for what only stray bytes give."""
    return float(sign in _WESTERN)


def _encoded(sign: str) -> bytes:
    try:
        return sign.encode(_EUC)
    except UnicodeEncodeError:
        return b""


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Keep each byte that cannot be read as a lone surrogate, so that its row can be told."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    unread = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in unread), error.end


codecs.register_error(MARKED, _mark)
