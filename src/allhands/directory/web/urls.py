"""Addresses of the directory."""

from django.urls import path

from allhands.directory.web import act, duties, files, who

urlpatterns = [
    path("who-to-call", who.who, name="who-to-call"),
    path("who-to-call/script", who.script, name="who-to-call-script"),
    path("who-to-call/sheet.pdf", who.one_page, name="who-to-call-pdf"),
    path("who-to-call/duties", duties.duties, name="directory-duties"),
    path("who-to-call/start-report", duties.start_report, name="directory-start-report"),
    path("who-to-call/worker.js", files.worker, {"page": "who-to-call"}, name="who-to-call-worker"),
    path("who-can-act", act.choose, name="who-can-act"),
    path("who-can-act/worker.js", files.worker, {"page": "who-can-act"}, name="who-can-act-worker"),
    path("who-can-act/<slug:place>", act.card, name="who-can-act-card"),
]
