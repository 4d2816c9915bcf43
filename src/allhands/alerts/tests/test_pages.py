"""The pages as people use them: asked, refused, appealed; written, looked at, sent, taken back; walls like nothing."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from allhands.agencies import api as agencies
from allhands.alerts import ladder, models
from allhands.alerts.contracts import Rank
from allhands.alerts.tests.makers import People, make_authority
from allhands.episodes import api as episodes
from allhands.episodes.contracts import Json
from allhands.episodes.tests.reports import report, said
from allhands.kernel.actors import SYSTEM, Role
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import COUNTY, NATION, Cast, make_member
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db
BAR = "//section[starts-with(@class, 'identity')]"


@pytest.fixture
def maya(people: People) -> EpisodeId:
    now = timezone.now()
    return episodes.report_missing(people.caseworker, report(at=now), now).episode_id


def asked(page_client: PageClient, people: People, maya: EpisodeId, way: str) -> Page:
    page = page_client.sign_in(people.caseworker).get(f"/e/{maya}/alerts/ask")
    token = page.elements("//input[@name='csrfmiddlewaretoken']")[0].get("value")
    return page_client.post(page.path, {"way": way, "csrfmiddlewaretoken": token}, follow=True)


def test_the_ladder_shows_each_criterion_and_ends_in_an_act(
    page_client: PageClient, people: People, maya: EpisodeId
) -> None:
    page = page_client.sign_in(people.caseworker).get(f"/e/{maya}/alerts/ask")
    assert page.h1 == "Ask for an alert: Maya"
    assert "17 or younger: met" in page.text
    assert "Test County Sheriff" in page.text
    assert len(page.elements("//button[@class='usa-button']")) == 1
    refused = page_client.post(page.path, {"act": "none"})
    assert refused.status == 422
    assert "full sentence" in refused.text


def test_on_a_nations_land_the_neighbor_whose_transmitter_reaches_it_is_asked_too_and_told_why(
    page_client: PageClient, people: People, cast: Cast
) -> None:
    make_authority(cast.tribal_liaison.agency_id, nation=NATION)
    make_authority(cast.outsider.agency_id, Rank.NEIGHBOR, nation=NATION)
    now = timezone.now()
    where: dict[str, Json] = {"state": "ND", "county_fips": COUNTY, "nation": NATION, "indian_country": True}
    told = report("Aiyana", key="tied", at=now, place__last_seen=where)
    tied = episodes.report_missing(people.caseworker, told, now).episode_id
    page = page_client.sign_in(people.caseworker).get(f"/e/{tied}/alerts/ask")
    lines = page.texts("//ol[contains(@class,'lines')]/li")
    names = [agencies.get_agency(one).name for one in (cast.tribal_liaison.agency_id, cast.outsider.agency_id)]
    assert lines[0].startswith(names[0])
    assert "asked first" in lines[0]
    assert lines[-1].startswith(names[1])
    assert "neighbor whose transmitter reaches here" in lines[-1]
    after = asked(page_client, people, tied, "us.states.nd.amber")
    assert [after.texts("//ol[contains(@class,'lines')]/li")[place] for place in (0, -1)] == names


def test_the_ladder_says_how_urgent_the_child_is_as_every_page_does(
    page_client: PageClient, people: People, maya: EpisodeId
) -> None:
    now = timezone.now()
    urgent = said("child.health_need_within_24h", True, at=now)
    episodes.state_fact(people.caseworker, maya, urgent, now)
    client = page_client.sign_in(people.caseworker)
    bars = [client.get(f"/e/{maya}{end}").texts(BAR)[0] for end in ("/alerts/ask", "/facts/description.clothing")]
    assert "T1" in bars[1]
    assert bars[0] == bars[1], "with the tier and the next clock"


def test_a_no_with_blame_is_refused_kindly_and_keeps_what_was_typed(
    page_client: PageClient, people: People, maya: EpisodeId
) -> None:
    request = asked(page_client, people, maya, "us.states.nd.amber")
    page = page_client.sign_in(people.officer).get(request.path)
    assert [one.get("value") for one in page.elements("//input[@name='codes']")] == [
        "need:abduction", "need:danger", "need:description",
        "already-running", "child-is-back", "not-our-land", "more-danger",
    ]  # fmt: skip
    assert "1 met, 3 not known yet, 0 not met" in page.text
    assert page.texts("//button[@value='grant']") == ["Yes, with 1 met, 3 not known yet, 0 not met"]
    assert "A yes settles nothing that is not known" in page.text
    assert "Not known yet: Grave danger of serious bodily harm or death" in page.text
    wrong = page_client.post(
        page.path, {"act": "refuse", "codes": "need:danger", "reason": "She ran away before, she comes back."}
    )
    assert wrong.status == 422
    assert "never decides whether a child is looked for" in wrong.text
    assert wrong.elements("//input[@value='need:danger'][@checked]")
    assert "She ran away before" in wrong.texts("//textarea")[0]
    said = page_client.post(
        page.path,
        {"act": "refuse", "codes": "need:danger", "reason": "Nobody has said what the danger is."},
        follow=True,
    )
    assert "Nobody has said what the danger is." in said.text
    appeal = page_client.sign_in(people.caseworker).get(page.path)
    assert appeal.elements("//button[@value='appeal']")


def test_words_are_mended_by_one_click_and_sent_by_a_second_person(
    page_client: PageClient, people: People, maya: EpisodeId
) -> None:
    page = asked(page_client, people, maya, ladder.LOCAL)
    assert page.h1 == "Write the alert: Maya, 14"
    typed = {
        "looks_en": "Brown hair, left her foster home",
        "seen_place_en": "Harwell bus stop",
        "looks_es": "Pelo castaño",
        "seen_place_es": "parada de Harwell",
        "route_id": people.number,
        "name": "Maya",
        "consents": "name",
        "consent_by": "Sgt. Testworth, police",
        "police_decided": "on",
    }
    mended = _post(page_client, page, reword="0", **typed)
    assert mended.texts("//textarea[@name='looks_en']") == ["Brown hair, left her home"]
    saved = _post(page_client, mended, next="area")
    assert saved.path.endswith("/area")
    look = _post(page_client, saved, next="look")
    assert look.h1.startswith("Look at all")
    assert "MISSING" in look.response.content.decode().upper()
    offered = _post(page_client, look, act="offer")
    assert offered.h1.startswith("Waiting for approval")
    decide = page_client.sign_in(people.officer).get(look.path)
    again = decide.elements("//div[contains(@class,'interruption')]//a")
    if again:  # night, where the test runs: somebody looks twice
        decide = page_client.get(again[0].get("href", ""))
    live = _post(page_client, decide, act="send", looked="on")
    assert live.h1.startswith("Live: Local notice")
    with acting_as(SYSTEM):
        code = models.Alert.objects.get().code
    public = page_client.get(f"/a/{code}")
    assert public.h1 == "Missing: Maya, 14"
    assert public.response["X-Robots-Tag"].startswith("noindex")
    _check_shared_link(page_client, public, code)
    words = "Words of the poster (text) · Español"
    [poster] = [one.get("href", "") for one in live.elements("//details//a") if one.text == words]
    assert "RETIRADO" not in page_client.get(poster).response.content.decode()
    back = page_client.post(live.path + "/take-back", {"ending": "FOUND"}, follow=True)
    assert back.h1.startswith("Taken back")
    over = page_client.get(f"/a/{code}")
    assert (over.status, over.h1) == (410, "Found. Thank you.")
    assert "Maya" not in over.text
    assert not over.elements("//meta[@property]")
    assert page_client.get(f"/a/{code}/card-en.png").status == 404
    assert "Each copy opened now is stamped: withdrawn." in back.text
    assert [one for one in back.texts("//main//h2") if one][1] == "To take down", "what is asked comes before what left"
    assert page_client.get(poster).response.content.decode().startswith("RETIRADO. ")


def _check_shared_link(page_client: PageClient, public: Page, code: str) -> None:
    shared = {one.get("property"): one.get("content") for one in public.elements("//meta[@property]")}
    assert shared["og:title"] == "Missing: Maya, 14"
    assert shared["og:description"].startswith("Last seen: Harwell bus stop")
    assert shared["og:image"].endswith(f"/a/{code}/card-en.png")
    assert "Brown hair" in shared["og:image:alt"]
    assert page_client.get(f"/a/{code}/card-en.png").response.content.startswith(b"\x89PNG")


def _post(page_client: PageClient, page: Page, **fields: str) -> Page:
    """Send the form whose button would carry these fields, with everything it already holds."""
    [form] = [one for one in page.elements("//main//form") if one.xpath(".//input[@name='version']")][:1] or [
        one for one in page.elements("//main//form") if one.xpath(f".//button[@value='{fields.get('act', '')}']")
    ][:1]
    filled = dict(form.form_values())
    return page_client.post(re.sub(r"#.*", "", page.path), {**filled, **fields}, follow=True)


def test_an_outsider_finds_nothing(page_client: PageClient, people: People, maya: EpisodeId) -> None:
    request = asked(page_client, people, maya, "us.states.nd.amber")
    page_client.sign_in(people.cast.outsider)
    unknown = page_client.get("/alerts/requests/0000000000000000")
    hidden = page_client.get(request.path)
    assert (hidden.status, hidden.h1) == (unknown.status, unknown.h1)
    assert page_client.get(f"/e/{maya}/alerts/ask").status == unknown.status


def test_an_operator_keeps_the_record_of_authorities(page_client: PageClient, people: People) -> None:
    page = page_client.sign_in(people.cast.operator).get("/alerts/authority")
    wrong = page_client.post(page.path, {"agency_id": people.sheriff, "state": "ND", "county_fips": "46001"})
    assert wrong.status == 422
    whole = {"agency_id": people.sheriff, "state": "ND", "county_fips": "38991", "rank": "PRIMARY",
             "answer_minutes": "30", "sender": "alerts@test.example", "source": "State plan, 4.2"}  # fmt: skip
    kept = page_client.post(page.path, whole, follow=True)
    assert "State plan, 4.2" in kept.text
    make_authority(people.sheriff, nation="standing-rock")
    make_authority(people.sheriff, nation="nowhere-at-all")
    listed = page_client.get(page.path)
    assert "nation not in the list: nowhere-at-all" in listed.text
    [chosen] = listed.elements("//select[@name='nation']/option[@value='standing-rock']")
    assert chosen.text in " ".join(listed.texts("//main//li"))
    assert page_client.sign_in(people.officer).get("/alerts/authority").status == 403


def test_what_is_wrong_on_the_emergency_path_stands_beside_its_field(
    page_client: PageClient, people: People, maya: EpisodeId
) -> None:
    page = asked(page_client, people, maya, ladder.LOCAL)
    alert_id = page.path.split("/")[2]
    page_client.sign_in(people.officer)
    page = page_client.get(f"/alerts/{alert_id}/write")
    said = {f"{name}_{lang}": "Harwell" for name in ("looks", "seen_place") for lang in ("en", "es")}
    _post(page_client, page, route_id=people.number, consents="", **said)
    page = page_client.get(f"/alerts/{alert_id}/look")
    again = page.elements("//div[contains(@class,'interruption')]//a")
    page = page_client.get(again[0].get("href", "")) if again else page
    wrong = _post(page_client, page, act="alone", looked="on", reason="alone")
    assert wrong.status == 422
    [link] = wrong.elements("//div[contains(@class,'error')]//a[starts-with(@href,'#')]")
    assert link.get("href") == "#alone"
    assert wrong.elements("//details[@open]//textarea[@id='alone']")
    assert wrong.texts("//textarea[@id='alone']") == ["alone"]


def test_the_page_to_look_at_says_what_to_do_while_something_is_missing(
    page_client: PageClient, people: People, maya: EpisodeId
) -> None:
    page = asked(page_client, people, maya, ladder.LOCAL)
    assert "Choose the number people call." not in page.text, "nothing is marked before anybody wrote"
    look = page_client.get(page.path.replace("/write", "/look"))
    assert "Then you can ask for approval here." in look.text
    ladder_page = page_client.get(f"/e/{maya}/alerts/ask")
    assert [one for one in ladder_page.texts("//li[contains(@class,'way')]//p/a") if "Being written" in one]


def test_whoever_runs_the_house_finds_no_child_on_the_desk(
    page_client: PageClient, people: People, maya: EpisodeId
) -> None:
    asked(page_client, people, maya, ladder.LOCAL)
    assert "Maya" in page_client.get("/alerts").text
    for role in (Role.OPERATOR, Role.ADMINISTRATOR, Role.AUDITOR):
        page = page_client.sign_in(make_member("House Testworth", role, people.caseworker.agency_id)).get("/alerts")
        assert page.status == 200
        assert "Maya" not in page.text
