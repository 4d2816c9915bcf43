"""Addresses of the channels."""

from django.urls import path

from allhands.channels.web import inbox, operations

urlpatterns = [
    path("inbox", inbox.show_list, name="inbox"),
    path("inbox/about/<str:refers_to>", inbox.about, name="inbox-about"),
    path("inbox/<str:delivery_id>", inbox.show_item, name="inbox-item"),
    path("inbox/<str:delivery_id>/acknowledge", inbox.acknowledge, name="inbox-acknowledge"),
    path("inbox/<str:delivery_id>/files/<str:name>", inbox.download, name="inbox-file"),
    path("ops/channels", operations.show, name="channels"),
    path("ops/channels/<str:channel>/test", operations.test, name="channel-test"),
    path("ops/channels/<str:channel>/release", operations.release, name="channel-release"),
    path("ops/deliveries/<str:delivery_id>", operations.decide, name="delivery-decide"),
]
