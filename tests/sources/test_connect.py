import random
from pathlib import Path

import openpyxl
import pytest

from minori.core.errors import InputError
from minori.core.yaml_file import parse_yaml
from minori.schema.facts import FACTS
from minori.sources.connect import Proposal, propose
from minori.sources.connecting.guess import Sureness
from sources.connect_case import guess, japanese_company, loaded, saas_company, source, write_csv

Made = tuple[Path, Proposal]


@pytest.fixture(scope="module")
def saas(tmp_path_factory: pytest.TempPathFactory) -> Made:
    workspace = tmp_path_factory.mktemp("saas")
    return workspace, propose(saas_company(workspace), workspace)


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Made:
    workspace = tmp_path_factory.mktemp("japan")
    return workspace, propose(japanese_company(workspace), workspace, "ja")


def test_a_software_company_loads_without_an_edit(saas: Made, tmp_path: Path) -> None:
    workspace, proposal = saas
    gives = {draft.id: draft.gives for draft in proposal.sources}
    assert gives == {
        "acme_accounts": "customers",
        "acme_churn_events": "statements",
        "acme_feature_usage": "events",
        "acme_subscriptions": "contracts",
        "acme_support_tickets": "tickets",
        "acme_support_tickets_surveys": "surveys",
    }
    done = loaded(proposal, workspace, tmp_path / "load")
    assert {name: outcome.quarantined for name, outcome in done.items()} == dict.fromkeys(gives, 0)
    staged = {name: outcome.staged for name, outcome in done.items()}
    assert staged == dict(zip(sorted(gives), [30, 20, 600, 89, 60, 30], strict=True))


def test_usage_reaches_its_customer_through_subscriptions(saas: Made) -> None:
    proposal = saas[1]
    usage = source(proposal, "acme_feature_usage")
    assert usage.inputs == ("acme_subscriptions",)
    assert guess(proposal, usage.id, "customer_id").sql == "a.account_id"
    assert guess(proposal, usage.id, "customer_id").sureness == Sureness.SURE
    assert "left join acme_subscriptions as a on u.subscription_id = a.subscription_id" in proposal.text
    assert "usage_id repeats, so it is not taken as an id" in proposal.text
    assert "usage_id" in usage.unused


def test_a_link_through_rows_that_repeat_does_not_double_facts(tmp_path: Path) -> None:
    terms = [(f"S{n % 20}", f"A{n % 20 % 7}", "basic", f"2024-0{n // 20 + 1}-01") for n in range(40)]
    uses = [(f"S{n % 20}", "2024-03-01", "login") for n in range(50)]
    files = [
        write_csv(tmp_path / "subscriptions.csv", "subscription_id,account_id,plan,start_date", terms),
        write_csv(tmp_path / "usage.csv", "subscription_id,used_at,action", uses),
    ]
    proposal = propose(files, tmp_path)
    done = loaded(proposal, tmp_path, tmp_path / "load")
    assert (done["usage"].staged, done["usage"].quarantined, done["subscriptions"].staged) == (50, 0, 40)


def test_japanese_exports_load_without_an_edit(japan: Made, tmp_path: Path) -> None:
    workspace, proposal = japan
    done = loaded(proposal, workspace, tmp_path / "load")
    assert {(o.table, o.staged, o.quarantined) for o in done.values()} == {
        ("events", 300, 0),
        ("customers", 30, 0),
        ("contracts", 40, 0),
        ("tickets", 30, 0),
    }
    assert guess(proposal, "contracts", "mrr").sql == "replace(replace(\"月額料金\", '￥', ''), ',', '')"
    assert guess(proposal, "contracts", "quantity").sql.startswith('translate("アカウント数"')
    assert guess(proposal, "contracts", "starts_on").sql == "strptime(\"契約開始日\", '%Y年%m月%d日')"
    assert guess(proposal, "contracts", "currency").sql == "'JPY'"
    for words in (
        "確実: 列名と内容が一致",
        "CP932 (Shift_JIS)として読みました",
        'encoding: "cp932"',
        "利用ログ_*.csv",
    ):
        assert words in proposal.text
    assert guess(proposal, "contracts", "ends_on").sureness == Sureness.GUESS  # empty in this file


