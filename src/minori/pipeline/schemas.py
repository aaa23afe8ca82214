"""JSON Schemas for editors and programs: of every file that a workspace writes, and of ``minori run --json``.

They are made from the models and the registries, so they cannot say anything else. Files under ``policy/`` are laid
over a preset, so nothing in them is required and ``off: true`` may stand in any entry: whether the whole is complete,
``minori check`` says.

``python -m minori.pipeline.schemas FOLDER`` writes them into a folder, for an editor to find.
"""

import importlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from minori.core.registry import Registry
from minori.decision.guard import GUARDS
from minori.metrics.kind import METRIC_KINDS
from minori.offers.kind import OFFER_KINDS
from minori.pipeline.schema_of_run import SCHEMA as RUN
from minori.policy.catalog import Catalog
from minori.policy.definitions import Guards, Health, Metric, Play, Segments
from minori.policy.revenue import Revenue
from minori.policy.words import Days, Words
from minori.policy.workspace import WorkspaceFile
from minori.schema.facts import FACTS
from minori.sources.definitions import KINDS as SOURCE_KINDS
from minori.sources.definitions import Source

Schema = dict[str, Any]
DIALECT = "http://json-schema.org/draft-07/schema#"  # what editors know; newer ones add nothing needed here
PLACE = "#/definitions/{model}"
TEXT: Schema = {
    "type": "object",
    "description": "A text in Japanese and English.",
    "properties": {"ja": {"type": "string"}, "en": {"type": "string"}},
    "required": ["ja", "en"],
    "additionalProperties": False,
}
SPAN: Schema = {
    "description": "A span of days: 28 days, 2 weeks, 3 months (of 30 days), 1 year.",
    "anyOf": [
        {"type": "integer", "minimum": 0},
        {"type": "string", "pattern": "^\\s*\\d+\\s*(days?|weeks?|months?|years?)?\\s*$"},
    ],
}
SILENCE: Schema = {
    "description": "How long: 7 days, 2 weeks, 3 months (of 30 days), 1 year; 36 hours count as 2 days.",
    "anyOf": [
        {"type": "integer", "minimum": 1},
        {"type": "string", "pattern": "^\\s*\\d+\\s*(hours?|days?|weeks?|months?|years?)?\\s*$"},
    ],
}
OFF: Schema = {"const": True, "description": "Remove the preset's entry."}
_TITLES = {
    "minori": "minori.yaml: the company, its calendar, money and team",
    "sources": "sources.yaml: what to load, and how it becomes facts",
    "catalog": "policy/catalog.yaml: what can be offered",
    "metrics": "policy/metrics.yaml: a number per customer as of a date",
    "segments": "policy/segments.yaml: classes of customers",
    "health": "policy/health.yaml: the health score",
    "guards": "policy/guards.yaml: when a proposal must not be made, and the ranking",
    "revenue": "policy/revenue.yaml: how revenue is counted where tools disagree",
    "play": "policy/plays/*.yaml: a customer in this situation gets this proposal",
    "run": "what minori run --json prints",
}
_MAY_BE_EMPTY = ("sources", "catalog", "metrics", "segments", "health", "guards", "revenue")
_SHARED = {"Text": TEXT, "Span": SPAN}
_MARK = "$comment"  # pydantic would look a reference up that it has not made
_WRITTEN: dict[Any, Schema] = {  # what people write for the types that are read by a function
    get_args(Words)[1].func: {_MARK: "Text"},
    get_args(Days)[1].func: {_MARK: "Span"},
}


def schemas() -> dict[str, Schema]:
    """Return every schema by the name of its file, ``<name>.schema.json``."""
    made = {
        "minori": _plain(WorkspaceFile),
        "sources": _sources(),
        "catalog": _overlay(_plain(Catalog)),
        "metrics": _overlay(_metrics()),
        "segments": _overlay(_plain(Segments)),
        "health": _overlay(_plain(Health)),
        "guards": _overlay(_guards()),
        "revenue": _overlay(_plain(Revenue)),
        "play": _play(),
        "run": RUN,
    }
    return {name: _file(name, schema) for name, schema in made.items()}


def write(folder: Path) -> list[Path]:
    """Write every schema into a folder and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, schema in schemas().items():
        files.append(folder / f"{name}.schema.json")
        files[-1].write_text(as_text(schema), encoding="utf-8")
    return files


def as_text(schema: Schema) -> str:
    """Write a schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


class _Written(GenerateJsonSchema):
    """Says what people write, where pydantic would say what it becomes."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        found = _WRITTEN.get(schema["function"]["function"])
        return dict(found) if found is not None else super().function_before_schema(schema)


def _plain(model: type[BaseModel]) -> Schema:
    """Return a model's schema without the titles that only repeat names."""
    made: Schema = model.model_json_schema(ref_template=PLACE, schema_generator=_Written)
    defined = {**made.pop("$defs", {}), **_SHARED}
    untitled: Schema = _untitled({**made, "definitions": dict(sorted(defined.items()))})
    return untitled


