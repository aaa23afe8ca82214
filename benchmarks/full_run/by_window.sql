-- The forty metrics as one would write them: a query per window with its WHERE, distincts over deduplicated rows,
-- and a query of its own for each newest value ever.
create temp table w7 as
select customer_key, count(*) as events_7, count(*) filter (where name = 'login') as logins_7,
       count(*) filter (where name = 'csv_download') as downloads_7, sum(quantity) as quantity_7,
       sum(quantity) filter (where name = 'api_call') as calls_7, max(quantity) as largest_7,
       max(_day) filter (where name = 'invite_sent') as invited_on_7
from events where _day > date '2026-03-24' and _month >= '2026-03' group by customer_key;

create temp table w14 as
select customer_key, count(*) as events_14, count(*) filter (where name = 'login') as logins_14,
       count(*) filter (where name = 'csv_download') as downloads_14, sum(quantity) as quantity_14,
       sum(quantity) filter (where name = 'api_call') as calls_14, max(quantity) as largest_14,
       max(_day) filter (where name = 'invite_sent') as invited_on_14
from events where _day > date '2026-03-17' and _month >= '2026-03' group by customer_key;

create temp table w28 as
select customer_key, count(*) as events_28, count(*) filter (where name = 'login') as logins_28,
       count(*) filter (where name = 'csv_download') as downloads_28, sum(quantity) as quantity_28,
       sum(quantity) filter (where name = 'api_call') as calls_28, max(quantity) as largest_28,
       max(_day) filter (where name = 'invite_sent') as invited_on_28
from events where _day > date '2026-03-03' and _month >= '2026-03' group by customer_key;

create temp table w90 as
select customer_key, count(*) as events_90, count(*) filter (where name = 'login') as logins_90,
       count(*) filter (where name = 'csv_download') as downloads_90, sum(quantity) as quantity_90,
       sum(quantity) filter (where name = 'api_call') as calls_90, max(quantity) as largest_90,
       max(_day) filter (where name = 'invite_sent') as invited_on_90
from events where _day > date '2025-12-31' and _month >= '2026-01' group by customer_key;

create temp table u7 as
select customer_key, count(*) as users_7 from (
    select distinct customer_key, user_key from events where _day > date '2026-03-24' and _month >= '2026-03'
) group by customer_key;

create temp table u14 as
select customer_key, count(*) as users_14 from (
    select distinct customer_key, user_key from events where _day > date '2026-03-17' and _month >= '2026-03'
) group by customer_key;

create temp table u28 as
select customer_key, count(*) as users_28 from (
    select distinct customer_key, user_key from events where _day > date '2026-03-03' and _month >= '2026-03'
) group by customer_key;

create temp table u90 as
select customer_key, count(*) as users_90 from (
    select distinct customer_key, user_key from events where _day > date '2025-12-31' and _month >= '2026-01'
) group by customer_key;

create temp table n7 as
select customer_key, count(*) as names_7 from (
    select distinct customer_key, name from events where _day > date '2026-03-24' and _month >= '2026-03'
) group by customer_key;

create temp table n28 as
select customer_key, count(*) as names_28 from (
    select distinct customer_key, name from events where _day > date '2026-03-03' and _month >= '2026-03'
) group by customer_key;

create temp table d14 as
select customer_key, count(*) as days_14 from (
    select distinct customer_key, _day from events where _day > date '2026-03-17' and _month >= '2026-03'
) group by customer_key;

create temp table d90 as
select customer_key, count(*) as days_90 from (
    select distinct customer_key, _day from events where _day > date '2025-12-31' and _month >= '2026-01'
) group by customer_key;

create temp table e1 as
select customer_key, arg_max(quantity, (occurred_at, _id)) as downloaded
from events where name = 'csv_download' group by customer_key;

create temp table e2 as
select customer_key, arg_max(quantity, (occurred_at, _id)) as connected
from events where name = 'integration_connected' group by customer_key;

create temp table e3 as
select customer_key, max(_day) as login_on from events where name = 'login' group by customer_key;

create temp table e4 as
select customer_key, max(_day) as invite_on from events where name = 'invite_sent' group by customer_key;

create temp table forty as
select customer_key, * exclude (customer_key) from customers
left join w7 using (customer_key) left join w14 using (customer_key) left join w28 using (customer_key)
left join w90 using (customer_key) left join u7 using (customer_key) left join u14 using (customer_key)
left join u28 using (customer_key) left join u90 using (customer_key) left join n7 using (customer_key)
left join n28 using (customer_key) left join d14 using (customer_key) left join d90 using (customer_key)
left join e1 using (customer_key) left join e2 using (customer_key) left join e3 using (customer_key)
left join e4 using (customer_key);
