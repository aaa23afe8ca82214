"""Words by the role of who reads: user, champion, budget, approver. Which of them a customer has, and what each is told.

In a company several people decide: who uses it asks what changes in the day's work, who champions it needs something to
hand on, who has the budget asks for the difference in price, who approves wants it short.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minori.core.errors import DefinitionError, UnknownName
from minori.core.text import LANGUAGES, Language, Text
from minori.lake.stage import Pass
from minori.policy.definitions import Policy
from minori.proposal.template import checked_paragraph, rendered
from minori.query.sql import sql

ROLES = {
    "user": Text(ja="利用者", en="user"),
    "champion": Text(ja="推進役", en="champion"),
    "budget": Text(ja="予算のご担当", en="budget holder"),
    "approver": Text(ja="承認者", en="approver"),
}
MOST_NAMED = 20  # ids of people in one role that a proposal lists

_PEOPLE = sql("""
    select u.customer_key, lower(trim(u.role)) as role, u.user_id, u.department
    from users u
    join (
        select distinct c.customer_key, c.as_of
        from decision d
        join candidate c on c.as_of = d.as_of and c.candidate_id = d.candidate_id
        where d.fate = 'proposed'
    ) p on p.as_of = u.as_of and p.customer_key = u.customer_key
    where coalesce(u.active, true) and lower(trim(u.role)) in ($roles)
    order by u.customer_key, u.user_id
""")


@dataclass
class People:
    """Who has a role at one customer."""

    count: int = 0
    user_ids: list[str] = field(default_factory=list)
    departments: set[str] = field(default_factory=set)

    def as_dict(self, role: str) -> dict[str, Any]:
        """Return it as it is stored beside the words."""
        return {
            "role": role,
            "label": ROLES[role].as_dict(),
            "people": self.count,
            "user_ids": self.user_ids,
            "departments": sorted(self.departments),
        }


def people_of(run: Pass) -> dict[int, dict[str, People]]:
    """Return who has which role at the customers that are proposed to; roles that are not ours are passed over."""
    found: dict[int, dict[str, People]] = defaultdict(dict)
    for row in run.fetch(_PEOPLE.bind(roles=sorted(ROLES))).to_pylist():
        people = found[row["customer_key"]].setdefault(row["role"], People())
        people.count += 1
        people.user_ids += [row["user_id"]] if len(people.user_ids) < MOST_NAMED else []
        people.departments |= {row["department"]} - {None}
    return found


def paragraph(policy: Policy, role: str, language: Language, values: Mapping[str, Any]) -> str:
    """Write the words for a role; empty where the policy has none."""
    text = policy.role_words.get(language, {}).get(role)
    return "" if text is None else rendered(checked_paragraph(text, file_of_role(language, role)), values)


def check_role_words(policy: Policy) -> None:
    """Check the words for roles; raises DefinitionError with file and line."""
    for language in LANGUAGES:
        for role, text in sorted(policy.role_words.get(language, {}).items()):
            file = file_of_role(language, role)
            if role not in ROLES:
                raise UnknownName("role", role, ROLES, file=file)
            missing = [n for n in LANGUAGES if role not in policy.role_words.get(n, {})]
            if missing:
                raise DefinitionError(f"{file_of_role(missing[0], role)} is missing beside it", file=file)
            checked_paragraph(text, file)


def file_of_role(language: Language, role: str) -> str:
    """Return where the words for a role lie in a workspace's policy."""
    return f"messages/{language}/roles/{role}.md"
