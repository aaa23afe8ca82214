"""Changes of the definition files: what is about to be changed, what was, and what was last seen of each file."""

from django.db import models

from minori.web.models.people import Person


class PolicyDraft(models.Model):
    """A change that somebody looks at before saving it; nobody else sees it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    about = models.CharField(max_length=120)  # play:…, guards, health, metric:…, file:…
    changes = models.JSONField()  # [{"file", "before", "after"}, …]
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "policy_draft"
        ordering = ("-id",)


class PolicyChange(models.Model):
    """A version of a definition file that took the place of another; never changed. Empty text: no file."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    reason = models.CharField(max_length=500, blank=True)
    file = models.CharField(max_length=200, db_index=True)  # policy/plays/….yaml
    before_hash = models.CharField(max_length=64, blank=True)  # SHA-256; empty: no file
    after_hash = models.CharField(max_length=64, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    together = models.CharField(max_length=32, db_index=True)  # files saved at once share it
    outside = models.BooleanField(default=False)  # changed on disk by somebody else than this app
    undo_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="undone_by")

    class Meta:
        db_table = "policy_change"
        ordering = ("-id",)


class PolicyFile(models.Model):
    """A definition file as it was last seen, so that a change from outside can be told and shown."""

    file = models.CharField(max_length=300, unique=True)
    hash = models.CharField(max_length=64)
    text = models.TextField(blank=True)

    class Meta:
        db_table = "policy_file"
        ordering = ("file",)
