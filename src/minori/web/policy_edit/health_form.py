"""The forms of the health score and of a metric: their fields now, and the change that a filled form asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from minori.core.errors import DefinitionError
from minori.policy.definitions import Bands, Churn, Health, Metric
from minori.policy.edit import with_settings
from minori.policy.edit_files import FileChange
from minori.web.policy_edit.places import Place, part_place
from minori.web.policy_edit.present import Present

BANDS = tuple(Bands.model_fields)
CHURN = tuple(Churn.model_fields)
UNITS = ("share", "days", "money")
LONGEST = 2_000  # signs of one field
Fields = dict[str, str]


@dataclass(frozen=True)
class HealthForm:
    """Weights, points and bands as text; ``health`` is what they stand for in the version that is shown."""

    health: Health
    place: Place
    below: Mapping[str, Any]
    said: Mapping[str, Any]
    fields: Fields

    def filled(self, posted: Mapping[str, str]) -> "HealthForm":
        """Return the form with what somebody wrote."""
        return replace(self, fields=_filled(self.fields, posted))

    def change(self) -> FileChange:
        """Return the change of ``health.yaml``; raises DefinitionError for a field that cannot be read."""
        text, first = self.place.text, _health_fields(self.health)
        differs = {name for name, value in self.fields.items() if value.strip() != first[name].strip()}
        for part in self.health.parts:
            text = self._laid(text, ("parts", part), self._part(part, differs))
        text = self._laid(text, ("bands",), self._numbers("band_", BANDS, differs))
        text = self._laid(text, ("churn",), self._numbers("churn_", CHURN, differs))
        if "least_weight_known" in differs:
            least = {"least_weight_known": _number(self.fields["least_weight_known"], "least_weight_known")}
            text = with_settings(text, (), least, self.below)
        return FileChange(self.place.file, self.place.text, text)

    def _part(self, part: str, differs: set[str]) -> dict[str, Any]:
        wanted: dict[str, Any] = {}
        if f"weight_{part}" in differs:
            wanted["weight"] = _number(self.fields[f"weight_{part}"], f"{part}: weight")
        if f"points_{part}" in differs:
            wanted["points"] = _points(self.fields[f"points_{part}"], part)
        if f"metric_{part}" in differs:
            wanted["metric"] = self.fields[f"metric_{part}"].strip()
        return wanted

    def _numbers(self, prefix: str, names: tuple[str, ...], differs: set[str]) -> dict[str, Any]:
        changed = [name for name in names if f"{prefix}{name}" in differs]
        return {name: _number(self.fields[f"{prefix}{name}"], f"{prefix}{name}") for name in changed}

    def _laid(self, text: str, path: tuple[str, ...], wanted: dict[str, Any]) -> str:
        return with_settings(text, path, wanted, _within(self.below, path)) if wanted else text


@dataclass(frozen=True)
class MetricForm:
    """The definition of one metric as text; ``metric`` is None for one that is not there yet."""

    name: str
    metric: Metric | None
    place: Place
    below: Mapping[str, Any]
    said: Mapping[str, Any]
    fields: Fields

    def filled(self, posted: Mapping[str, str]) -> "MetricForm":
        """Return the form with what somebody wrote."""
        return replace(self, fields=_filled(self.fields, posted))

    def change(self) -> FileChange:
        """Return the change of ``metrics.yaml``."""
        first, wanted = _metric_fields(self.metric, self.said), dict[str, Any]()
        differs = {name for name, value in self.fields.items() if value.strip() != first[name].strip()}
        if differs & {"label_ja", "label_en"}:
            wanted["label"] = {code: self.fields[f"label_{code}"].strip() for code in ("ja", "en")}
        if differs & {"kind", "measure"}:
            if self.metric and self.metric.kind != self.fields["kind"]:
                wanted[self.metric.kind] = None
            wanted[self.fields["kind"].strip()] = self.fields["measure"].strip()
        if differs & {"unit", "unit_ja", "unit_en"}:
            wanted["unit"] = self._unit()
        wanted |= {
            name: self.fields[name].strip() or None for name in ("window", "better") if name in differs
        }
        return self.place.changed(wanted, dict(self.below))

    def _unit(self) -> Any:
        if self.fields["unit"] in UNITS:
            return self.fields["unit"]
        words = {code: self.fields[f"unit_{code}"].strip() for code in ("ja", "en")}
        return words if any(words.values()) else None


def health_form(present: Present, base: str | None = None) -> HealthForm:
    """Return the form of the health score as of a version of its file; raises Conflict for an unknown one."""
    place, below = part_place("health", base=base), present.under("health")
    said = place.said(below)
    health = Health.model_validate(said)
    return HealthForm(health, place, below, said, _health_fields(health))


def metric_form(present: Present, name: str, base: str | None = None) -> MetricForm:
    """Return the form of a metric as of a version of its file; raises Conflict for an unknown one."""
    place, below = part_place("metrics", name, base=base), present.under("metrics", name)
    said = place.said(below)
    metric = Metric.model_validate(said) if said else None
    return MetricForm(name, metric, place, below, said, _metric_fields(metric, said))


def _health_fields(health: Health) -> Fields:
    fields: Fields = {}
    for name, part in health.parts.items():
        fields[f"weight_{name}"] = f"{part.weight:g}"
        fields[f"points_{name}"] = ", ".join(
            f"{value:g}: {points:g}" for value, points in part.points.items()
        )
        fields[f"metric_{name}"] = part.metric
    fields |= {f"band_{name}": f"{getattr(health.bands, name):g}" for name in BANDS}
    fields |= {f"churn_{name}": f"{getattr(health.churn, name):g}" for name in CHURN}
    return fields | {"least_weight_known": f"{health.least_weight_known:g}"}


def _metric_fields(metric: Metric | None, said: Mapping[str, Any]) -> Fields:
    unit = said.get("unit")
    words = unit if isinstance(unit, dict) else {}
    return {
        "label_ja": metric.label.ja if metric else "",
        "label_en": metric.label.en if metric else "",
        "kind": metric.kind if metric else "count",
        "measure": metric.measure if metric else "",
        "window": str(said.get("window", "")),
        "better": metric.better or "" if metric else "",
        "unit": unit if isinstance(unit, str) else "",
        "unit_ja": words.get("ja", ""),
        "unit_en": words.get("en", ""),
    }


def _filled(fields: Fields, posted: Mapping[str, str]) -> Fields:
    return {name: posted.get(name, value).replace("\r\n", "\n")[:LONGEST] for name, value in fields.items()}


def _number(text: str, name: str) -> float | int:
    try:
        value = float(text.strip())
    except ValueError:
        raise DefinitionError(f"{name}: expected a number, read {text.strip()[:40]!r}") from None
    if value != value or abs(value) == float("inf"):  # NaN is no number that anything could be weighed with
        raise DefinitionError(f"{name}: expected a number, read {text.strip()[:40]!r}")
    return int(value) if value.is_integer() else value


def _points(text: str, part: str) -> dict[float, float]:
    pairs = [pair.partition(":") for pair in text.replace("、", ",").split(",") if pair.strip()]
    points = {
        _number(value, f"{part}: value"): _number(points, f"{part}: points") for value, _, points in pairs
    }
    if len(points) < 2 or len(points) != len(pairs):
        raise DefinitionError(f"{part}: expected two or more different 'value: points', read {text[:80]!r}")
    return dict(points)


def _within(data: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    found: Any = data
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
