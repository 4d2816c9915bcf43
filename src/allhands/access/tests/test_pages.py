"""The pages of the door, each as somebody uses it."""

from __future__ import annotations

import json

import pytest

from allhands.access import queries
from allhands.access.actions import exceptions
from allhands.access.contracts import DisclosureDoor, MarkKind
from allhands.access.queries import disclosures
from allhands.access.tests.conftest import Response, State
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
SECRET = "circumstances.immigration_threat"  # P3


def test_why_names_the_rule_the_law_and_takes_an_ask_to_the_holder(
    response: Response, state: State, cast: Cast, page_client: PageClient
) -> None:
    state(cast.caseworker, SECRET, True)
    page = page_client.sign_in(cast.officer).get(f"/e/{response.episode_id}/why/{SECRET}")
    assert page.h1.startswith("Why can't I see")
    assert "It belongs to Test County Human Services" in page.text
    assert "release, court order, break-glass" in page.text
    assert page_client.post(page.path, {"act": "ask", "why": ""}).status == 422
    said = {"act": "ask", "why": "She may be in danger at the border"}
    assert "They have your question" in page_client.post(page.path, said, follow=True).text
    holder = page_client.sign_in(cast.caseworker).get(f"/e/{response.episode_id}/ledger")
    assert "She may be in danger" in holder.text
    answered = holder.submit(holder.elements("//form[contains(@action, '/asks/')]")[0].get("action"), answer="Call me.")
    assert "Call me." in answered.text
    assert "The rule" in page_client.get(f"/e/{response.episode_id}/why/child.age_years").text


def test_what_a_shelter_said_looks_like_what_nobody_said(
    response: Response, state: State, cast: Cast, page_client: PageClient
) -> None:
    client = page_client.sign_in(cast.officer)
    path = f"/e/{response.episode_id}/why/description.jewelry"
    before = client.get(path)
    state(response.shelter_worker, "description.jewelry", "a ring")
    after = client.get(path)
    assert after.texts("//main//h1 | //main//section") == before.texts("//main//h1 | //main//section")


def test_a_card_is_made_answered_and_stopped_on_the_page(
    response: Response, state: State, cast: Cast, page_client: PageClient
) -> None:
    state(cast.caseworker, SECRET, True)
    client = page_client.sign_in(cast.caseworker)
    form = client.get(f"/e/{response.episode_id}/consents/new")
    assert not form.elements("//input[@type='checkbox'][@checked] | //input[@type='radio'][@checked]")
    assert form.submit(None, kind="YOUTH", giver="Maya").status == 422
    fact = form.elements(f"//input[@name='facts'][@value='{SECRET}']")[0].get("value")
    filled = {
        "kind": "YOUTH", "giver": "Maya", "facts": [fact], "to_agency": cast.officer.agency_id, "purpose": "RESPONSE",
        "until": form.elements("//input[@name='until']")[0].get("value"), "language": "English",
        "words": "We tell them.",
    }  # fmt: skip
    made = client.post(f"/e/{response.episode_id}/consents/new", filled, follow=True)
    assert "No answer yet" in made.text
    action = made.elements("//form[contains(@action, '/answer')]")[0].get("action")
    assert client.post(action, {"answer": "AGREED"}).status == 422, "how it was answered is part of the answer"
    agreed = client.post(action, {"answer": "AGREED", "how": "TYPED"}, follow=True)
    assert "Agreed" in agreed.text
    stop = agreed.elements("//form[contains(@action, '/stop')]")[0].get("action")
    assert "Stopped Maya" in client.post(stop, follow=True).text


def test_reading_the_case_is_a_row_of_the_ledger_with_its_ground(
    response: Response, state: State, cast: Cast, page_client: PageClient
) -> None:
    state(cast.caseworker, "description.circumstances", "left after school")
    page_client.sign_in(cast.officer).get(f"/e/{response.episode_id}")
    with acting_as(cast.officer):
        [row] = [one for one in disclosures(response.episode_id) if one.door is DisclosureDoor.PAGE]
    assert "description.circumstances" in row.facts
    assert "field-case-need" in row.policies
    shown = page_client.sign_in(cast.auditor).get(f"/e/{response.episode_id}/ledger")
    assert "Sgt. Testworth" in shown.text
    assert "left after school" not in shown.text
    assert "Sgt. Testworth" in page_client.get("/ledger?to=sgt").text
    assert "Sgt. Testworth" not in page_client.get("/ledger?to=nobody").text


