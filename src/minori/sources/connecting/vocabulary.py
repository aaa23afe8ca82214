"""Columns whose values minori reads by word, and the words that others use for them."""

from collections.abc import Mapping, Sequence

from minori.sources.connecting.expressions import literal

_WORDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("tickets", "severity"): {
        "low": "low minor trivial p4 低",
        "normal": "normal medium moderate standard p3 中 普通 通常",
        "high": "high major p2 高",
        "urgent": "urgent critical highest blocker emergency p1 緊急 至急",
    },
    ("customers", "kind"): {
        "business": "business company corporate organization b2b 法人 企業",
        "person": "person individual consumer personal b2c 個人",
    },
    ("interactions", "direction"): {
        "out": "out outbound outgoing sent 発信 送信",
        "in": "in inbound incoming received 受信 着信",
    },
    ("outcomes", "result"): {
        "accepted": "accepted won yes 成約 受注 承諾",
        "declined": "declined lost rejected no 失注 辞退 見送り",
        "ignored": "ignored no_answer 無回答",
        "expired": "expired 期限切れ",
    },
}


def has_words(table: str, column: str) -> bool:
    """Whether minori reads this column by word."""
    return (table, column) in _WORDS


def meant(table: str, column: str, values: Sequence[str]) -> dict[str, str] | None:
    """Return which word of minori each value stands for; None if one of them is not known."""
    known = {theirs: ours for ours, words in _WORDS[table, column].items() for theirs in words.split()}
    found = {value: known.get(value.strip().lower()) for value in sorted(values)}
    return {value: word for value, word in found.items() if word} if None not in found.values() else None


def as_words(value: str, words: Mapping[str, str]) -> str:
    """Return ``value`` in minori's words; what is not among them stays, so that it is seen."""
    others = {theirs: ours for theirs, ours in words.items() if theirs != ours}
    whens = " ".join(f"when {literal(theirs)} then {literal(ours)}" for theirs, ours in others.items())
    return f"case {value} {whens} else {value} end" if others else value
