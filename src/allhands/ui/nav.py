"""What the frame shows around a page: navigation, and the places other rooms offer it.

Slices register here from `AppConfig.ready`; the interface imports none of them. A place nobody registered is not drawn.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from allhands.kernel.actors import Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One word on the navigation line.

    Args:
        key: stable; a second registration under the same key replaces the first.
        label: translated lazily.
        url_name: reversed without arguments.
        order: lower stands further left.
        roles: who sees it; empty means everybody signed in.
    """

    key: str
    label: str | Promise
    url_name: str
    order: int = 100
    roles: frozenset[Role] = frozenset()


class Place(enum.Enum):
    """Pages the frame links to when somebody has them."""

    HOME = "home"
    SEARCH = "search"
    ASKED = "asked"
    ACCOUNT = "account"
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    LOCK = "lock"
    LOCK_HAND = "lock-hand"
    HELP = "help"
    LIVE = "live"
    WHO_TO_CALL = "who-to-call"


AgencyName = Callable[[Actor], str]
AskedCount = Callable[[Actor], int]
FooterWords = Callable[[HttpRequest], tuple[str, ...]]

_items: dict[str, NavItem] = {}
_places: dict[Place, str] = {}
_agency_names: list[AgencyName] = []
_asked_counts: list[AskedCount] = []
_footers: list[FooterWords] = []


def register(item: NavItem) -> None:
    """Puts a word on the navigation line."""
    _items[item.key] = item


def register_place(place: Place, url_name: str) -> None:
    """Says which page is the frame's home, search, sign-out and so on."""
    _places[place] = url_name


def register_agency_name(provider: AgencyName) -> None:
    """Gives the frame the name of the agency in force. The last one registered answers."""
    _agency_names[:] = [provider]


def register_asked_count(provider: AskedCount) -> None:
    """Gives the bell its number: how many acts are asked of this actor. Providers add up."""
    if provider not in _asked_counts:
        _asked_counts.append(provider)


def register_footer(provider: FooterWords) -> None:
    """Adds words to the footer, such as the dates of the rule packs and the version."""
    if provider not in _footers:
        _footers.append(provider)


def items_for(actor: Actor) -> tuple[NavItem, ...]:
    """The navigation line of this actor, in order."""
    seen = (item for item in _items.values() if not item.roles or actor.role in item.roles)
    return tuple(sorted(seen, key=lambda item: (item.order, item.key)))


def place(wanted: Place) -> str | None:
    """The URL name registered for a place, if any."""
    return _places.get(wanted)


def agency_name(actor: Actor) -> str:
    """The name of the actor's agency, or nothing when no slice can tell."""
    return _agency_names[0](actor) if _agency_names else ""


def asked_count(actor: Actor) -> int:
    """How many acts are asked of this actor."""
    return sum(provider(actor) for provider in _asked_counts)


def footer_words(request: HttpRequest) -> tuple[str, ...]:
    """Everything the slices want said in the footer."""
    return tuple(words for provider in _footers for words in provider(request))
