"""Who can act here? The card of one place, for anyone, also without signal."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from allhands.agencies import api as agencies
from allhands.directory import api
from allhands.directory import presenting as showing
from allhands.directory.contracts import Form, Where
from allhands.directory.places import place_words
from allhands.directory.web import lite
from allhands.geo.counties import find_county, list_counties
from allhands.geo.states import STATE_NAMES
from allhands.platform.web.asking import get_actor
from allhands.ui.wording import Lang, date_words

_STATE = re.compile(r"([a-z]{2})(?:-(\d{5}))?")


@csrf_exempt  # changes nothing; a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Which place? Nations first; a county, ZIP code or state by hand. One's own nation opens at once."""
    lang = lite.lang_of(request)
    home = _home(request)
    if home and request.method != "POST" and "all" not in request.GET:
        return redirect(f"{reverse('who-can-act-card', args=[home])}?lang={lang}")
    asked = api.ask(Form(one=lambda name: str(request.POST.get(name, "")) if name in {"where", "state"} else ""))
    if len(asked.places) == 1 and not asked.troubles:
        return redirect(f"{reverse('who-can-act-card', args=[slug_of(asked.places[0])])}?lang={lang}")
    with override(lang):
        context = {
            "form": showing.show_form(asked, (), lang),
            "found": [_link(place, lang) for place in asked.places],
            "read": [_link(Where(nation=code), lang) for code in sorted(api.nations_here())],
            "others": [_link(Where(nation=code), lang) for code in sorted(api.nations().keys() - api.nations_here())],
            "made": _today(lang),
        }
    status = 422 if asked.troubles else 200
    return lite.page(request, "directory/choose.html", context, lang=lang, status=status)


@require_safe
def card(request: HttpRequest, place: str) -> HttpResponse:
    """The card of a nation, a state or a county."""
    lang, now = lite.lang_of(request), timezone.now()
    where = place_of(place)
    found = api.card(where, now, for_staff=get_actor(request) is not None)
    with override(lang):
        words = place_words(where).get(lang)
        context = {
            "card": showing.show_card(found, now, lang),
            "place": words,
            "counties": _counties(where, lang),
            "made": _today(lang),
        }
    return lite.page(request, "directory/card.html", context, lang=lang)


def place_of(slug: str) -> Where:
    """The place of an address such as `sample`, `nd` or `nd-38079`.

    Raises:
        Http404: no such place here.
    """
    if slug in api.nations():
        return Where(nation=slug)
    found = _STATE.fullmatch(slug)
    state = found[1].upper() if found else ""
    if state not in STATE_NAMES or found is None:
        raise Http404
    county = find_county(found[2]) if found[2] else None
    known = county is not None and county.state == state and (not county.invented or api.has_invented())
    if found[2] and not known:
        raise Http404
    return Where(state=state, county_fips=found[2] or "")


def slug_of(place: Where) -> str:
    """The address of a place; a nation's card wherever a nation is named."""
    if place.nation:
        return place.nation
    return "-".join(part for part in (place.state.lower(), place.county_fips) if part)


def _link(place: Where, lang: Lang) -> dict[str, str]:
    href = f"{reverse('who-can-act-card', args=[slug_of(place)])}?lang={lang}"
    return {"href": href, "words": place_words(place).get(lang)}


def _counties(place: Where, lang: Lang) -> list[dict[str, str]]:
    """The counties of a state's card, each with its own."""
    if place.nation or place.county_fips:
        return []
    known = list_counties(place.state, with_invented=api.has_invented())
    return [
        {
            "href": f"{reverse('who-can-act-card', args=[f'{place.state.lower()}-{one.fips}'])}?lang={lang}",
            "words": one.name,
        }
        for one in known
    ]


def _home(request: HttpRequest) -> str:
    """The nation of the reader's own agency, when it serves exactly one."""
    actor = get_actor(request)
    if actor is None or not actor.agency_id:
        return ""
    served = api.nations().keys() & agencies.nations_of(actor.agency_id)
    return served.pop() if len(served) == 1 else ""


def _today(lang: Lang) -> str:
    today = timezone.now().date()
    return date_words(today, today, lang)
