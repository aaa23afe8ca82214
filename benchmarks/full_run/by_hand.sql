-- The forty metrics with every trick we know: each row of 90 days is aggregated once, in one of four parts, and windows
-- are merged from the parts; users and names are deduplicated once, to their newest day; days are bits; the newest
-- values are looked for in 90 days first and further back only for the customers who have none there.
create temp table parts as
select customer_key,
       case when _day > date '2026-03-24' then 7 when _day > date '2026-03-17' then 14
            when _day > date '2026-03-03' then 28 else 90 end as part,
       count(*) as events, count(*) filter (where name = 'login') as logins,
       count(*) filter (where name = 'csv_download') as downloads, sum(quantity) as quantity,
       sum(quantity) filter (where name = 'api_call') as calls, max(quantity) as largest,
       max(_day) filter (where name = 'invite_sent') as invite_on,
       max(_day) filter (where name = 'login') as login_on,
       bit_or(case when date '2026-03-31' - _day < 62 then 1::bigint << (date '2026-03-31' - _day) end) as near_days,
       bit_or(case when date '2026-03-31' - _day >= 62 then 1::bigint << (date '2026-03-31' - _day - 62) end) as far_days
from events where _day > date '2025-12-31' and _month >= '2026-01' group by all;

create temp table users as
select customer_key, count(*) filter (where newest > date '2026-03-24') as users_7,
       count(*) filter (where newest > date '2026-03-17') as users_14,
       count(*) filter (where newest > date '2026-03-03') as users_28, count(*) as users_90
from (
    select customer_key, user_key, max(_day) as newest
    from events where _day > date '2025-12-31' and _month >= '2026-01' group by all
) group by customer_key;

create temp table names as
select customer_key, count(*) filter (where newest > date '2026-03-24') as names_7, count(*) as names_28
from (
    select customer_key, name, max(_day) as newest
    from events where _day > date '2026-03-03' and _month >= '2026-03' group by all
) group by customer_key;

create temp table recent as
select customer_key, name, arg_max(quantity, (occurred_at, _id)) as newest
from events
where _day > date '2025-12-31' and _month >= '2026-01' and name in ('csv_download', 'integration_connected')
group by all;

create temp table merged as
select customer_key,
       sum(events) filter (where part = 7) as events_7, sum(logins) filter (where part = 7) as logins_7,
       sum(downloads) filter (where part = 7) as downloads_7, sum(quantity) filter (where part = 7) as quantity_7,
       sum(calls) filter (where part = 7) as calls_7, max(largest) filter (where part = 7) as largest_7,
       max(invite_on) filter (where part = 7) as invited_on_7,
       sum(events) filter (where part <= 14) as events_14, sum(logins) filter (where part <= 14) as logins_14,
       sum(downloads) filter (where part <= 14) as downloads_14, sum(quantity) filter (where part <= 14) as quantity_14,
       sum(calls) filter (where part <= 14) as calls_14, max(largest) filter (where part <= 14) as largest_14,
       max(invite_on) filter (where part <= 14) as invited_on_14,
       bit_count(bit_or(near_days) filter (where part <= 14)) as days_14,
       sum(events) filter (where part <= 28) as events_28, sum(logins) filter (where part <= 28) as logins_28,
       sum(downloads) filter (where part <= 28) as downloads_28, sum(quantity) filter (where part <= 28) as quantity_28,
       sum(calls) filter (where part <= 28) as calls_28, max(largest) filter (where part <= 28) as largest_28,
       max(invite_on) filter (where part <= 28) as invited_on_28,
       sum(events) as events_90, sum(logins) as logins_90, sum(downloads) as downloads_90,
       sum(quantity) as quantity_90, sum(calls) as calls_90, max(largest) as largest_90,
       max(invite_on) as invited_on_90, max(login_on) as login_on,
       coalesce(bit_count(bit_or(near_days)), 0) + coalesce(bit_count(bit_or(far_days)), 0) as days_90
from parts group by customer_key;

create temp table lacking as
select c.customer_key, m.login_on is null as login, m.invited_on_90 is null as invite,
       d.newest is null as download, i.newest is null as connect
from customers c
left join merged m using (customer_key)
left join recent d on d.customer_key = c.customer_key and d.name = 'csv_download'
left join recent i on i.customer_key = c.customer_key and i.name = 'integration_connected'
where m.login_on is null or m.invited_on_90 is null or d.newest is null or i.newest is null;

create temp table old_values as
select e.customer_key, e.name, arg_max(e.quantity, (e.occurred_at, e._id)) as newest
from events e join lacking l on l.customer_key = e.customer_key
where e._day <= date '2025-12-31' and e._month <= '2025-12' and e.name in ('csv_download', 'integration_connected')
  and (e.name = 'csv_download' and l.download or e.name = 'integration_connected' and l.connect)
group by all;

create temp table old_days as
select e.customer_key, max(e._day) filter (where e.name = 'login') as login_on,
       max(e._day) filter (where e.name = 'invite_sent') as invite_on
from events e join lacking l on l.customer_key = e.customer_key
where e._day <= date '2025-12-31' and e._month <= '2025-12' and e.name in ('login', 'invite_sent')
  and (e.name = 'login' and l.login or e.name = 'invite_sent' and l.invite)
group by e.customer_key;

create temp table forty as
select c.customer_key, m.* exclude (customer_key, login_on), u.* exclude (customer_key), n.* exclude (customer_key),
       coalesce(m.login_on, o.login_on) as login_on, coalesce(m.invited_on_90, o.invite_on) as invite_on,
       coalesce(d.newest, od.newest) as downloaded, coalesce(i.newest, oi.newest) as connected
from customers c
left join merged m using (customer_key)
left join users u using (customer_key)
left join names n using (customer_key)
left join old_days o using (customer_key)
left join recent d on d.customer_key = c.customer_key and d.name = 'csv_download'
left join recent i on i.customer_key = c.customer_key and i.name = 'integration_connected'
left join old_values od on od.customer_key = c.customer_key and od.name = 'csv_download'
left join old_values oi on oi.customer_key = c.customer_key and oi.name = 'integration_connected';
