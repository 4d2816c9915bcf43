"""Public addresses for witnesses."""

from django.urls import path

from allhands.platform.proof import views

urlpatterns = [
    path("journal/checkpoint", views.show_checkpoint, name="journal-checkpoint"),
    path("journal/key", views.show_key, name="journal-key"),
    path("journal/growth/<int:old>/<int:new>", views.show_growth, name="journal-growth"),
]
