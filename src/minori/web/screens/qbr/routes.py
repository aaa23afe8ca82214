"""Addresses of the quarterly review; they stand below those of customers, to whom it belongs."""

from django.urls import path

from minori.web.screens.qbr import views

urlpatterns = [
    path("page/<path:customer_id>/", views.pack_page, name="qbr"),
    path("deck/<path:customer_id>/", views.deck_file, name="qbr-deck"),
]
