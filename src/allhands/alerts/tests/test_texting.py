"""Sign up by text alone: asked twice, in both languages, and nobody's telephone is bombarded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from allhands.alerts import models, subscribers
from allhands.alerts.actions import texting
from allhands.alerts.contracts import AlertArea
from allhands.alerts.tests.makers import NOW
from allhands.channels.api import obey
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.pages import PageClient
from allhands.wire import wea

pytestmark = pytest.mark.django_db
NUMBER = "+17015550142"
CASS = AlertArea(words={"en": ""}, county_fips=("38017",), nations=(), polygons=(), circles=())


def told() -> list[tuple[str, str]]:
    return [(one.address, one.language) for one in subscribers.inside(CASS, "SMS")]


def test_start_county_yes_and_stop() -> None:
    assert obey(NUMBER, "Start", NOW).startswith("Missing child alerts: write your county and state")
    with acting_as(SYSTEM):
        assert not models.Subscription.objects.exists(), "nothing of a person is kept before they say where"
    assert "Cass County, ND. Reply YES" in obey(NUMBER, "cass county, nd", NOW)
    assert told() == []
    assert obey(NUMBER, "Yes!", NOW).startswith("You will get missing child alerts")
    assert told() == [(NUMBER, "en")]
    assert "Recibira" in obey(NUMBER, "ESPAÑOL", NOW)
    assert told() == [(NUMBER, "es")]
    assert "unsubscribed" in obey(NUMBER, "STOP", NOW)
    assert told() == []
    assert "Recibira" in obey(NUMBER, "start", NOW), "in the language they chose"
    assert told() == [(NUMBER, "es")]


def test_the_page_says_where_to_write(page_client: PageClient, settings: Settings) -> None:
    assert "Text messages are not configured here." in page_client.get("/alerts/near-me?state=ND").text
    settings.ALLHANDS_SMS_PROVIDER, settings.ALLHANDS_SMS_FROM = "json", "+17015550100"
    page = page_client.get("/alerts/near-me?state=ND")
    assert "By text message: send START to +17015550100." in page.text


def test_who_begins_in_spanish_goes_on_in_spanish() -> None:
    assert "escriba su condado" in obey(NUMBER, "Iniciar", NOW)
    assert "No conocemos" in obey(NUMBER, "Condado de Nada, ND", NOW)
    assert "Responda SI" in obey(NUMBER, "condado de Cass ND", NOW)
    obey(NUMBER, "Sí", NOW)
    assert told() == [(NUMBER, "es")]


def test_who_is_signed_up_moves_by_writing_another_county() -> None:
    for said in ("START", "Cass ND", "YES"):
        obey(NUMBER, said, NOW)
    assert "write county and state" in obey(NUMBER, "START", NOW), "how to move is said"
    assert "now come for Burleigh County, ND" in obey(NUMBER, "Burleigh ND", NOW)
    assert told() == []
    burleigh = AlertArea(words={"en": ""}, county_fips=("38015",), nations=(), polygons=(), circles=())
    assert [one.address for one in subscribers.inside(burleigh, "SMS")] == [NUMBER]


def test_a_yes_that_comes_too_late_does_not_begin() -> None:
    obey(NUMBER, "START", NOW)
    obey(NUMBER, "Cass ND", NOW)
    late = NOW + timedelta(minutes=31)
    assert "write your county" in obey(NUMBER, "YES", late)
    assert told() == []


def test_nobody_is_bombarded_and_other_words_are_not_answered() -> None:
    assert obey(NUMBER, "I saw her at the mall", NOW) == ""
    assert obey(NUMBER, "Cass ND", NOW) == "", "nobody asked them"
    answers = [obey(NUMBER, "START", NOW) for _ in range(20)]
    assert sum(bool(one) for one in answers) == texting.MOST_ANSWERS_A_DAY
    assert obey(NUMBER, "START", NOW + timedelta(days=1, minutes=1))
    assert "unsubscribed" in obey(NUMBER, "STOP", NOW), "STOP is always answered"


@pytest.mark.parametrize(("said", "state", "fips"), [
    ("Cass", "ND", ["38017"]), ("doña ana", "nm", ["35013"]), ("Dona Ana County", "NM", ["35013"]),
    ("St. Louis", "MO", ["29189", "29510"]), ("st louis county", "mo", ["29189"]), ("Orleans Parish", "LA", ["22071"]),
    ("Nowhere", "ND", []), ("Cass", "XX", []),
])  # fmt: skip
def test_counties_as_people_write_them(said: str, state: str, fips: list[str]) -> None:
    assert sorted(one.fips for one in texting.find_counties(said, state)) == fips


@pytest.mark.parametrize("name", list(texting._WORDS))
def test_each_answer_fits_one_message_of_any_telephone(name: str) -> None:
    for words in texting._WORDS[name].values():
        length = wea.count_septets(words.format(place="Northwest Arctic Borough, AK"))
        assert length is not None
        assert length <= 160
