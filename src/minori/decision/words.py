"""Reasons as people read them: a guard's text with the values of one answer in it, in both languages."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pyarrow as pa

from minori.core.named import BANDS
from minori.core.text import LANGUAGES, Language, Text
from minori.decision.guard import Guard
from minori.policy.definitions import Policy
from minori.policy.words import Definition

TABLES = {
    "consents": Text(ja="同意の記録", en="consents"),
    "interactions": Text(ja="ご連絡の記録", en="contact history"),
    "outcomes": Text(ja="ご提案へのお返事", en="answers to proposals"),
    "play_verdict": Text(ja="型の検証結果", en="verdicts on plays"),
    "proposals": Text(ja="ご提案の記録", en="proposals"),
    "surveys": Text(ja="アンケートの回答", en="surveys"),
    "tickets": Text(ja="お問い合わせ", en="tickets"),
}
_NOT_CHECKED = Text(
    ja="「{tables}」のデータがないため、「{guard}」を確認していません。",
    en="There is no data of '{tables}', so '{guard}' was not checked.",
)
_NOT_WHOLLY = Text(
    ja="「{tables}」のデータがないため、「{guard}」はほかのデータだけで確認しています。",
    en="There is no data of '{tables}', so '{guard}' was checked without it.",
)
_A_PERSON = Text(
    ja="「{tables}」のデータがなく「{guard}」を確認できないため、担当者が判断します。",
    en="There is no data of '{tables}', so '{guard}' cannot be checked; a person decides.",
)


def not_checked(guard: Guard, missing: list[str], *, wholly: bool) -> Text:
    """Say that a guard could not look at some tables, or at none (``wholly``)."""
    return _about(_NOT_CHECKED if wholly else _NOT_WHOLLY, guard, missing)


def a_person_decides(guard: Guard, missing: list[str]) -> Text:
    """Say that a candidate would need what cannot be looked up."""
    return _about(_A_PERSON, guard, missing)


def reasons(guard: Guard, limits: Definition, answers: pa.Table, policy: Policy) -> list[Text]:
    """Return one reason per row of a guard's answers; rows with equal values share one."""
    named = set[str]().union(*(text.names for text in _texts(guard)))
    columns = [name for name in answers.column_names if name in named | {"answer", "why"}]
    settings = {name.rstrip("_"): value for name, value in limits}
    made: dict[tuple[object, ...], Text] = {}
    result = []
    for row in zip(*(answers[name].to_pylist() for name in columns), strict=True):
        if row not in made:
            values = {**settings, **dict(zip(columns, row, strict=True))}
            made[row] = filled(_text(guard, values), values, policy)
        result.append(made[row])
    return result


def filled(text: Text, values: Mapping[str, object], policy: Policy) -> Text:
    """Put values into a text, each written as its language writes it."""
    shown = {
        language: {
            name: _shown(name, value, language, policy) for name, value in values.items() if value is not None
        }
        for language in LANGUAGES
    }
    return Text(ja=text.fill(shown["ja"]).ja, en=text.fill(shown["en"]).en)


def _about(text: Text, guard: Guard, missing: list[str]) -> Text:
    tables = [TABLES.get(name, Text(ja=name, en=name)) for name in missing]
    return Text(
        ja=text.fill({"tables": "・".join(t.ja for t in tables), "guard": guard.label.ja}).ja,
        en=text.fill({"tables": ", ".join(t.en for t in tables), "guard": guard.label.en}).en,
    )


def _texts(guard: Guard) -> list[Text]:
    return [guard.reason, *guard.reasons.values(), *([guard.no_data] if guard.no_data else [])]


def _text(guard: Guard, values: Mapping[str, object]) -> Text:
    if values["answer"] == "no_data" and guard.no_data is not None:
        return guard.no_data
    return guard.reasons.get(str(values.get("why")), guard.reason)


def _shown(name: str, value: object, language: Language, policy: Policy) -> str:
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if language == "ja" else value.isoformat()
    if isinstance(value, int | float | Decimal):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    if name == "refusal":
        return str(json.loads(str(value))[language])
    if name == "play" and value in policy.plays:
        return policy.plays[str(value)].label[language]
    if name == "band" and value in BANDS:
        return BANDS[str(value)][language]
    return str(value)
