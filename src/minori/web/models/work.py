"""The team's work: what people did with proposals. Never written by a refresh of the read model."""

from django.db import models

from minori.web.models.lean_json import LeanJson
from minori.web.models.people import Person


class State(models.TextChoices):
    """The life of a proposal; ``life.states`` says which step leads where."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    SEEN = "seen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Work(models.Model):
    """One proposal that a run made, as people work on it."""

    proposal_id = models.CharField(max_length=100, primary_key=True)
    customer_id = models.CharField(max_length=200, db_index=True)
    play = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    asks_for_money = models.BooleanField(default=True)
    owner = models.CharField(max_length=100, blank=True, db_index=True)  # member id
    sales_owner = models.CharField(max_length=100, blank=True, db_index=True)
    doer = models.CharField(max_length=100, blank=True)  # member id of who proposes it: the CSM, or sales
    channel = models.CharField(max_length=40, blank=True)
    touch = models.CharField(max_length=10, blank=True)
    person_decides = models.BooleanField(default=True)  # never automatic
    value = models.FloatField(default=0.0)  # expected, company currency: the order of the day
    mrr_change = models.DecimalField(
        max_digits=18, decimal_places=4, null=True
    )  # of the card, for the rules of
    once = models.DecimalField(max_digits=18, decimal_places=4, null=True)  # handing over to sales
    items = models.IntegerField(default=0)  # products and options in the offer
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    version = models.IntegerField(default=0)  # every step adds one; a step on an older version is refused
    card = models.JSONField(
        default=dict, encoder=LeanJson
    )  # of the newest run; frozen once anybody touched it
    words = models.JSONField(default=dict)  # edited words by language: {"ja": {"subject", "body"}, …}
    touched = models.BooleanField(default=False)
    stale = models.BooleanField(default=False)  # touched, but the newest run no longer proposes it
    first_as_of = models.DateField()
    last_as_of = models.DateField()
    valid_until = models.DateField(null=True)
    snoozed_until = models.DateField(null=True, db_index=True)
    reason = models.CharField(
        max_length=20, blank=True
    )  # of declined / not now: price, timing, need, fit, other
    sent_at = models.DateTimeField(null=True)  # when it reached the customer: from then on nothing is undone
    result_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "work"
        indexes = (
            models.Index(fields=["owner", "state"], name="work_by_owner"),
            models.Index(fields=["doer", "state", "-value"], name="work_by_doer"),
            models.Index(fields=["state", "-value"], name="work_by_state"),
        )


class Step(models.Model):
    """One step of a proposal's life; never changed. Undoing is a step of its own."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True
    )  # null: the customer, or minori itself
    action = models.CharField(max_length=20)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    version = models.IntegerField()  # of the work after the step
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "step"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["work", "version"], name="one_step_per_version"),)


class HandOver(models.Model):
    """A case that CS gave to sales, with its whole context; the result comes back to CS."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="hand_overs")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    to = models.CharField(max_length=100, db_index=True)  # member id of sales
    at = models.DateTimeField(auto_now_add=True)
    why = models.JSONField(default=dict)  # {"rule": amount|complexity|by_hand, …}
    context = models.JSONField(default=dict)  # card, health, evidence, history: as it was
    note = models.TextField(blank=True)
    proposes_on = models.DateField(null=True)  # agreed in the meeting: who proposes when
    result = models.CharField(max_length=12, blank=True)  # accepted, declined; blank: open
    result_note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "hand_over"
        ordering = ("-id",)


class Task(models.Model):
    """Something somebody wants to do for a customer by a day."""

    customer_id = models.CharField(max_length=200, blank=True, db_index=True)
    proposal_id = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300)
    owner = models.CharField(max_length=100, blank=True, db_index=True)
    due_on = models.DateField(null=True, db_index=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "task"
        ordering = ("due_on", "id")


class Note(models.Model):
    """A note about a customer, for the team alone."""

    customer_id = models.CharField(max_length=200, db_index=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    words = models.TextField()

    class Meta:
        db_table = "note"
        ordering = ("-id",)


class Alert(models.Model):
    """A situation that began, for the person in charge."""

    alert_id = models.CharField(max_length=100, unique=True)  # hash of what it names
    customer_id = models.CharField(max_length=200, db_index=True)
    play = models.CharField(max_length=100)
    owner = models.CharField(max_length=100, blank=True, db_index=True)
    sales_owner = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    because = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alert"
        ordering = ("-at", "-id")


class Fact(models.Model):
    """A fact that happened here and belongs into the lake; drained before any run decides (SEMANTICS 22)."""

    table = models.CharField(max_length=40)  # of schema.facts
    key = models.CharField(max_length=200)  # the row's own id: draining twice changes nothing
    row = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    drained_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "fact"
        constraints = (models.UniqueConstraint(fields=["table", "key"], name="one_fact_per_key"),)
