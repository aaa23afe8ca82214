"""Words by the role of who reads: where they stand in the mail, and what is refused when they are loaded."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from minori.core.errors import DefinitionError, UnknownName
from minori.core.text import LANGUAGES
from minori.policy.definitions import Policy
from minori.policy.load import load_policy
from minori.proposal.messages import check_messages, mail_for_role
from minori.proposal.roles import ROLES
from minori.proposal.words import context_of
from proposal.message_case import COMPANY, candidate, play

PLACED = (
    "# mail\nSubject: s\n\nA\n\n{% if for_role %}{{ for_role }}\n\n{% endif %}B\n# talk\nt\n# product\np\n"
)
WITHOUT = PLACED.replace("{{ for_role }}", "x").replace("for_role", "until")
CONTEXT = context_of(candidate(), play(), customer="c", sender="s", company=COMPANY, currency="JPY")


def policy(text: str = PLACED, **words: str) -> Policy:
    return Policy(
        messages={language: {"plan": text} for language in LANGUAGES},
        role_words=dict.fromkeys(LANGUAGES, words),
    )


@cache
def shipped() -> Policy:
    return load_policy(Path("no workspace here"), extends="b2b_saas").policy


class TestMailForRole:
    def test_words_stand_where_the_template_wants_them(self) -> None:
        got = mail_for_role(policy(budget="Costs {{ price_difference }}"), play(), "plan", "budget", CONTEXT)
        assert got is not None
        assert got["en"] == {"words": "Costs +¥8,000 a month", "mail": "A\n\nCosts +¥8,000 a month\n\nB"}

    def test_none_where_nothing_is_written_or_the_template_has_no_place(self) -> None:
        assert mail_for_role(policy(budget="x"), play(), "plan", "approver", CONTEXT) is None
        assert mail_for_role(policy(WITHOUT, budget="x"), play(), "plan", "budget", CONTEXT) is None


class TestCheck:
    def test_roles_are_the_four(self) -> None:
        with pytest.raises(UnknownName, match=r"messages/ja/roles/buget\.md: .*did you mean 'budget'"):
            check_messages(policy(buget="x"))

    def test_names_are_those_of_templates(self) -> None:
        with pytest.raises(UnknownName, match=r"roles/user\.md:2: .*did you mean 'offer'"):
            check_messages(policy(user="a\n{{ ofer }}"))
        with pytest.raises(UnknownName, match="for_role"):
            check_messages(policy(user="{{ for_role }}"))

    def test_both_languages_or_none(self) -> None:
        one = Policy(role_words={"ja": {"user": "あ"}, "en": {}})
        with pytest.raises(DefinitionError, match=r"messages/en/roles/user\.md is missing"):
            check_messages(one)

    def test_a_workspace_lays_its_own_over_the_presets(self, tmp_path: Path) -> None:
        own = tmp_path / "policy" / "messages" / "en" / "roles" / "user.md"
        own.parent.mkdir(parents=True)
        own.write_text("Mine.\n", encoding="utf-8")
        words = load_policy(tmp_path, extends="b2b_saas").policy.role_words["en"]
        assert words["user"] == "Mine.\n" and set(words) == set(ROLES)


class TestShipped:
    @pytest.mark.parametrize("role", ROLES)
    def test_offers_to_companies_have_words_for_every_role(self, role: str) -> None:
        for kind in ("plan", "seats", "option", "bundle", "product", "capacity", "term", "renewal", "help"):
            for row in (candidate(), candidate(mrr_change="0", until=None, benefits=[], choices=[])):
                context = context_of(row, play(), customer="c", sender=None, company=COMPANY, currency="JPY")
                got = mail_for_role(shipped(), play(), kind, role, context)
                assert got is not None
                assert all(got[language]["words"] in got[language]["mail"] for language in LANGUAGES)

    @pytest.mark.parametrize("name", ["rescue", "detractor", "cancel_requested", "severe_ticket_open"])
    def test_whoever_is_in_trouble_is_not_told_by_role(self, name: str) -> None:
        assert mail_for_role(shipped(), play(message=name), "rescue", "budget", CONTEXT) is None

    def test_nobody_in_charge_leaves_no_gap_and_no_company_twice(self) -> None:
        for one in shipped().plays.values():
            context = context_of(candidate(), one, customer="c", sender=None, company=COMPANY, currency="JPY")
            got = mail_for_role(shipped(), one, one.offer.kind, "user", context)
            for language in LANGUAGES if got else ():
                lines = got[language]["mail"].splitlines()
                assert all(one != other or not one for one, other in pairwise(lines))
                assert "I am ," not in got[language]["mail"] and "担当のです" not in got[language]["mail"]
