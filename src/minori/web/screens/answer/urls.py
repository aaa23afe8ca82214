"""Addresses of the answers."""

from django.urls import path

from minori.web.screens.answer import stop, views

urlpatterns = [
    path("stop/<str:token>/", stop.stop, name="answer-stop"),
    path("<str:token>/", views.answer, name="answer"),
    path("<str:token>/seen/", views.seen, name="answer-seen"),
]
