"""Addresses of the meeting sheet."""

from django.urls import path

from minori.web.screens.meeting import views

urlpatterns = [
    path("", views.sheet, name="meeting"),
    path("csv/", views.as_csv, name="meeting-csv"),
    path("case/<int:case>/", views.agree, name="meeting-agree"),
    path("proposal/<str:proposal_id>/", views.decide, name="meeting-decide"),
]
