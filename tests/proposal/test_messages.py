"""Writing the words: which template, what it is given, and what values cannot do."""

from typing import Any

import pytest

from minori.core.errors import UnknownName
from minori.core.text import LANGUAGES, Language, Text
from minori.policy.definitions import Policy
from minori.proposal.messages import check_message_of, check_messages, render_messages, template_name
from minori.proposal.proof import Counted, Proof
from minori.proposal.words import context_of
from proposal.message_case import COMPANY, candidate, choice, play

PLAIN = """# mail
Subject: {{ offer }}

{{ customer }} 様
{{ because }}
# talk
{{ sender }}
# product
{{ play }}
"""
CHOICES = """{% for c in choices %}
{{ c.label }} {{ c.monthly }} {{ c.difference }}{% if c.recommended %}★{% endif %}

{% endfor %}
{{ benefits|join }} {{ proof|join }} {{ cases|join }}"""
PROOF = Proof(
    counted=(Counted(41, 33, True, Text(ja="41社のうち33社", en="33 of 41")),),
    released=(("maker", Text(ja="【公開事例】製造業", en="Released case - maker")),),
)


def policy(**templates: str) -> Policy:
    return Policy(messages=dict.fromkeys(LANGUAGES, templates))


def context(**more: Any) -> dict[Language, dict[str, Any]]:
    given: dict[str, Any] = {
        "customer": "株式会社見本",
        "sender": "山田",
        "company": COMPANY,
        "currency": "JPY",
    }
    row = more.pop("row", candidate())
    return context_of(row, play(), **{**given, **more})


def written(body: str, **more: Any) -> str:
    text = f"# mail\nSubject: s\n\n{body}\n# talk\nt\n# product\np\n"
    return render_messages(policy(some_play=text), play(), "plan", context(**more))["ja"]["mail"]


class TestTemplate:
    def test_named_by_the_play_then_its_id_then_the_kind(self) -> None:
        have = policy(seats=PLAIN, some_play=PLAIN, plan=PLAIN)
        assert template_name(have, play(message="seats"), "plan", "ja") == "seats"
        assert template_name(have, play(), "plan", "ja") == "some_play"
        assert template_name(policy(plan=PLAIN), play(), "plan", "en") == "plan"

    def test_a_plain_one_where_there_is_none(self) -> None:
        got = render_messages(policy(), play(), "plan", context())
        assert got["ja"]["subject"] == "Standard(日)のご案内"
        assert (
            "現在のお支払いとの差: 月額+¥8,000\n2026年12月6日までご利用いただけます。\n" in got["ja"]["mail"]
        )
        assert "Difference to what you pay now: +¥8,000 a month" in got["en"]["mail"]

    def test_a_plain_one_fits_what_costs_nothing(self) -> None:
        free = candidate(mrr_change="0", until=None, benefits=[], choices=[])
        got = render_messages(policy(), play(), "help", context(row=free))
        assert "お支払い" not in got["ja"]["mail"]
        assert "\n\n\n" not in got["ja"]["mail"] + got["en"]["mail"]

    def test_every_part_in_both_languages(self) -> None:
        got = render_messages(policy(plan=PLAIN), play(), "plan", context())
        assert got["ja"] == {
            "subject": "Standard(日)",
            "mail": "株式会社見本 様\n9 of 10 seats are in use(日)",
            "talk": "山田",
            "product": "Play(日)",
        }
        assert got["en"]["subject"] == "Standard"

    def test_templates_of_a_policy_are_checked_together(self) -> None:
        check_messages(policy(plan=PLAIN))
        with pytest.raises(UnknownName, match=r"messages/ja/plan\.md:2: .*did you mean 'offer'"):
            check_messages(policy(plan=PLAIN.replace("offer", "ofer")))
        with pytest.raises(UnknownName, match=r"messages/ja named 'seat'; did you mean 'seats'"):
            check_message_of(play(message="seat"), policy(seats=PLAIN))


