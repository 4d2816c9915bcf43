"""Django's entry to the exchange slice."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "allhands.exchange"
    label = "exchange"
