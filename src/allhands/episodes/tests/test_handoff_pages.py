"""Handing over: the owner never changes before the written yes, and whoever is asked reads why."""

from __future__ import annotations

import pytest

from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db
WHY = "She lives in your county and you know her."


def now_of(actor: Actor, episode_id: EpisodeId) -> EpisodeView:
    with acting_as(actor):
        return episodes.get_episode(actor, episode_id)


def offer(page_client: PageClient, cast: Cast, episode_id: EpisodeId) -> Page:
    page = page_client.sign_in(cast.caseworker).get(f"/e/{episode_id}/handoff")
    return page.submit(to_agency=cast.outsider.agency_id, reason=WHY)


def answer(page: Page, word: str, **fields: str) -> Page:
    button = page.elements(f"//button[contains(@formaction,'/{word}')]")[0].get("formaction", "")
    return page._client.post(button, fields, follow=True)


def test_an_offer_is_answered_in_writing_and_then_the_owner_changes(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    offered = offer(page_client, cast, maya)
    assert "Not accepted yet" in offered.text
    assert "Maya stays with the owner until someone accepts in writing." in offered.text
    assert now_of(cast.caseworker, maya).owner_agency_id == cast.caseworker.agency_id
    page = page_client.sign_in(cast.outsider).get(f"/e/{maya}/handoff")
    assert page.h1 == "Take Maya over?"
    assert WHY in page.text
    silent = answer(page, "accept", words=" ")
    assert silent.status == 422
    assert "Write one sentence" in silent.text
    assert now_of(cast.outsider, maya).owner_agency_id == cast.caseworker.agency_id
    done = answer(page, "accept", words="Yes, we take her on. Olga Elsewhere")
    assert "owner You" in done.texts("//section[contains(@class,'identity')]")[0]
    giver = page_client.sign_in(cast.caseworker).get(f"/e/{maya}")
    assert "Other County Human Services" in giver.text
    assert "Accepted in writing: new owner" in giver.text
    assert "Yes, we take her on." in giver.text


def test_a_no_keeps_the_owner_and_tells_the_reason(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    offer(page_client, cast, maya)
    page = page_client.sign_in(cast.outsider).get(f"/e/{maya}/handoff")
    after = answer(page, "decline", words="She moved to Fargo in May.")
    assert (after.status, "Maya" in after.text) == (200, False), "they were only asked: their board no longer has her"
    owner = page_client.sign_in(cast.caseworker).get(f"/e/{maya}")
    assert "Hand-off declined: the owner stays" in owner.text
    assert "Other County Human Services: She moved to Fargo in May." in owner.text
    assert now_of(cast.caseworker, maya).owner_agency_id == cast.caseworker.agency_id


def test_an_offer_without_a_reason_or_a_receiver_keeps_what_was_typed(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/handoff")
    nobody = page.submit(to_agency="", reason=WHY)
    assert (nobody.status, nobody.texts("//textarea")) == (422, [WHY])
    no_reason = page.submit(to_agency=cast.outsider.agency_id, reason="")
    assert no_reason.status == 422
    assert no_reason.elements(f"//option[@value='{cast.outsider.agency_id}'][@selected]")


def test_the_owner_takes_the_offer_back(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = offer(page_client, cast, maya)
    after = page.submit(page.elements("//form[contains(@action,'/withdraw')]")[0].get("action", ""))
    assert "Offer taken back" in after.text
    assert now_of(cast.caseworker, maya).offer is None


@pytest.mark.parametrize("hat", ["officer", "dispatcher", "clearinghouse_analyst"])
def test_who_is_not_asked_may_neither_offer_nor_answer(
    page_client: PageClient, cast: Cast, maya: EpisodeId, hat: str
) -> None:
    offer(page_client, cast, maya)
    view = now_of(cast.caseworker, maya)
    assert view.offer is not None
    actor: Actor = getattr(cast, hat)
    page_client.sign_in(actor)
    for word in ("accept", "decline", "withdraw"):
        path = f"/e/{maya}/handoff/{view.offer.offer_id}/{word}"
        assert page_client.post(path, {"words": "I take her on. Me"}).status == 403
    assert now_of(cast.caseworker, maya).owner_agency_id == cast.caseworker.agency_id


def test_an_answer_to_another_childs_offer_is_nothing(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page_client.sign_in(cast.caseworker)
    assert page_client.post(f"/e/{maya}/handoff/{'0' * 16}/accept", {"words": "Yes. Me"}).status == 403
