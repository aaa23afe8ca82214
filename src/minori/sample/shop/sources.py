"""``sources.yaml`` of the sample shop: how each export becomes facts."""

SOURCES = """\
# What is loaded, mapped by SQL. Every input is text; a row whose cast fails is set aside.
- id: customers                       # members of the shop
  kind: files
  read: exports/customers.csv
  gives: customers
  select: >
    select customer_no as customer_id, full_name as name, 'person' as kind, mail as email,
           prefecture as region, 'JPY' as currency, cast(member_since as date) as started_on,
           invited_by, favourite
    from input
- id: orders
  kind: files
  read: exports/orders.csv
  gives: orders
  select: >
    select order_no as order_id, customer_no as customer_id, cast(placed_at as timestamp) as ordered_at,
           cast(total as decimal(18, 4)) as amount, 'JPY' as currency, coupon_code as coupon, channel
    from input
- id: order_lines
  kind: files
  read: exports/order_lines.csv
  gives: order_lines
  select: >
    select order_no as order_id, line as line_id, customer_no as customer_id, sku as product_id,
           cast(pieces as decimal(18, 6)) as quantity, cast(amount as decimal(18, 4)) as amount,
           'JPY' as currency, cast(placed_at as timestamp) as ordered_at
    from input
- id: site_events                     # log of the shop's pages, times in UTC
  kind: files
  read: exports/site_events.jsonl.gz
  gives: events
  select: >
    select "messageId" as event_id, customer as customer_id, event as name,
           cast("timestamp" as timestamptz) as occurred_at, cast("value" as decimal(18, 6)) as quantity,
           json_extract_string(properties, '$.product_id') as product_id, properties
    from input
- id: nps
  kind: files
  read: exports/nps.csv
  gives: surveys
  select: >
    select answer_id as survey_id, customer_no as customer_id, 'nps' as kind,
           cast(score as decimal(18, 6)) as score, comment, cast(answered_at as timestamp) as answered_at
    from input
- id: contacts
  kind: files
  read: exports/contacts.csv
  gives: interactions
  select: >
    select contact_id as interaction_id, customer_no as customer_id, channel,
           case direction when 'inbound' then 'in' when 'outbound' then 'out' end as direction,
           purpose as about, cast(done_at as timestamp) as occurred_at
    from input
- id: proposals                       # offers that were sent before
  kind: files
  read: exports/proposals.csv
  gives: proposals
  select: >
    select offer_id as proposal_id, customer_no as customer_id, campaign as play, offer_type as kind,
           paid = '1' as asks_for_money, 'mail' as channel, cast(sent_at as timestamp) as proposed_at,
           cast(valid_until as date) as expires_on
    from input
- id: outcomes                        # and what came of them
  kind: files
  read: exports/outcomes.csv
  with: [proposals]
  gives: outcomes
  select: >
    select o.offer_id as proposal_id, p.customer_no as customer_id, p.campaign as play, o.result, o.reason,
           cast(o.closed_at as timestamp) as answered_at
    from input o
    join proposals p on p.offer_id = o.offer_id
- id: consents
  kind: files
  read: exports/consents.csv
  gives: consents
  select: >
    select customer_no as customer_id, channel, consent = 'Y' as granted,
           cast(recorded_at as timestamp) as said_at
    from input
"""
