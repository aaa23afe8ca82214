"""Three choices side by side (松竹梅): the present plan 梅, the recommended 竹, the top 松.

Who holds the plan below the top gets two (present and next), who holds the top gets none. A smaller plan
stands beside the present one alone. The prices are what this customer would pay for the product with its
options: their own price plus the difference by list price.
"""

from decimal import Decimal

from minori.core.text import Text
from minori.offers.case import Choice, Impossible
from minori.offers.limits import UNLIMITED, limit_of, limit_words
from minori.offers.move import Move, moved
from minori.offers.wording import counted, filled, joined, same
from minori.policy.catalog import Catalog

HELD = Text(ja="現在のプラン", en="your present plan")
SAME = Text(ja="ご利用いただける内容は同じです", en="what you can use stays the same")
WITHOUT = Text(ja="次の機能は含まれません: {features}", en="without: {features}")
NO_LIMIT = Text(ja="{limit}: 上限なし", en="{limit}: no limit")
UP_TO = Text(ja="{limit}: {amount}まで", en="{limit}: up to {amount}")
_END = Text(ja="。", en=". ")


def choices(recommended: Move, *, anchor: bool = False) -> tuple[Choice, ...]:
    """Return the choices for an upgrade, the lowest first; with ``anchor`` the dearest first."""
    present = recommended.present
    if not present.above:
        return ()
    top = moved(present, present.above[-1][0])
    moves = [recommended]
    if not isinstance(top, Impossible) and _above(top, recommended):
        moves.append(top)
    upward = [_choice(m, m.up, recommended=m is recommended) for m in moves]
    listed = (*_held(recommended), *upward)
    return listed[::-1] if anchor else listed


def smaller_choices(recommended: Move) -> tuple[Choice, ...]:
    """Return the present plan and the smaller one."""
    return (*_held(recommended), _choice(recommended, recommended.down, recommended=True))


def _above(one: Move, other: Move) -> bool:
    names = [name for name, _ in one.present.ladder]
    return names.index(one.plan_id) > names.index(other.plan_id)


def _held(move: Move) -> tuple[Choice, ...]:
    present = move.present
    if present.holding.is_trial:
        return ()
    summary = _ended([HELD, *([present.plan.benefit] if present.plan.benefit else [])])
    return (Choice(present.plan.label, present.paid, Decimal(0), False, summary, present.plan_id),)


def _choice(move: Move, difference: Decimal, *, recommended: bool) -> Choice:
    monthly = move.present.paid + difference
    return Choice(move.plan.label, monthly, difference, recommended, _summary(move), move.plan_id)


def _summary(move: Move) -> Text:
    """Say what the plan adds or takes away, in words of the catalogue."""
    catalog = move.present.case.catalog
    gained = [*_features(catalog, move.features), *_limits(move)]
    parts = [joined(gained)] if gained else []
    lost = _features(catalog, move.lost)
    parts += [filled(WITHOUT, features=joined(lost))] if lost else []
    parts += [move.plan.benefit] if move.plan.benefit else []
    return _ended(parts or [SAME])


def _features(catalog: Catalog, names: tuple[str, ...]) -> list[Text]:
    return [catalog.features[name].label for name in names if name in catalog.features]


def _limits(move: Move) -> list[Text]:
    """Name each limit that changes and has words to be named with."""
    present, said = move.present, []
    for name in dict.fromkeys((*present.plan.limits, *move.plan.limits)):
        words = limit_words(present.case.catalog, name)
        before, after = limit_of(present.plan, name, move.seats), limit_of(move.plan, name, move.seats)
        if words is None or after is None or before == after:
            continue
        if after == UNLIMITED:
            said.append(filled(NO_LIMIT, limit=words))
        else:
            said.append(filled(UP_TO, limit=words, amount=same(counted(after))))
    return said


def _ended(parts: list[Text]) -> Text:
    return joined([Text(ja=p.ja.rstrip("。"), en=p.en.rstrip(". ")) for p in parts], _END)
