"""What other slices may know of an agency, its people and the ways to reach it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, time

from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import AgencyId, MemberId


class NotOnRecord(LookupError):
    """No such agency, hat or key. Carries the id only."""


class Regime(enum.Enum):
    """The confidentiality law an agency's own records live under. Codes are stored; changing one is a migration.

    Source: federal-law sections 7 and 11 (42 U.S.C. 671(a)(8); 28 CFR 20; 45 CFR 1351; 34 U.S.C. 12291(b)(2);
    45 CFR 164; 42 CFR 2; 20 U.S.C. 1232g).
    """

    TITLE_IV_E = "TITLE_IV_E"
    CJIS = "CJIS"
    RHYA_BCP = "RHYA_BCP"
    RHYA_TLP = "RHYA_TLP"
    VAWA = "VAWA"
    HIPAA = "HIPAA"
    PART2 = "PART2"
    FERPA = "FERPA"
    COURT = "COURT"
    TRIBAL = "TRIBAL"
    NONE = "NONE"


class RouteKind(enum.Enum):
    """A way to reach an agency."""

    PHONE = "phone"
    EMAIL = "email"
    INBOX = "inbox"
    FAX = "fax"
    WEB = "web"


class RoutePurpose(enum.Enum):
    """What a route is for. A route for ANY serves where no better one is on record."""

    ANY = "ANY"
    REPORT = "REPORT"
    NOTICE = "NOTICE"
    AFTER_HOURS = "AFTER_HOURS"
    ICWA_NOTICE = "ICWA_NOTICE"


class Scope(enum.Enum):
    """What an API token may be used for; it never reaches further than its agency does."""

    REPORTS_WRITE = "reports:write"
    EPISODES_READ = "episodes:read"
    DUTIES_PROVE = "duties:prove"
    PEOPLE_END = "people:end"


class AgreementKind(enum.Enum):
    """What an agreement is. NATION: a nation's own with an agency, about its children and what may be told of them."""

    MOU = "MOU"
    NATION = "NATION"


class Cover(enum.Enum):
    """What an agreement covers."""

    HAND_OFF = "HAND_OFF"
    CASE_INFORMATION = "CASE_INFORMATION"
    NOTICE = "NOTICE"
    JOINT_RESPONSE = "JOINT_RESPONSE"
    PLACEMENT = "PLACEMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView:
    """One place an agency serves.

    Args:
        state: two letters, empty for a nation's area.
        county_fips: five digits, empty for a whole state.
        part: the part of the county served, in words, such as "City of Harwell"; empty for the whole county.
        nation: slug of a tribal nation, empty for a state or county.
    """

    state: str
    county_fips: str
    part: str
    nation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView:
    """An agency as every slice may see it.

    Args:
        time_zone: IANA name, such as America/Chicago.
        is_fictional: true for agencies of the demo world; pages say so.
        is_nationwide: serves the whole country, whatever its areas say.
    """

    id: AgencyId
    name: str
    kind: AgencyKind
    regime: Regime
    time_zone: str
    is_fictional: bool
    is_nationwide: bool
    areas: tuple[AreaView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """An agency that an agreement names.

    Args:
        confirmed_by: display name of who confirmed it for the agency; empty while nobody has.
    """

    agency_id: AgencyId
    agency_name: str
    confirmed_by: str
    confirmed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """A written agreement between agencies. It holds when every party has confirmed it and the day is in its period.

    Args:
        document: where the signed paper is kept, such as a file number; never the paper itself.
        starts_on: first day on which it holds.
        ends_on: first day on which it no longer holds; None for open.
    """

    id: str
    kind: AgreementKind
    title: str
    document: str
    covers: frozenset[Cover]
    parties: tuple[PartyView, ...]
    starts_on: date
    ends_on: date | None

    @property
    def is_confirmed(self) -> bool:
        """Whether every party has said yes."""
        return all(party.confirmed_on for party in self.parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """One hat: a person in a role of an agency.

    Args:
        starts_on: first day of the role.
        ends_on: first day the role no longer holds; None while open.
    """

    id: MemberId
    agency_id: AgencyId
    agency_name: str
    display_name: str
    role: Role
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursView:
    """Open from `opens` until `closes` on one weekday (0 is Monday), in the agency's own time zone."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteView:
    """A way to reach an agency.

    Args:
        address: phone number, e-mail address, web address; empty for the inbox.
        is_always_open: answered day and night.
        hours: when it is answered; empty and not always open means nobody has told us.
        verified_on: day a person last confirmed it; None when nobody has.
    """

    id: str
    agency_id: AgencyId
    kind: RouteKind
    address: str
    purpose: RoutePurpose
    is_always_open: bool
    hours: tuple[HoursView, ...]
    verified_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An invitation that waits for its answer; its link is shown once, when it is made.

    Args:
        ends_on: first day the role will no longer hold; None for open.
    """

    id: str
    agency_id: AgencyId
    email: str
    display_name: str
    role: Role
    ends_on: date | None
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """An agency's key, without its secret.

    Args:
        prefix: the part that may be shown, so that a key found in a file can be told from another.
        made_by: display name of the member who made it; empty when the operator did.
    """

    id: str
    agency_id: AgencyId
    name: str
    prefix: str
    scopes: frozenset[Scope]
    made_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A new key with its secret, which exists here and nowhere else: show it once.

    Args:
        raw: the whole key, to be sent as `Authorization: Bearer <raw>`.
    """

    id: str
    prefix: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedInvitation:
    """A new invitation with the secret of its one-time link: show it once."""

    id: str
    raw: str


class PlaceRole(enum.Enum):
    """What a place is to the child. NATION is no place but a tie: the nation of which the child is a part."""

    LAST_SEEN = "last_seen"
    RESIDENCE = "residence"
    PLACEMENT = "placement"
    CUSTODY = "custody"
    NATION = "nation"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPlace:
    """A place with all it may be; each part may hold several, and may be empty.

    Args:
        states: two letters each.
        counties: five digits each.
        nations: slugs of nations whose land it is said to be.
        nations_possible: slugs of nations with land in one of the counties, unless somebody has said it is not theirs.
    """

    role: PlaceRole
    states: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    nations_possible: tuple[str, ...] = ()


class Why(enum.Enum):
    """Why an agency is a candidate."""

    COUNTY = "county"
    PART_OF_COUNTY = "part-of-county"
    NATION = "nation"
    NATION_POSSIBLE = "nation-possible"
    STATE = "state"
    NATIONWIDE = "nationwide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: what the place is to the child, how the agency's area fits it, and by which code.

    Args:
        code: the county, state or slug that fits; empty when the agency serves the whole country.
    """

    role: PlaceRole
    why: Why
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An agency that may have to act, with every reason, nearest first."""

    agency: AgencyView
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyFor:
    """A county or nation of the places for which no police, or no agency at all, is on record here.

    Args:
        kind: the kind of agency that is missing.
    """

    role: PlaceRole
    code: str
    kind: AgencyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """All agencies that may have to act, nearest first, and for whom nobody is on record."""

    agencies: tuple[Candidate, ...]
    nobody_for: tuple[NobodyFor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The agencies that a code of the rules means for a child.

    Args:
        union: every one that may be meant, each with its reasons.
        told: those that a packet goes to.
        first: the one that owes and acts first; None when several are equally near: nobody has told us which.
    """

    union: tuple[Candidate, ...]
    told: tuple[Candidate, ...]
    first: Candidate | None
