"""The page of figures: it is what the code says, and no number is without its meaning."""

import importlib.util
import subprocess
import sys
from collections import Counter
from types import ModuleType

import pytest

from docs.guide_case import ROOT, cells, page
from minori.cli.main import COMMANDS
from minori.core.figure import Figure
from minori.core.text import LANGUAGES, Language

in_both = pytest.mark.parametrize("language", LANGUAGES)
# Wherever it is declared: every module of the package is imported, and what lives then is asked for.
EVERY_ID = """
import gc, importlib, pkgutil, minori
from minori.core.figure import Figure
for found in pkgutil.walk_packages(minori.__path__, "minori.", onerror=lambda _: None):
    if not found.name.endswith("__main__") and not found.name.startswith("minori.web"):  # shows figures, has none
        importlib.import_module(found.name)
print(*sorted(f.id for f in gc.get_objects() if type(f) is Figure), sep="\\n")
"""


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """Return the script that writes the page."""
    spec = importlib.util.spec_from_file_location("generate_figures", ROOT / "docs" / "generate_figures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures(writer: ModuleType) -> list[Figure]:
    return [figure for found in writer.declared().values() for figure in found]


def rows(language: str) -> dict[str, list[str]]:
    """The rows of the page's tables by the id of the figure."""
    listed = [cells(line) for line in page(language, "figures").splitlines() if line.startswith("| **")]
    return {row[0].split("`")[1]: row for row in listed}


class TestPage:
    @in_both
    def test_is_what_is_generated(self, writer: ModuleType, language: Language) -> None:
        assert page(language, "figures") == writer.page(language), "run: python docs/generate_figures.py"

    @in_both
    def test_shows_every_figure_of_the_code(self, language: str) -> None:
        done = subprocess.run([sys.executable, "-c", EVERY_ID], capture_output=True, text=True, check=True)
        assert len(done.stdout.split()) > 50
        assert sorted(rows(language)) == done.stdout.split()

    @in_both
    def test_marks_what_is_only_observed(
        self, writer: ModuleType, figures: list[Figure], language: Language
    ) -> None:
        mark = writer._MARK[language]
        marked = {name for name, row in rows(language).items() if mark in row[0]}
        assert marked == {figure.id for figure in figures if figure.observational}

    @in_both
    def test_has_no_empty_cell(self, language: str) -> None:
        assert [name for name, row in rows(language).items() if len(row) != 5 or not all(row)] == []


class TestFigures:
    def test_ids_are_unique(self, figures: list[Figure]) -> None:
        assert [name for name, count in Counter(figure.id for figure in figures).items() if count > 1] == []

    @in_both
    @pytest.mark.parametrize("part", ["label", "means", "computed", "counts"])
    def test_every_part_is_said(self, figures: list[Figure], part: str, language: Language) -> None:
        """``counts`` among them: a sample whose members nobody knows says nothing."""
        assert [figure.id for figure in figures if not getattr(figure, part)[language].strip()] == []

    def test_meaning_is_more_than_the_label(self, figures: list[Figure]) -> None:
        assert [figure.id for figure in figures if figure.means == figure.label] == []


class TestWords:
    def test_are_of_modules_that_declare_figures(self, writer: ModuleType) -> None:
        assert set(writer.WORDS) == set(writer.declared())

    def test_name_commands_that_exist(self, writer: ModuleType) -> None:
        named = {command.split()[0] for words in writer.WORDS.values() for command in words["commands"]}
        assert named - set(COMMANDS) == set()
