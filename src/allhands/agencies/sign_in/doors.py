"""Puts allauth's views behind our own middleware, which lets none of its exceptions through."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]


def door(view: View) -> View:
    """The view, with allauth's two exceptions answered here.

    allauth answers them in its own middleware, but ours runs the view itself and would take them for faults.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except ImmediateHttpResponse as instead:
            response = instead.response
        except ReauthenticationRequired:
            methods = get_adapter().get_reauthentication_methods(request.user)
            url = methods[0]["url"] if methods else reverse("account_login")
            response = suspend_request(request, url)
        return response

    return answer
