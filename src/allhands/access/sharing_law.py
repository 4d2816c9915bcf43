"""What the permission rules of the packs say about one field, in the words of the law room."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from allhands import law
from allhands.access.contracts import MarkKind, Purpose
from allhands.access.records import Piece
from allhands.kernel.actors import Actor, AgencyKind
from allhands.law.permission import PermissionResult, Permissions
from allhands.platform import packs

_PARTY_OF_KIND: Final = {
    AgencyKind.CHILD_WELFARE: "child_welfare_agency",
    AgencyKind.LAW_ENFORCEMENT: "law_enforcement",
    AgencyKind.TRIBAL_POLICE: "tribal_police",
    AgencyKind.TRIBAL_GOVERNMENT: "tribal_government",
    AgencyKind.COURT: "court",
    AgencyKind.SHELTER: "shelter",
    AgencyKind.ADVOCATE: "childs_attorney",
    AgencyKind.CAC: "service_provider",
    AgencyKind.SCHOOL: "school",
    AgencyKind.HEALTH: "health_provider",
    AgencyKind.CLEARINGHOUSE: "ncmec",
    AgencyKind.HOTLINE: "service_provider",
}
_PARTY_OF_REGIME: Final = {
    "RHYA_TLP": "transitional_living_program",
    "VAWA": "victim_service",
    "PART2": "substance_use_program",
}
_RECORD_OF: Final = {
    "TITLE_IV_E": "child_protection_record",
    "RHYA_BCP": "shelter_record",
    "RHYA_TLP": "transitional_living_record",
    "VAWA": "victim_service_record",
    "HIPAA": "health_record",
    "PART2": "substance_use_record",
    "FERPA": "education_record",
    "CJIS": "criminal_justice_information",
    MarkKind.CYBERTIP.value: "cybertip_report",
}
_PURPOSE_OF: Final = {
    Purpose.RESPONSE: "locate_child",
    Purpose.CARE: "case_plan",
    Purpose.COURT: "legal_process",
    Purpose.STATISTICS: "statistics",
}


def party_of(kind: AgencyKind, regime: str) -> str:
    """The word of the law for an agency: its own law says more than its kind."""
    return _PARTY_OF_REGIME.get(regime, _PARTY_OF_KIND[kind])


def ask(
    piece: Piece,
    marks: Iterable[MarkKind],
    *,
    holder_kind: AgencyKind,
    recipient: Actor,
    purpose: Purpose,
    statements: Collection[law.JSON],
    now: datetime,
) -> PermissionResult:
    """Whether law allows this holder to tell this reader.

    Args:
        statements: what is said of the episode, as `duties.said` gives it, so that conditions know the facts.
    """
    assert recipient.agency_kind is not None
    laws = [piece.regime, *(mark.value for mark in marks)]
    classes = [piece.sensitivity, *(_RECORD_OF[code] for code in dict.fromkeys(laws) if code in _RECORD_OF)]
    raw: dict[str, law.JSON] = {"as_of": now.isoformat(), "statements": list(statements)}
    library = packs.library()
    facts = law.parse_input(raw, library.facts).facts
    return Permissions(library, facts=facts, as_of=now).ask(
        holder=party_of(holder_kind, piece.regime),
        data_class=classes,
        recipient=party_of(recipient.agency_kind, recipient.regime),
        purpose=_PURPOSE_OF[purpose],
    )
