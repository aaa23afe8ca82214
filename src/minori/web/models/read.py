"""The read model: what the newest run found, in rows that lists can filter. Written by ``readmodel.refresh`` alone.

Rows carry the run they belong to; ``Current`` points to the run that is shown, and flips once all rows are there.
"""

from django.db import models

from minori.web.models.lean_json import LeanJson


class Run(models.Model):
    """A run whose results are (or are being) copied here."""

    as_of = models.DateField()
    policy_hash = models.CharField(max_length=64)
    ran_at = models.DateTimeField()
    counts = models.JSONField(default=dict)  # candidates, proposed, held, outranked, hold_out
    notices = models.JSONField(default=list)  # what people should know before they read the list
    totals = models.JSONField(default=dict)  # per page: what needs no row of its own (bands, stages, mrr …)
    copied_at = models.DateTimeField(null=True)  # null: not complete

    class Meta:
        db_table = "read_run"


class Current(models.Model):
    """The one row that says which run is shown."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT)

    class Meta:
        db_table = "read_current"


class CustomerRow(models.Model):
    """A customer as of the run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, db_index=False)
    customer_id = models.CharField(max_length=200)
    name = models.CharField(max_length=400)
    folded = models.CharField(
        max_length=700
    )  # name and id for search: NFKC, lower case, hiragana as katakana
    kind = models.CharField(max_length=20, blank=True)
    industry = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    employees = models.IntegerField(null=True)
    owner = models.CharField(max_length=100, blank=True)
    sales_owner = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, blank=True)
    segment = models.CharField(max_length=100, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    growth = models.CharField(max_length=40, blank=True)
    touch = models.CharField(max_length=10, blank=True)
    health = models.FloatField(null=True)
    band = models.CharField(max_length=10, blank=True)
    health_change = models.FloatField(null=True)
    mrr = models.DecimalField(max_digits=18, decimal_places=4, null=True)  # company currency
    plan = models.CharField(max_length=200, blank=True)
    products = models.IntegerField(null=True)
    seats = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    started_on = models.DateField(null=True)
    renews_on = models.DateField(null=True)
    proposed = models.IntegerField(default=0)  # proposals of the run
    held = models.IntegerField(default=0)
    detail = models.JSONField(
        default=dict, encoder=LeanJson
    )  # ledger, metrics, signals, candidates with guards: as ``explain`` gives them

    class Meta:
        db_table = "read_customer"
        constraints = (models.UniqueConstraint(fields=["run", "customer_id"], name="one_row_per_customer"),)
        indexes = (
            models.Index(fields=["run", "folded", "customer_id"], name="customer_by_name"),
            models.Index(fields=["run", "health", "id"], name="customer_by_health"),
            models.Index(fields=["run", "mrr", "id"], name="customer_by_mrr"),
            models.Index(fields=["run", "owner", "folded"], name="customer_by_owner"),
            models.Index(fields=["run", "sales_owner", "folded"], name="customer_by_sales"),
            models.Index(fields=["run", "renews_on", "id"], name="customer_by_renewal"),
            models.Index(fields=["run", "band", "folded"], name="customer_by_band"),
            # What lists filter and order by beside these, so narrow that all of it is read faster than wide rows.
            models.Index(
                fields=[
                    *("run", "owner", "sales_owner", "stage", "touch", "segment", "industry", "proposed"),
                    *("health_change", "seats", "employees", "started_on"),
                ],
                name="customer_filters",
            ),
        )


class ProposalRow(models.Model):
    """A proposal of the run, as its card shows it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, db_index=False)
    proposal_id = models.CharField(max_length=100)
    customer_id = models.CharField(max_length=200)
    customer = models.CharField(max_length=400)
    play = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    place = models.IntegerField()  # in the day's order, from 1
    owner = models.CharField(max_length=100, blank=True)
    sales_owner = models.CharField(max_length=100, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    touch = models.CharField(max_length=10, blank=True)
    band = models.CharField(max_length=10, blank=True)
    health = models.FloatField(null=True)
    asks_for_money = models.BooleanField()
    person_decides = models.BooleanField()  # never automatic
    value = models.FloatField()  # expected, company currency
    mrr_change = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    once = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    accept = models.FloatField(null=True)
    accept_low = models.FloatField(null=True)
    accept_high = models.FloatField(null=True)
    valid_until = models.DateField(null=True)
    card = models.JSONField(default=dict, encoder=LeanJson)  # one proposal as ``minori run --json`` prints it

    class Meta:
        db_table = "read_proposal"
        constraints = (models.UniqueConstraint(fields=["run", "proposal_id"], name="one_row_per_proposal"),)
        indexes = (
            models.Index(fields=["run", "owner", "place"], name="proposal_by_owner"),
            models.Index(fields=["run", "place"], name="proposal_by_place"),
            models.Index(fields=["run", "customer_id"], name="proposal_by_customer"),
        )


class FateRow(models.Model):
    """What became of each candidate that is not proposed: held, outranked or hold-out."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, db_index=False)
    candidate_id = models.CharField(max_length=100)
    customer_id = models.CharField(max_length=200)
    play = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    fate = models.CharField(max_length=12)
    guard = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True)
    reason_ja = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    value = models.FloatField(null=True)

    class Meta:
        db_table = "read_fate"
        indexes = (
            models.Index(fields=["run", "customer_id"], name="fate_by_customer"),
            models.Index(fields=["run", "play", "fate"], name="fate_by_play"),
            models.Index(fields=["run", "fate", "guard"], name="fate_by_guard"),
        )


class ListedRow(models.Model):
    """A line of 支援優先, 今は提案しない or お知らせ漏れ."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, db_index=False)
    listed = models.CharField(max_length=12)  # help_first, not_now, never_told
    place = models.IntegerField()
    customer_id = models.CharField(max_length=200)
    owner = models.CharField(max_length=100, blank=True)
    sales_owner = models.CharField(max_length=100, blank=True)
    play = models.CharField(max_length=100)
    guard = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True)
    line = models.JSONField(default=dict, encoder=LeanJson)  # ``Listed.as_object()``

    class Meta:
        db_table = "read_listed"
        indexes = (
            models.Index(  # all that a page's rows are chosen by: a line is read only if it is shown
                fields=["run", "listed", "place", "owner", "sales_owner", "customer_id"],
                name="listed_by_place",
            ),
            models.Index(fields=["run", "listed", "owner", "place"], name="listed_by_owner"),
        )


class PlayRow(models.Model):
    """What one play did in the run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, db_index=False)
    play = models.CharField(max_length=100)
    signals = models.IntegerField(default=0)  # customers for whom its condition holds today
    candidates = models.IntegerField(default=0)
    proposed = models.IntegerField(default=0)
    outranked = models.IntegerField(default=0)
    hold_out = models.IntegerField(default=0)
    held = models.JSONField(default=dict)  # count by guard
    off_because = models.JSONField(null=True)  # {"ja", "en"}: its facts are not there

    class Meta:
        db_table = "read_play"
        constraints = (models.UniqueConstraint(fields=["run", "play"], name="one_row_per_play"),)
