"""Where the review's own address leads: it is always of one customer, so to all of them."""

from django.urls import path

from minori.web.screens.qbr import views

urlpatterns = [path("", views.nowhere, name="qbr-home")]
