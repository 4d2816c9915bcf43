"""Areas nobody can be told in: said kindly beside the field, with everything that was typed still there."""

from __future__ import annotations

import pytest
from django.utils import timezone

from allhands.alerts import ladder, models
from allhands.alerts.actions import asking, writing
from allhands.alerts.tests.makers import People
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
_BOW = "46.0, -100.0\n47.0, -99.0\n47.0, -100.0\n46.0, -99.0"
_LINE = "46.0, -100.0\n46.0, -99.0\n46.0, -98.0"
_ROUND_THE_WORLD = "51.0, 179.0\n52.0, 179.0\n52.0, -179.0\n51.0, -179.0"
_TEXAS = "31.0, -99.0\n31.5, -99.0\n31.5, -98.5"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("polygon", _BOW, "cross"),
        ("polygon", _LINE, "cross"),
        ("polygon", _ROUND_THE_WORLD, "outside the land of the authority"),
        ("polygon", _TEXAS, "outside the land of the authority"),
        ("polygon", "here, there", "latitude, longitude"),
        ("centre", "46.8, -96.7", "how far around the point"),
        ("radius_km", "5000", "between 0.1 and 500 km"),
        ("radius_km", "0.001", "between 0.1 and 500 km"),
        ("minutes", "90", "both the minutes and the speed"),
    ],
)
def test_a_bad_area_is_said_beside_its_field_and_nothing_is_lost(
    page_client: PageClient, people: People, field: str, typed: str, said: str
) -> None:
    now = timezone.now()
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", now)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, request_id, now)
    page = page_client.sign_in(people.caseworker).post(f"/alerts/{alert_id}/area", {"version": "1", field: typed})
    assert page.status == 422
    assert said in page.text
    kept = page.response.content.decode().replace("\r\n", "\n")
    assert typed in kept if field == "polygon" else f'value="{typed}"' in kept
    with acting_as(SYSTEM):
        assert models.Alert.objects.get().version == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (_BOW, "La línea de esta zona se cruza cerca de 46.5, -99.5."),
        (_LINE, "La línea de esta zona se cruza"),
        ("46.0, -100.0\n47.0, -99.0", "Una zona necesita al menos tres esquinas."),
        ("46.0, -100.0\n46.0, -100.0001\n46.0001, -100.0", "Esta zona es más pequeña que una manzana."),
    ],
    ids=["bow", "line", "two corners", "tiny"],
)
def test_a_bad_drawing_is_told_in_spanish_to_who_reads_spanish(
    page_client: PageClient, people: People, typed: str, said: str
) -> None:
    now = timezone.now()
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", now)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, request_id, now)
    client = page_client.sign_in(people.caseworker)
    page = client.post(
        f"/alerts/{alert_id}/area", {"version": "1", "polygon": typed}, headers={"Accept-Language": "es"}
    )
    assert said in page.text
