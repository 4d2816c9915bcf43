"""Which agencies a duty's codes may mean for this child: each with its reasons, nothing picked in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allhands.agencies.contracts import Candidate, PlaceRole, Reason, Why
from allhands.agencies.presenting import Reader
from allhands.geo.counties import find_county
from allhands.geo.nations import find_nation


@dataclass(frozen=True, slots=True, kw_only=True)
class MeantLine:
    """An agency by name, and why it may be the one."""

    name: str
    reasons: tuple[str, ...]


def lines(union: Iterable[Candidate], reader: Reader) -> tuple[MeantLine, ...]:
    """Every agency that may be meant."""
    return tuple(
        MeantLine(name=one.agency.name, reasons=tuple(dict.fromkeys(_reason(why, reader) for why in one.reasons)))
        for one in union
    )


def _reason(reason: Reason, reader: Reader) -> str:
    said = {"where": _name(reason, reader), "role": _role(reason.role)}
    match reason.why:
        case Why.COUNTY:
            return _("serves %(where)s (%(role)s)") % said
        case Why.PART_OF_COUNTY:
            return _("serves a part of %(where)s (%(role)s)") % said
        case Why.NATION if reason.role is PlaceRole.NATION:
            return _("serves %(where)s, of which the child is or may be a part") % said
        case Why.NATION:
            return _("serves the land of %(where)s (%(role)s)") % said
        case Why.NATION_POSSIBLE:
            return _("%(where)s has land in that county; nobody has said it is not there (%(role)s)") % said
        case Why.STATE:
            return _("serves all of %(where)s (%(role)s)") % said
        case _:
            return _("serves the whole country")


def _name(reason: Reason, reader: Reader) -> str:
    county, nation = find_county(reason.code), find_nation(reason.code)
    if county is not None:
        return county.name
    return reader.said({"en": nation.en, "es": nation.es}) if nation is not None else reason.code


def _role(role: PlaceRole) -> str:
    return {
        PlaceRole.LAST_SEEN: _("last seen there"),
        PlaceRole.RESIDENCE: _("lives there"),
        PlaceRole.PLACEMENT: _("placed there"),
        PlaceRole.CUSTODY: _("in custody there"),
        PlaceRole.NATION: _("the child's nation"),
    }[role]
