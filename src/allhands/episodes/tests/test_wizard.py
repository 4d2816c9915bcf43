"""The wizard without script: one question a page, from start to sent."""

from __future__ import annotations

import pytest

from allhands.episodes import api as episodes
from allhands.episodes import models
from allhands.episodes.tests.forms import begin, draft_of, press
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth(page_client: PageClient, cast: Cast) -> PageClient:
    return page_client.sign_in(cast.caseworker)


def to_check(client: PageClient, **fields: str | list[str]) -> Page:
    """The page for checking, with a name and what is given typed on the first question."""
    return press(client, begin(client), "check", child__given_name="Maya", **fields)


def facts_of(page: Page, cast: Cast) -> dict[str, object]:
    """The statements of the episode whose page of receipt this is."""
    episode_id = page.path.rsplit("/", 1)[1]
    with acting_as(cast.caseworker):
        return {line.fact_id: line.value for line in episodes.statements_of(EpisodeId(episode_id))}


def test_from_start_to_sent(ruth: PageClient, cast: Cast) -> None:
    page = begin(ruth)
    assert page.h1 == "Who is missing?"
    assert "Question 1. At most" in page.text
    page = press(ruth, page, child__given_name="Maya", child__age_years="14", child__who="Ms Olsen")
    assert page.h1 == "When and where was the child last seen?"
    page = press(ruth, page, time__last_seen_at__time="0:01", place__last_seen__here="ND-38990")
    page = press(ruth, page, child__believed_abducted="no")
    assert page.h1 == "Is there danger right now?"
    page = press(ruth, page, circumstances__imminent_danger="?")
    page = press(ruth, page, child__in_foster_care="yes")
    assert page.h1 == "Is the child, or could the child be, part of a tribal nation?"
    page = press(ruth, page, child__tribal_tie_possible="no")
    assert page.h1 == "Do you know for sure where the child is right now?"
    page = press(ruth, page, "check", child__whereabouts_known="no")
    assert page.h1 == "Check and send"
    assert "Send the report and start the clocks" in page.texts("//button")
    page = press(ruth, page, "send")
    assert page.h1 == "Report received: Maya"
    facts = facts_of(page, cast)
    assert facts["child.tribal_tie_possible"] is False
    assert facts["circumstances.imminent_danger"] is None
    assert facts["place.last_seen"] == {"state": "ND", "county_fips": "38990"}
    assert "child.suicidal" not in facts
    with acting_as(cast.caseworker):
        assert models.Statement.objects.get(fact_id="child.age_years").informant == "Ms Olsen"


def test_no_answer_is_asked_for_and_i_dont_know_stands_last(ruth: PageClient) -> None:
    page = begin(ruth)
    for question in ("child", "seen", "with", "danger", "care", "tribe"):
        assert page.path.endswith(f"/{question}")
        assert not page.elements("//*[@required]")
        for group in page.elements("//fieldset[contains(@class, 'q--buttons')]"):
            last = group.xpath(".//label")[-1].text_content()
            assert "know" in last, last
        page = press(ruth, page)
    assert "Question 7." in page.text


def test_a_follow_up_comes_right_after_the_yes(ruth: PageClient) -> None:
    draft = draft_of(begin(ruth))
    page = ruth.get(f"/report/{draft}/child.whereabouts_known")
    for slug in ("child", "seen", "with", "danger", "care", "tribe"):
        press(ruth, ruth.get(f"/report/{draft}/{slug}"))
    page = press(ruth, page, child__whereabouts_known="yes")
    assert page.path.endswith("/child.whereabouts_verified")
    assert page.elements("//summary[contains(., 'Why we ask')]")


def test_danger_stops_once_and_keeps_the_place(ruth: PageClient) -> None:
    draft = draft_of(begin(ruth))
    page = press(ruth, ruth.get(f"/report/{draft}/danger"), child__suicidal="yes")
    assert page.h1 == "Call 911 now, then come back"
    assert not page.elements("//main//form")
    on = str(page.elements("//main//a[not(starts-with(@href, 'tel:'))]")[0].get("href"))
    assert page.elements("//main//a[@href='tel:911']")
    page = ruth.get(on)
    assert page.h1 == "Who looks after the child?", "after the question that was asked"
    again = press(ruth, ruth.get(f"/report/{draft}/danger"), circumstances__imminent_danger="yes")
    assert again.h1 != "Call 911 now, then come back"


def test_back_keeps_what_was_typed_and_judges_nothing(ruth: PageClient) -> None:
    page = press(ruth, begin(ruth), child__given_name="Maya")
    page = press(ruth, page, "back", time__last_seen_at__time="25:99", description__clothing="red coat")
    assert page.h1 == "Who is missing?"
    page = press(ruth, page)
    assert page.elements("//input[@name='time.last_seen_at.time']")[0].get("value") == "25:99"
    assert "red coat" in page.text


def test_skip_for_now_asks_something_else_and_the_check_page_offers_it(ruth: PageClient) -> None:
    draft = draft_of(begin(ruth))
    for slug in ("child", "seen", "with", "danger", "care", "tribe"):
        page = press(ruth, ruth.get(f"/report/{draft}/{slug}"))
    first = page.path
    page = press(ruth, page, "skip")
    assert page.path != first
    assert "Question 8." in page.text
    assert ruth.get(f"/report/{draft}/check").elements(f"//a[@href='{first}?to=check']")