class TestWords:
    def test_choices_benefits_and_proof(self) -> None:
        got = written(CHOICES, proof=PROOF)
        assert [line for line in got.splitlines() if line] == [
            "Light(日) 月額¥10,000",
            "Standard(日) 月額¥18,000 +¥8,000★",
            "Premium(日) 月額¥30,000 +¥20,000",
            "3 hours less(日) 41社のうち33社 【公開事例】製造業",
        ]

    def test_dearest_first_is_a_variant(self) -> None:
        assert [c["label"] for c in context(anchor=True)["en"]["choices"]] == ["Premium", "Standard", "Light"]

    @pytest.mark.parametrize(
        ("monthly", "once", "ja", "en"),
        [
            ("8000", "0", "月額+¥8,000", "+¥8,000 a month"),
            ("-980", "0", "月額-¥980", "-¥980 a month"),
            ("0", "720.0000", "¥720(1回のお支払い)", "¥720 once"),
            ("0", "0", "", ""),
        ],
    )
    def test_price_difference(self, monthly: str, once: str, ja: str, en: str) -> None:
        row = candidate(mrr_change=monthly, once=once)
        got = context(row=row)
        assert (got["ja"]["price_difference"], got["en"]["price_difference"]) == (ja, en)

    def test_dates_as_each_language_writes_them(self) -> None:
        got = context()
        assert (got["ja"]["until"], got["en"]["until"]) == ("2026年12月6日", "6 December 2026")
        assert context(row=candidate(until=None))["en"]["until"] == ""

    def test_nobody_named(self) -> None:
        got = context(customer=None, sender=" ")
        assert (got["ja"]["customer"], got["en"]["sender"]) == ("ご利用者", "")


class TestValues:
    def test_are_never_templates(self) -> None:
        assert written("{{ customer }}", customer="{{ offer }}{% if x %}") == "{{ offer }}{% if x %}"

    def test_cannot_break_the_subject(self) -> None:
        row = candidate(label={"ja": "件名\r\nBcc: all@example.com", "en": "x"})
        got = render_messages(policy(plan=PLAIN), play(), "plan", context(row=row))
        assert got["ja"]["subject"] == "件名 Bcc: all@example.com"

    def test_are_plain_text(self) -> None:
        assert written("{{ customer }}", customer="A & B <株>") == "A & B <株>"

    def test_output_is_bounded(self) -> None:
        many = [choice("Long" * 500, "1", "0")] * 100
        loops = "{% for a in choices %}{% for b in choices %}{{ b.label }}{% endfor %}{% endfor %}"
        assert 19_000 < len(written(loops, row=candidate(choices=many))) <= 20_000

    def test_first_of_nothing_is_nothing(self) -> None:
        none = candidate(benefits=[], choices=[])
        assert written("a{{ benefits|first }}{{ (choices|last).label }}b", row=none) == "ab"


class TestFullStops:
    def test_a_company_that_ends_in_a_full_stop_does_not_get_two(self) -> None:
        text = "# mail\nSubject: From {{ company }}.\n\nThank you for using {{ company }}. Hello... {{ company }}."
        got = render_messages(policy(some_play=f"{text}\n# talk\nt\n# product\np\n"), play(), "x", context())[
            "en"
        ]
        assert got["mail"] == "Thank you for using Minori Inc. Hello... Minori Inc."
        assert got["subject"] == "From Minori Inc."

    def test_nor_does_a_japanese_reason(self) -> None:
        assert written("{{ customer }}。", customer="見本。") == "見本。"


class TestLines:
    def test_a_line_of_tags_leaves_no_line(self) -> None:
        body = (
            "one\n{% for b in benefits %}\n- {{ b }}\n{% endfor %}\n{% if until %}\ntwo\n{% endif %}\nthree"
        )
        assert written(body) == "one\n- 3 hours less(日)\ntwo\nthree"

    def test_tags_beside_words_keep_their_line(self) -> None:
        assert written("a{% if until %} b{% endif %}\nc") == "a b\nc"

    def test_blank_lines_become_one(self) -> None:
        assert written("a\n\n{% if proof %}x{% endif %}\n\n\nb  \n") == "a\n\nb"
