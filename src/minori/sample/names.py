"""Made-up names: companies, people, places and departments, in Japanese and English."""

from collections.abc import Sequence

import numpy as np

from minori.core.text import Language, Text
from minori.sample.draws import Ints

INDUSTRIES = (
    Text(ja="製造", en="manufacturing"),
    Text(ja="物流", en="logistics"),
    Text(ja="食品", en="food"),
    Text(ja="建設", en="construction"),
    Text(ja="情報通信", en="information technology"),
    Text(ja="不動産", en="real estate"),
    Text(ja="卸売", en="wholesale"),
    Text(ja="医療・福祉", en="health care"),
    Text(ja="印刷", en="printing"),
    Text(ja="教育", en="education"),
)
_ENDINGS = (
    (("製作所", "Works"), ("精機", "Precision"), ("化成", "Chemicals")),
    (("運輸", "Transport"), ("ロジスティクス", "Logistics")),
    (("食品", "Foods"), ("フーズ", "Kitchen")),
    (("建設", "Construction"), ("工務店", "Builders")),
    (("システムズ", "Systems"), ("データ", "Data")),
    (("不動産", "Estate"), ("地所", "Land")),
    (("商事", "Trading"), ("物産", "Products")),
    (("メディカル", "Medical"), ("ケア", "Care")),
    (("印刷", "Printing"), ("パッケージ", "Packaging")),
    (("学院", "Academy"), ("ラーニング", "Learning")),
)
_STEMS = (
    ("あおば", "Aoba"), ("みなと", "Minato"), ("ひかり", "Hikari"), ("北斗", "Hokuto"), ("東雲", "Shinonome"),
    ("若葉", "Wakaba"), ("白樺", "Shirakaba"), ("千歳", "Chitose"), ("朝霧", "Asagiri"), ("瑞穂", "Mizuho"),
    ("常磐", "Tokiwa"), ("松風", "Matsukaze"), ("桜木", "Sakuragi"), ("清流", "Seiryu"), ("大樹", "Taiju"),
    ("青嵐", "Seiran"), ("山吹", "Yamabuki"), ("稲穂", "Inaho"), ("月島", "Tsukishima"), ("星野", "Hoshino"),
    ("三輪", "Miwa"), ("八雲", "Yakumo"), ("若松", "Wakamatsu"), ("高千穂", "Takachiho"), ("琥珀", "Kohaku"),
    ("浜風", "Hamakaze"), ("灯台", "Todai"), ("旭丘", "Asahigaoka"), ("翠", "Midori"), ("楓", "Kaede"),
)  # fmt: skip
_FAMILY = (
    ("佐藤", "Sato"), ("鈴木", "Suzuki"), ("高橋", "Takahashi"), ("田中", "Tanaka"), ("伊藤", "Ito"),
    ("渡辺", "Watanabe"), ("山本", "Yamamoto"), ("中村", "Nakamura"), ("小林", "Kobayashi"), ("加藤", "Kato"),
    ("吉田", "Yoshida"), ("山田", "Yamada"), ("佐々木", "Sasaki"), ("山口", "Yamaguchi"), ("原", "Hara"),
    ("井上", "Inoue"), ("木村", "Kimura"), ("林", "Hayashi"), ("斎藤", "Saito"), ("清水", "Shimizu"),
    ("山崎", "Yamazaki"), ("森", "Mori"), ("池田", "Ikeda"), ("橋本", "Hashimoto"), ("阿部", "Abe"),
    ("石川", "Ishikawa"), ("前田", "Maeda"), ("藤田", "Fujita"), ("小川", "Ogawa"), ("後藤", "Goto"),
)  # fmt: skip
_GIVEN = (
    ("翔太", "Shota"), ("美咲", "Misaki"), ("健一", "Kenichi"), ("由美子", "Yumiko"), ("大輔", "Daisuke"),
    ("彩", "Aya"), ("直樹", "Naoki"), ("恵", "Megumi"), ("拓也", "Takuya"), ("香織", "Kaori"),
    ("亮", "Ryo"), ("真由美", "Mayumi"), ("誠", "Makoto"), ("千尋", "Chihiro"), ("浩二", "Koji"),
    ("沙織", "Saori"), ("悠斗", "Yuto"), ("奈々", "Nana"), ("隆", "Takashi"), ("結衣", "Yui"),
)  # fmt: skip
_REGIONS = (
    ("東京都", "Tokyo"), ("大阪府", "Osaka"), ("愛知県", "Aichi"), ("福岡県", "Fukuoka"),
    ("神奈川県", "Kanagawa"), ("北海道", "Hokkaido"), ("宮城県", "Miyagi"), ("広島県", "Hiroshima"),
)  # fmt: skip
DEPARTMENTS = (
    Text(ja="営業部", en="Sales"),
    Text(ja="経営企画部", en="Corporate Planning"),
    Text(ja="経理部", en="Accounting"),
    Text(ja="カスタマーサポート部", en="Customer Support"),
    Text(ja="情報システム部", en="IT"),
    Text(ja="人事総務部", en="HR and General Affairs"),
    Text(ja="生産管理部", en="Production Control"),
)
SUPPORT_DEPARTMENT = 3


def company_names(industries: Ints, language: Language, rng: np.random.Generator) -> list[str]:
    """Return a name for each company, all different; an industry shows in its name."""
    order = rng.permutation(len(_STEMS))
    seen: dict[str, int] = {}
    return [_company(int(industry), order[n % len(order)], n // len(order), language, seen)
            for n, industry in enumerate(industries)]  # fmt: skip


def person_names(count: int, language: Language, rng: np.random.Generator) -> list[str]:
    """Return so many names of people; some may be alike."""
    family, given = rng.integers(0, len(_FAMILY), count), rng.integers(0, len(_GIVEN), count)
    if language == "ja":
        return [f"{_FAMILY[f][0]} {_GIVEN[g][0]}" for f, g in zip(family, given, strict=True)]
    return [f"{_GIVEN[g][1]} {_FAMILY[f][1]}" for f, g in zip(family, given, strict=True)]


def region_names(count: int, language: Language, rng: np.random.Generator) -> list[str]:
    """Return so many prefectures, the first ones more often."""
    chance = np.array([0.34, 0.16, 0.12, 0.10, 0.10, 0.07, 0.06, 0.05])
    return _picked(_REGIONS, rng.choice(len(_REGIONS), count, p=chance), language)


def _picked(pairs: Sequence[tuple[str, str]], places: Ints, language: Language) -> list[str]:
    return [pairs[place][0 if language == "ja" else 1] for place in places]


def _company(industry: int, stem: int, turn: int, language: Language, seen: dict[str, int]) -> str:
    endings = _ENDINGS[industry]
    place = 0 if language == "ja" else 1
    plain = f"{_STEMS[stem][place]}{'' if language == 'ja' else ' '}{endings[turn % len(endings)][place]}"
    seen[plain] = seen.get(plain, 0) + 1
    number = seen[plain]
    if language == "ja":
        return f"株式会社{plain}" if number == 1 else f"株式会社第{number}{plain}"
    return f"{plain} Inc." if number == 1 else f"{plain} {number} Inc."