def test_a_long_ledger_is_read_page_by_page_to_its_end(
    response: Response, state: State, cast: Cast, page_client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LONGEST_LIST", 2)
    state(cast.caseworker, "description.circumstances", "left after school")
    for _ in range(3):
        page_client.sign_in(cast.officer).get(f"/e/{response.episode_id}")
    with acting_as(cast.auditor):
        every = disclosures(response.episode_id, limit=None)
    auditor = page_client.sign_in(cast.auditor)
    for path in (f"/e/{response.episode_id}/ledger", "/ledger"):
        address, read = path, 0
        while address:
            page = auditor.get(address)
            read += len(page.elements("//ol[contains(@class, 'lines')]/li"))
            links = page.elements("//a[contains(@href, 'before=')]")
            address = f"{path}{links[0].get('href')}" if links else ""
        assert read == len(every) >= 3, path
    assert auditor.get("/ledger?before=x").status == 200


def test_two_people_open_and_a_third_reviews_on_the_page(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    path = f"/e/{response.episode_id}/glass"
    assert (
        "Waits for a second person"
        in page_client.sign_in(cast.officer).get(path).submit(None, reason="He is said to have a weapon").text
    )
    lead = page_client.sign_in(response.lead)
    glass = lead.get(path).elements("//input[@name='glass']")[0].get("value")
    assert "second person: Lee Lead" in lead.post(path, {"act": "second", "glass": glass}, follow=True).text
    assert "Not reviewed yet" in lead.post(path, {"act": "close", "glass": glass}, follow=True).text
    said = {"act": "review", "glass": glass, "right": "yes", "review": "It was needed."}
    assert lead.post(path, said).status == 422, "nobody reviews what they opened"
    assert "it was right" in page_client.sign_in(cast.supervisor).post(path, said, follow=True).text


def test_anybody_may_say_that_it_is_wrong_and_two_people_decide(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    form = page_client.get("/about-me")
    assert form.submit(None, name="Maya").status == 422
    wish = {"kind": "NOT_MISSING", "name": "Maya", "agency": cast.caseworker.agency_id, "words": "I am at my aunt's."}
    sent = page_client.post("/about-me", wish)
    unknown = page_client.post("/about-me", {**wish, "name": "Nobody Atall"})
    assert sent.h1 == unknown.h1
    code = sent.texts("//*[contains(@class, 'receipt__code')]//span")[0]
    for actor in (cast.caseworker, cast.supervisor):
        desk = page_client.sign_in(actor).get("/corrections")
        href = next(link.get("href") for link in desk.elements("//main//a") if "Maya" in link.text_content())
        heard = {"decision": "yes", "identity": "THROUGH_ADVOCATE", "why": "Her advocate called."}
        assert page_client.post(href, heard, follow=True).status == 200
    page_client.client.logout()
    assert "granted: Her advocate called." in page_client.post("/about-me/answer", {"code": code}).text
    assert page_client.post("/about-me/answer", {"code": "WRONG"}).status == 200


def test_a_steward_stops_secondary_use_and_takes_everything_along(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    client = page_client.sign_in(response.steward)
    assert client.get("/our-data").submit(None, reason="").status == 422
    assert "Stopped. Nobody counts" in client.get("/our-data").submit(None, reason="Council asked").text
    taken = json.loads(client.client.get("/our-data/export").content)
    assert taken["nation"] == "sample"
    assert page_client.sign_in(cast.tribal_liaison).get("/our-data").status == 403


def test_a_mark_that_tells_where_the_child_was_is_told_to_nobody_else_and_can_be_taken_away(
    response: Response, state: State, page_client: PageClient, cast: Cast
) -> None:
    state(response.nurse, "description.clothing", "gown")
    state(response.nurse, "description.jewelry", "wristband")
    nurses = response.access(response.nurse)
    exceptions.mark(response.nurse, nurses, "description.clothing", MarkKind.PART2, "ward 4", response.at)
    exceptions.mark(response.nurse, nurses, "description.jewelry", MarkKind.PART2, "ward 4", response.at)
    for fact in ("clothing", "jewelry", "carrying"):
        page = page_client.sign_in(cast.officer).get(f"/e/{response.episode_id}/why/description.{fact}")
        assert "treatment" not in page.texts("//section[@aria-labelledby='rule']")[0], "nor the rule that keeps it"
        assert page.h1.startswith("Why can I see")
    page = page_client.sign_in(response.nurse).get(f"/e/{response.episode_id}/why/description.clothing")
    assert "Marked: Drug or alcohol treatment record" in page.text
    [lift] = page.elements("//form[.//input[@value='lift']]")
    values = {one.get("name"): one.get("value") for one in lift.xpath(".//input")}
    assert page_client.post(page.path, values, follow=True).status == 200
    assert "description.clothing" in response.seen_by(cast.officer)
    other = page_client.sign_in(cast.officer).post(page.path, {**values, "csrfmiddlewaretoken": ""})
    assert other.status in {403, 404}


def test_two_stewards_who_press_stop_have_stopped_it(response: Response, page_client: PageClient) -> None:
    client = page_client.sign_in(response.steward)
    open_before = client.get("/our-data")
    assert "Stopped. Nobody counts" in client.get("/our-data").submit(None, reason="Council asked").text
    late = open_before.submit(None, reason="Council asked")
    assert late.status == 422, "the page that was open meant to stop, and did not allow it again"
    assert "Stopped. Nobody counts" in late.text


def test_policies_are_tried_and_a_mistake_says_where(cast: Cast, page_client: PageClient) -> None:
    client = page_client.sign_in(cast.auditor)
    assert "Who may see what" in client.get("/policies").text
    assert client.post("/policies/try", {"file": "fields.cedar", "policies": "permit ("}).status == 422
    assert page_client.sign_in(cast.caseworker).get("/policies/try").status == 403
