"""Alerts to test with. Everybody is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.apps import apps

from allhands.alerts import drafting, models
from allhands.alerts.contracts import Rank
from allhands.kernel.actors import SYSTEM, Actor, AgencyKind, Role
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import COUNTY, STATE, Cast, Place, make_agency, make_member, make_route

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # 14:00 where the county is
SOURCE = "Plan of the test state"


def make_authority(agency_id: AgencyId, rank: Rank = Rank.PRIMARY, **land: str) -> None:
    """An authority for the test county, or for the land that is named."""
    where = land or {"state": STATE, "county_fips": COUNTY}
    with acting_as(SYSTEM):
        models.Authority.objects.create(
            agency_id=agency_id,
            rank=rank.value,
            answer_minutes=60,
            sender=f"alerts-{agency_id}@test.example",
            source=SOURCE,
            added_at=NOW,
            added_by="Test",
            **where,
        )


def make_number(agency_id: AgencyId, number: str = "+17015550110") -> str:
    """A verified number of an agency."""
    route_id = make_route(agency_id, "phone", number)
    apps.get_model("agencies", "ContactRoute").objects.filter(pk=route_id).update(verified_on=date(2026, 11, 2))
    return route_id


class People:
    """Who asks, who decides, who else is asked."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.caseworker, self.officer, self.dispatcher = cast.caseworker, cast.officer, cast.dispatcher
        self.sheriff = cast.officer.agency_id
        self.chief: Actor = make_member("Chief Testworth", Role.DIRECTOR, self.sheriff)
        state_desk = make_agency("Test State Desk", AgencyKind.CLEARINGHOUSE, places=[Place(state=STATE)])
        self.desk: Actor = make_member("Desk Testworth", Role.CLEARINGHOUSE_ANALYST, state_desk)
        make_authority(self.sheriff)
        make_authority(state_desk, Rank.BACKUP, state=STATE)
        self.number = make_number(self.sheriff)


def a_draft(number: str, **changes: object) -> drafting.Draft:
    """A draft with everything that is needed and nothing that harms."""
    whole = drafting.Draft(
        name="Maya",
        age=14,
        seen_at=NOW - timedelta(hours=1),
        texts={
            "en": {
                "looks": "Girl, brown hair, green eyes, 5 ft 4 in (163 cm)",
                "clothing": "green parka, no hat",
                "seen_place": "Harwell bus stop on Third Street",
            },
            "es": {
                "looks": "Niña, pelo castaño, ojos verdes, 1.63 m",
                "clothing": "abrigo verde, sin gorro",
                "seen_place": "parada de autobuses de Harwell, calle Tercera",
            },
        },
        consent_by="Sgt. Testworth, police",
        police_decided=True,
        consents=("name",),
        route_id=number,
        area=drafting.DraftArea(county_fips=(COUNTY,)),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # changes name the fields of a draft
