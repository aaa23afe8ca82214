"""Addresses of signing in, of one's own preferences, and of what every list shares."""

from django.urls import URLPattern, URLResolver, include, path

from minori.web.parts import jobs
from minori.web.parts import views as saved
from minori.web.signing_in import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/<str:token>/", views.by_link, name="sign-in-link"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("preferences/", views.preferences, name="preferences"),
    path("oidc/", include("mozilla_django_oidc.urls")),
    path("views/save/", saved.save, name="save-view"),
    path("views/<int:view>/remove/", saved.remove, name="remove-view"),
    path("jobs/<int:job>/", jobs.progress, name="job"),
]
