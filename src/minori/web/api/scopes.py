"""What a token may be used for; never more than its person's role allows."""

from minori.core.text import Text
from minori.web.models import Person
from minori.web.rights import Ability, may

SCOPES: dict[str, Text] = {
    "customers:read": Text(ja="顧客を読む", en="Read customers"),
    "proposals:read": Text(ja="提案を読む", en="Read proposals"),
    "proposals:act": Text(ja="提案を動かす(送信・見送り等)", en="Act on proposals"),
    "outcomes:write": Text(ja="結果を書く", en="Write outcomes"),
    "kpis:read": Text(ja="実績値を読む", en="Read KPIs"),
    "policy:read": Text(ja="定義を読む", en="Read the policy"),
}
_NEEDS = {"proposals:act": Ability.ACT, "outcomes:write": Ability.ACT}


def allowed(person: Person, scope: str) -> bool:
    """Say whether the person's role covers a scope."""
    return may(person, _NEEDS.get(scope, Ability.SEE))
