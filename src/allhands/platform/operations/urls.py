"""Addresses of the operator."""

from django.urls import path

from allhands.platform.operations import views

urlpatterns = [
    path("ops", views.show, name="operations"),
    path("ops/jobs/<int:job_id>/retry", views.retry, name="operations-retry"),
    path("ops/jobs/<int:job_id>/drop", views.drop, name="operations-drop"),
]
