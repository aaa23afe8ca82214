"""Addresses below ``health/``."""

from django.urls import path

from minori.web.screens.health.views import changing, learning, showing

urlpatterns = [
    path("", showing.index, name="health"),
    path("edit/", changing.health, name="health-edit"),
    path("check/", changing.check_health, name="health-check"),
    path("learn/", learning.ask, name="learn-weights"),
    path("learn/<int:job>/accept/", learning.accept, name="learned-weights"),
    path("metrics/new/", changing.new_metric, name="metric-new"),
    path("metrics/<str:metric>/", showing.metric, name="metric"),
    path("metrics/<str:metric>/edit/", changing.metric, name="metric-edit"),
    path("metrics/<str:metric>/check/", changing.check_metric, name="metric-check"),
]
