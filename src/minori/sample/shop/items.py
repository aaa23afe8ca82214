"""What the sample shop sells; its ``policy/catalog.yaml`` is written from this."""

from dataclasses import dataclass

import numpy as np

from minori.core.text import Text
from minori.sample.draws import Floats


@dataclass(frozen=True)
class Item:
    """One item: price in yen, and for how many weeks it lasts (0: it is kept)."""

    id: str
    label: Text
    price: int
    margin: float
    lasts: float = 0.0
    upper: str = ""
    goes_with: tuple[str, ...] = ()
    tea: bool = False


def _item(
    name: str, ja: str, en: str, price: int, margin: float, lasts: float = 0.0, upper: str = "",
    goes_with: tuple[str, ...] = (), tea: bool = False,
) -> Item:  # fmt: skip
    return Item(name, Text(ja=ja, en=en), price, margin, lasts, upper, goes_with, tea)


_PAPER, _MUG = ("filter_paper",), ("mug",)
ITEMS = (
    _item("drip_bags", "ドリップバッグ10袋", "Drip bags, 10", 980, 0.45, 3, "beans_house"),
    _item("beans_house", "ハウスブレンド200g", "House blend 200 g", 1_280, 0.5, 3, "beans_single", _PAPER),
    _item(
        "beans_single", "シングルオリジン200g", "Single origin 200 g", 1_880, 0.52, 3, "beans_reserve", _MUG
    ),
    _item("beans_reserve", "特選ロット200g", "Reserve lot 200 g", 2_980, 0.55, 3, "", ("canister",)),
    _item("filter_paper", "ペーパーフィルター100枚", "Paper filters, 100", 480, 0.6, 9),
    _item("dripper", "ドリッパー", "Dripper", 1_980, 0.5, 0, "dripper_copper", _PAPER),
    _item("dripper_copper", "銅製ドリッパー", "Copper dripper", 6_800, 0.5),
    _item("mill_hand", "手挽きミル", "Hand mill", 5_800, 0.42, 0, "mill_electric", ("beans_single",)),
    _item("mill_electric", "電動ミル", "Electric mill", 16_800, 0.35),
    _item("kettle", "細口ケトル", "Pour-over kettle", 4_980, 0.42, 0, "kettle_thermo", ("dripper",)),
    _item("kettle_thermo", "温度調整ケトル", "Temperature kettle", 13_800, 0.36),
    _item("mug", "マグカップ", "Mug", 1_680, 0.55),
    _item("canister", "保存缶", "Canister", 2_280, 0.5),
    _item("tea_sencha", "煎茶100g", "Sencha 100 g", 1_080, 0.5, 5, "tea_gyokuro", ("yokan",), tea=True),
    _item("tea_gyokuro", "玉露50g", "Gyokuro 50 g", 2_480, 0.55, 5, "", ("teapot",), tea=True),
    _item("teapot", "急須", "Teapot", 4_800, 0.45, 0, "", ("tea_sencha",), tea=True),
    _item("yokan", "羊羹", "Yokan", 1_480, 0.48, 5, "gift_box", (), tea=True),
    _item("cookies", "バタークッキー", "Butter cookies", 980, 0.5, 4, "gift_box", ("drip_bags",)),
    _item("gift_box", "季節の詰め合わせ", "Seasonal gift box", 3_980, 0.5),
)
IDS = tuple(item.id for item in ITEMS)
PRICE = np.array([item.price for item in ITEMS], dtype=float)
MARGIN = np.array([item.price * item.margin for item in ITEMS])
LASTS = np.array([item.lasts for item in ITEMS])
CONSUMED = LASTS > 0
TEA = np.array([item.tea for item in ITEMS])
FREE_SHIPPING_FROM = 5_000
COUPON_SHARE = 0.1


def _related() -> tuple[Floats, Floats]:
    below, beside = np.zeros((len(IDS), len(IDS))), np.zeros((len(IDS), len(IDS)))
    for place, item in enumerate(ITEMS):
        if item.upper:
            below[place, IDS.index(item.upper)] = 1.0
        for other in item.goes_with:
            beside[place, IDS.index(other)] = 1.0
    return below, beside


BELOW, BESIDE = _related()  # [has, wants]: the other is its upper model; the other goes with it


def catalogue() -> str:
    """Return ``policy/catalog.yaml``."""
    lines = ["# Items of the shop, over what the preset brings.", "currency: JPY"]
    lines += [f"free_shipping_from: {FREE_SHIPPING_FROM}", "products:"]
    lines += [
        f"  {name}: {{off: true}}  # this shop has none" for name in ("regular_delivery", "gift_service")
    ]
    for item in ITEMS:
        lines += [f"  {item.id}:", f"    label: {{ja: {item.label.ja}, en: '{item.label.en}'}}"]
        lines += [f"    price: {item.price}", f"    gross_margin: {item.margin}", "    introduction: 0 days"]
        lines += [f"    upper: {item.upper}"] if item.upper else []
        lines += [f"    goes_with: [{', '.join(item.goes_with)}]"] if item.goes_with else []
    lines += ["bundles:", "  regular_set: {off: true}", "benefits:", "  orders_saved: {off: true}"]
    return "\n".join(lines) + "\n"
