"""Addresses below ``playbook/``."""

from django.urls import path

from minori.web.screens.playbook.views import drafts, files, guards, history, plays, showing

urlpatterns = [
    path("", showing.index, name="playbook"),
    path("plays.csv", showing.csv, name="playbook-csv"),
    path("run/", drafts.run_now, name="playbook-run"),
    path("play/<str:play>/", showing.play, name="play"),
    path("play/<str:play>/preview/", plays.preview, name="play-preview"),
    path("play/<str:play>/backtest/", plays.backtest, name="play-backtest"),
    path("play/<str:play>/switch/", plays.switch, name="play-switch"),
    path("play/<str:play>/edit/", plays.edit, name="play-edit"),
    path("play/<str:play>/check/", plays.check, name="play-check"),
    path("play/<str:play>/words/", plays.words, name="play-words"),
    path("pictures/<int:job>/<str:look>.svg", showing.picture, name="backtest-picture"),
    path("drafts/<int:draft>/", drafts.show, name="policy-draft"),
    path("drafts/<int:draft>/try/", drafts.attempt, name="policy-try"),
    path("drafts/<int:draft>/save/", drafts.save, name="policy-save"),
    path("drafts/<int:draft>/discard/", drafts.discard, name="policy-discard"),
    path("history/", history.index, name="policy-history"),
    path("history/<int:change>/", history.one, name="policy-change"),
    path("history/<int:change>/undo/", history.undo, name="policy-undo"),
    path("guards/", guards.index, name="guards"),
    path("guards/<str:guard>/", guards.edit, name="guard-edit"),
    path("files/", files.index, name="policy-files"),
    path("files/new/", files.new, name="play-new"),
    path("files/edit/", files.edit, name="policy-file"),
    path("files/check/", files.check, name="policy-file-check"),
]
