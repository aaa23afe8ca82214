"""Addresses below ``results/``."""

from django.urls import path

from minori.web.charted.views import picture
from minori.web.screens.results import views

urlpatterns = [
    path("", views.show, {"section": "overview"}, name="results"),
    path("compute/", views.compute, name="results-compute"),
    path("figure/<slug:figure>/", views.figure, name="results-figure"),
    path("chart/<str:digest>.svg", picture, name="chart"),
    path("chart/<str:digest>.csv", views.chart_rows, name="chart-csv"),
    path("<slug:section>.csv", views.csv, name="results-csv"),
    path("<slug:section>/", views.show, name="results-section"),
]