def _untitled(node: Any, *, names: bool = False) -> Any:
    """Leave titles out, except where ``title`` is a name, and refer to what is shared."""
    if isinstance(node, list):
        return [_untitled(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if names or key not in ("title", _MARK)}
    if _MARK in node and not names:
        return {"$ref": PLACE.format(model=node[_MARK]), **kept}
    return {
        key: value
        if key == "default"
        else _untitled(value, names=not names and key in ("properties", "definitions"))
        for key, value in kept.items()
    }


def _file(name: str, schema: Schema) -> Schema:
    """Return the schema of a whole file; one that holds comments only is empty."""
    types = {"type": [schema["type"], "null"]} if name in _MAY_BE_EMPTY else {}
    return {"$schema": DIALECT, "title": _TITLES[name], **schema, **types}


def _overlay(schema: Schema) -> Schema:
    """Require nothing and allow ``off: true`` in every entry, wherever it stands."""
    definitions = {name: _laid_over(part) for name, part in schema.pop("definitions").items()}
    text = {**definitions["Text"], "minProperties": 1}
    text["properties"] = {name: text["properties"][name] for name in ("ja", "en")}
    return {**_laid_over(schema), "definitions": {**definitions, "Text": text}}


def _laid_over(node: Any) -> Any:
    if isinstance(node, list):
        return [_laid_over(item) for item in node]
    if not isinstance(node, dict):
        return node
    laid = {key: value if key == "default" else _laid_over(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict) and node.get("additionalProperties") is False:
        laid.pop("required", None)
        laid["properties"] = {**laid["properties"], "off": OFF}
    return laid


def _metrics() -> Schema:
    metric = _plain(Metric)
    kinds = {name: {"type": "string", "description": about(METRIC_KINDS, name)} for name in METRIC_KINDS}
    none = {"not": {"anyOf": [{"required": [name]} for name in kinds]}}
    definitions = metric.pop("definitions")
    definitions["Metric"] = {
        **metric,
        "properties": {**metric["properties"], **kinds},
        "oneOf": [*({"required": [name]} for name in kinds), none],
        "additionalProperties": False,
    }
    entries = {"$ref": PLACE.format(model="Metric")}
    return {"type": "object", "additionalProperties": entries, "definitions": definitions}


def _guards() -> Schema:
    schema = _plain(Guards)
    limits = {name: _plain(guard.limits) for name, guard in GUARDS.items()}
    for name, of_guard in limits.items():
        schema["definitions"] |= of_guard.pop("definitions")
        of_guard["description"] = GUARDS[name].help.en
    schema["properties"]["guards"] = {"type": "object", "properties": limits, "additionalProperties": False}
    return schema


def _play() -> Schema:
    play = _plain(Play)
    definitions = play.pop("definitions")
    settings = {name: _plain(kind.settings) for name, kind in OFFER_KINDS.items()}
    for name, of_kind in settings.items():
        definitions |= of_kind.pop("definitions")
        of_kind["description"] = about(OFFER_KINDS, name)
    also = {
        "type": "array",
        "items": {"$ref": PLACE.format(model="Offer")},
        "description": "Offered beside it.",
    }
    definitions["Offer"] = _by_kind({"also": also}, settings, required=())
    definitions["Play"] = play
    one = {"$ref": PLACE.format(model="Play")}
    whole = _overlay({"anyOf": [one, {"type": "array", "items": one}], "definitions": definitions})
    whole["definitions"]["Play"]["required"] = ["id"]  # by which it is laid over the preset's
    return whole


def _sources() -> Schema:
    source = _plain(Source)
    definitions, ours = source.pop("definitions"), source["properties"]
    ours["id"] |= {"pattern": "^(?!input$)[a-z][a-z0-9_]{0,59}$"}
    ours["gives"] |= {"enum": sorted(FACTS)}
    ours["fresh_within"] = SILENCE
    ours["with"] = {
        "description": "Ids of other sources of this file that the select may read.",
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    }
    params = {name: _plain(kind.params) for name, kind in SOURCE_KINDS.items()}
    for name, of_kind in params.items():
        definitions |= of_kind.pop("definitions")
        of_kind["description"] = about(SOURCE_KINDS, name)
    kept = {name: schema for name, schema in definitions.items() if name not in ("Text", "Span")}
    items = _by_kind(ours, params, required=("id", "kind", "gives"))
    return {"type": "array", "items": items, "definitions": kept}


def _by_kind(shared: Schema, kinds: dict[str, Schema], *, required: Iterable[str]) -> Schema:
    """Return an object of which ``kind`` says what may stand in it beside what is shared."""
    kind = {"enum": list(kinds)}
    allowed = dict.fromkeys(("kind", *shared), True)
    branches = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {
                **schema,
                "properties": {**allowed, **schema["properties"]},
                "additionalProperties": False,
            },
        }
        for name, schema in kinds.items()
    ]
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": {**shared, "kind": kind}, **needed, "allOf": branches}


def about(registry: Registry[Any], name: str) -> str:
    """Return the first paragraph of a kind's own description, on one line."""
    described = importlib.import_module(f"{registry.folder}.{name}").__doc__ or ""
    return " ".join(described.split("\n\n")[0].split())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