def test_what_was_begun_is_found_again(ruth: PageClient) -> None:
    draft = draft_of(begin(ruth))
    assert draft_of(begin(ruth)) == draft, "an untouched draft is used again"
    press(ruth, begin(ruth), child__given_name="Maya")
    page = ruth.get("/report")
    assert page.h1 == "Report a missing child"
    assert "Maya" in page.text
    assert page.elements(f"//a[@href='/report/{draft}/seen']")
    page = ruth.post("/report", {}, follow=True)
    assert draft_of(page) != draft
    assert ruth.get("/report?by=call").elements("//button[@name='by' and @value='call']")


def test_an_i_dont_know_can_be_taken_back(ruth: PageClient) -> None:
    draft = draft_of(press(ruth, begin(ruth), child__age_years__unknown="yes"))
    page = ruth.get(f"/report/{draft}/child")
    assert page.elements("//input[@name='child.age_years.unknown' and @checked]")
    page = press(ruth, page, child__age_years__unknown="", child__age_years="14")
    assert page.path.endswith("/seen")
    assert not ruth.get(f"/report/{draft}/child").elements("//input[@name='child.age_years.unknown' and @checked]")


@pytest.mark.parametrize(
    ("fields", "words", "ties"),
    [
        pytest.param({}, "May be part of a tribal nation Not asked yet", [], id="not asked yet"),
        pytest.param(
            {"child__tribal_tie_possible": "?"},
            "May be part of a tribal nation Asked, not known",
            [("", "UNKNOWN_ASKED")],
            id="asked, unknown",
        ),
        pytest.param({"child__tribal_tie_possible": "no"}, "May be part of a tribal nation No", [], id="no"),
        pytest.param(
            {
                "child__tribal_tie_possible": "yes",
                "child__tribal_affiliation": [
                    "Sample Nation (not a real nation, for practice only)",
                    "Mi’kmaq of here",
                ],
                "child__tribal_status": "enrolled",
            },
            "Mi’kmaq of here",
            [("other-nation", "ENROLLED"), ("sample", "ENROLLED")],
            id="two nations, one not on the list",
        ),
    ],
)
def test_the_tribe_of_every_child(
    ruth: PageClient, cast: Cast, fields: dict[str, str | list[str]], words: str, ties: list[tuple[str, str]]
) -> None:
    draft = draft_of(press(ruth, begin(ruth), child__given_name="Maya"))
    page = ruth.get(f"/report/{draft}/tribe")
    assert "Not asked yet" in page.text
    page = press(ruth, page, "check", **fields)
    assert words in page.text
    press(ruth, page, "send")
    with acting_as(cast.caseworker):
        assert list(models.ChildTribe.objects.order_by("nation").values_list("nation", "status")) == ties


def test_check_shows_who_says_so_and_what_nobody_knows(ruth: PageClient) -> None:
    page = to_check(ruth, child__who="Ms Olsen", child__sure="SEEN", child__age_years="?")
    assert "First name Maya Ms Olsen · seen" in page.text
    assert "Age Asked, not known" in page.text
    assert "Clothes Not asked yet" in page.text
    assert "Check your answers. Nothing has been sent yet." in page.text
    change = page.elements("//a[contains(., 'Change') and contains(., 'First name')]")[0]
    back = press(ruth, ruth.get(str(change.get("href")).partition("#")[0]), child__given_name="Mia")
    assert back.h1 == "Check and send"
    assert "First name Mia" in back.text


def test_check_says_what_starts_and_who_gets_a_packet(ruth: PageClient) -> None:
    draft = draft_of(to_check(ruth, child__age_years="14"))
    press(ruth, ruth.get(f"/report/{draft}/care"), child__in_foster_care="yes")
    page = ruth.get(f"/report/{draft}/check")
    assert "police, NCMEC" in page.text
    sent = press(ruth, page, "send")
    assert "Packet for police" in sent.text
    assert "Packet for NCMEC" in sent.text


def test_sending_twice_reports_once(ruth: PageClient, cast: Cast) -> None:
    check = to_check(ruth)
    first, second = press(ruth, check, "send"), press(ruth, check, "send")
    assert first.path == second.path
    with acting_as(cast.caseworker):
        assert models.Report.objects.count() == 1
    draft = draft_of(check)
    assert ruth.get(f"/report/{draft}/seen", follow=True).path == first.path
    assert ruth.get(f"/report/{draft}/call", follow=True).path == first.path
    assert ruth.post(f"/report/{draft}/save", {"child.given_name": "Maya"}).status == 409
    assert ruth.get("/report", follow=True).h1 == "Who is missing?"


def test_the_page_of_receipt_is_for_the_owner(ruth: PageClient, cast: Cast) -> None:
    sent = press(ruth, to_check(ruth), "send")
    number = sent.texts("//*[@class='numbers' and ancestor::*[contains(@class, 'receipt')]]")[0]
    assert number.replace(" ", "") == sent.path.rsplit("/", 1)[1]
    assert ruth.sign_in(cast.outsider).get(sent.path).status == 403
