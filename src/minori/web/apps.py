"""The one Django app."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WebConfig(AppConfig):
    """minori's own tables and screens."""

    name = "minori.web"
    label = "web"
    verbose_name = "minori"

    def ready(self) -> None:
        """Write down every sign-in, whichever way it came."""
        user_logged_in.connect(_signed_in, dispatch_uid="minori.signed_in")


def _signed_in(sender: Any, request: Any, user: Any, **_given: Any) -> None:  # noqa: ARG001  the signal's call
    from minori.web.audit import record  # models exist only once the app is ready

    way = user.backend.rsplit(".", 1)[-1] if hasattr(user, "backend") else ""
    record(user, "signed.in", f"person:{user.pk}", way=way)
