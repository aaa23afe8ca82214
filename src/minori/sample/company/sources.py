"""``sources.yaml`` of the sample company: how each export becomes facts."""

SOURCES = """\
# What is loaded, mapped by SQL. Every input is text; a row whose cast fails is set aside.
- id: accounts                        # CRM
  kind: files
  read: exports/accounts.csv
  gives: customers
  select: >
    select account_id as customer_id, account_name as name, 'business' as kind, industry,
           cast(employee_count as integer) as employees, prefecture as region, 'JPY' as currency,
           csm as owner, sales_rep as sales_owner, contact_mail as email,
           cast(customer_since as date) as started_on, lead_source
    from input
- id: users                           # user administration of the product
  kind: files
  read: exports/users.csv
  gives: users
  select: >
    select member_id as user_id, account_id as customer_id, full_name as name, mail as email, department,
           role, enabled = 'yes' as active, cast(created as date) as created_on
    from input
- id: subscriptions                   # billing
  kind: files
  read: exports/subscriptions.csv
  gives: contracts
  select: >
    select subscription_id as contract_id, account_id as customer_id, product as product_id,
           lower(plan) as plan_id, cast(units as decimal(18, 6)) as quantity,
           cast(monthly_fee as decimal(18, 4)) as mrr, currency,
           cast(valid_from as date) as starts_on, cast(valid_to as date) as ends_on,
           cast(next_renewal as date) as renews_on, status = 'trial' as is_trial,
           cast(trial_end as date) as trial_ends_on,
           case billing_cycle when 'annual' then 12 else 1 end as term_months
    from input
- id: usage                           # log of the product, times in UTC
  kind: files
  read: exports/usage.csv.gz
  gives: events
  select: >
    select id as event_id, account as customer_id, member as user_id, action as name,
           cast("at" as timestamptz) as occurred_at, cast("count" as decimal(18, 6)) as quantity,
           details as properties
    from input
- id: gauges                          # levels at the end of each week
  kind: files
  read: exports/gauges.csv
  gives: gauges
  select: >
    select account_id as customer_id, metric as name, cast(measured_at as timestamp) as observed_at,
           cast(level as decimal(18, 6)) as value
    from input
- id: tickets                         # help desk
  kind: files
  read: exports/tickets.csv
  gives: tickets
  select: >
    select ticket_no as ticket_id, account_id as customer_id, requester as user_id, category as topic,
           lower(priority) as severity, subject, cast(created_at as timestamp) as opened_at,
           cast(solved_at as timestamp) as closed_at
    from input
- id: nps                             # survey tool
  kind: files
  read: exports/nps.csv
  gives: surveys
  select: >
    select response_id as survey_id, account_id as customer_id, respondent as user_id, 'nps' as kind,
           cast(score as decimal(18, 6)) as score, comment, cast(answered_at as timestamp) as answered_at
    from input
- id: contacts                        # contact history of the CRM
  kind: files
  read: exports/contacts.csv
  gives: interactions
  select: >
    select activity_id as interaction_id, account_id as customer_id, contact as user_id, type as channel,
           case direction when 'inbound' then 'in' when 'outbound' then 'out' end as direction,
           purpose as about, staff as by, cast(done_at as timestamp) as occurred_at
    from input
- id: statements                      # what customers said, as noted by their managers
  kind: files
  read: exports/statements.csv
  gives: statements
  select: >
    select note_id as statement_id, account_id as customer_id, type as kind, words,
           nullif(about, '') as feature, cast(number_named as decimal(18, 6)) as amount,
           cast(noted_at as timestamp) as said_at, noted_by as recorded_by
    from input
- id: departments
  kind: files
  read: exports/departments.csv
  gives: departments
  select: >
    select department_id, account_id as customer_id, department as name, cast(people as integer) as headcount,
           could_use as products, cast(noted_on as date) as observed_on
    from input
- id: org_changes
  kind: files
  read: exports/org_changes.csv
  gives: organisation_changes
  select: >
    select account_id as customer_id, department, change as kind,
           cast(people_before as integer) as headcount_before,
           cast(people_after as integer) as headcount_after, cast(effective_on as date) as effective_on
    from input
- id: proposals                       # deals that were proposed before
  kind: files
  read: exports/proposals.csv
  gives: proposals
  select: >
    select deal_id as proposal_id, account_id as customer_id, contact as user_id, campaign as play,
           offer_type as kind, paid = '1' as asks_for_money, channel, owner as by,
           cast(proposed_at as timestamp) as proposed_at, cast(valid_until as date) as expires_on,
           cast(monthly_change as decimal(18, 4)) as mrr_change, 'JPY' as currency
    from input
- id: outcomes                        # and how they ended
  kind: files
  read: exports/outcomes.csv
  with: [proposals]
  gives: outcomes
  select: >
    select o.deal_id as proposal_id, p.account_id as customer_id, p.campaign as play, o.result,
           o.lost_reason as reason, cast(o.closed_at as timestamp) as answered_at
    from input o
    join proposals p on p.deal_id = o.deal_id
- id: consents
  kind: files
  read: exports/consents.csv
  gives: consents
  select: >
    select account_id as customer_id, channel, consent = 'Y' as granted,
           cast(recorded_at as timestamp) as said_at
    from input
- id: costs
  kind: files
  read: exports/costs.csv
  gives: costs
  select: >
    select account_id as customer_id, cost_type as kind, cast(yen as decimal(18, 4)) as amount,
           'JPY' as currency, cast(spent_on as date) as spent_on
    from input
"""
