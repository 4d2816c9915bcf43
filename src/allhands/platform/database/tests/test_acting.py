"""The database knows who acts, for as long as they act."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from allhands.kernel.actors import SYSTEM, Actor, ActorKind, AgencyKind, Role
from allhands.kernel.ids import AgencyId, MemberId
from allhands.platform.database.acting import acting_as

pytestmark = pytest.mark.django_db

RUTH = Actor(
    kind=ActorKind.MEMBER,
    member_id=MemberId("m1"),
    agency_id=AgencyId("a1"),
    agency_kind=AgencyKind.CHILD_WELFARE,
    role=Role.CASEWORKER,
    label="Ruth Testworth",
)
COLE = replace(RUTH, member_id=MemberId("m2"), agency_id=AgencyId("a2"))


def who() -> tuple[str, str, bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT allhands_actor_member(), allhands_actor_agency(), allhands_is_system()")
        member, agency, is_system = cursor.fetchone()
    return member, agency, is_system


def test_nobody_acts_by_default() -> None:
    assert who() == ("", "", False)


def test_actor_is_known_inside_and_forgotten_outside() -> None:
    with acting_as(RUTH):
        assert who() == ("m1", "a1", False)
    assert who() == ("", "", False)


def test_nested_actor_gives_back() -> None:
    with acting_as(RUTH):
        with acting_as(SYSTEM):
            assert who() == ("", "", True)
            with acting_as(COLE):
                assert who() == ("m2", "a2", False)
            assert who() == ("", "", True)
        assert who() == ("m1", "a1", False)


def test_error_gives_back_too() -> None:
    with acting_as(RUTH):
        with pytest.raises(ZeroDivisionError), acting_as(SYSTEM):
            raise ZeroDivisionError
        assert who() == ("m1", "a1", False)


@pytest.mark.django_db(transaction=True)
def test_next_transaction_of_the_connection_starts_with_nobody() -> None:
    with acting_as(RUTH):
        assert who() == ("m1", "a1", False)
    assert who() == ("", "", False)
