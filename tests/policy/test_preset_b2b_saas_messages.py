"""Templates of the preset for B2B: complete, safe, polite, with a way out and without pressure."""

import re

import pytest
from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from minori.policy.load import load_policy, preset_folder

POLICY = load_policy(preset_folder("b2b_saas") / "no workspace here", extends="b2b_saas").policy
MESSAGES = POLICY.messages
BOTH = [(language, name) for language in ("ja", "en") for name in sorted(MESSAGES[language])]
SECTIONS = ["# mail", "# talk", "# product"]
PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If, nodes.Getattr)
WAY_OUT = {"ja": re.compile("もし|よろしければ|差し支え"), "en": re.compile(r"\b[Ii]f\b")}
PRESSURE = {
    "ja": re.compile("今すぐ|お急ぎ|残りわずか|今だけ|見逃|必ず|限定|最後の機会|損を"),
    "en": re.compile(
        r"hurry|act now|last chance|only today|don't miss|do not miss|limited time|\bmust buy\b", re.I
    ),
}


def choice(label: str, difference: str, *, recommended: bool) -> dict[str, object]:
    summary = "集計を待たずに判断できます"
    return {
        "label": label,
        "monthly": "29,800円",
        "difference": difference,
        "recommended": recommended,
        "summary": summary,
    }


GIVEN: dict[str, object] = {
    "customer": "株式会社見本",
    "sender": "山田",
    "company": "実り株式会社",
    "because": "ご契約10アカウントのうち9アカウントが利用中です",
    "offer": "アカウントの追加",
    "price_difference": "+8,900円",
    "until": "2026-04-30",
    "benefits": ["毎月約3時間 → 約30分"],
    "choices": [
        choice("スタンダード", "", recommended=False),
        choice("プレミアム", "+12,000円", recommended=True),
    ],
    "proof": ["41社のうち33社が2年以内に移行"],
    "cases": ["製造業の事例"],
    "play": "seats_near_limit",
    "for_role": "ご予算をお持ちの方に、費用の要点を先にお伝えいたします。",
}
BARE = {
    **GIVEN,
    "for_role": "",
    "price_difference": "",
    "until": "",
    "benefits": [],
    "choices": [],
    "proof": [],
    "cases": [],
}
WATCHED = ["rescue", "detractor", "cancel_requested", "cancel_downsell", "renewal_at_risk", "use_declining"]
WATCHED += ["onboarding_stalled", "severe_ticket_open", "locked_feature", "security_needs"]


def section(language: str, name: str, title: str) -> str:
    parts = re.split(r"^(# (?:mail|talk|product))$", MESSAGES[language][name], flags=re.M)
    assert parts[1::2] == SECTIONS
    return parts[parts.index(title) + 1].strip()


def render(text: str, values: dict[str, object], *, trim: bool = False) -> str:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=trim, lstrip_blocks=trim
    )
    return environment.from_string(text).render(values)


def test_both_languages_have_the_same_templates() -> None:
    assert set(MESSAGES["ja"]) == set(MESSAGES["en"])


def test_every_template_is_used() -> None:
    used = {p.message or p.id for p in POLICY.plays.values()} | {p.offer.kind for p in POLICY.plays.values()}
    assert set(MESSAGES["ja"]) <= used


@pytest.mark.parametrize(("language", "name"), BOTH)
class TestEveryTemplate:
    def test_is_made_of_plain_names_and_loops(self, language: str, name: str) -> None:
        tree = ImmutableSandboxedEnvironment().parse(MESSAGES[language][name])
        assert {type(node) for node in tree.find_all(nodes.Node)} <= set(PLAIN)

    def test_renders_with_everything_and_with_little(self, language: str, name: str) -> None:
        for values in (GIVEN, BARE):
            for trim in (False, True):
                for title in SECTIONS:
                    shown = render(section(language, name, title), values, trim=trim)
                    assert shown.strip()
                    assert "{" not in shown
                    assert "\n\n\n" not in shown

    def test_mail_begins_with_its_subject_and_says_who_writes(self, language: str, name: str) -> None:
        mail = section(language, name, "# mail")
        assert mail.startswith("Subject: ")
        assert "{{ customer }}" in mail
        assert "{{ sender }}" in mail
        assert "{{ company }}" in mail

    def test_leaves_a_way_out_everywhere(self, language: str, name: str) -> None:
        assert all(WAY_OUT[language].search(section(language, name, t)) for t in ("# mail", "# talk"))

    def test_puts_on_no_pressure(self, language: str, name: str) -> None:
        assert not PRESSURE[language].search(MESSAGES[language][name])

    def test_japanese_uses_the_agreed_words(self, language: str, name: str) -> None:
        words = MESSAGES[language][name]
        assert language == "en" or ("席" not in words and not re.search(r"[ぁ-ん]\s*[:()]", words))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", WATCHED)
def test_what_was_noticed_about_a_troubled_customer_stays_inside(language: str, name: str) -> None:
    assert "because" not in section(language, name, "# mail") + section(language, name, "# product")
    assert "because" in section(language, name, "# talk")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["seats", "plan", "option", "renewal_with_upgrade", "asked_feature"])
def test_the_benefit_comes_before_the_offer(language: str, name: str) -> None:
    mail = section(language, name, "# mail")
    assert mail.index("benefit in benefits") < mail.index("{{ offer }}")
