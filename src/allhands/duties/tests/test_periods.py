"""The end of a wait or a stay is told, and is nobody's deadline: no clock, no rung of the ladder, never late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from allhands.duties import api as duties
from allhands.duties.contracts import DutyState
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM, AgencyKind, Role
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import COUNTY, STATE, Cast, Place, make_agency, make_member
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
STAY = "us.federal.rhy-stay"


def test_a_stay_that_ended_is_late_for_nobody(page_client: PageClient, cast: Cast) -> None:
    shelter = make_agency("Test Shelter", AgencyKind.SHELTER, places=[Place(state=STATE, county_fips=COUNTY)])
    keeper = make_member("Keeper Testworth", Role.SHELTER_WORKER, AgencyId(shelter))
    now = timezone.now()
    entered = now - timedelta(days=30)
    told = report(at=now, child__in_basic_center=True, time__shelter_entered_at=entered.isoformat())
    maya = episodes.report_missing(cast.caseworker, told, now).episode_id
    with acting_as(SYSTEM):
        [stay] = [one for one in duties.list_duties([maya])[maya] if one.rule_id == STAY]
    assert stay.due_at is None
    assert stay.period_ends_at is not None
    assert abs(stay.period_ends_at - entered - timedelta(days=21)) <= timedelta(hours=1)  # days are days of a place
    assert stay.state is DutyState.OPEN
    duties.climb_all(now)
    assert duties.list_ladder(stay.duty_id) == ()
    page = page_client.sign_in(keeper).get("/duties")
    assert "(until " not in " ".join(page.texts("//section[@aria-labelledby='running']"))
    [row] = page.texts("//li[contains(., '(until ')]")
    assert "Overdue" not in row
