"""Who acts: a signed-in member, an agency's API token, or the platform itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.kernel.ids import AgencyId, MemberId


class ActorKind(enum.Enum):
    MEMBER = "MEMBER"
    TOKEN = "TOKEN"  # noqa: S105  an actor kind, not a secret
    SYSTEM = "SYSTEM"


class Role(enum.Enum):
    """What a member does in the agency. Codes are stored; labels are translated in the interface."""

    CASEWORKER = "CASEWORKER"
    SUPERVISOR = "SUPERVISOR"
    DIRECTOR = "DIRECTOR"
    OFFICER = "OFFICER"
    DISPATCHER = "DISPATCHER"
    TRIBAL_LIAISON = "TRIBAL_LIAISON"
    DATA_STEWARD = "DATA_STEWARD"
    COURT_CLERK = "COURT_CLERK"
    ATTORNEY = "ATTORNEY"
    ADVOCATE = "ADVOCATE"
    SHELTER_WORKER = "SHELTER_WORKER"
    SCHOOL_LIAISON = "SCHOOL_LIAISON"
    CLEARINGHOUSE_ANALYST = "CLEARINGHOUSE_ANALYST"
    ADMINISTRATOR = "ADMINISTRATOR"
    OPERATOR = "OPERATOR"
    AUDITOR = "AUDITOR"


class AgencyKind(enum.Enum):
    """The kinds of agency that take part in a response. `actor` and `recipient` codes of rules use the same words."""

    CHILD_WELFARE = "CHILD_WELFARE"
    LAW_ENFORCEMENT = "LAW_ENFORCEMENT"
    TRIBAL_GOVERNMENT = "TRIBAL_GOVERNMENT"
    TRIBAL_POLICE = "TRIBAL_POLICE"
    COURT = "COURT"
    SHELTER = "SHELTER"
    ADVOCATE = "ADVOCATE"
    CAC = "CAC"
    SCHOOL = "SCHOOL"
    HEALTH = "HEALTH"
    CLEARINGHOUSE = "CLEARINGHOUSE"
    HOTLINE = "HOTLINE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, for which agency, in which role. Built once at the edge and passed down.

    Args:
        member_id: empty for a token or the system.
        agency_id: empty for the system only.
        label: name to show beside what this actor did, such as "Ruth Amundson".
        regime: code of the confidentiality law the agency's own records live under; empty where nobody said.
    """

    kind: ActorKind
    member_id: MemberId
    agency_id: AgencyId
    agency_kind: AgencyKind | None
    role: Role | None
    label: str
    regime: str = ""


SYSTEM = Actor(
    kind=ActorKind.SYSTEM, member_id=MemberId(""), agency_id=AgencyId(""), agency_kind=None, role=None, label="Allhands"
)
