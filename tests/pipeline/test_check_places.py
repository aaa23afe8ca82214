"""What a check refuses stands at the line of whoever wrote it; what it remarks is about the company's own definitions."""

from pathlib import Path

import pytest

from minori.core.errors import DefinitionError
from minori.pipeline.check import check_policy, remarks
from minori.policy.load import Loaded, load_policy

LABEL = "label: {ja: あ, en: a}"


def loaded(root: Path, files: dict[str, str], extends: str | None = "b2b_saas") -> Loaded:
    for name, text in files.items():
        path = root / "policy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_policy(root, extends=extends)


def refusal(root: Path, files: dict[str, str], extends: str | None = "b2b_saas") -> str:
    with pytest.raises(DefinitionError) as raised:
        check_policy(loaded(root, files, extends))
    return str(raised.value)


def said(root: Path, files: dict[str, str], extends: str | None = "b2b_saas") -> list[str]:
    made = loaded(root, files, extends)
    check_policy(made)
    return [f"{remark.file}:{remark.line}: {remark.text.en}" for remark in remarks(made)]


class TestPlaceOfAMetric:
    @pytest.mark.parametrize(
        ("kind", "problem"),
        [
            (
                "formula: seat_usee + 1",
                "no metric or customer column named 'seat_usee'; did you mean 'seat_use'",
            ),
            ("formula: activ_users / 2", "did you mean 'active_users'"),
            ("formula: before(logns)", "no metric or customer column named 'logns'"),
            ("count: evnts", "no fact table named 'evnts'"),
            ("sum: amont of orders", "no column of orders named 'amont'"),
            ("cnt: events", "no metric kind named 'cnt'"),
            ("formula: mine + 1", "metrics read each other in a circle"),
        ],
    )
    def test_is_the_line_of_its_own_file(self, tmp_path: Path, kind: str, problem: str) -> None:
        text = f"mine:\n  {LABEL}\n  {kind}\n"
        got = refusal(tmp_path, {"metrics.yaml": text})
        assert got.startswith("policy/metrics.yaml:3: ") and problem in got

    def test_a_metric_of_the_preset_that_is_changed_wrongly(self, tmp_path: Path) -> None:
        text = "seat_use:\n  formula: active_usrs / limit(seats)\n"
        assert refusal(tmp_path, {"metrics.yaml": text}).startswith("policy/metrics.yaml:2: ")

    def test_of_a_circle_the_companys_own_is_named(self, tmp_path: Path) -> None:
        text = "active_users:\n  {label}\n  off: true\n".replace("{label}", LABEL)
        assert "b2b_saas/metrics.yaml" in refusal(tmp_path, {"metrics.yaml": text})
        own = f"one:\n  {LABEL}\n  formula: two + 1\ntwo:\n  {LABEL}\n  formula: one + 1\n"
        assert refusal(tmp_path, {"metrics.yaml": own}).startswith("policy/metrics.yaml:3: ")


class TestKnownWhen:
    """What would only fail in the run is refused before."""

    def test_a_formula_cannot_read_the_score(self, tmp_path: Path) -> None:
        text = f"mine:\n  {LABEL}\n  formula: health / 10\n"
        assert "policy/metrics.yaml:3: 'health / 10' reads 'health'" in refusal(
            tmp_path, {"metrics.yaml": text}, None
        )

    @pytest.mark.parametrize(
        ("group", "condition", "name"),
        [
            ("segments", "health < 40", "health"),
            ("segments", "stage = 'onboarding'", "stage"),
            ("growth_stages", "segment = 'free'", "segment"),
            ("stages", "band = 'act'", "band"),
            ("stages", "touch = 'high'", "touch"),
            ("touches", "health_change < -10", "health_change"),
            ("touches", "outgrew_plan", "outgrew_plan"),
        ],
    )
    def test_a_rule_cannot_read_what_comes_later(
        self, tmp_path: Path, group: str, condition: str, name: str
    ) -> None:
        text = f"{group}:\n  mine:\n    {LABEL}\n    when: {condition}\n"
        got = refusal(tmp_path, {"segments.yaml": text}, None)
        assert got.startswith("policy/segments.yaml:4: ") and f"reads {name!r}" in got

    def test_weights_cannot_read_the_score_they_make(self, tmp_path: Path) -> None:
        text = "weights:\n  - when: stage = 'onboarding'\n    weights: {}\n  - when: band = 'act'\n    weights: {}\n"
        assert refusal(tmp_path, {"health.yaml": text}, None).startswith("policy/health.yaml:4: ")

    def test_what_is_known_by_then_may_be_read(self, tmp_path: Path) -> None:
        text = f"stages:\n  mine: {{{LABEL}, when: segment = 'free'}}\ntouches:\n  own: {{{LABEL}, when: stage = 'mine'}}\n"
        check_policy(loaded(tmp_path, {"segments.yaml": text}, None))

    def test_ranking_names_what_there_is(self, tmp_path: Path) -> None:
        got = refusal(tmp_path, {"guards.yaml": "ranking:\n  usual_order: aovv\n"}, None)
        assert got.startswith("policy/guards.yaml:2: no metric named 'aovv'")


class TestRemarks:
    def test_only_the_companys_own_metrics_are_said_to_be_unread(self, tmp_path: Path) -> None:
        text = f"mine:\n  {LABEL}\n  count: events\n"
        unread = [line for line in said(tmp_path, {"metrics.yaml": text}) if "nobody reads" in line]
        assert unread == ["policy/metrics.yaml:1: nobody reads the metric mine"]

    def test_a_preset_alone_has_no_metric_to_remark(self, tmp_path: Path) -> None:
        for preset in ("b2b_saas", "b2c_subscription", "shop"):
            assert not [line for line in said(tmp_path / preset, {}, preset) if "nobody reads" in line]

    def test_what_a_catalogue_lacks_is_said_once(self, tmp_path: Path) -> None:
        text = "products:\n  suite: {off: true}\n  desk: {off: true}\n"
        lacking = [line for line in said(tmp_path, {"catalog.yaml": text}) if "the catalogue has no" in line]
        names = [line.split("has no ")[1].split(";")[0] for line in lacking]
        assert names and len(names) == len(set(names))


class TestStrata:
    def test_of_a_play_must_be_classes_that_there_are(self, tmp_path: Path) -> None:
        text = "id: seats_full\nexperiment: {share: 0.1, strata: [segment, industry]}\n"
        got = refusal(tmp_path, {"plays/own.yaml": text})
        assert "no stratum named 'industry'" in got and "growth_stage" in got

    def test_of_the_usual_hold_out_too(self, tmp_path: Path) -> None:
        text = "ranking:\n  hold_out: {share: 0.1, strata: [bandd]}\n"
        got = refusal(tmp_path, {"guards.yaml": text})
        assert "guards.yaml" in got and "did you mean 'band'" in got
