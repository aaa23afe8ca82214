"""Work that a request must not wait for: one worker takes it, and people see how far it is."""

from django.db import models

from minori.web.models.people import Person


class JobState(models.TextChoices):
    """The state of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """One piece of work. Two jobs of one key are never open at once: asking again gives the open one."""

    kind = models.CharField(max_length=40)  # a module of minori.web.jobs.kinds
    key = models.CharField(max_length=200)
    asked = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING, db_index=True)
    what = models.CharField(max_length=200, blank=True)  # is being done now
    share = models.FloatField(default=0.0)  # done, 0 to 1
    result = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    tries = models.IntegerField(default=0)

    class Meta:
        db_table = "job"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_open_job",
            ),
        )
