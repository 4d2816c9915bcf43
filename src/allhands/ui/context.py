"""The context every frame reads: who acts, in which world, where they may go."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from allhands.kernel.actors import Actor
from allhands.ui import nav
from allhands.ui.components.language_switch.presenter import LanguageSwitch
from allhands.ui.components.state_line.presenter import StateLine
from allhands.ui.components.world_band.presenter import WorldBand
from allhands.ui.roles import role_words
from allhands.ui.themes import Theme, chosen_theme
from allhands.ui.wording import Lang, Moment, as_lang, machine_time


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a frame needs to draw itself; no page passes it, the context processor does.

    Args:
        world: live, demo or drill.
        lock_key: closes what this person had typed when the page was covered, in the browser; base64.
        role: the hat in words, such as "supervisor"; empty when nobody is signed in.
        lock_after: seconds without a hand after which the page covers itself; 0: never.
        places: hrefs by place name; absent when no slice offers the place.
        made: when the server made the page.
    """

    world: str
    lang: Lang
    theme: Theme
    path: str
    person: str
    lock_after: int
    lock_key: str
    role: str
    agency: str
    asked: int | None
    links: tuple[NavLink, ...]
    places: Mapping[str, str]
    footer: tuple[str, ...]
    made: Moment

    @property
    def signed_in(self) -> bool:
        return bool(self.person)

    @property
    def band(self) -> WorldBand:
        return WorldBand(world=self.world)

    @property
    def language_switch(self) -> LanguageSwitch:
        return LanguageSwitch(current=self.lang, path=self.path)

    @property
    def state_line(self) -> StateLine:
        return StateLine()


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor: `frame` in every template."""
    return {"frame": build_frame(request)}


def build_frame(request: HttpRequest) -> Frame:
    """The frame of one request. Draws a signed-out frame when no actor is known."""
    actor: Actor | None = getattr(request, "actor", None)
    return Frame(
        world=settings.ALLHANDS_WORLD,
        lang=as_lang(get_language()),
        theme=chosen_theme(request),
        path=request.get_full_path(),
        person=actor.label if actor else "",
        lock_after=settings.ALLHANDS_IDLE_MINUTES * 60 if actor else 0,
        lock_key=_lock_key(actor.member_id) if actor else "",
        role=role_words(actor.role) if actor and actor.role else "",
        agency=nav.agency_name(actor) if actor else "",
        asked=nav.asked_count(actor) if actor and nav.place(nav.Place.ASKED) else None,
        links=_links(actor, request.path) if actor else (),
        places=_places(),
        footer=nav.footer_words(request),
        made=_made(timezone.now()),
    )


def _lock_key(member_id: str) -> str:
    """The same for all pages of a person under one hat, whichever session they unlock with, and nobody else's."""
    return base64.b64encode(salted_hmac("allhands.typed", member_id, algorithm="sha256").digest()).decode()


def _made(now: datetime) -> Moment:
    return Moment(iso=machine_time(now), words=f"{timezone.localtime(now):%H:%M:%S %Z}")


def _links(actor: Actor, path: str) -> tuple[NavLink, ...]:
    reachable = [(item, _href(item.url_name)) for item in nav.items_for(actor)]
    current = max((href for _, href in reachable if href and _is_under(path, href)), key=len, default=None)
    return tuple(NavLink(label=str(item.label), href=href, current=href == current) for item, href in reachable if href)


def _is_under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))


def _places() -> dict[str, str]:
    found = {wanted.name.lower(): _href(nav.place(wanted)) for wanted in nav.Place}
    return {name: href for name, href in found.items() if href}


def _href(url_name: str | None) -> str | None:
    if url_name is None:
        return None
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
