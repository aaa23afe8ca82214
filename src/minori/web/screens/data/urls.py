"""Addresses below ``data/``."""

from django.urls import path

from minori.web.screens.data.views import identity, mapping, persons, quarantine, sources

urlpatterns = [
    path("", sources.show, name="data"),
    path("load/", sources.load, name="data-load"),
    path("loads/", sources.loads, name="data-loads"),
    path("loads.csv", sources.loads_csv, name="data-loads-csv"),
    path("quarantine/", quarantine.show, name="data-quarantine"),
    path("quarantine.csv", quarantine.csv, name="data-quarantine-csv"),
    path("quarantine/mendable.csv", quarantine.mendable, name="data-quarantine-mendable"),
    path("quarantine/upload/", quarantine.upload, name="data-quarantine-upload"),
    path("quarantine/drop/", quarantine.drop, name="data-quarantine-drop"),
    path("quarantine/<slug:row>/", quarantine.one, name="data-quarantine-row"),
    path("mapping/<slug:source>/", mapping.edit, name="data-mapping"),
    path("mapping/<slug:source>/try/", mapping.try_it, name="data-mapping-try"),
    path("mapping/<slug:source>/save/", mapping.save, name="data-mapping-save"),
    path("identity/", identity.show, name="data-identity"),
    path("identity/merge/", identity.merge, name="data-identity-merge"),
    path("identity/undo/", identity.undo, name="data-identity-undo"),
    path("personal/", persons.show, name="data-personal"),
    path("personal/of/", persons.one, name="data-personal-of"),
    path("personal/export/", persons.export, name="data-personal-export"),
    path("personal/file/<int:job>/", persons.file, name="data-personal-file"),
    path("personal/erase/", persons.erase, name="data-personal-erase"),
]
