"""Every word that a template or a view asks for exists, in both languages, and none is declared for nobody."""

import re
from pathlib import Path

from minori.web.say import every_word

WEB = Path(__file__).parents[2] / "src" / "minori" / "web"
KEY = re.compile(r"""\{% say ["']([a-z_.0-9-]+)["']|word\(\s*["']([a-z_.0-9-]+)["']""")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def sources() -> list[str]:
    return [p.read_text(encoding="utf-8") for p in WEB.rglob("*") if p.suffix in (".html", ".py", ".txt")]


def test_every_word_that_is_asked_for_exists() -> None:
    asked = {one or other for text in sources() for one, other in KEY.findall(text)}
    assert len(asked) > 100
    assert asked - set(every_word()) == set()


def test_english_holds_no_japanese() -> None:
    names = ("日本語",)
    wrong = [k for k, text in every_word().items() if JAPANESE.search(text.en) and text.en not in names]
    assert wrong == []


def test_both_languages_ask_for_the_same_values() -> None:
    def asked(text: str) -> set[str]:
        return set(re.findall(r"\{([a-z_]+)\}", text))

    assert [key for key, text in every_word().items() if asked(text.ja) != asked(text.en)] == []


def test_templates_hold_no_words_of_their_own() -> None:
    wrong = [str(p.relative_to(WEB)) for p in WEB.rglob("*.html") if JAPANESE.search(_bare(p))]
    assert wrong == []


def _bare(path: Path) -> str:
    text = re.sub(
        r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S
    )
    return text.replace("日本語", "")
