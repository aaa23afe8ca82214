"""The shipped JSON Schemas: as generated, true of what is shipped, and of one mind with the loader."""

import json
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from minori.core.errors import DefinitionError
from minori.core.yaml_file import parse_yaml, read_yaml
from minori.pipeline.check import check_policy
from minori.pipeline.init import init
from minori.pipeline.schemas import as_text, schemas, write
from minori.policy.load import PARTS, PRESETS, load_policy, preset_folder
from minori.sources.definitions import parse_sources

SHIPPED = Path(str(resources.files("minori.schema") / "json"))


def shipped(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHIPPED / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def as_json(data: Any) -> Any:
    """YAML as an editor sees it: keys and dates are texts."""
    if isinstance(data, dict):
        return {str(key): as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_json(item) for item in data]
    return data.isoformat() if isinstance(data, date) else data


def mistakes(name: str, data: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(shipped(name)).iter_errors(as_json(data))]


def preset_files() -> Iterator[tuple[str, Path]]:
    for preset in PRESETS:
        yield from ((part, preset_folder(preset) / f"{part}.yaml") for part in PARTS)
        yield from (("play", path) for path in sorted((preset_folder(preset) / "plays").glob("*.yaml")))


class TestShippedFiles:
    def test_are_what_is_generated(self, tmp_path: Path) -> None:
        written = {path.name: path.read_text(encoding="utf-8") for path in write(tmp_path / "schemas")}
        assert written == {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.iterdir()}

    @pytest.mark.parametrize("name", sorted(schemas()))
    def test_are_schemas(self, name: str) -> None:
        jsonschema.Draft7Validator.check_schema(shipped(name))
        assert as_text(shipped(name)) == as_text(schemas()[name])


class TestTrueOfWhatIsShipped:
    @pytest.mark.parametrize(
        ("name", "path"), list(preset_files()), ids=lambda given: getattr(given, "stem", given)
    )
    def test_preset_file(self, name: str, path: Path) -> None:
        assert mistakes(name, read_yaml(path).data) == []

    def test_new_workspace(self, tmp_path: Path) -> None:
        init(tmp_path, preset="shop", name="Acme", language="en")
        assert mistakes("minori", read_yaml(tmp_path / "minori.yaml").data) == []
        assert mistakes("sources", read_yaml(tmp_path / "sources.yaml").data) == []
        assert mistakes("metrics", read_yaml(tmp_path / "policy" / "metrics.yaml").data) == []


class TestOverlays:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("metrics", "uploads: {off: true}"),
            ("metrics", "active_users: {label: {en: People}}"),
            ("guards", "guards: {detractor: {within: 6 months}, consent: {off: true}}"),
            ("catalog", "products: {desk: {off: true}, suite: {introduction: 1 month}}"),
            ("health", "parts: {nps: {points: {8: 70}}}"),
            ("play", "{id: seats_full, valid: 2 weeks, offer: {suggest: next_step}}"),
        ],
    )
    def test_change_of_a_preset_is_allowed_as_the_loader_does(
        self, tmp_path: Path, name: str, text: str
    ) -> None:
        assert mistakes(name, parse_yaml(text, "x").data) == []
        overlay(tmp_path, name, text)
        check_policy(load_policy(tmp_path, extends="b2b_saas"))


class TestMistakes:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("metrics", "logins: {label: {ja: 回数, en: Logins}, count: events, sum: quantity of events}"),
            ("metrics", "logins: {label: {ja: 回数, en: Logins}, tally: events}"),
            ("metrics", "active_users: {windw: 7 days}"),
            ("metrics", "active_users: {window: 3 fortnights}"),
            ("guards", "guards: {detractor: {nps_at_least: 3}}"),
            ("guards", "guards: {detractors: {}}"),
            ("guards", "guards: {low_loyalty: {least: 9}}"),
            ("segments", "segments: {large: {when: seats > 1, labels: {}}}"),
            ("play", "{id: seats_full, offer: {suggest: everything}}"),
            ("play", "{id: seats_full, offer: {kind: seats, to: next}}"),
            ("play", "{id: seats_full, valid: soon}"),
            ("play", "{label: {ja: 名前なし, en: Nameless}}"),
        ],
    )
    def test_policy_file_is_refused_by_the_loader_too(self, tmp_path: Path, name: str, text: str) -> None:
        data = parse_yaml(text, "x").data
        if "suggest: everything" not in text:  # without its kind only the loader knows what an offer may hold
            assert mistakes(name, data)
        overlay(tmp_path, name, text)
        with pytest.raises(DefinitionError):
            check_policy(load_policy(tmp_path, extends="b2b_saas"))

    @pytest.mark.parametrize(
        "text",
        [
            "- {id: a, kind: files, gives: events}",
            "- {id: a, kind: files, gives: happenings, read: a.csv}",
            "- {id: Input, kind: files, gives: events, read: a.csv}",
            "- {id: input, kind: files, gives: events, read: a.csv}",
            "- {id: a, kind: files, gives: events, read: a.csv, table: orders}",
            "- {id: a, kind: files, gives: events, read: a.csv, fresh_within: 2 fortnights}",
            "- {id: a, kind: database, gives: events, read: a.csv}",
            "- {id: a, kind: fax, gives: events}",
            "{id: a, kind: files, gives: events, read: a.csv}",
        ],
    )
    def test_sources_are_refused_by_the_loader_too(self, text: str) -> None:
        assert mistakes("sources", parse_yaml(text, "x").data)
        with pytest.raises(DefinitionError):
            parse_sources(text, "sources.yaml")


def overlay(root: Path, name: str, text: str) -> None:
    path = root / "policy" / ("plays/own.yaml" if name == "play" else f"{name}.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
