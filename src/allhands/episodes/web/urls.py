"""Addresses of the episodes slice."""

from django.urls import path

from allhands.episodes.web import call, check, episode, facts, handoff, intake, photo, search, sent

urlpatterns = [
    path("search", search.search, name="search"),
    path("report", intake.start, name="report"),
    path("report/counties", intake.counties, name="report-counties"),
    path("report/sent/<str:episode_id>", sent.sent, name="report-sent"),
    path("report/<str:draft_id>/save", intake.save, name="report-save"),
    path("report/<str:draft_id>/call-911", intake.danger, name="report-danger"),
    path("report/<str:draft_id>/check", check.check, name="report-check"),
    path("report/<str:draft_id>/call", call.call, name="report-call"),
    path("report/<str:draft_id>/running", call.running_part, name="report-running"),
    path("report/<str:draft_id>/<str:slug>", intake.step, name="report-step"),
    path("e/<str:episode_id>", episode.episode, name="episode"),
    path("e/<str:episode_id>/facts/<str:fact_id>", facts.state, name="fact"),
    path("e/<str:episode_id>/facts", facts.choose, name="facts"),
    path("e/<str:episode_id>/photo", photo.photo, name="photo"),
    path("e/<str:episode_id>/photo/<str:photo_id>", photo.picture, name="photo-picture"),
    path("e/<str:episode_id>/handoff", handoff.handoff, name="handoff"),
    path("e/<str:episode_id>/handoff/<str:offer_id>/<str:answer>", handoff.answer, name="handoff-answer"),
    path("e/<str:episode_id>/returned", facts.returned, name="returned"),
]
