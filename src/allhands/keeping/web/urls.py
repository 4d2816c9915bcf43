"""Addresses of keeping and forgetting."""

from django.urls import path

from allhands.keeping.web import child, desk, step

urlpatterns = [
    path("keeping", desk.page, name="keeping"),
    path("keeping/disposed", desk.report, name="keeping-report"),
    path("keeping/disposed.csv", desk.report_csv, name="keeping-report-csv"),
    path("keeping/<str:step_id>", step.page, name="keeping-step"),
    path("e/<str:episode_id>/keeping", child.page, name="keeping-child"),
]
