"""The stored proof, copied for pages: figures, movements, verdicts, curves and charts that are drawn already.

Rows belong to a ``Proof``; the newest one that is complete is shown.
"""

from django.db import models


class Proof(models.Model):
    """One copy of a stored proof."""

    as_of = models.DateField()  # last day of data
    made_at = models.DateTimeField(auto_now_add=True)
    copied_at = models.DateTimeField(null=True)  # null: not complete
    currency = models.CharField(max_length=3, default="")
    names = models.JSONField(
        default=dict
    )  # what plays, segments, guards and plans are called, by room and id

    class Meta:
        db_table = "proof"


class ProofPart(models.Model):
    """Whether a part of the proof is there, and why not."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=40)
    label = models.JSONField(default=dict)
    state = models.CharField(max_length=12)  # of schema.proof.stored
    why = models.JSONField(null=True)
    rows = models.IntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "proof_part"
        constraints = (models.UniqueConstraint(fields=["proof", "part"], name="one_row_per_part"),)


class Meaning(models.Model):
    """What a figure of the proof means and how it is computed, as it was when it was computed."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE)
    figure = models.CharField(max_length=60)
    label = models.JSONField()
    means = models.JSONField()
    computed = models.JSONField()
    counts = models.JSONField()  # what its sample counts

    class Meta:
        db_table = "proof_meaning"
        constraints = (models.UniqueConstraint(fields=["proof", "figure"], name="one_meaning"),)


class FigureRow(models.Model):
    """A reading: the value with its interval and sample, or why there is none."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, db_index=False)
    part = models.CharField(max_length=40)
    figure = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    aspect = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=12, blank=True)  # month, quarter, fiscal-year, year (twelve months)
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    place = models.IntegerField()
    unit = models.CharField(max_length=10)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    level = models.FloatField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    sample = models.BigIntegerField(default=0)
    observational = models.BooleanField(default=False)
    missing = models.JSONField(null=True)
    note = models.JSONField(null=True)

    class Meta:
        db_table = "proof_figure"
        indexes = (
            models.Index(fields=["proof", "part", "by", "place"], name="figure_by_part"),
            models.Index(fields=["proof", "figure"], name="figure_by_id"),
        )


class MovementRow(models.Model):
    """A step from opening to closing MRR of a period."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, db_index=False)
    by = models.CharField(max_length=12)
    period_from = models.DateField()
    period_until = models.DateField()
    whole = models.BooleanField()
    product = models.CharField(max_length=200, null=True)  # null: all together
    place = models.IntegerField()
    step = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    customers = models.IntegerField(null=True)

    class Meta:
        db_table = "proof_movement"
        indexes = (models.Index(fields=["proof", "by", "period_from"], name="movement_by_period"),)


class VerdictRow(models.Model):
    """What the proof says in words."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, db_index=False)
    part = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True)
    aspect = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40)
    label = models.JSONField()
    why = models.JSONField(null=True)

    class Meta:
        db_table = "proof_verdict"
        indexes = (models.Index(fields=["proof", "part", "subject"], name="verdict_by_part"),)


class CurveRow(models.Model):
    """What would have followed a play's fires with another threshold: what a slider reads."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, db_index=False)
    play = models.CharField(max_length=100)
    threshold_place = models.IntegerField()
    threshold_name = models.CharField(max_length=200)
    comparison = models.CharField(max_length=10)
    threshold = models.FloatField()
    current = models.BooleanField()
    outcome = models.CharField(max_length=20)
    fires = models.IntegerField()
    customers = models.IntegerField()
    happened = models.IntegerField()
    rate = models.FloatField(null=True)
    rate_low = models.FloatField(null=True)
    rate_high = models.FloatField(null=True)
    base_rate = models.FloatField(null=True)
    lift = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    foreseen = models.FloatField(null=True)
    sample = models.IntegerField()

    class Meta:
        db_table = "proof_curve"
        indexes = (
            models.Index(fields=["proof", "play", "threshold_place", "outcome"], name="curve_by_play"),
        )


class ChartRow(models.Model):
    """A chart in one look, drawn once; ``digest`` names its content."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, db_index=False)
    part = models.CharField(max_length=40)
    chart = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2)
    theme = models.CharField(max_length=5)  # light, dark
    width = models.IntegerField()
    spec = models.TextField()  # Vega-Lite
    svg = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of spec and what draws it

    class Meta:
        db_table = "proof_chart"
        indexes = (
            models.Index(fields=["proof", "chart", "subject", "language", "theme"], name="chart_by_look"),
            models.Index(fields=["digest"], name="chart_by_digest"),
        )
