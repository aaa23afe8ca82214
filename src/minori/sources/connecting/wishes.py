"""The facts that minori would like, and what it can do with them."""

from collections.abc import Collection
from dataclasses import dataclass

from minori.core.text import Text


@dataclass(frozen=True)
class Wish:
    """Fact tables of which one is wanted, and what for."""

    tables: tuple[str, ...]
    why: Text


_WISHES = (
    Wish(("customers",), Text(ja="だれにご提案するか", en="whom to approach")),
    Wish(
        ("contracts", "orders"),
        Text(
            ja="契約・購入の状況、更新時期、金額",
            en="what they hold or buy, when it renews, what it is worth",
        ),
    ),
    Wish(("events", "gauges"), Text(ja="利用状況と上限への近さ", en="use, and how near they are to a limit")),
    Wish(("users",), Text(ja="利用者と部署", en="who uses it, and in which department")),
    Wish(
        ("tickets",),
        Text(ja="お困りごと。未解決の間はご提案を控えます", en="trouble, during which nothing is offered"),
    ),
    Wish(("surveys",), Text(ja="NPSや満足度", en="NPS and satisfaction")),
    Wish(
        ("interactions",),
        Text(ja="接触履歴。ご連絡の頻度を守ります", en="contacts, so that nobody is asked too often"),
    ),
    Wish(
        ("statements",), Text(ja="お客様の目標・計画・ご要望", en="goals, plans and requests in their words")
    ),
    Wish(("proposals", "outcomes"), Text(ja="過去のご提案とその結果", en="past proposals and their answers")),
    Wish(("consents",), Text(ja="連絡の同意と停止", en="consent and opt-outs")),
)


def missing(given: Collection[str]) -> tuple[Wish, ...]:
    """Return the wishes that none of these fact tables fulfils."""
    return tuple(wish for wish in _WISHES if not set(wish.tables) & set(given))
