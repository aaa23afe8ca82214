"""Addresses of the settings."""

from django.urls import path

from minori.web.screens.settings import channels, records, team, tokens

urlpatterns = [
    path("", team.mine, name="settings"),
    path("password/", team.password, name="settings-password"),
    path("team/", team.team, name="settings-team"),
    path("team/invite/", team.invite, name="settings-invite"),
    path("team/<int:person>/", team.change, name="settings-person"),
    path("team/<int:person>/link/", team.new_link, name="settings-link"),
    path("tokens/", tokens.create, name="settings-token"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="settings-revoke"),
    path("channels/", channels.listed, name="settings-channels"),
    path("channels/save/", channels.save, name="settings-channel"),
    path("channels/<slug:channel>/test/", channels.test, name="settings-channel-test"),
    path("channels/<slug:channel>/remove/", channels.remove, name="settings-channel-remove"),
    path("audit/", records.audit, name="settings-audit"),
    path("audit.csv", records.audit_csv, name="settings-audit-csv"),
    path("jobs/", records.jobs, name="settings-jobs"),
    path("jobs/run/", records.run_now, name="settings-run-now"),
]
