"""Addresses of customers; what is done with one stands behind ``-/`` because an id may hold any sign."""

from django.urls import include, path

from minori.web.screens.customers.views import lists, one, readiness, record, timeline

urlpatterns = [
    path("", lists.customers, name="customers"),
    path("-/csv/", lists.csv, name="customers-csv"),
    path("-/timeline/<path:customer_id>/", timeline.timeline, name="customer-timeline"),
    path("-/readiness/<path:customer_id>/", readiness.sheet, name="customer-readiness"),
    path("-/contact/<path:customer_id>/", record.contact, name="customer-contact"),
    path("-/statement/<path:customer_id>/", record.statement, name="customer-statement"),
    path("-/note/<path:customer_id>/", record.add_note, name="customer-note"),
    path("-/note-remove/<int:note>/", record.remove_note, name="customer-note-remove"),
    path("-/task/<path:customer_id>/", record.add_task, name="customer-task"),
    path("-/task-done/<int:task>/", record.end_task, name="customer-task-done"),
    path("-/qbr/", include("minori.web.screens.qbr.routes")),
    path("<path:customer_id>/", one.customer, name="customer"),
]
