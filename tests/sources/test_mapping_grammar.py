"""What the SQL of a mapping may be made of."""

from collections.abc import Iterator

import duckdb
import pytest
import sqlglot

from loading import Mapped
from minori.core.errors import MappingError
from minori.sources.functions import EXAMPLES
from minori.sources.grammar import parse_select

ROWS = [{"id": "a", "n": "1"}, {"id": "b", "n": "2"}]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        yield made


@pytest.mark.parametrize("call", EXAMPLES)
def test_every_listed_function_means_the_same_once_parsed(
    connection: duckdb.DuckDBPyConnection, call: str
) -> None:
    written = sqlglot.parse_one(f"select {call}", dialect="duckdb").sql("duckdb")
    assert connection.sql(written).fetchall() == connection.sql(f"select {call}").fetchall()


@pytest.mark.parametrize("call", EXAMPLES)
def test_every_listed_function_is_allowed(call: str) -> None:
    ordered = call.replace("row_number() over ()", "row_number() over (order by 1)")
    assert parse_select(f"select {ordered} as x from input")


@pytest.mark.parametrize(
    "select",
    [
        "select id, json_object('n', n, 'of', json_array(id, 1)) as properties from input",
        "select id, lower(n) as n from input",
        "select id, date_trunc('month', n::date) as n from input",
        "with a as (select * from input) select a.id, count(*) as n from a group by a.id having count(*) > 0",
        "select i.id, s.n from input i left join s on s.id = i.id",
        "select id, n from input union all select id, n from s",
        "select id, n, row_number() over (partition by id order by n) as r from input qualify r = 1",
        "select id, n from input where exists (select 1 from s where s.id = input.id)",
        "select id, case when n in (select n from s) then 'x' else n end as n from input",
        "select distinct on (id) id, n from input order by id, n",
        "select id, unnest(string_split(n, ',')) as n from input",
        "select id, {'n': n} as properties, string_agg(n, ',' order by n) over (partition by id) as n from input",
    ],
)
def test_one_select_over_named_inputs_is_allowed(select: str) -> None:
    assert Mapped(select, ROWS, s=ROWS).rows


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("select * from read_csv('/etc/passwd')", "table function 'read_csv' is not allowed"),
        ("select * from glob('*')", "table function 'glob'"),
        ("select * from '/etc/passwd'", "no input named '/etc/passwd'; there is: input, s"),
        ("select * from input, read_text('x')", "table function 'read_text'"),
        ("select * from inptu", "did you mean 'input'?"),
        ("select * from information_schema.tables", "name an input alone"),
        ("select read_text('x') from input", "function 'read_text' is not allowed"),
        ("select getenv('HOME') from input", "function 'getenv'"),
        ("select id.read_text() from input", "is not allowed"),
        ("select lowr(id) from input", "function 'lowr' is not allowed; did you mean 'lower'?"),
        ("select now() from input", "function 'now'"),
        ("select current_date from input", "function 'current_date'"),
        ("select random() from input", "function 'rand'"),
        ("select 1; select 2", "expected one SELECT, read 2 statements"),
        ("delete from input", "expected one SELECT, read DELETE"),
        ("pragma version", "expected one SELECT, read PRAGMA"),
        ("set memory_limit = '1TB'", "expected one SELECT, read SET"),
        ("attach 'x.db'", "expected one SELECT, read ATTACH"),
        ("copy input to 'x'", "expected one SELECT, read COPY"),
        ("selec * from input", "not SQL"),
        ("select * from (", "not SQL"),
        (f"select {'(' * 5000}1{')' * 5000} from input", "nested too deeply"),
        ("with recursive a as (select 1 as x union all select x from a) select * from a", "with recursive"),
        ("with input as (select 1) select * from input", "hides the input"),
        ("select * from input natural join s", "natural join".upper()),
        ("select * from input tablesample 5%", "TABLESAMPLE"),
        ("select * from (values (1)) t(a)", "VALUES"),
        ("pivot input on id", "expected one SELECT, read PIVOT"),
        ("select id, $1 from input", "PLACEHOLDER"),
        ("select id, row_number() over (partition by id) from input", "row_number needs an order by"),
        ("select string_agg(id, ',') from input", "needs an order by"),
        ("select id from input limit 1", "limit needs an order by"),
        ("select n::uuid from input", "type UUID is not allowed"),
        ("select list_transform([n], x -> read_text(x)) from input", "is not allowed"),
    ],
)
def test_anything_else_is_refused_by_name(select: str, said: str) -> None:
    with pytest.raises(MappingError) as caught:
        Mapped(select, ROWS, s=ROWS)
    assert said.lower() in str(caught.value).lower()
    assert str(caught.value).startswith("sources.yaml:2: source 'exports': ")


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("select nn from input", "no column named 'nn'; did you mean 'n'?"),
        ("select n * 2 as n from input", "every input is text: write cast(column as decimal(18, 4))"),
        ("select id from input where n > 1", "every input is text"),
        ("select id, n as id from input", "the select gives the column 'id' twice"),
        ("select encode(id) from input", "function 'encode'"),
    ],
)
def test_what_duckdb_refuses_is_said_plainly(select: str, said: str) -> None:
    with pytest.raises(MappingError) as caught:
        Mapped(select, ROWS, s=ROWS)
    assert said in str(caught.value)
