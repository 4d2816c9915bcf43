"""Addresses of the alerts slice."""

from django.urls import path

from allhands.alerts.web import alert, area, ask, authority, desk, look, near_me, public, refusals, request, sent, write

urlpatterns = [
    path("e/<str:episode_id>/alerts/ask", ask.ask, name="alert-ask"),
    path("alerts", desk.desk, name="alerts"),
    path("alerts/refusals", refusals.refusals, name="alert-refusals"),
    path("alerts/authority", authority.authority, name="alert-authority"),
    path("alerts/authority/<str:authority_id>/end", authority.end, name="alert-authority-end"),
    path("alerts/land/<str:state>.geojson", area.land, name="alert-land"),
    path("alerts/near-me", near_me.sign_up, name="near-me"),
    path("alerts/near-me/confirm", near_me.confirm, name="near-me-confirm"),
    path("alerts/near-me/<str:stop_key>", near_me.manage, name="near-me-manage"),
    path("alerts/requests/<str:request_id>", request.detail, name="alert-request"),
    path("alerts/requests/<str:request_id>/write", request.start, name="alert-start"),
    path("alerts/<str:alert_id>", alert.alert, name="alert"),
    path("alerts/<str:alert_id>/write", write.words, name="alert-write"),
    path("alerts/<str:alert_id>/area", area.area, name="alert-area"),
    path("alerts/<str:alert_id>/look", look.look, name="alert-look"),
    path("alerts/<str:alert_id>/look/<str:way>/<str:name>", look.artefact, name="alert-artefact"),
    path("alerts/<str:alert_id>/sent/<str:transmission_id>/<str:way>/<str:name>", sent.artefact, name="alert-sent"),
    path("alerts/<str:alert_id>/take-back", alert.take_back, name="alert-take-back"),
    path("alerts/<str:alert_id>/act/<str:act>", alert.act, name="alert-act"),
    path("a/<str:code>", public.alert, name="public-alert"),
    path("a/<str:code>/photo.jpg", public.photo, name="public-photo"),
    path("a/<str:code>/card-<str:lang>.png", public.card, name="public-card"),
]
