"""The page for calls: everything at once, `?` for nobody knows, and what to ask next."""

from __future__ import annotations

import pytest

from allhands.episodes import api as episodes
from allhands.episodes import models
from allhands.episodes.tests.forms import answers_of, draft_of, faults_of, press, typed_form
from allhands.episodes.tests.reports import NOW, report
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db
GROUPS = ["The child", "When and where", "With whom, and how", "Danger", "Care", "Nation"]


@pytest.fixture
def ruth(page_client: PageClient, cast: Cast) -> PageClient:
    return page_client.sign_in(cast.caseworker)


@pytest.fixture
def call(ruth: PageClient) -> Page:
    return ruth.get("/report?by=call", follow=True)


def ask(page: Page) -> str:
    """The sentence to say next."""
    return page.texts("//*[@class='ask__words']")[0].strip("“”")


def test_groups_stand_in_the_order_of_talk(call: Page) -> None:
    assert call.h1 == "Take a call"
    assert call.texts("//legend[contains(@class, 'call__title')]") == ["Caller"]
    assert call.texts("//h2[contains(@class, 'call__title')]") == GROUPS
    assert ask(call) == "What is the child's first name?"


def test_a_question_mark_is_asked_and_not_known(ruth: PageClient, call: Page) -> None:
    page = press(
        ruth, call, "check", child__given_name="Maya", child__age_years="?", time__last_seen_at__time="?",
        place__last_seen__county="?", description__clothing="?", child__placement_kind="?",
        child__tribal_affiliation=["?", ""], reporter_name="Alma",
    )  # fmt: skip
    for label in ("Age", "Last seen", "Place last seen", "Clothes", "Kind of placement", "Tribal nation"):
        assert f"{label} Asked, not known Alma" in page.text, label
    again = typed_form(ruth.get(call.path))
    assert [again[name] for name in ("child.age_years", "time.last_seen_at.time", "place.last_seen.county")] == [
        "?"
    ] * 3


def test_the_caller_says_so_unless_somebody_else_is_named(ruth: PageClient, call: Page) -> None:
    page = press(ruth, call, "check", reporter_name="Alma R.", child__given_name="Maya", danger__who="School",
                 child__suicidal="no", danger__sure="GUESSED")  # fmt: skip
    assert "First name Maya Alma R. · told" in page.text
    assert "May hurt themself No School · guessed" in page.text
    assert "Alma R." in page.texts("//*[@id='reporter']")[0]


def test_ask_next_follows_what_is_told(ruth: PageClient, call: Page, cast: Cast) -> None:
    page = press(ruth, call, "keep", child__given_name="Maya")
    assert ask(page) == "When did someone last see the child?"
    page = press(ruth, page, "keep", ask="time.last_seen_at=?")
    assert ask(page) == "Where was the child last seen?"
    page = press(ruth, page, "keep", ask="place.last_seen=")
    assert ask(page) == "How old is the child?"
    answers = answers_of(cast.caseworker, page)
    assert answers["time.last_seen_at.time"] == "?"
    assert answers["child.given_name"] == "Maya"


def test_a_short_answer_is_given_at_once_and_a_long_one_comes_back(ruth: PageClient, call: Page) -> None:
    asked = ("child__age_years", "time__last_seen_at__time", "place__last_seen__county", "child__suicidal")
    known = dict.fromkeys(asked, "?")
    yes_or_no = ("child__believed_abducted", "circumstances__imminent_danger", "child__health_need_within_24h")
    page = press(
        ruth, call, "keep", child__given_name="Maya", child__in_foster_care="no", child__tribal_tie_possible="no",
        **known, **dict.fromkeys(yes_or_no, "no"),
    )  # fmt: skip
    assert ask(page) == "Do you know for sure where the child is right now?"
    assert page.texts("//*[@class='ask__ways']/button") == ["Yes", "No", "They don't know", "Skip"]
    page = press(ruth, page, "keep", ask="child.whereabouts_known=yes")
    assert ask(page).startswith("Has someone you trust seen the child there")
    step = press(ruth, page, "answer", answer="child.whereabouts_verified")
    assert step.path.endswith("/child.whereabouts_verified?to=call")
    assert press(ruth, step, child__whereabouts_verified="no").h1 == "Take a call"


