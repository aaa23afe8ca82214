"""The documents: nothing is left out, nothing is out of date, and every link leads somewhere."""

import re
import tomllib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import click
import pytest

from docs.guide_case import (
    GUIDE,
    MARKDOWN,
    ROOT,
    anchors,
    cells,
    page,
    sections,
    structure,
    without_blocks,
    without_code,
)
from minori.cli.main import COMMANDS, group
from minori.core.text import LANGUAGES
from minori.decision.guard import GUARDS
from minori.metrics.kind import METRIC_KINDS
from minori.offers.kind import OFFER_KINDS
from minori.proposal.shapes import FILTERS, GIVEN
from minori.query.condition import parse_condition
from minori.schema.columns import CUSTOMER_COLUMNS
from minori.schema.facts import FACTS
from minori.sources.definitions import KINDS as SOURCE_KINDS
from minori.sources.definitions import Source

PAGES = (
    "index",
    "getting-started",
    "own-data",
    "definitions",
    "kinds",
    "reading-a-run",
    "python",
    "commands",
    "proof",
    "figures",
    "web",
)
REGISTRIES: dict[str, Any] = {
    "metrics": METRIC_KINDS,
    "offers": OFFER_KINDS,
    "guards": GUARDS,
    "sources": SOURCE_KINDS,
}
FUNCTIONS = (
    "before",
    "change",
    "limit",
    "days_since",
    "days_until",
    "known",
    "holds",
    "has_feature",
    "upper_has",
)
in_both = pytest.mark.parametrize("language", LANGUAGES)


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", each) for sub, each in command.commands.items())
        else:
            yield name, command


def row_of(text: str, name: str) -> str:
    """The row of a table that begins with a name."""
    found = [line for line in text.splitlines() if line.startswith("|") and f"`{name}`" in cells(line)[0]]
    assert found, f"no row of {name}"
    return " ".join(found)


class TestGuide:
    def test_has_the_same_pages_in_both_languages(self) -> None:
        for language in LANGUAGES:
            assert {path.stem for path in (GUIDE / language).glob("*.md")} == set(PAGES)

    @pytest.mark.parametrize("name", PAGES)
    def test_page_has_the_same_parts_in_both_languages(self, name: str) -> None:
        assert structure(page("ja", name)) == structure(page("en", name))

    @in_both
    def test_index_leads_to_every_page(self, language: str) -> None:
        assert [n for n in PAGES if n != "index" and f"({n}.md)" not in page(language, "index")] == []


class TestKinds:
    @in_both
    def test_page_is_what_is_generated(self, generator: ModuleType, language: str) -> None:
        assert page(language, "kinds") == generator.page(language), "run: python docs/generate_kinds.py"

    @in_both
    @pytest.mark.parametrize("section", REGISTRIES)
    def test_guide_names_every_kind(self, language: str, section: str) -> None:
        text = page(language, "own-data" if section == "sources" else "definitions")
        assert [name for name in REGISTRIES[section] if f"`{name}`" not in text] == []
        assert [name for name in REGISTRIES[section] if f"### `{name}`" not in page(language, "kinds")] == []

    @pytest.mark.parametrize("section", REGISTRIES)
    def test_no_words_are_left_of_kinds_that_are_gone(self, generator: ModuleType, section: str) -> None:
        assert set(generator.WORDS[section]) - set(REGISTRIES[section]) == set()

    @in_both
    @pytest.mark.parametrize("name", sorted(GUARDS))
    def test_limits_of_a_guard_are_told_with_their_defaults(
        self, generator: ModuleType, language: str, name: str
    ) -> None:
        row = row_of(page(language, "definitions"), name)
        for field_name, field in GUARDS[name].limits.model_fields.items():
            written = field.alias or field_name
            default = generator.default_of(field, language).strip("`")
            shown = field.default is not None and written != "weekdays"
            assert (f"`{written}: {default}`" if shown else f"`{written}: ") in row

    @in_both
    @pytest.mark.parametrize("name", sorted(OFFER_KINDS))
    def test_settings_of_an_offer_are_told(self, language: str, name: str) -> None:
        row = row_of(page(language, "definitions").partition("`also")[0], name)
        fields = OFFER_KINDS[name].settings.model_fields.items()
        assert [f.alias or n for n, f in fields if f"{f.alias or n}: " not in row] == []


class TestCommands:
    @in_both
    @pytest.mark.parametrize(("path", "command"), list(commands()))
    def test_command_and_its_options_are_described(
        self, language: str, path: str, command: click.Command
    ) -> None:
        text = sections(page(language, "commands")).get(path, "")
        options = [o for p in command.params if isinstance(p, click.Option) for o in p.opts]
        assert f"`minori {path}" in text
        assert [option for option in options if f"`{option}" not in text] == []


class TestNames:
    @in_both
    @pytest.mark.parametrize("name", sorted(FACTS))
    def test_fact_table_is_told_with_every_column(self, language: str, name: str) -> None:
        row = row_of(page(language, "own-data"), name)
        assert [c.name for c in FACTS[name].columns if f"`{c.name}`" not in row] == []
        assert [c.name for c in FACTS[name].columns if c.required and f"**`{c.name}`**" not in row] == []

    @in_both
    def test_names_of_conditions_and_messages_are_told(self, language: str) -> None:
        text = without_blocks(page(language, "definitions"))
        named = {word for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"[a-z_]+", code)}
        assert sorted({*CUSTOMER_COLUMNS, *FUNCTIONS, *GIVEN, *FILTERS} - named) == []

    def test_functions_are_those_of_the_language(self) -> None:
        for name in FUNCTIONS:
            argument = "'x'" if name in ("holds", "has_feature", "upper_has") else "x"
            assert parse_condition(f"{name}({argument}) = 1").text

    @in_both
    def test_settings_of_sources_are_told(self, language: str) -> None:
        text = page(language, "own-data")
        written = [field.alias or name for name, field in Source.model_fields.items()]
        assert [name for name in written if not row_of(text, name)] == []


class TestDecisions:
    def test_every_dependency_has_its_reason(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        (told,) = (ROOT / "docs" / "decisions").glob("0008-*.md")
        names = [re.split(r"[^\w.-]", entry)[0] for entry in project["dependencies"]]
        assert [name for name in names if f"`{name}`" not in told.read_text(encoding="utf-8")] == []

    def test_index_names_every_decision(self) -> None:
        folder = ROOT / "docs" / "decisions"
        index = (folder / "README.md").read_text(encoding="utf-8")
        assert [path.name for path in folder.glob("0*.md") if f"({path.name})" not in index] == []

    @pytest.mark.parametrize(
        "path", [p for p in MARKDOWN if p.parent.name == "decisions" and p.name[0] == "0"]
    )
    def test_decision_says_why_and_when_to_look_again(self, path: Any) -> None:
        text = path.read_text(encoding="utf-8")
        assert [
            part for part in ("**Context.**", "**Decision.**", "**Look again when**") if part not in text
        ] == []


class TestEveryPage:
    @pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
    def test_relative_links_lead_somewhere(self, path: Any) -> None:
        broken = []
        for link in re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", link):
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
                broken.append(link)
        assert broken == []

    @pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
    def test_no_place_on_a_machine_is_named(self, path: Any) -> None:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"(?<![\w.}])/(?:work|tmp|home|root|usr|var|opt)/", text) == []
