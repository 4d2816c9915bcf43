"""What every page of an administrator does: the door, forms, ids that nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from allhands.access.api import check_administer
from allhands.agencies.contracts import NotOnRecord
from allhands.agencies.web.forms import show_refusal, summarize
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.platform.web.asking import require_actor

form_page = require_http_methods(["GET", "HEAD", "POST"])
T = TypeVar("T")


def administrator(request: HttpRequest) -> Actor:
    """Who looks after the agency of the hat in force.

    Raises:
        Denied: access.administer.
    """
    actor = require_actor(request)
    check_administer(actor, actor.agency_id)
    return actor


def with_known_id(act: Callable[[], T]) -> T:
    """What the act answers; an unknown id is denied like a foreign one."""
    try:
        return act()
    except NotOnRecord:
        raise Denied("access.administer") from None


def answer_form(
    request: HttpRequest, form: Form, title: str | Promise, submit: str | Promise, act: Callable[[Form], HttpResponse]
) -> HttpResponse:
    """The form's page, or what the act answers when the form is filled in well."""
    if request.method == "POST" and form.is_valid():
        try:
            return act(form)
        except Refused as refused:
            show_refusal(form, refused)
    context = {"title": title, "submit": submit, "form": form, "summary": summarize(form), "back": reverse("agency")}
    return render(request, "agencies/form_page.html", context)
