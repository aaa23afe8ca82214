"""What the data screen lists: loads and rows that are set aside, copied from the lake when it has changed."""

from django.db import models


class LoadRow(models.Model):
    """What became of one source in one load."""

    load_no = models.IntegerField()
    loaded_at = models.DateTimeField()
    source = models.CharField(max_length=60)
    table = models.CharField(max_length=40)
    rows = models.BigIntegerField()
    new = models.BigIntegerField()
    unchanged = models.BigIntegerField()
    corrected = models.BigIntegerField()
    duplicates = models.BigIntegerField()
    quarantined = models.BigIntegerField()
    left_out = models.BigIntegerField()
    removed = models.BigIntegerField()
    covers_from = models.DateField(null=True)
    covers_until = models.DateField(null=True)
    fresh_within_days = models.IntegerField()
    files = models.JSONField(default=list)
    notes = models.JSONField(default=list)  # of {file, ja, en}

    class Meta:
        db_table = "data_load"
        indexes = (models.Index(fields=["source", "-load_no"], name="load_by_source"),)
        constraints = (
            models.UniqueConstraint(fields=["load_no", "source", "table"], name="one_row_per_load"),
        )


class AsideRow(models.Model):
    """An open row of the quarantine. Holds personal data: erasing scrubs it."""

    quarantine_id = models.CharField(max_length=64, unique=True)
    load_no = models.IntegerField()
    source = models.CharField(max_length=60)
    table = models.CharField(max_length=40)
    file = models.CharField(max_length=400, blank=True)
    row = models.BigIntegerField(null=True)
    column = models.CharField(max_length=200, blank=True)
    value = models.TextField(blank=True)
    reason = models.JSONField()
    record = models.JSONField(default=dict)  # column to text, as it is to be mended
    line = models.TextField(blank=True)  # a line that could not be taken apart

    class Meta:
        db_table = "data_aside"
        indexes = (models.Index(fields=["source", "file", "row"], name="aside_by_place"),)


class DataCopied(models.Model):
    """Which versions of the lake's tables stand here."""

    table = models.CharField(max_length=60, primary_key=True)
    version = models.IntegerField()
    rows = models.IntegerField(default=0)  # in the lake; more than here where there were too many

    class Meta:
        db_table = "data_copied"
