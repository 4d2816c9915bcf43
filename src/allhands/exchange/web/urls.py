"""Addresses of the API."""

from django.urls import path

from allhands.exchange.web.v1 import api

urlpatterns = [path("api/v1/", api.urls)]
