import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minori.schema.facts import FACTS
from minori.sources.connecting.expressions import as_number, identifier, literal
from minori.sources.connecting.forms import DateForm, date_form, epoch_form, is_flag, number_form
from minori.sources.connecting.spelling import EXACT, OWN_NOUN, PART, likeness, spelled
from minori.sources.connecting.words import file_words, synonyms, tables


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2024-01-02", "2024-12-31"], ()),
        (["2024-01-02 03:04", "2024-01-02T03:04:05Z"], ()),
        (["2024/1/2", "2024/12/31"], ("%Y/%m/%d",)),
        (["2024年1月2日"], ("%Y年%m月%d日",)),
        (["２０２４／０１／０２"], ("%Y/%m/%d",)),
        (["12/1/2010 8:26", "12/31/2010 18:26"], ("%m/%d/%Y %H:%M",)),
        (["31/12/2010", "1/2/2010"], ("%d/%m/%Y",)),
        (["1/2/2010", "3/4/2010"], ("%m/%d/%Y", "%d/%m/%Y")),
        (["1/2/2010 3:04 PM", "1/22/2010 3:04 AM"], ("%m/%d/%Y %I:%M %p",)),
        (["31.12.2010"], ("%d.%m.%Y",)),
        (["1-Jan-2024", "28-Feb-2024"], ("%d-%b-%Y",)),
        (["20240102"], ("%Y%m%d",)),
    ],
)
def test_dates_are_told_by_how_they_are_written(values: list[str], formats: tuple[str, ...]) -> None:
    form = date_form(values)
    assert form is not None and form.formats == formats


@pytest.mark.parametrize("values", [[], ["abc"], ["12345678"], ["20241399"], ["1.5"], ["2024"]])
def test_what_is_no_date(values: list[str]) -> None:
    assert date_form(values) is None


def test_seconds_since_1970_need_one_length_and_a_likely_year() -> None:
    assert epoch_form(["1541105830796", "1541106106796.0"]) == DateForm(per_second=1000, with_time=True)
    assert epoch_form(["1541105830"]) == DateForm(per_second=1, with_time=True)
    assert epoch_form(["9999999999999", "1541105830796"]) is None
    assert epoch_form(["1541105830", "1541105830796"]) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12.50", "12.50"),
        ("1,234,567", "1234567"),
        ("¥1,234", "1234"),
        ("1,234円", "1234"),
        ("￥１，２３４", "1234"),
        ("▲1,234", "-1234"),
        ("(1,234)", "-1234"),
        ("$ 9.50", "9.50"),
        ("1.234,56", "1234.56"),
        ("12,5", "12.5"),
    ],
)
def test_numbers_in_every_dress_become_digits(written: str, number: str) -> None:
    sql = as_number(literal(written), number_form([written]))
    assert duckdb.connect().sql("select " + sql).fetchall() == [(number,)]


def test_words_for_yes_and_no() -> None:
    assert is_flag(["はい", "いいえ"]) and is_flag(["True", "False"]) and is_flag(["0", "1"])
    assert not is_flag(["1"]) and not is_flag(["yes", "maybe"]) and not is_flag(["0", "1", "2"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CustomerID", "customer_id"),
        ("userId", "user_id"),
        ("InvoiceNo", "invoice_no"),
        ("Order Date", "order_date"),
        ("顧客 ＩＤ", "顧客id"),
        ("e-mail", "e_mail"),
    ],
)
def test_names_are_compared_whatever_their_spelling(name: str, expected: str) -> None:
    assert spelled(name) == expected


def test_likeness_of_names() -> None:
    assert likeness("customerid", synonyms("orders", "customer_id")) == EXACT
    assert likeness("ticket_priority", synonyms("tickets", "severity"), ("ticket",)) == OWN_NOUN
    assert likeness("first_order_date", synonyms("orders", "ordered_at")) == PART
    assert likeness("birth_date", synonyms("orders", "ordered_at")) == 0


def test_every_fact_table_and_its_columns_have_words() -> None:
    for table in tables():
        assert file_words(table)
        for column in FACTS[table].columns:
            assert spelled(column.name) in synonyms(table, column.name)


@given(st.text(min_size=1, max_size=20).filter(lambda name: "\0" not in name))
def test_names_and_texts_cannot_leave_their_place(name: str) -> None:
    if name.encode("utf-8", "ignore").decode() != name:
        return
    sql = "select " + literal(name) + " as " + identifier(name)
    relation = duckdb.connect().sql(sql)
    assert (relation.fetchall(), relation.columns) == ([(name,)], [name])
