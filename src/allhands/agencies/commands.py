"""What can be asked of this slice, parsed and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allhands.agencies.contracts import AreaView, HoursView, Regime, RouteKind, RoutePurpose, Scope
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import AgencyId, MemberId


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
