"""Writes docs/guide/{ja,en}/figures.md: every figure there is, from where it is declared and from figures_words.yaml.

python docs/generate_figures.py
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from minori.core.figure import Figure
from minori.core.text import LANGUAGES, Language, Text
from minori.core.yaml_file import read_yaml

DOCS = Path(__file__).parent
WORDS: dict[str, Any] = read_yaml(DOCS / "figures_words.yaml").data
ROOMS = ("minori.kpis", "minori.learning", "minori.outcomes", "minori.pipeline.proof")

_TOP = Text(
    ja="# 数字の意味\n\n検証のコマンドが示すすべての数字について、意味・計算方法・標本が何を数えたものかをまとめました。"
    "このページはコードから作られます（`docs/generate_figures.py`）。コマンドの使い方は[検証](proof.md)をご覧ください。\n\n"
    "- 値には必ず標本の大きさを添えます。推定値には区間を添えます。判断できないときは「データが足りません」と示します。\n"
    "- 区間は、特に断りのないかぎり90％区間です。\n"
    "- 「{mark}」と記した数字は、抽選で分けていない顧客どうしの比較や、その後に起きたことの記録です。原因を示すものではありません。",
    en="# What each number means\n\nEvery number that the proof commands show: what it means, how it is computed, and what its sample"
    " counts. This page is made from the code (`docs/generate_figures.py`). How the commands are used: [proof](proof.md).\n\n"
    "- A value comes with the size of its sample, and an estimate with an interval. Where nothing can be said, it says “not enough"
    " data”.\n"
    "- Intervals are 90 % intervals unless something else is said.\n"
    "- Numbers marked “{mark}” compare customers whom nobody drew by lot, or record what came later. They name no cause.",
)
_MARK = Text(ja="観察・効果ではありません", en="observational — never an effect")
_SHOWN_BY = Text(ja="コマンド: {commands}", en="Shown by: {commands}")
_HEAD = Text(
    ja="| 数字 | 意味 | 計算 | 単位 | 標本が数えるもの |",
    en="| number | what it means | how it is computed | unit | its sample counts |",
)
_RULE = "| --- | --- | --- | --- | --- |"
_UNITS = {
    "share": Text(ja="割合", en="share"),
    "money": Text(ja="金額", en="money"),
    "count": Text(ja="件数", en="count"),
    "days": Text(ja="日", en="days"),
    "months": Text(ja="か月", en="months"),
    "ratio": Text(ja="倍", en="times"),
    "points": Text(ja="点", en="points"),
    "number": Text(ja="数値", en="number"),
}


def page(language: Language) -> str:
    """Return the whole page in one language; raises KeyError for a module that declares figures and has no words."""
    blocks = [_TOP.fill({"mark": _MARK[language]})[language]]
    for module, figures in declared().items():
        words = WORDS[module]
        commands = ", ".join(f"`minori {name}`" for name in words["commands"])
        blocks += [
            f"## {words['title'][language]}",
            words["says"][language],
            _SHOWN_BY.fill({"commands": commands})[language],
            "\n".join([_HEAD[language], _RULE, *(_row(figure, language) for figure in figures)]),
        ]
    return "\n\n".join(blocks) + "\n"


def declared() -> dict[str, list[Figure]]:
    """Return the figures of every module that declares some, in the order of the words; others come last."""
    modules = {module.__name__: module for module in _modules()}
    order = [*(name for name in WORDS if name in modules), *sorted(set(modules) - set(WORDS))]
    seen: set[int] = set()
    found: dict[str, list[Figure]] = {}
    for name in order:
        for figure in _own(modules[name]):
            if id(figure) not in seen:
                seen.add(id(figure))
                found.setdefault(name, []).append(figure)
    return found


def _modules() -> Iterator[ModuleType]:
    for room in ROOMS:
        package = importlib.import_module(room)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            yield importlib.import_module(found.name)


def _own(module: ModuleType) -> Iterator[Figure]:
    """Yield the figures a module holds under names that it did not import, also those inside tuples and mappings."""
    imports = [
        node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.ImportFrom)
    ]
    imported = {alias.asname or alias.name for node in imports for alias in node.names}
    for name, value in vars(module).items():
        if name not in imported:
            yield from _figures(value)


def _figures(value: object) -> Iterator[Figure]:
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from _figures(held)
    elif isinstance(value, (tuple, list)):
        for held in value:
            yield from _figures(held)


def _row(figure: Figure, language: Language) -> str:
    mark = f"<br>*{_MARK[language]}*" if figure.observational else ""
    cells = (
        f"**{figure.label[language]}**<br>`{figure.id}`{mark}",
        figure.means[language],
        figure.computed[language],
        _UNITS[figure.unit][language],
        figure.counts[language],
    )
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    for each in LANGUAGES:
        (DOCS / "guide" / each / "figures.md").write_text(page(each), encoding="utf-8")
