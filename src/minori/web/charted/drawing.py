"""Stored specifications of charts, drawn as SVG once: equal ones share their picture."""

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from minori.charts.render import need_charts, svg
from minori.web.models import ChartRow


class Stored:
    """A specification that was stored, as the renderer takes it."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self._spec = spec

    def to_dict(self, *, validate: bool) -> Mapping[str, Any]:  # noqa: ARG002  the renderer's call
        """Return it as it is: it was checked when it was made."""
        return self._spec


def digest_of(spec: str) -> str:
    """Return what names the picture: its specification, and the version of what draws it."""
    try:
        drawn_by = version("vl-convert-python")
    except PackageNotFoundError:
        drawn_by = ""
    return hashlib.sha256(f"{drawn_by}\n{spec}".encode()).hexdigest()


def known(digest: str) -> str:
    """Return a picture that was drawn before; empty if none was."""
    return ChartRow.objects.filter(digest=digest).exclude(svg="").values_list("svg", flat=True).first() or ""


def draw(spec: str) -> str:
    """Draw a specification; raises ChartsNotInstalled."""
    need_charts()
    return svg(Stored(json.loads(spec)))


def drawn(digest: str) -> str:
    """Return the picture of a stored chart, which is drawn when it is asked for first; empty if there is no such chart."""
    found = known(digest)
    spec = None if found else ChartRow.objects.filter(digest=digest).values_list("spec", flat=True).first()
    if spec is None:
        return found
    found = draw(spec)
    ChartRow.objects.filter(digest=digest).update(svg=found)
    return found
