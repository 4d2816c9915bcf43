"""Addresses of the duties slice."""

from django.urls import path

from allhands.duties.web import board, duty, notice, owed, tier

urlpatterns = [
    path("", board.board, name="board"),
    path("duties", owed.owed, name="duties"),
    path("e/<str:episode_id>/d/<str:duty_id>", duty.detail, name="duty"),
    path("e/<str:episode_id>/d/<str:duty_id>/waive", duty.waive, name="duty-waive"),
    path("e/<str:episode_id>/tier", tier.lower, name="tier-lower"),
    path("evidence/<str:evidence_id>", duty.document, name="evidence-document"),
    path("e/<str:episode_id>/n/<str:notice_id>", notice.detail, name="notice"),
    path("e/<str:episode_id>/n/<str:notice_id>/<str:name>", notice.file, name="notice-file"),
    path("e/<str:episode_id>/packets/<str:kind>/<str:recipient>/update", notice.update, name="notice-update"),
]