def order_lines(workspace: Path) -> Path:
    chance = random.Random(1)
    header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
    rows = [
        (
            *(
                536365 + n // 4,
                f"85{n % 50:03d}A",
                "LANTERN",
                chance.randrange(-2, 9),
                f"12/{n // 4 % 28 + 1}/2010 8:{n // 4 % 60:02d}",
            ),
            *(
                f"{n % 7}.55",
                "" if n // 4 % 5 == 4 else f"{17850 + n // 4 % 12}.0",
                ("France", "Spain")[n // 4 % 12 % 2],
            ),
        )
        for n in range(400)
    ]
    return write_csv(workspace / "online_retail.csv", header, rows)


def test_lines_of_orders_give_orders_and_customers_too(tmp_path: Path) -> None:
    proposal = propose([order_lines(tmp_path)], tmp_path)
    assert [draft.gives for draft in proposal.sources] == ["order_lines", "orders", "customers"]
    ordered = guess(proposal, "online_retail", "ordered_at")
    assert (ordered.sql, ordered.sureness) == ("strptime(InvoiceDate, '%m/%d/%Y %H:%M')", Sureness.SURE)
    amount = "cast(Quantity as decimal(18, 6)) * cast(UnitPrice as decimal(18, 6))"
    assert guess(proposal, "online_retail", "amount").sql == amount
    assert guess(proposal, "online_retail_orders", "amount").sql == f"sum({amount})"
    assert guess(proposal, "online_retail", "customer_id").sql == "regexp_replace(CustomerID, '\\.0$', '')"
    assert guess(proposal, "online_retail_customers", "region").sql == "max(Country)"
    assert "leaves out 80 rows (20.0 %) without a customer" in proposal.text
    assert source(proposal, "online_retail").unused == ("Description",)
    done = loaded(proposal, tmp_path, tmp_path / "load")
    assert [(o.staged, o.quarantined) for o in done.values()] == [(320, 0), (80, 0), (12, 0)]


def test_a_user_stands_in_for_a_missing_customer_and_is_doubted(tmp_path: Path) -> None:
    lines = "".join(
        f'{{"ts": {1541105830796 + n}, "userId": "{n % 9}", "page": "Home"}}\n' for n in range(90)
    )
    (tmp_path / "log.jsonl").write_text(lines)
    proposal = propose([Path("log.jsonl")], tmp_path)
    customer = guess(proposal, "log", "customer_id")
    assert (customer.sql, customer.sureness) == ("userId", Sureness.GUESS)
    assert guess(proposal, "log", "occurred_at").sql == "to_timestamp(cast(ts as bigint) / 1000)"
    done = loaded(proposal, tmp_path, tmp_path / "load")
    assert [(o.table, o.staged, o.quarantined) for o in done.values()] == [
        ("events", 90, 0),
        ("customers", 9, 0),
    ]


def test_what_cannot_be_guessed_is_left_to_a_person(tmp_path: Path) -> None:
    rows = [(f"C{n}", f"K{n}", f"2024-01-{n:02d}", n) for n in range(1, 20)]
    file = write_csv(tmp_path / "contracts.csv", "client_ref,contract_no,start_date,foo", rows)
    proposal = propose([file], tmp_path)
    assert "null as customer_id" in proposal.text
    assert "please choose one of: client_ref" in proposal.text
    assert source(proposal, "contracts").sureness == Sureness.OPEN


def test_month_and_day_that_cannot_be_told_apart_are_said(tmp_path: Path) -> None:
    rows = [(n, f"M{n % 5}", f"{n % 12 + 1}/{n % 11 + 1}/2024", n * 10) for n in range(60)]
    proposal = propose(
        [write_csv(tmp_path / "orders.csv", "order_id,member_id,order_date,total", rows)], tmp_path
    )
    ordered = guess(proposal, "orders", "ordered_at")
    assert ordered.sureness == Sureness.GUESS
    assert "do not tell whether month or day comes first" in ordered.why.en


def test_the_narrower_span_decides_between_month_and_day(tmp_path: Path) -> None:
    rows = [(n, f"M{n % 5}", f"{n % 12 + 1:02d}/03/2024", n * 10) for n in range(60)]
    proposal = propose(
        [write_csv(tmp_path / "orders.csv", "order_id,member_id,order_date,total", rows)], tmp_path
    )
    assert guess(proposal, "orders", "ordered_at").sql == "strptime(order_date, '%d/%m/%Y')"


def test_values_that_will_be_set_aside_are_counted_beforehand(tmp_path: Path) -> None:
    rows = [(n, f"M{n % 5}", "2024-01-05", "n/a" if n < 3 else n) for n in range(100)]
    proposal = propose(
        [write_csv(tmp_path / "orders.csv", "order_id,member_id,order_date,total", rows)], tmp_path
    )
    assert "values that do not fit and will be set aside: 3" in guess(proposal, "orders", "amount").why.en
    assert loaded(proposal, tmp_path, tmp_path / "load")["orders"].quarantined == 3


def test_hostile_names_stay_names(tmp_path: Path) -> None:
    header = "customer_id,select,a\"b,x--y,e*/f,'; drop table x;--,kind,ｉｎｄｕｓｔｒｙ,name # x: y"
    rows = [(f"C{n}", *"1234567", f"v{n % 3}") for n in range(9)]
    proposal = propose([write_csv(tmp_path / "it's [a] customers: list #1.csv", header, rows)], tmp_path)
    assert loaded(proposal, tmp_path, tmp_path / "load")["it_s_a_customers_list"].staged == 9


def test_what_was_not_found_and_what_fits_nothing_is_said(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "weather.csv", "station,rain", [("a", 1), ("b", 2)])
    proposal = propose([file], tmp_path)
    assert proposal.sources == ()
    assert "like none of the fact tables; columns: station, rain" in proposal.text
    assert parse_yaml(proposal.text, "sources.yaml").data is None
    wanted = {table for wish in proposal.missing for table in wish.tables}
    assert {"customers", "contracts", "events", "tickets"} <= wanted <= FACTS.keys()


def test_the_preview_tells_what_was_seen(japan: Made) -> None:
    file = next(file for file in japan[1].files if file.files == ("データ/契約.csv",))
    assert (file.rows, file.bad_rows, file.format, file.encoding) == (40, 0, "csv", "CP932 (Shift_JIS)")
    assert [column.looks.en for column in file.columns[3:7]] == ["number", "number", "date", "empty"]
    (contracts,) = file.sources
    assert (contracts.gives, contracts.confidence.ja) == ("contracts", "推定")
    assert contracts.columns[0].confidence.en == "sure"


def test_only_files_of_the_workspace_are_looked_at(tmp_path: Path) -> None:
    outside = write_csv(tmp_path / "outside.csv", "a,b", [(1, 2)])
    (tmp_path / "acme").mkdir()
    with pytest.raises(InputError, match="outside the workspace"):
        propose([outside], tmp_path / "acme")
    with pytest.raises(InputError, match=r"none\.csv: no such file"):
        propose([Path("none.csv")], tmp_path / "acme")
    with pytest.raises(InputError, match="no file was given"):
        propose([], tmp_path / "acme")


def test_the_order_of_files_does_not_change_the_draft(saas: Made) -> None:
    workspace, proposal = saas
    files = sorted((workspace / "exports").iterdir(), reverse=True)
    assert propose(files, workspace).text == proposal.text


def test_a_workbook_is_pinned_as_it_was_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "1e3"
    for row in (
        ["顧客一覧"],
        [],
        ["顧客ID", "会社名", "業種"],
        *([f"0{n}", f"会社{n}", "IT"] for n in range(9)),
    ):
        book.active.append(row)
    book.save(tmp_path / "顧客.xlsx")
    proposal = propose([Path("顧客.xlsx")], tmp_path)
    assert 'sheet: "1e3"' in proposal.text and "header_row: 3" in proposal.text
    assert loaded(proposal, tmp_path, tmp_path / "load")["customers"].staged == 9
