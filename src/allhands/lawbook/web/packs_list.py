"""The packs in force as their writers choose among them: how old each reading is, and which hold only a gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from allhands.law import Library, Pack, is_old
from allhands.lawbook import coverage
from allhands.ui.wording import Lang, date_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One pack of the list.

    Args:
        mark: what must be known before anyone relies on it: older than twelve months, or nothing read. May be empty.
    """

    id: str
    title: str
    version: str
    href: str
    read_on: str
    mark: str


def lines_of(library: Library, today: date, lang: Lang) -> tuple[PackLine, ...]:
    """Every pack that speaks in this world, by its name."""
    world = settings.ALLHANDS_WORLD
    found = [_line(pack, today, lang) for pack in library.packs if pack.kind != "core" and world in pack.worlds]
    return tuple(sorted(found, key=lambda one: one.title.lower()))


def _line(pack: Pack, today: date, lang: Lang) -> PackLine:
    oldest = coverage.oldest_reading(pack)
    mark = _("older than 12 months") if oldest and is_old(oldest, today) else ""
    return PackLine(
        id=pack.id,
        title=pack.title.get(lang),
        version=pack.version,
        href=reverse("law-pack", args=[pack.id]),
        read_on=date_words(oldest, today, lang) if oldest else "",
        mark=mark if pack.rules else _("only a gap: nothing was read"),
    )
