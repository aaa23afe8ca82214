"""Who uses the app, how they signed in, and the record of what they did."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Role(models.TextChoices):
    """What somebody is; ``rights.GRANTS`` says what that allows."""

    ADMIN = "admin"
    MANAGER = "manager"
    CSM = "csm"
    SALES = "sales"
    VIEWER = "viewer"


class People(BaseUserManager["Person"]):
    """Makes and finds people by e-mail address."""

    def invite(
        self, email: str, *, name: str, role: Role, member: str = "", sees_all: bool = True
    ) -> "Person":
        """Add somebody who cannot sign in by password yet."""
        person = self.model(
            email=self.normalize_email(email).lower(), name=name, role=role, member=member, sees_all=sees_all
        )
        person.set_unusable_password()
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find somebody by address, whatever its case."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody of the company's team."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.VIEWER)
    member = models.CharField(
        max_length=100, blank=True, db_index=True
    )  # id in minori.yaml's team: customers.owner
    sees_all = models.BooleanField(default=True)  # else only customers whose CSM or sales person they are
    language = models.CharField(max_length=2, blank=True)  # blank: the company's
    theme = models.CharField(max_length=5, blank=True)  # light, dark; blank: the device's
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "person"
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def has_perms(self, _perms: Any, _obj: Any = None) -> bool:
        """Return no: rights are ours alone (``rights.GRANTS``)."""
        return False


class SignInLink(models.Model):
    """A link that signs somebody in once. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_link"


class ApiToken(models.Model):
    """A token for programs: acts as its person, within its scopes. Only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    shown = models.CharField(max_length=12)  # its first signs, to tell one from another
    scopes = models.JSONField(default=list)  # of minori.web.api.scopes
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"
        ordering = ("-created_at",)


class SavedView(models.Model):
    """A list's filters under a name, one's own or everybody's."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="views")
    screen = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000)  # as it stands in the address
    shared = models.BooleanField(default=False)

    class Meta:
        db_table = "saved_view"
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=["person", "screen", "name"], name="one_view_per_name"),
        )


class Audit(models.Model):
    """What somebody (or minori itself: person null) did; never changed, personal words kept out of ``detail``."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    what = models.CharField(max_length=60, db_index=True)  # proposal.sent, policy.changed, person.erased …
    subject = models.CharField(max_length=200, db_index=True)  # proposal:…, customer:…, file:…
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "audit"
        ordering = ("-id",)
