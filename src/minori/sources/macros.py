"""How text becomes a typed value: DuckDB macros that give null where a text does not say plainly what it is.

Nothing is guessed: no thousands separators, no full-width digits, no order of day and month, no numbers as
dates.
``casts.py`` says which texts failed, ``reasons.py`` why.
"""

import duckdb

WIDEST_ID = 512  # characters
WIDEST_TEXT = 1_000_000  # characters
DEEPEST_JSON = 64  # levels

# A local time that a zone skips is read with the offset before the gap (02:30 → 03:30); one that it has twice
# is read as the later of the two (standard time).
_MACROS = r"""
create macro minori_blank() as ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288);
create macro minori_visible(code) as code between 33 and 126;
create macro minori_filled(x) as
    case when minori_visible(ascii(x)) then x when trim(x, minori_blank()) = '' then null else x end;
create macro minori_plain(x) as
    case when minori_visible(ascii(x)) and minori_visible(ascii(right(x, 1))) then x
         else nullif(trim(x, minori_blank()), '') end;

create macro minori_id(x) as
    case when regexp_full_match(x, '[!-~]{1,64}') then x
         when regexp_matches(x, '\p{Cc}') or length(x) > $widest_id then null
         else minori_plain(x) end;
create macro minori_text(x) as
    case when contains(x, chr(0)) or length(x) > $widest_text then null else x end;

create macro minori_integer(x) as
    case when regexp_full_match(x, '[+-]?[0-9]+') then try_cast(x as bigint)
         when regexp_full_match(x, '[+-]?[0-9]{1,36}\.0*')
         then try_cast(try_cast(x as decimal(38, 0)) as bigint) end;

create macro minori_long(x) as
    regexp_replace(x, '(\.[0-9]{22})[0-9]*[1-9][0-9]*$', '\11');
create macro minori_money(x) as
    case when regexp_full_match(x, '[+-]?([0-9]+(\.[0-9]{0,4})?|\.[0-9]{1,4})')
         then try_cast(x as decimal(18, 4))
         when regexp_full_match(x, '[+-]?[0-9]*\.[0-9]+') then
             try_cast(round_even(try_cast(minori_long(x) as decimal(38, 24)), 4) as decimal(18, 4)) end;
create macro minori_quantity(x) as
    case when regexp_full_match(x, '[+-]?([0-9]+(\.[0-9]{0,6})?|\.[0-9]{1,6})')
         then try_cast(x as decimal(18, 6))
         when regexp_full_match(x, '[+-]?[0-9]*\.[0-9]+') then
             try_cast(round_even(try_cast(minori_long(x) as decimal(38, 24)), 6) as decimal(18, 6)) end;

create macro minori_date(x) as
    case when regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]00:00(:00(\.0+)?)?)?') and x >= '0001'
         then try_cast(left(x, 10) as date) end;

create macro minori_instant(x, zone) as
    case when x < '0001' then null
         when regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}'
                                   || '([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?)?')
         then timezone(zone, try_cast(x as timestamp))
         when regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}'
                                   || '[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?'
                                   || ' ?(Z|z|UTC|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)')
         then try_cast(
             regexp_replace(regexp_replace(x, ' ?(Z|z|UTC)$', '+00'), ' ([+-])', '\1') as timestamptz
         ) end;

create macro minori_flag(x) as
    case when lower(x) in ('true', 't', 'yes', '1') then true
         when lower(x) in ('false', 'f', 'no', '0') then false end;

create macro minori_json(x) as
    case when length(x) > $widest_text or not json_valid(x) then null
         when regexp_matches(x, '(?i)nan|inf') and
              regexp_matches(regexp_replace(x, '"(\\.|[^"\\])*"', '', 'g'), '(?i)nan|inf') then null
         else x end;

create macro minori_object(x) as
    case when json_type(minori_json(x)) = 'OBJECT' then x end;

create macro minori_version(x, zone) as
    coalesce(
        minori_quantity(x),
        try_cast(cast(epoch_us(minori_instant(x, zone)) as decimal(20, 0)) * 0.000001 as decimal(18, 6))
    );

create macro minori_key(x) as cast(cast(unhex(substr(sha256(x), 1, 16)) as bit) as bigint);
"""


def install(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the macros; before the connection is locked or after, once."""
    text = _MACROS.replace("$widest_id", str(WIDEST_ID)).replace("$widest_text", str(WIDEST_TEXT))
    connection.execute(text).fetchall()
