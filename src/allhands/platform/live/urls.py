"""The address of the live feed."""

from django.urls import path

from allhands.platform.live import views

urlpatterns = [path("live", views.live, name="live")]
