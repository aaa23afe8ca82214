"""What the documents show can be done: definitions are read by the loader, conversions convert, Python runs."""

import ast
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from docs.guide_case import ROOT, blocks, cells, file_of, page, without_blocks
from loading import Mapped
from minori.cli.main import group
from minori.core.text import LANGUAGES
from minori.core.yaml_file import parse_yaml, validated
from minori.offers.kind import OFFER_KINDS
from minori.pipeline.check import check_policy
from minori.pipeline.schemas import schemas
from minori.policy import catalog, definitions, workspace
from minori.policy.load import Loaded, load_policy
from minori.sources.definitions import KINDS as SOURCE_KINDS
from minori.sources.definitions import parse_sources
from minori.sources.mapping import check_mappings

in_both = pytest.mark.parametrize("language", LANGUAGES)
SCHEMA_LINE = "yaml-language-server: "
MODELS: tuple[type[BaseModel], ...] = (
    *(workspace.WorkspaceFile, workspace.Company, workspace.Member, workspace.PolicySource, workspace.Engine),
    *(catalog.Catalog, catalog.Product, catalog.Plan, catalog.Option, catalog.Price, catalog.Benefit),
    *(catalog.Bundle, catalog.Coupon, catalog.Case, catalog.Assumption, catalog.PerSeat, catalog.Feature),
    *(definitions.Health, definitions.HealthPart, definitions.Weights, definitions.Bands, definitions.Churn),
    *(definitions.Segments, definitions.Rule, definitions.Play, definitions.Reach, definitions.Prior),
    *(definitions.Experiment, definitions.Ranking, definitions.Guards),
)


