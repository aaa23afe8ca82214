"""Single sign-on by OpenID Connect; only people whom an administrator invited come in."""

from typing import Any

from django.conf import settings
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from minori.web.models import Person


class CompanySignIn(OIDCAuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Finds the invited person of a verified address."""

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Accept an address that the provider says is verified."""
        verified = claims.get("email_verified") is True or settings.OIDC_TRUST_EMAIL
        return bool(claims.get("email")) and verified

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        """Return the active person with the address, whatever its case."""
        return Person.objects.filter(email=str(claims.get("email", "")).lower(), is_active=True)
