"""Every address: each screen brings its own; what needs no screen stands here."""

from django.urls import URLPattern, URLResolver, include, path

from minori.web.screen import SCREENS
from minori.web.signing_in import urls as signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    *signing_in.urlpatterns,
    path("api/v1/", include("minori.web.api.urls")),
    *(path(screen.path, include(screen.urls)) for screen in SCREENS.values()),
]
handler403 = "minori.web.shell.refused"
handler404 = "minori.web.shell.absent"
handler500 = "minori.web.shell.broken"
