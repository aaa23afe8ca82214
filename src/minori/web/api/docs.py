"""The API described on a page without script, from the same OpenAPI document that programs read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minori.web.rights import Ability, needs


@needs(Ability.SEE)
def described(request: HttpRequest) -> HttpResponse:
    """Show every operation with its parameters, body and answers."""
    from minori.web.api.app import api

    schema = api.get_openapi_schema()
    return render(
        request, "web/api.html", {"operations": operations(schema), "document": "/api/v1/openapi.json"}
    )


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the operations of an OpenAPI document in the order of their addresses."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": operation.get("parameters", []),
            "body": _body(operation, schema),
            "answers": sorted(map(str, operation.get("responses", {}))),
        }
        for path, methods in sorted(schema["paths"].items())
        for method, operation in methods.items()
    ]


def _body(operation: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = schema["components"]["schemas"].get(name, {}).get("properties", {})
    return found
