"""The child's page: the same truth for all, each reader's part of it, and nothing that gives a hidden fact away."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from allhands.episodes import api as episodes
from allhands.episodes.contracts import Certainty
from allhands.episodes.tests.conftest import Reporting
from allhands.episodes.tests.reports import said
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db
PARTIES = ["caseworker", "supervisor", "director", "officer", "dispatcher"]
NOT_PARTIES = ["outsider", "administrator", "operator", "auditor", "attorney", "court_clerk", "tribal_liaison"]


def open_page(page_client: PageClient, actor: Actor, episode_id: str) -> Page:
    return page_client.sign_in(actor).get(f"/e/{episode_id}")


def nameless(page: Page) -> str:
    """The page without what differs between any two requests: ids, tokens, the time it was made."""
    text = page.response.content.decode()
    return re.sub(r"[0-9a-z]{16}|csrf\w*\W+\w+|\d\d:\d\d:\d\d|[A-Za-z0-9]{64}|\d{4}-\d\d-\d\dT[\d:]+Z", "", text)


def fact(page: Page, label: str) -> str:
    return next(line for line in page.texts("//div[contains(@class,'fact ')]") if line.startswith(label))


def test_the_page_begins_with_the_child_and_the_owner(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = open_page(page_client, cast.caseworker, maya)
    assert page.h1 == "Maya, 14"
    bar = page.texts("//section[contains(@class,'identity')]")[0]
    assert "missing 2 h 5" in bar
    assert "owner You" in bar
    assert page.texts("//section[@aria-labelledby='duties']/h3") == ["Asked of your agency"]
    assert page.elements("//*[@id='episode'][@data-live-region]")
    assert len(page.elements("//a[contains(@class,'usa-button')][not(contains(@class,'outline'))]")) == 1


def test_the_ledger_is_short_and_folds_the_rest_with_its_count(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    page = open_page(page_client, cast.caseworker, maya)
    shown = page.elements("//section[@aria-labelledby='duties']/ul/li")
    assert len(shown) <= 10
    folds = page.texts("//section[@aria-labelledby='duties']//details/summary")
    assert [fold.partition(" ")[2] for fold in folds] == [
        "duties without a time limit",
        "clocks have not started",
        "duties may be asked: not known yet",
    ]


@pytest.mark.parametrize("hat", PARTIES)
def test_every_party_reads_the_page(page_client: PageClient, cast: Cast, maya: EpisodeId, hat: str) -> None:
    page = open_page(page_client, getattr(cast, hat), maya)
    assert (page.status, page.h1) == (200, "Maya, 14")


@pytest.mark.parametrize("hat", NOT_PARTIES)
def test_what_is_not_yours_looks_like_what_does_not_exist(
    page_client: PageClient, cast: Cast, maya: EpisodeId, hat: str
) -> None:
    assert open_page(page_client, cast.caseworker, maya).status == 200
    real = open_page(page_client, getattr(cast, hat), maya)
    nothing = page_client.get(f"/e/{'0' * 16}")
    assert real.status == nothing.status == 403
    assert nameless(real) == nameless(nothing)
    for path in ("facts", "facts/description.clothing", "returned", "handoff", "photo"):
        assert page_client.get(f"/e/{maya}/{path}").status == 403, path


def test_each_reader_is_offered_only_what_the_reader_may_do(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    acts = {
        "Offer to another agency": [cast.caseworker, cast.supervisor],
        "Lower it, in your name": [cast.supervisor, cast.director],
        "Add a fact": [cast.caseworker, cast.supervisor, cast.director, cast.officer, cast.dispatcher],
    }
    for actor in (cast.caseworker, cast.supervisor, cast.officer, cast.dispatcher):
        links = open_page(page_client, actor, maya).texts("//a")
        for words, allowed in acts.items():
            assert (words in links) == (actor in allowed), f"{actor.label}: {words}"


def test_a_restricted_fact_is_told_to_nobody_by_no_detour(
    page_client: PageClient, cast: Cast, reporting: Reporting
) -> None:
    ana = reporting("Ana", child__suicidal=True)
    owner = open_page(page_client, cast.caseworker, ana)
    assert "Yes" in fact(owner, "May hurt themself")
    police = open_page(page_client, cast.officer, ana)
    assert "Not yours to see" in fact(police, "May hurt themself")
    assert "T1" in police.text
    assert "for a reason that is not yours to see" in police.text
    assert "Judged from the facts that are yours to see." in police.text
    [reason] = [why for why in owner.texts("//span[@class='tier__why']") if "because" in why][:1]
    assert reason not in police.text
    assert "May hurt themself: yes: holds" in owner.text
    assert "May hurt themself: yes" not in police.text


def test_a_restricted_fact_is_not_told_by_the_timeline(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    now = timezone.now()
    episodes.state_fact(cast.caseworker, maya, said("child.pregnant", value=True, at=now), now)
    assert "New: Pregnant" in open_page(page_client, cast.caseworker, maya).text
    police = open_page(page_client, cast.officer, maya)
    assert "New: Pregnant" not in police.text
    assert "Something was added" in police.text
    assert "Pregnant" not in page_client.get("/").text


def test_two_informants_are_both_shown_and_the_dangerous_one_is_used(
    page_client: PageClient, cast: Cast, reporting: Reporting
) -> None:
    maya = reporting("Maya", child__health_need_within_24h=False)
    now = timezone.now()
    aunt = said("child.health_need_within_24h", value=True, informant="her aunt", at=now)
    episodes.state_fact(cast.caseworker, maya, aunt, now)
    page = open_page(page_client, cast.caseworker, maya)
    line = fact(page, "Needs medicine")
    assert line.index("Two people disagree. Using: Yes her aunt") < line.index("Also said: No Ms Olsen")
    assert (
        page.texts("//ul[@class='fact-list']//p[@class='fact__label']")[0]
        == "Needs medicine or a device within 24 hours"
    )


def test_a_correction_shows_old_and_new(
    page_client: PageClient, cast: Cast, reporting: Reporting, reported_at: datetime
) -> None:
    maya = reporting("Maya", description__clothing="blue jacket")
    with acting_as(cast.caseworker):
        old = next(one for one in episodes.statements_of(maya) if one.fact_id == "description.clothing")
    now = timezone.now()
    new = said("description.clothing", "green parka", certainty=Certainty.SEEN, at=now)
    episodes.state_fact(cast.caseworker, maya, new, now, supersedes=old.statement_id)
    page = open_page(page_client, cast.caseworker, maya)
    assert "green parka Ms Olsen" in fact(page, "Clothes")
    assert "corrected" in fact(page, "Clothes")
    event = next(one for one in page.texts("//div[contains(@class,'event')]") if "Corrected: Clothes" in one)
    assert event.index("Was: blue jacket") < event.index("green parka (Ms Olsen)")


def test_unknown_is_said_and_asked(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = open_page(page_client, cast.caseworker, maya)
    assert fact(page, "Tribal nation") == "Tribal nation Not asked yet Ask: Tribal nation"
    assert page.elements(f"//a[@href='/e/{maya}/facts/child.tribal_affiliation']")
    assert page.texts("//aside//h2").count("Ask next") == 1


def test_laws_stand_side_by_side_and_a_law_nobody_read_says_so(
    page_client: PageClient, cast: Cast, reporting: Reporting
) -> None:
    elsewhere = {"state": "GU"}
    page = open_page(page_client, cast.caseworker, reporting("Ana", place__residence=elsewhere))
    cards = page.texts("//article[@class='law']")
    names = page.texts("//article[@class='law']/h3")
    assert names[:2] == ["United States (federal floor)", "North Dakota"]
    federal = cards[0]
    assert "Missing, in this law?" in federal
    assert "Within 2 hours" in federal
    assert page.elements("//article[@class='law']//details[contains(@class,'why')]")
    unread = [card for card in cards if "Not read" in card]
    assert len(unread) == len(set(names) - {name for name, card in zip(names, cards, strict=True) if "why" in card})


def test_alerts_say_what_is_met_and_what_is_not_known(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = open_page(page_client, cast.caseworker, maya)
    summary = next(one for one in page.texts("//summary") if one.startswith("AMBER Alert"))
    assert re.search(r"\d of \d met, \d not known yet", summary)
    needs = page.texts("//ul[@class='needs']/li")
    assert {need.rpartition(": ")[2] for need in needs} <= {"met", "not met", "not known yet"}


def test_a_closed_episode_is_read_only(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    now = timezone.now()
    episodes.mark_returned(cast.caseworker, maya, now - timedelta(minutes=1), "her aunt", now)
    back = open_page(page_client, cast.caseworker, maya)
    assert "Support plan open" in back.text
    episodes.close(SYSTEM, maya, now)
    page = open_page(page_client, cast.caseworker, maya)
    assert "Read only: closed" in page.text
    for words in ("Add a fact", "Add proof", "Offer to another agency", "Maya is back"):
        assert words not in page.texts("//a")
    assert page_client.get(f"/e/{maya}/facts").status == 403


def test_reading_is_written_down(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    from allhands.platform.audit.models import Journal  # the journal has no reader by event yet

    before = Journal.objects.filter(chain=maya).count()
    open_page(page_client, cast.officer, maya)
    assert Journal.objects.filter(chain=maya).count() == before + 1


def test_papers_are_the_owners_and_each_recipients_own(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    papers = "//section[@aria-labelledby='papers']//a"
    assert len(open_page(page_client, cast.caseworker, maya).elements(papers)) == 2
    assert open_page(page_client, cast.officer, maya).texts(papers) == ["Packet for police"]
