"""The outbox: what is to reach somebody, and what became of it."""

from django.db import models


class Delivery(models.TextChoices):
    """The state of a message."""

    WAITING = "waiting"
    CLAIMED = "claimed"  # a worker is sending it; free again when its lease ends
    SENT = "sent"
    HELD = "held"  # a guard or a missing consent stopped it at the last moment
    DEAD = "dead"  # given up after the last try, or refused for good


class Message(models.Model):
    """One message to one address, sent at least once and known to the channel by its key."""

    key = models.CharField(
        max_length=200, unique=True
    )  # what it is about: the same key is never queued twice
    channel = models.CharField(max_length=40)  # id in settings
    kind = models.CharField(max_length=20)  # proposal, thanks, alert, task, hand_over, survey
    to = models.CharField(max_length=400)
    customer_id = models.CharField(max_length=200, blank=True, db_index=True)
    user_id = models.CharField(max_length=200, blank=True, db_index=True)  # the person who is written to
    proposal_id = models.CharField(max_length=100, blank=True, db_index=True)
    content = models.JSONField(default=dict)  # what the channel needs: subject, text, html parts, payload
    state = models.CharField(max_length=8, choices=Delivery.choices, default=Delivery.WAITING, db_index=True)
    tries = models.IntegerField(default=0)
    send_after = models.DateTimeField(db_index=True)  # quiet hours, back-off
    lease_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    said = models.TextField(blank=True)  # the last error, or why it was held
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "message"
        indexes = (models.Index(fields=["state", "send_after"], name="message_due"),)


class Channel(models.Model):
    """A way out that an administrator set up; secrets are named here and stand in the environment."""

    channel_id = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)  # a module of minori.delivery.channels
    name = models.CharField(max_length=100)
    settings = models.JSONField(default=dict)
    secret_in = models.CharField(max_length=100, blank=True)  # name of the environment variable
    on = models.BooleanField(default=True)

    class Meta:
        db_table = "channel"
        ordering = ("channel_id",)
