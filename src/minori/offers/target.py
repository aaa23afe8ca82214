"""Which plan above the one held an offer is about."""

from decimal import Decimal

from minori.core.text import Text
from minori.offers.case import Case, Impossible
from minori.offers.limits import ROOM, UNLIMITED, covers, limit_now, limit_of, limit_words, needed
from minori.offers.move import Move, moved
from minori.offers.present import Present, features_had, present, presents
from minori.offers.wording import filled, same

NEXT = "next"
TOP = Text(ja="すでに最上位の「{plan}」をご利用中です", en="the top plan, {plan}, is held already")
HELD = Text(ja="すでに「{plan}」をご利用中です", en="{plan} is held already")
LOWER = Text(ja="「{plan}」は現在のプランより下位のプランです", en="{plan} is below the plan held")
NOT_YET = Text(ja="「{plan}」はまだ提供を開始していません", en="{plan} cannot be had yet")
NO_PLAN = Text(ja="プラン「{plan}」がカタログにありません", en="there is no plan {plan} in the catalogue")
OTHER_PRODUCT = Text(
    ja="「{plan}」は、ご契約のない製品のプランです", en="{plan} is a plan of a product that is not held"
)
HAS_FEATURE = Text(ja="「{feature}」はすでにご利用いただけます", en="{feature} can be used already")
NO_FEATURE = Text(ja="「{feature}」を含む上位のプランがありません", en="no plan above brings {feature}")
NO_LIMIT = Text(ja="ご契約中のプランに「{limit}」の上限はありません", en="the plan held has no limit {limit}")
NOT_ENOUGH = Text(
    ja="ご利用に足りるだけの「{limit}」がある上位のプランがありません",
    en="no plan above has enough {limit} for the use",
)


def next_up(case: Case) -> Move | Impossible:
    """Return the plan being tried if it is above the one held, else the next above."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    if not held.above:
        return Impossible(filled(TOP, plan=held.plan.label))
    tried = {h.plan_id for h in case.holdings if h.is_trial and h.product_id in (None, held.product_id)}
    return moved(held, next((name for name, _ in held.above if name in tried), held.above[0][0]))


def price_of_first_paid(case: Case) -> Decimal:
    """Return what the lowest plan with a price costs a month for who holds a plan and pays nothing; 0 for others."""
    held = present(case)
    if isinstance(held, Impossible) or held.paid > 0:
        return Decimal(0)
    moves = (moved(held, name) for name, _ in held.above)
    return next((m.up for m in moves if isinstance(m, Move) and m.up > 0), Decimal(0))


def up_to(case: Case, to: str) -> Move | Impossible:
    """Return the plan named: ``next`` or an id; impossible if it is held, is lower or is not known."""
    if to == NEXT:
        return next_up(case)
    held = present(case)
    if isinstance(held, Impossible):
        return held
    plan = case.catalog.plan(None, to)
    if plan is None:
        return Impossible(filled(NO_PLAN, plan=same(to)))
    of_product = next((p for p in presents(case) if to in p.product.plans), None)
    if of_product is None:
        return Impossible(filled(OTHER_PRODUCT, plan=plan.label))
    if to in (name for name, _ in of_product.above):
        return moved(of_product, to)
    if to not in (name for name, _ in of_product.ladder):
        return Impossible(filled(NOT_YET, plan=plan.label))
    return Impossible(filled(HELD if to == of_product.plan_id else LOWER, plan=plan.label))


def with_feature(case: Case, feature: str) -> Move | Impossible:
    """Return the lowest plan above that brings a feature."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    name = feature_name(case, feature)
    if feature in features_had(case):
        return Impossible(filled(HAS_FEATURE, feature=name))
    for one in presents(case):
        for plan_id, plan in one.above:
            if feature in plan.features:
                return moved(one, plan_id)
    return Impossible(filled(NO_FEATURE, feature=name))


def lifting(case: Case, limit: str) -> Move | Impossible:
    """Return the lowest plan above whose limit holds what is needed, with room if any plan leaves room."""
    held = holder_of(case, limit)
    if isinstance(held, Impossible):
        return held
    now, need = limit_now(held, limit), needed(case, limit)
    for room in (ROOM, Decimal(1)):
        for plan_id, plan in held.above:
            then = limit_of(plan, limit, held.seats)
            if then is not None and (now is None or then > now) and covers(then, need, room=room):
                return moved(held, plan_id)
    return Impossible(filled(NOT_ENOUGH, limit=limit_name(case, limit)))


def holder_of(case: Case, limit: str) -> Present | Impossible:
    """Return the plan held that has a limit of this name."""
    held = present(case)
    if isinstance(held, Impossible):
        return held
    limited = (one for one in presents(case) if limit_of(one.plan, limit, one.seats) != UNLIMITED)
    return next(limited, None) or Impossible(filled(NO_LIMIT, limit=limit_name(case, limit)))


def feature_name(case: Case, name: str) -> Text:
    """Return what people call a feature; its id where the catalogue has no words."""
    return case.catalog.features[name].label if name in case.catalog.features else same(name)


def limit_name(case: Case, name: str) -> Text:
    """Return what people call a limit; its id where nobody has words for it."""
    return limit_words(case.catalog, name) or same(name)