def test_hold_keeps_it_and_goes_to_the_board(ruth: PageClient, call: Page) -> None:
    assert press(ruth, call, "hold", child__given_name="Maya").path == "/"
    assert "Maya" in ruth.get("/report?by=call").text


def test_send_gives_the_number_and_keeps_the_caller(ruth: PageClient, call: Page, cast: Cast) -> None:
    page = press(ruth, call, "send", child__given_name="Maya", reporter_name="Alma R.", reporter_phone="701 555 0123")
    assert page.h1 == "Report received: Maya"
    with acting_as(cast.caseworker):
        rows = list(models.Report.objects.values_list("channel", "reporter_name", "reporter_phone"))
    assert rows == [("CALL", "Alma R.", "701 555 0123")]


def test_faults_of_a_call_are_said_and_nothing_is_sent(ruth: PageClient, call: Page, cast: Cast) -> None:
    page = press(ruth, call, "send", child__age_years="ten", time__last_seen_at__time="25:00", reporter_name="x" * 201)
    assert page.status == 422
    assert page.texts("//title")[0].startswith("Error: Take a call")
    assert list(faults_of(page)) == [
        "reporter_name", "child-given_name-value", "child-age_years-value", "time-last_seen_at-1",
    ]  # fmt: skip
    assert typed_form(page)["child.age_years"] == "ten"
    with acting_as(cast.caseworker):
        assert not models.Report.objects.exists()


def test_danger_is_said_above_everything(ruth: PageClient, call: Page) -> None:
    page = press(ruth, call, "keep", child__suicidal="yes")
    assert "send help first" in page.texts("//*[@class='danger-line']")[0]


def test_the_side_is_laid_in_alone_and_spoken_only_when_it_is_news(ruth: PageClient, call: Page) -> None:
    path = f"/report/{draft_of(call)}/running?by=call"
    part = ruth.get(path)
    assert not part.elements("//h1")
    assert part.elements("//*[@id='said' and @hx-swap-oob]")
    state = str(part.elements("//input[@name='had']")[0].get("value"))
    assert not ruth.get(path, {"by": "call", "had": state}).elements("//*[@id='said']")
    answered = ruth.post(path, {"child.given_name": "Maya", "ask": "time.last_seen_at=?", "had": state})
    assert answered.elements("//*[@id='said']")
    assert ask(answered) == "Where was the child last seen?"


def test_counties_follow_the_state(ruth: PageClient) -> None:
    part = ruth.get("/report/counties", {"place.last_seen.state": "nd"})
    names = [str(option.get("value")) for option in part.elements("//option")]
    assert "Rolette County" in names
    assert not ruth.client.get("/report/counties", {"place.last_seen.state": "Narnia"}).content.strip()


def test_a_child_of_another_agency_is_named_by_nothing_that_was_not_typed(
    ruth: PageClient, call: Page, cast: Cast
) -> None:
    reported = episodes.report_missing(cast.outsider, report("Maya", key="theirs", child__family_name="Hidden"), NOW)
    page = press(ruth, call, "send", child__given_name="Maya")
    assert page.h1 == "Check and send", "whoever may be here already is shown before a child is made"
    box = page.texts("//*[@class='similar']")[0]
    assert "An open episode of a child with such a name exists at another agency" in box
    for secret in ("Hidden", "Other County", "Olga", reported.episode_id, reported.child_id, "14", "Olsen"):
        assert secret not in box
    assert press(ruth, page, "send").h1 == "Report received: Maya"


def test_a_child_of_our_own_is_offered_to_look_at(ruth: PageClient, call: Page, cast: Cast) -> None:
    reported = episodes.report_missing(cast.supervisor, report("Maya", key="ours"), NOW)
    page = press(ruth, call, "check", child__nickname="maya")
    assert page.elements(f"//*[@class='similar']//a[@href='/e/{reported.episode_id}']")
