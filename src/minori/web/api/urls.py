"""Addresses of the API and of the page that describes it."""

from django.urls import path

from minori.web.api.app import api
from minori.web.api.docs import described

urlpatterns = [path("docs", described, name="api-docs"), path("", api.urls)]
