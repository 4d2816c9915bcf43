"""Addresses of the channels."""

from django.urls import path

from allhands.channels.web import feeds, hooks, inbox, operations, signs

urlpatterns = [
    path("inbox", inbox.show_list, name="inbox"),
    path("inbox/about/<str:refers_to>", inbox.about, name="inbox-about"),
    path("inbox/<str:delivery_id>", inbox.show_item, name="inbox-item"),
    path("inbox/<str:delivery_id>/acknowledge", inbox.acknowledge, name="inbox-acknowledge"),
    path("inbox/<str:delivery_id>/files/<str:name>", inbox.download, name="inbox-file"),
    path("feeds/alerts.atom", feeds.atom, name="feed-atom"),
    path("feeds/alerts.json", feeds.json_feed, name="feed-json"),
    path("feeds/alerts/<str:alert_id>.cap", feeds.document, name="feed-cap"),
    path("feeds/signs.atom", feeds.signs, name="feed-signs"),
    path("feeds/signs/<str:alert_id>.cap", feeds.sign_document, name="feed-signs-cap"),
    path("hooks/sms", hooks.sms, name="hook-sms"),
    path("ops/signs", signs.show, name="signs"),
    path("ops/signs/<int:sending_id>", signs.confirm, name="sign-confirm"),
    path("ops/signs/<int:sending_id>/<int:page>.png", signs.picture, name="sign-picture"),
    path("ops/copies/<str:broadcast_id>", operations.decide_copies, name="copies-decide"),
    path("ops/ways/<str:way>/test", operations.test_way, name="way-test"),
    path("ops/channels", operations.show, name="channels"),
    path("ops/channels/<str:channel>/test", operations.test, name="channel-test"),
    path("ops/channels/<str:channel>/release", operations.release, name="channel-release"),
    path("ops/deliveries/<str:delivery_id>", operations.decide, name="delivery-decide"),
]