def overlaid(root: Path, files: dict[str, str]) -> Loaded:
    """A policy of these files over a preset, wholly checked."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    loaded = load_policy(root, extends="b2b_saas")
    check_policy(loaded)
    return loaded


class TestDefinitions:
    @in_both
    def test_blocks_are_a_policy(self, tmp_path: Path, language: str) -> None:
        found = {file_of(block): block for block in blocks(page(language, "definitions"), "yaml")}
        policy = {name: block for name, block in found.items() if name.startswith("policy/")}
        assert len(policy) == 6
        assert [name for name in found if name not in policy and not name.startswith(SCHEMA_LINE)] == [
            "minori.yaml"
        ]
        validated(workspace.WorkspaceFile, parse_yaml(found["minori.yaml"], "minori.yaml"))
        loaded = overlaid(tmp_path, policy)
        assert loaded.policy.plays["seats_growing"].valid == 14

    @in_both
    def test_blocks_agree_with_the_schemas(self, language: str) -> None:
        for block in blocks(page(language, "definitions"), "yaml"):
            name = Path(file_of(block)).stem
            name = "play" if file_of(block).startswith("policy/plays/") else name
            if not file_of(block).startswith(SCHEMA_LINE):
                data = json.loads(json.dumps(parse_yaml(block, name).data, default=str))
                jsonschema.validate(data, schemas()[name])

    @pytest.mark.parametrize("name", ["definitions", "own-data", "getting-started", "kinds"])
    def test_blocks_say_the_same_in_both_languages(self, name: str) -> None:
        japanese, english = (
            [parse_yaml(re.sub(" *-- .*", "", block), "x").data for block in blocks(page(n, name), "yaml")]
            for n in LANGUAGES
        )
        assert japanese == english

    @in_both
    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
    def test_every_setting_is_told(self, language: str, model: type[BaseModel]) -> None:
        text = page(language, "definitions")
        code = "\n".join([*blocks(text, "yaml"), *re.findall(r"`([^`]+)`", without_blocks(text))])
        written = {field.alias or name for name, field in model.model_fields.items()}
        assert written - set(re.findall(r"[a-z_]+", code)) == set()


class TestKinds:
    def test_metrics_can_be_used(self, generator: ModuleType, tmp_path: Path) -> None:
        examples = {name: words["example"] for name, words in generator.WORDS["metrics"].items()}
        loaded = overlaid(tmp_path, {"policy/metrics.yaml": "".join(examples.values())})
        for name, text in examples.items():
            (metric,) = parse_yaml(text, name).data
            assert loaded.policy.metrics[metric].kind == name

    def test_offers_can_be_used(self, generator: ModuleType, tmp_path: Path) -> None:
        found = blocks(page("en", "definitions"), "yaml")
        play = parse_yaml(next(b for b in found if file_of(b).startswith("policy/plays/")), "play").data
        offers = {n: parse_yaml(w["example"], n).data for n, w in generator.WORDS["offers"].items()}
        plays = [{**play, "id": f"own_{name}", "offer": offer} for name, offer in offers.items()]
        loaded = overlaid(tmp_path, {"policy/plays/own.yaml": json.dumps(plays)})
        assert {name: loaded.policy.plays[f"own_{name}"].offer.kind for name in OFFER_KINDS} == {
            name: name for name in OFFER_KINDS
        }

    @pytest.mark.parametrize("name", sorted(SOURCE_KINDS))
    def test_source_can_be_used(self, generator: ModuleType, name: str) -> None:
        sources = parse_sources(generator.WORDS["sources"][name]["example"], "sources.yaml")
        check_mappings(sources)
        assert [defined.source.kind for defined in sources] == [name]


class TestSources:
    @in_both
    @pytest.mark.parametrize("name", ["own-data", "getting-started"])
    def test_blocks_can_be_read(self, language: str, name: str) -> None:
        found = blocks(page(language, name), "yaml")
        assert found
        for block in found:
            check_mappings(parse_sources(block, "sources.yaml"))

    @in_both
    def test_conversions_give_what_they_say(self, language: str) -> None:
        tables = [cells(line) for line in page(language, "own-data").splitlines() if line.startswith("|")]
        rows = [row for row in tables if len(row) == 3 and re.search(r"\bx\b", row[1])]
        assert len(rows) == 15
        for value, expression, becomes in rows:
            select = f"select cast({expression.strip('`')} as varchar) as v from input"
            (row,) = Mapped(select, [{"x": value.strip("`")}]).rows
            assert row["check"] is None
            assert (row["v"] or "null").removesuffix(" 00:00:00") == becomes


class TestSampleCompany:
    """The commands and the Python of the guide, on a small sample company."""

    def test_a_run_is_as_its_schema_says(self, sample: Path) -> None:
        arguments = ["run", "-w", str(sample / "demo"), "--dry-run", "--json"]
        printed = CliRunner().invoke(group, arguments, catch_exceptions=False)
        found = json.loads(printed.stdout)
        jsonschema.validate(found, schemas()["run"])
        assert found["proposals"] and found["held"]
        assert {*found} == {*schemas()["run"]["properties"]}
        of_proposal = schemas()["run"]["properties"]["proposals"]["items"]["properties"]
        assert {*found["proposals"][0]} == {*of_proposal}

    def test_its_files_are_as_their_schemas_say(self, sample: Path) -> None:
        for name in ("minori", "sources"):
            text = (sample / "demo" / f"{name}.yaml").read_text(encoding="utf-8")
            jsonschema.validate(
                json.loads(json.dumps(parse_yaml(text, name).data, default=str)), schemas()[name]
            )

    def test_python_page_runs(
        self, sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(sample)
        names: dict[str, Any] = {}
        for block in blocks(page("en", "python"), "python"):
            exec(compile(block, "python.md", "exec"), names)
        assert "proposed" in capsys.readouterr().out

    def test_python_page_says_the_same_in_both_languages(self) -> None:
        japanese, english = ([shape(b) for b in blocks(page(n, "python"), "python")] for n in LANGUAGES)
        assert japanese == english


def shape(code: str) -> str:
    """What a piece of Python does, in whichever language it prints."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            node.args = [arg for arg in node.args if not isinstance(arg, ast.Constant)]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = re.sub("(^|_)(ja|en)$", "", node.value)
    return ast.dump(tree)


def test_licence_is_the_one_that_is_declared() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
