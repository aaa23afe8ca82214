"""Every answer that an operation may give besides what was asked for."""

from typing import Any

from ninja import Field, Schema


class Problem(Schema):
    """Why not: one sentence, or the list of what was wrong in the request."""

    detail: Any = Field(description="One sentence; for 422 a list of places and what is wrong there.")


def answers(asked: Any) -> dict[Any, Any]:
    """Return the answers of an operation that gives ``asked`` when all is well."""
    return {200: asked, frozenset({400, 401, 403, 404, 409, 422, 429}): Problem}
