"""Results: every section for everybody, in both languages, with what each number means; nothing is computed."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minori.core.text import Text
from minori.web.models import FigureRow, Job, MovementRow, Person, Proof
from minori.web.screens.results.section import SECTIONS
from minori.web.screens.results.shown import Shown

pytestmark = pytest.mark.usefixtures("proved")
FLOWS = ("new", "upsell", "cross_sell", "downsell", "churn", "reactivation", "currency", "unknown")


@pytest.fixture
def team(proved: Any, people: dict[str, Person]) -> dict[str, Person]:  # noqa: ARG001  the order: first the database
    return people


def address(section: str) -> str:
    return "/results/" if section == "overview" else f"/results/{section}/"


def rows_of(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("section", sorted(SECTIONS))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_section_in_both_languages(team: Any, client_of: Any, section: str, language: str) -> None:
    Person.objects.filter(pk=team["viewer"].pk).update(language=language)
    answer = client_of(team["viewer"]).get(address(section))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert SECTIONS[section].label[language] in page
    assert "計算し直す" not in page
    assert "Compute again" not in page  # a viewer starts nothing


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_a_page_asks_the_database_a_constant_number_of_times(team: Any, client_of: Any, section: str) -> None:
    client = client_of(team["viewer"])
    client.get(address(section))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(section))
    assert len(queries) <= 18, [query["sql"][:90] for query in queries]


def test_a_reading_has_sample_interval_and_a_page_of_its_own(team: Any, client_of: Any) -> None:
    row = FigureRow.objects.filter(part="value", figure="value_ltv", aspect="period").get()
    shown = Shown(row, None, "JPY")
    client = client_of(team["viewer"])
    page = client.get("/results/value/").content.decode()
    assert shown.value in page
    assert shown.interval.replace("&", "&amp;") in page
    assert f"n = {row.sample}" in page
    own = client.get(shown.address).content.decode()
    for words in ("意味", "計算", "標本", "90%区間"):
        assert words in own


def test_what_is_unknown_says_why(team: Any, client_of: Any) -> None:
    row = FigureRow.objects.filter(value=None, low=None).exclude(missing=None).first()
    assert row is not None
    row.missing = Text(ja="試しの理由です", en="a reason to try").as_dict()
    row.save()
    page = client_of(team["viewer"]).get(Shown(row, None, "JPY").address).content.decode()
    assert "試しの理由です" in page


def test_a_part_that_is_not_there_says_why(team: Any, client_of: Any) -> None:
    page = client_of(team["viewer"]).get("/results/learned/").content.decode()
    assert "学習した承諾確率がまだありません" in page


def test_what_nobody_drew_by_lot_is_marked(team: Any, client_of: Any) -> None:
    assert FigureRow.objects.filter(observational=True, part="pushiness").exists()
    page = client_of(team["viewer"]).get("/results/pushiness/").content.decode()
    assert "効果とは呼べません" in page


@pytest.mark.parametrize("by", ["month", "quarter", "fiscal-year"])
def test_movements_add_up_in_every_kind_of_period(team: Any, client_of: Any, by: str) -> None:
    steps: dict[Any, dict[str, Decimal]] = {}
    for row in MovementRow.objects.filter(by=by, product=None):
        steps.setdefault(row.period_from, {})[row.step] = row.amount
    assert steps
    for amounts in steps.values():
        assert amounts["opening"] + sum(amounts[flow] for flow in FLOWS) == amounts["closing"]
    page = client_of(team["viewer"]).get(f"/results/revenue/?by={by}").content.decode()
    assert "MRRの増減" in page


def test_a_year_is_counted_anew_and_is_no_sum_of_months(team: Any) -> None:  # noqa: ARG001
    whole = (
        FigureRow.objects.filter(part="revenue", figure="nrr", by="fiscal-year")
        .order_by("-period_from")
        .first()
    )
    assert whole is not None
    months = FigureRow.objects.filter(
        part="revenue", figure="nrr", by="month", period_from__gte=whole.period_from
    )
    assert whole.sample <= max(month.sample for month in months)


def test_people_with_own_customers_see_the_company_but_no_other_owner(team: Any, client_of: Any) -> None:
    owners = set(FigureRow.objects.filter(part="pushiness", aspect="owner").values_list("subject", flat=True))
    if "suzuki" not in owners:
        row = FigureRow.objects.filter(part="pushiness", aspect="play").first()
        assert row is not None
        row.pk, row.aspect, row.subject = None, "owner", "suzuki"
        row.save()
    hidden = FigureRow.objects.filter(part="pushiness", aspect="owner", subject="suzuki").first()
    assert hidden is not None
    theirs = Shown(hidden, None, "JPY").address
    mine, all_seen = client_of(team["csm"]), client_of(team["manager"])
    assert all_seen.get(theirs).status_code == 200
    assert mine.get(theirs).status_code == 404
    assert "鈴木" not in mine.get("/results/pushiness/").content.decode()
    assert "鈴木" in all_seen.get("/results/pushiness/").content.decode()
    assert not [
        r
        for r in rows_of(mine.get("/results/pushiness.csv"))
        if r["aspect"] == "owner" and r["subject"] != "sato"
    ]
    assert "会社全体の数値です" in mine.get("/results/").content.decode()


def test_csv_has_every_number_and_no_formula(team: Any, client_of: Any) -> None:
    FigureRow.objects.filter(part="plays", figure="play_fired").update(subject="=1+1")
    rows = rows_of(client_of(team["viewer"]).get("/results/plays.csv"))
    assert {"part", "figure", "value", "low", "high", "sample", "observational", "missing"} <= set(rows[0])
    assert any(row["subject"] == "'=1+1" for row in rows)
    one = rows_of(client_of(team["viewer"]).get("/results/revenue.csv?table=movements&by=quarter"))
    assert one
    assert all(row["figure"] == "mrr" and row["by"] == "quarter" for row in one)


def test_only_who_manages_computes_anew(team: Any, client_of: Any) -> None:
    assert client_of(team["csm"]).post("/results/compute/").status_code == 403
    assert client_of(team["manager"]).post("/results/compute/").status_code == 302
    assert Job.objects.filter(kind="proof", by=team["manager"]).count() == 1


def test_without_a_proof_the_page_says_how_one_is_made(team: Any, client_of: Any) -> None:
    Proof.objects.all().delete()
    page = client_of(team["manager"]).get("/results/").content.decode()
    assert "まだ成果を計算していません" in page
    assert "/results/compute/" in page
    assert client_of(team["viewer"]).get("/results/figure/nrr/").status_code == 404


@pytest.mark.parametrize(
    "made_up", ["?by=never", "?from=x", "?segment=%00", "?play=<b>", "?by=month&from=9999-99-99"]
)
def test_odd_addresses_change_nothing(team: Any, client_of: Any, made_up: str) -> None:
    for section in ("revenue", "score", "experiments"):
        assert client_of(team["viewer"]).get(f"/results/{section}/{made_up}").status_code == 200
    assert client_of(team["viewer"]).get(f"/results/figure/nrr/{made_up}").status_code == 404


def test_what_a_company_does_not_have_is_not_offered(team: Any, client_of: Any) -> None:
    client = client_of(team["viewer"])
    assert "/results/shop/" not in client.get("/results/").content.decode()
    proof = Proof.objects.get()
    proof.parts.filter(part="shop").update(state="stored")
    place = {"part": "shop", "figure": "repeat_rate", "unit": "share", "place": 0, "sample": 41}
    FigureRow.objects.create(
        proof=proof, by="month", period_from="2026-10-01", period_until="2026-11-01", value=0.25, **place
    )
    assert "/results/shop/" in client.get("/results/").content.decode()
    page = client.get("/results/shop/").content.decode()
    assert "25.0%" in page
    assert "n = 41" in page
