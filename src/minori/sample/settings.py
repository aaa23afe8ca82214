"""``minori.yaml`` of the sample companies."""

from minori.core.text import Language, Text

_TEMPLATE = """\
company:
  name: {{ja: {name_ja}, en: {name_en}}}
  language: {language}
  time_zone: Asia/Tokyo
  currency: JPY
  fiscal_year_starts_in: 4
policy:
  extends: {preset}
  constant: [{constant}]  # columns of the customer register that never change
team:
{team}"""
_PEOPLE = {
    "mori": (Text(ja="森 真由美", en="Mayumi Mori"), "manager", None),
    "sato": (Text(ja="佐藤 彩", en="Aya Sato"), "csm", 10),
    "suzuki": (Text(ja="鈴木 直樹", en="Naoki Suzuki"), "csm", 10),
    "takahashi": (Text(ja="高橋 恵", en="Megumi Takahashi"), "csm", 10),
    "ito": (Text(ja="伊藤 亮", en="Ryo Ito"), "csm", 10),
    "yamada": (Text(ja="山田 健一", en="Kenichi Yamada"), "sales", None),
    "kobayashi": (Text(ja="小林 沙織", en="Saori Kobayashi"), "sales", None),
}


def settings(name: Text, preset: str, constant: str, language: Language) -> str:
    """Return the text of ``minori.yaml``."""
    team = "".join(_member(person, language) for person in _PEOPLE)
    return _TEMPLATE.format(
        name_ja=name.ja, name_en=name.en, language=language, preset=preset, constant=constant, team=team
    )


def _member(person: str, language: Language) -> str:
    name, role, daily = _PEOPLE[person]
    limit = f", proposals_a_day: {daily}" if daily else ""
    return f"  {person}: {{name: {name[language]}, role: {role}{limit}}}\n"
