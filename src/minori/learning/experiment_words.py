"""Verdicts on a play, in words."""

from typing import Literal

from minori.core.text import Text

Code = Literal["proven", "harmful", "not_yet", "not_enough"]

WORDING = "wording"
"""Stratum of a cell that compares one variant of a play's words with its other variants."""

WORDINGS: dict[Code, Text] = {
    "proven": Text(
        ja="この文面は、ほかの文面よりご承諾が多いことが証明されました。",
        en="These words bring more yeses than the other variants; this is proven.",
    ),
    "harmful": Text(
        ja="この文面は、ほかの文面よりご承諾が少ないことが分かりました。外すことをお勧めします。",
        en="These words bring fewer yeses than the other variants; take them out.",
    ),
    "not_yet": Text(
        ja="文面の違いはまだ証明されていません。", en="No difference between the wordings is proven yet."
    ),
    "not_enough": Text(
        ja="お返事の期限が過ぎたご提案がまだ少なく、判断できません。",
        en="Too few proposals whose time to answer is over; no verdict yet.",
    ),
}
WORDING_LABELS: dict[Code, Text] = {
    "proven": Text(ja="優れていると証明済み", en="proven better"),
    "harmful": Text(ja="劣る", en="worse"),
    "not_yet": Text(ja="まだ証明されていません", en="not yet"),
    "not_enough": Text(ja="データが足りません", en="not enough data"),
}
LABELS: dict[Code, Text] = {
    "proven": Text(ja="効果を証明済み", en="proven"),
    "harmful": Text(ja="有害のため停止", en="harmful: stopped"),
    "not_yet": Text(ja="まだ証明されていません", en="not yet"),
    "not_enough": Text(ja="データが足りません", en="not enough data"),
}
WORDS: dict[Code, Text] = {
    "proven": Text(
        ja="ご提案した顧客のほうが、ご提案しなかった顧客より望ましい結果が多いことが証明されました。",
        en="Customers proposed to do better than those left alone; this is proven.",
    ),
    "harmful": Text(
        ja="ご提案した顧客のほうが、ご提案しなかった顧客より悪い結果になっているため、この型を止めます。",
        en="Customers proposed to do worse than those left alone; the play is stopped.",
    ),
    "not_yet": Text(
        ja="効果も害もまだ証明されていません。非接触群を続けてください。",
        en="Neither benefit nor harm is proven yet; keep the hold-out running.",
    ),
    "not_enough": Text(
        ja="期間の終わった顧客がまだ少なく、判断できません。",
        en="Too few customers whose horizon is over; no verdict yet.",
    ),
}
