"""Items of a shop: which one a number speaks of, and what stands above it."""

from minori.core.text import Text
from minori.offers.case import Case, Impossible
from minori.offers.wording import filled, same
from minori.policy.catalog import Product

WHICH_UNKNOWN = Text(ja="対象の商品が分かりません", en="it is not known which item this is about")
NOT_THERE = Text(ja="商品「{item}」がカタログにありません", en="there is no item {item} in the catalogue")
NO_UPPER = Text(ja="「{item}」の上位にあたる商品がありません", en="nothing stands above {item}")
NO_PRICE = Text(ja="「{item}」の価格がカタログにありません", en="the catalogue has no price for {item}")
Item = tuple[str, Product]


def item_of(case: Case, metric: str | None) -> Item | Impossible:
    """Return the item whose id a metric holds."""
    told = case.numbers.get(metric) if metric else None
    return item_named(case, told) if isinstance(told, str) else Impossible(WHICH_UNKNOWN)


def item_named(case: Case, name: str) -> Item | Impossible:
    """Return the item of the catalogue."""
    item = case.catalog.products.get(name)
    return Impossible(filled(NOT_THERE, item=same(name))) if item is None else (name, item)


def upper_of(case: Case, item: Product) -> Item | Impossible:
    """Return the next better item."""
    return (
        Impossible(filled(NO_UPPER, item=item.label)) if item.upper is None else item_named(case, item.upper)
    )
