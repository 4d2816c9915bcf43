"""What allauth is told about our house: nobody signs up in public; people come by invitation."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv6Address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """An IPv4 address that came through an IPv6 socket counts as itself: as `::ffff:…` they all share one /64."""
        address: str = super().get_client_ip(request)
        try:
            mapped = IPv6Address(address).ipv4_mapped
        except AddressValueError:
            return address
        return str(mapped or address)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries are counted for an account from one address: whoever tries elsewhere shuts nobody out."""
        account: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account} {get_ip(request)}"

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong; that one is signed in, one sees."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)
