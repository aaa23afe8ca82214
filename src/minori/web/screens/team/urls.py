"""Addresses of the team."""

from django.urls import path

from minori.web.screens.team import views

urlpatterns = [path("", views.team, name="team"), path("csv/", views.as_csv, name="team-csv")]
