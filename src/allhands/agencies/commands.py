"""What can be asked of this slice, parsed and frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from allhands.agencies.contracts import (
    AgreementKind,
    AreaView,
    Cover,
    HoursView,
    Regime,
    RouteKind,
    RoutePurpose,
    Scope,
)
from allhands.geo.counties import find_county
from allhands.geo.states import STATE_NAMES
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId, MemberId

_NATION = re.compile(r"nation:([a-z][a-z0-9-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAgency:
    """Args: time_zone: IANA name."""

    name: str
    kind: AgencyKind
    regime: Regime
    time_zone: str
    areas: tuple[AreaView, ...]
    is_nationwide: bool = False
    is_fictional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRoute:
    """Args: hours: empty and not always open means that nobody has told us."""

    agency_id: AgencyId
    kind: RouteKind
    address: str
    purpose: RoutePurpose
    is_always_open: bool
    hours: tuple[HoursView, ...] = ()
    verified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteMember:
    """Args: ends_on: first day the role will no longer hold; None for open."""

    agency_id: AgencyId
    email: str
    display_name: str
    role: Role
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation:
    """Args: password: None when the person is signed in already, as `account_id`."""

    raw: str
    password: str | None
    account_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMembership:
    """Args: ends_on: first day the role no longer holds."""

    member_id: MemberId
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueToken:
    agency_id: AgencyId
    name: str
    scopes: frozenset[Scope]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpSignIn:
    """Args: member_id: of the person to let in, in the helper's own agency."""

    member_id: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSignInHelp:
    raw: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgreement:
    """Args:
    with_agencies: the other parties.
    document: where the signed paper is kept.
    ends_on: first day on which it no longer holds; None for open.
    """

    kind: AgreementKind
    title: str
    document: str
    covers: frozenset[Cover]
    with_agencies: frozenset[AgencyId]
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAgreement:
    """Args: ends_on: first day on which it no longer holds."""

    agreement_id: str
    ends_on: date


def parse_area(text: str) -> AreaView:
    """A place as people write it: ND, 38079 or nation:slug.

    Raises:
        Refused: area-unknown.
    """
    nation = _NATION.fullmatch(text)
    if nation:
        return AreaView(state="", county_fips="", part="", nation=nation[1])
    if text in STATE_NAMES:
        return AreaView(state=text, county_fips="", part="", nation="")
    county = find_county(text)
    if county is None or county.invented:
        raise Refused(
            "area-unknown",
            _("%(text)s is no place we know. Write ND for a state, 38079 for a county, nation:slug for a nation.")
            % {"text": text},
            field="areas",
        )
    return AreaView(state=county.state, county_fips=county.fips, part="", nation="")


def parse_regime(text: str) -> Regime:
    """The confidentiality law by its code, upper and lower case alike.

    Raises:
        Refused: regime-unknown, listing the codes.
    """
    codes = [regime.value for regime in Regime]
    if text.upper() not in codes:
        known = ", ".join(codes)
        raise Refused("regime-unknown", _("Choose one of: %(known)s.") % {"known": known}, field="regime")
    return Regime(text.upper())
