"""The information matrix: one row a kind of agency, nothing for whoever is not in the response."""

from __future__ import annotations

import pytest

from allhands.access.contracts import EpisodeAccess, InformationClass
from allhands.access.matrix import CLASSES, packet_classes, visible_classes
from allhands.kernel.actors import SYSTEM, Actor, ActorKind, AgencyKind, Role
from allhands.kernel.ids import AgencyId, EpisodeId, MemberId

HERE, OWNER = AgencyId("here"), AgencyId("owner")
PARTY_TO = EpisodeAccess(episode_id=EpisodeId("e"), owner_agency_id=OWNER, party_agency_ids=frozenset({HERE}))
ELSEWHERE = EpisodeAccess(episode_id=EpisodeId("e"), owner_agency_id=OWNER, party_agency_ids=frozenset())


def actor(kind: AgencyKind, role: Role | None = Role.SUPERVISOR) -> Actor:
    return Actor(
        kind=ActorKind.MEMBER if role else ActorKind.TOKEN,
        member_id=MemberId("m" if role else ""),
        agency_id=HERE,
        agency_kind=kind,
        role=role,
        label="Somebody",
    )


def classes(text: str) -> frozenset[InformationClass]:
    return frozenset(name for name in CLASSES if name in text.split())


# kind, what others stated, what the agency stated itself
ROWS = [
    (AgencyKind.CHILD_WELFARE, "P0 P1 P2", "P0 P1 P2 P3"),
    (AgencyKind.LAW_ENFORCEMENT, "P0 P1 P2", "P0 P1 P2 P3"),
    (AgencyKind.TRIBAL_POLICE, "P0 P1 P2", "P0 P1 P2 P3"),
    (AgencyKind.TRIBAL_GOVERNMENT, "P0 P1", "P0 P1 P2 P3 P4"),
    (AgencyKind.COURT, "P0 P1 P2", "P0 P1 P2 P3"),
    (AgencyKind.SHELTER, "P0", "P0 P1 P3"),
    (AgencyKind.ADVOCATE, "P0 P1", "P0 P1 P2 P3 P4"),
    (AgencyKind.CAC, "P0 P1 P2", "P0 P1 P2 P3"),
    (AgencyKind.SCHOOL, "P0", "P0 P1"),
    (AgencyKind.HEALTH, "P0 P1 P2", "P0 P1 P2 P3"),
    (AgencyKind.CLEARINGHOUSE, "P0 P1 P2", "P0 P1 P2 P3"),
    (AgencyKind.HOTLINE, "P0", "P0 P1"),
]


def test_matrix_has_a_row_for_every_kind() -> None:
    assert set(AgencyKind) == {kind for kind, _, _ in ROWS}


@pytest.mark.parametrize(("kind", "of_others", "own"), ROWS, ids=lambda value: getattr(value, "value", None))
def test_visible_classes_follow_the_row(kind: AgencyKind, of_others: str, own: str) -> None:
    assert visible_classes(actor(kind), PARTY_TO) == classes(of_others)
    assert visible_classes(actor(kind), PARTY_TO, stated_by=OWNER) == classes(of_others)
    assert visible_classes(actor(kind), PARTY_TO, stated_by=HERE) == classes(own)
    assert visible_classes(actor(kind), ELSEWHERE, stated_by=HERE) == frozenset()
    assert packet_classes(kind) == classes(of_others)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR])
def test_visible_classes_are_empty_for_those_who_run_the_house(role: Role) -> None:
    assert visible_classes(actor(AgencyKind.CHILD_WELFARE, role), PARTY_TO) == frozenset()


def test_visible_classes_leave_the_case_out_for_a_dispatcher() -> None:
    dispatcher = actor(AgencyKind.LAW_ENFORCEMENT, Role.DISPATCHER)
    assert visible_classes(dispatcher, PARTY_TO) == classes("P0 P1")
    assert visible_classes(dispatcher, PARTY_TO, stated_by=HERE) == classes("P0 P1 P2")


def test_visible_classes_give_software_what_every_member_has() -> None:
    assert visible_classes(actor(AgencyKind.LAW_ENFORCEMENT, None), PARTY_TO) == classes("P0 P1")


def test_visible_classes_give_the_platform_everything() -> None:
    assert visible_classes(SYSTEM, ELSEWHERE) == frozenset(CLASSES)
