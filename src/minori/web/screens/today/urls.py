"""Addresses of Today."""

from django.urls import path

from minori.web.screens.today.views import act, many, page, proposal, quiet, todo

urlpatterns = [
    path("", page.today, name="today"),
    path("today/tech/", many.tech, name="tech"),
    path("today/tech/do/", many.do, name="tech-do"),
    path("today/lists/<slug:name>/", quiet.full, name="listed"),
    path("today/lists/<slug:name>.csv", quiet.as_csv, name="listed-csv"),
    path("today/renewals/", quiet.renewals, name="renewals"),
    path("today/renewals.csv", quiet.renewals_csv, name="renewals-csv"),
    path("today/alerts/", todo.alerts, name="alerts"),
    path("today/alerts/<int:alert>/seen/", todo.seen, name="alert-seen"),
    path("today/tasks/add/", todo.add, name="task-add"),
    path("today/tasks/<int:task>/done/", todo.done, name="task-done"),
    path("today/<str:proposal_id>/", proposal.one, name="proposal"),
    path("today/<str:proposal_id>/edit/", proposal.edit, name="proposal-edit"),
    path("today/<str:proposal_id>/talk/", proposal.talk, name="proposal-talk"),
    path("today/<str:proposal_id>/<slug:action>/", act.act, name="proposal-act"),
]
