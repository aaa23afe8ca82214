"""Changing health.yaml by program: comments stay, presets are overlaid, nobody's change is lost."""

from pathlib import Path

import pytest

from minori.core.errors import WorkspaceError
from minori.core.yaml_file import parse_yaml
from minori.policy.edit import PartChange, difference, replace_file, with_parts
from minori.policy.load import load_policy

TEXT = """\
# Ours since April.
parts:
  logins:
    label: {ja: ログイン, en: Logins}   # as the team calls it
    metric: active_days
    weight: 25
    points: {0: 0, 2.5: 40, 10: 100}

bands: {thriving: 80, healthy: 60, watch: 40}
weights:
  # New customers.
  - when: tenure_days < 30
    weights: {logins: 40}
"""
CHANGE = PartChange(31.0, {0: 0.0, 2.5: 55.0, 10: 100.0})


def test_only_the_numbers_change() -> None:
    after = with_parts(TEXT, {"logins": CHANGE})
    changed = [line for line in difference(TEXT, after, "policy/health.yaml").splitlines() if line[0] in "+-"]
    assert changed == [
        "--- a/policy/health.yaml",
        "+++ b/policy/health.yaml",
        "-    weight: 25",
        "-    points: {0: 0, 2.5: 40, 10: 100}",
        "+    weight: 31",
        "+    points: {0: 0, 2.5: 55, 10: 100}",
    ]
    assert with_parts(TEXT, {}) == TEXT


def test_a_part_of_the_preset_is_overlaid(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    change = {"login_frequency": PartChange(40.0, {0: 0.0, 2: 10.0, 6: 60.0, 12: 90.0, 18: 100.0})}
    replace_file(tmp_path / "policy" / "health.yaml", "", with_parts("", change))
    part = load_policy(tmp_path, extends="b2b_saas").policy.health.parts["login_frequency"]
    assert (part.weight, part.points[2], part.metric) == (40, 10, "active_days")


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "health.yaml"
    path.write_text("parts: {}  # somebody else\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="changed meanwhile"):
        replace_file(path, TEXT, TEXT)
    assert path.read_text(encoding="utf-8") == "parts: {}  # somebody else\n"
    assert [p.name for p in tmp_path.iterdir()] == ["health.yaml"]


def test_what_is_written_reads_back() -> None:
    data = parse_yaml(with_parts("", {"logins": CHANGE}), "health.yaml").data
    assert data == {"parts": {"logins": {"weight": 31, "points": {0: 0, 2.5: 55, 10: 100}}}}
