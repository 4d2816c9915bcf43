"""Adding a fact, correcting one, recording the return: nothing typed is lost, nothing earlier is erased."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from allhands.episodes import api as episodes
from allhands.episodes.contracts import Certainty, EpisodeState, FactLine
from allhands.episodes.tests.conftest import Reporting
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
CLOTHES = "description.clothing"


def said_of(actor: Actor, episode_id: EpisodeId, fact: str) -> list[FactLine]:
    with acting_as(actor):
        return [one for one in episodes.statements_of(episode_id) if one.fact_id == fact]


def test_a_fact_is_added_with_who_and_how_sure(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = page_client.sign_in(cast.officer).get(f"/e/{maya}/facts/{CLOTHES}")
    assert page.h1 == "What was the child wearing?"
    told = {CLOTHES: "green parka", f"{CLOTHES}.who": "the bus driver", f"{CLOTHES}.sure": "SEEN"}
    after = page.submit(follow=True, **told)
    assert (after.status, after.path) == (200, f"/e/{maya}#facts")
    [line] = said_of(cast.officer, maya, CLOTHES)
    assert (line.value, line.informant, line.certainty) == ("green parka", "the bus driver", Certainty.SEEN)


def test_i_do_not_know_is_an_answer(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/facts/{CLOTHES}")
    page.submit(follow=True, **{f"{CLOTHES}.unknown": "1"})
    [line] = said_of(cast.caseworker, maya, CLOTHES)
    assert line.value is None


def test_nothing_answered_is_asked_again_in_words(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/facts/{CLOTHES}")
    again = page.submit()
    assert again.status == 422
    assert again.texts("//div[contains(@class,'errors')]//li") == ["Answer it, or choose “I don't know”."]
    assert said_of(cast.caseworker, maya, CLOTHES) == []


def test_a_wrong_answer_stays_to_be_mended(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/facts/child.age_years")
    wrong = page.submit(follow=True, **{"child.age_years": "fourteen", "child.age_years.who": "her aunt"})
    assert wrong.status == 422
    assert wrong.elements("//input[@value='fourteen']")
    assert wrong.elements("//input[@value='her aunt']")
    assert len(said_of(cast.caseworker, maya, "child.age_years")) == 1


def test_a_correction_supersedes_only_what_was_chosen(
    page_client: PageClient, cast: Cast, reporting: Reporting
) -> None:
    maya = reporting("Maya", description__clothing="blue jacket")
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/facts/{CLOTHES}")
    assert "blue jacket" in page.text
    page.submit(follow=True, **{CLOTHES: "blue jacket with a hood"})
    assert [line.current for line in said_of(cast.caseworker, maya, CLOTHES)] == [True, True]
    old = said_of(cast.caseworker, maya, CLOTHES)[0]
    page = page_client.get(f"/e/{maya}/facts/{CLOTHES}")
    page.submit(follow=True, **{CLOTHES: "green parka", "corrects": old.statement_id})
    lines = said_of(cast.caseworker, maya, CLOTHES)
    assert [(line.value, line.current) for line in lines] == [
        ("blue jacket", False),
        ("blue jacket with a hood", True),
        ("green parka", True),
    ]


def test_the_choice_is_found_by_a_word_and_settling_questions_come_first(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/facts")
    assert 1 <= len(page.elements("//section[@aria-labelledby='first']//a")) <= 5
    found = page_client.get(f"/e/{maya}/facts", {"q": "wearing"})
    labels = found.texts("//section[@aria-labelledby='all']//li/a")
    assert "Clothes" in labels
    assert len(labels) < 5
    nothing = page_client.get(f"/e/{maya}/facts", {"q": "zeppelin"})
    assert "No fact has that word." in nothing.text


def test_facts_beyond_the_door_are_neither_offered_nor_open(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    medical = f"/e/{maya}/facts/description.mood"
    page_client.sign_in(cast.caseworker)
    assert page_client.get(medical).status == 200
    assert page_client.get(f"/e/{maya}/facts/no.such.fact").status == 403


def test_the_return_is_recorded_with_who_said_so(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/returned")
    assert "First food, rest and safety." in page.text
    early = page.submit(returned_at="2020-01-01T10:00", informant="her aunt")
    assert early.status == 422
    assert early.elements("//input[@value='her aunt']")
    assert early.elements("//input[@value='2020-01-01T10:00']")
    after = early.submit(
        returned_at=f"{timezone.localtime(timezone=ZoneInfo('America/Chicago')) - timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        informant="her aunt",
    )
    assert "Support plan open" in after.text
    with acting_as(cast.caseworker):
        assert episodes.get_episode(cast.caseworker, maya).state is EpisodeState.RETURNED
    again = page_client.get(f"/e/{maya}/returned")
    assert "The return is recorded already." in again.text
