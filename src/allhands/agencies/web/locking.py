"""The page of the idle lock, and what was sent while it stood."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from allhands.agencies.sign_in import lock


@csrf_exempt
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """By POST the page locks itself; by GET it asks who is there, in the way this person signs in.

    A tab that was open before somebody signed in anew holds an old mark against forgery. Its lock must hold all the
    same: refused, it would open the page again for a quarter of an hour. From another site no session comes along
    (Lax), and all that a forged one could do is to ask who is there.
    """
    going_to = _own_page(request)
    if request.method == "POST":
        lock.lock(request)
        return HttpResponse(status=204)
    if not lock.is_locked(request):
        return redirect(going_to)
    ways = get_adapter().get_reauthentication_methods(request.user)
    if ways:
        return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': going_to})}")
    return render(request, "agencies/locked.html", {"going_to": going_to})


@login_required
@require_POST
def hand(_request: HttpRequest) -> HttpResponse:
    """Somebody is at the page, without having asked for another one. The middleware has noted it."""
    return HttpResponse(status=204)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsent(request: HttpRequest) -> HttpResponse:
    """What was sent while the page was locked: to be sent now, by one press, or left."""
    if request.method == "POST":
        left = lock.take_unsent(request, forget=True)
        return redirect(left.page if left else "/")
    kept = lock.take_unsent(request)
    return render(request, "agencies/unsent.html", {"kept": kept}) if kept else redirect("/")


def _own_page(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
