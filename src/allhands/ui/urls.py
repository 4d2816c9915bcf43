"""Routes of the interface itself: the theme switch, and the gallery in the demo world."""

from django.urls import path

from allhands.ui import views

app_name = "ui"

urlpatterns = [
    path("theme", views.set_theme, name="theme"),
    path("gallery", views.gallery, name="gallery"),
    path("gallery/<slug:name>", views.gallery_component, name="gallery-component"),
]
