"""Addresses of the door."""

from django.urls import path

from allhands.access.web import consents, correcting, glass, ledger, matrix, nation_key, steward, why

urlpatterns = [
    path("e/<str:episode_id>/why/<str:fact_id>", why.why, name="why"),
    path("e/<str:episode_id>/consents", consents.cards, name="consents"),
    path("e/<str:episode_id>/consents/new", consents.new, name="consent-new"),
    path("e/<str:episode_id>/consents/<str:consent_id>/answer", consents.answer, name="consent-answer"),
    path("e/<str:episode_id>/consents/<str:consent_id>/stop", consents.stop, name="consent-stop"),
    path("e/<str:episode_id>/ledger", ledger.of_child, name="ledger"),
    path("e/<str:episode_id>/copies/<str:lease_id>/recall", ledger.recall, name="copy-recall"),
    path("e/<str:episode_id>/asks/<str:ask_id>/answer", ledger.answer, name="ask-answer"),
    path("e/<str:episode_id>/glass", glass.page, name="glass"),
    path("ledger", ledger.of_agency, name="ledger-all"),
    path("policies", matrix.show, name="access-matrix"),
    path("policies/try", matrix.try_out, name="policies-try"),
    path("about-me", correcting.ask, name="objection-ask"),
    path("about-me/answer", correcting.status, name="objection-status"),
    path("corrections", correcting.desk, name="objections"),
    path("corrections/<str:objection_id>", correcting.hear, name="objection"),
    path("our-data", steward.page, name="steward"),
    path("our-data/key", nation_key.page, name="nation-key"),
    path("our-data/export", steward.export, name="steward-export"),
]
