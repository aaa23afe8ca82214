"""``minori chart`` as people call it, on a small workspace with a real lake."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build import lake_with
from kpis.revenue_case import contract, on
from minori.cli.main import group
from minori.core.errors import InputError, UnknownKind, UnknownName, WorkspaceError
from minori.pipeline.chart import CHARTS
from minori.pipeline.init import init

ROWS = [
    contract("light", "01-01", "06-01", 100, customer_id="a"),
    contract("premium", "06-01", None, 250, customer_id="a"),
    contract("light", "01-01", "08-01", 100, customer_id="b"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chart") / "acme"
    init(folder, preset="b2b_saas", name="Acme", language="en", currency="JPY")
    customers = [{"customer_id": c, "name": c, "started_on": on("01-01")} for c in "ab"]
    lake_with(folder, {"customers": customers, "contracts": ROWS})
    return folder


def called(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["chart", *arguments, "-w", str(folder)], catch_exceptions=False)


def test_svg_is_printed_in_the_companys_language(folder: Path) -> None:
    shown = called(folder, "waterfall", "--to", "2025-06-30")
    assert shown.exit_code == 0
    assert shown.output.startswith("<svg") and "+¥150" in shown.output and "Upsell" in shown.output


def test_file_says_the_format(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "nrr.json"
    done = called(folder, "nrr", "--to", "2026-02-28", "--language", "ja", "--dark", "-o", str(target))
    assert done.exit_code == 0 and done.output == ""
    assert json.loads(target.read_text(encoding="utf-8"))["config"]["background"] == "#14191e"


def test_other_formats_are_refused_before_anything_is_computed(folder: Path) -> None:
    shown = called(folder, "waterfall", "-o", "chart.gif")
    assert shown.exit_code == 2 and ".svg, .png, .json" in shown.output


def test_not_enough_data_is_a_picture_with_the_reason(folder: Path) -> None:
    assert "no chances have been learned yet" in called(folder, "acceptance", "--to", "2026-02-28").output


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("pie",), UnknownKind, "known: acceptance, calibration"),
        (("nrr", "extra"), InputError, "takes no subject"),
        (("lift",), InputError, "needs a subject: id of a play"),
        (("lift", "seats_ful"), UnknownName, "did you mean 'seats_full'"),
        (("cohorts", "money"), InputError, "none of customers, revenue"),
        (("metric", "active_users"), InputError, "--customer"),
        (("metric", "active_users", "--customer", "z"), UnknownName, "no customer named 'z'"),
        (("health",), WorkspaceError, "no run yet"),
    ],
)
def test_what_is_wrong_is_said(
    folder: Path, arguments: tuple[str, ...], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        called(folder, *arguments)


def test_list_names_every_chart_in_both_languages() -> None:
    for language in ("ja", "en"):
        shown = CliRunner().invoke(group, ["chart", "--list", "--language", language]).output
        assert [
            name for name, kind in CHARTS.items() if name not in shown or kind.label[language] not in shown
        ] == []


def test_list_speaks_the_companys_language_where_there_is_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CHARTS["nrr"].label.en in called(folder, "--list").output
    monkeypatch.chdir(folder)
    assert CHARTS["nrr"].label.en in CliRunner().invoke(group, ["chart", "--list"]).output
    monkeypatch.chdir(tmp_path)
    assert CHARTS["nrr"].label.ja in CliRunner().invoke(group, ["chart", "--list"]).output
