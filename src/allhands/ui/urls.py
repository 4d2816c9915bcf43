"""Routes of the interface itself: the two switches, and the gallery in the demo world."""

from django.urls import path
from django.views.i18n import set_language

from allhands.ui import views

app_name = "ui"

urlpatterns = [
    path("language", set_language, name="language"),
    path("theme", views.set_theme, name="theme"),
    path("gallery", views.gallery, name="gallery"),
    path("gallery/<slug:name>", views.gallery_component, name="gallery-component"),
]
