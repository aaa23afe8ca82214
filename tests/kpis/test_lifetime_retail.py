"""Lifetime value of a real shop with returns, resellers and guests, through its example workspace."""

import json
import shutil
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from minori.cli.commands.ltv import command
from minori.pipeline.proof.lifetime import lifetimes
from minori.pipeline.workspace import Workspace
from realdata.example_run import DATA, REALDATA, place_example

pytestmark = REALDATA
FILE = "online_retail/online_retail_until_2011-09-09.csv.gz"
AS_OF = date(2011, 9, 9)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("retail")
    shutil.copy(DATA / FILE, place_example(root, "online_retail"))
    workspace = Workspace(root, lambda: datetime(2011, 9, 10, 9, tzinfo=UTC))
    workspace.load()
    return workspace


def test_purchases_beat_the_rate_so_far_on_held_out_time(shop: Workspace) -> None:
    with shop.session() as session:
        found = lifetimes(session, AS_OF, months=3)
    (purchases,) = [check for check in found.checks if check.what == "purchases"]
    assert purchases.used and purchases.gain.low > 0
    total, correlation, _, rmse = purchases.model
    assert abs(total.value) < 0.12 and correlation.value > 0.78
    assert rmse.value < purchases.plain[3].value
    assert purchases.gain.sample == 2_807


def test_spend_says_which_way_won(shop: Workspace) -> None:
    with shop.session() as session:
        found = lifetimes(session, AS_OF, months=3)
    spend = [check for check in found.checks if check.what == "spend"]
    assert {check.method for check in spend} == {"gamma_gamma", "own_mean", "own_rate"}
    best = min(spend, key=lambda check: check.model[3].value)
    used = [check.method for check in spend if check.used]
    assert used == ([best.method] if best.gain.value > 0 else [])


def test_the_command_prints_what_programs_and_people_read(shop: Workspace) -> None:
    words = ["-w", str(shop.root), "--as-of", f"{AS_OF}", "--horizon", "3"]
    said = json.loads(CliRunner().invoke(command, [*words, "--json"], catch_exceptions=False).output)
    assert {total["scope"] for total in said["totals"]} == {"all", "segment"}
    assert (
        said["validation"][0]["gain"]["interval"] and len(said["customers"]) == said["totals"][0]["customers"]
    )
    table = CliRunner().invoke(command, [*words, "--csv"], catch_exceptions=False).output.splitlines()
    assert len(table) == len(said["customers"]) + 1 and table[0].startswith("as_of,customer_id,basis")
    for language, words_of_it in (("ja", "検証:"), ("en", "Check:")):
        shown = CliRunner().invoke(command, [*words, "--language", language], catch_exceptions=False).output
        assert shown.startswith(words_of_it)
