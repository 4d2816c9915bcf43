"""Who can act here: the alert first, gaps said plainly, numbers by their age."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import Settings

from allhands import law
from allhands.directory import api
from allhands.kernel.actors import AgencyKind
from allhands.platform import packs
from allhands.platform.testing.cast import COUNTY, NATION, Cast, Place, make_agency
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
ACT = "/who-can-act"


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"


def a_phone(
    name: str, kind: AgencyKind, place: Place, *, checked: date | None, number: str, purpose: str = "ANY"
) -> None:
    agency = make_agency(name, kind, places=[place])
    apps.get_model("agencies", "ContactRoute").objects.create(
        id=f"r{number[-4:]}", agency_id=agency, kind="phone", address=number, purpose=purpose, is_always_open=True,
        verified_on=checked,
    )  # fmt: skip


def test_every_nation_can_be_a_place_of_the_law() -> None:
    facts = packs.library().facts
    for code in api.nations():
        law.parse_facts({"place.last_seen": {"nation": code}}, facts, as_of=timezone.now())


def test_the_nation_with_the_longest_code_has_a_card(page_client: PageClient) -> None:
    assert page_client.get(f"{ACT}/{max(api.nations(), key=len)}").status == 200


def test_first_row_starts_the_alert_with_number_and_transmitters(page_client: PageClient, cast: Cast) -> None:
    a_phone(
        "Night Police",
        AgencyKind.TRIBAL_POLICE,
        Place(nation=NATION),
        checked=timezone.now().date(),
        number="+1 701 555 0129",
    )
    page = page_client.get(f"{ACT}/{NATION}")
    assert page.texts("//dt")[0] == "Starts the alert"
    first = page.texts("//*[contains(@class, 'card__first')]")[0]
    assert "Feather Alert" in first
    assert "701 555 0129" in first
    assert "transmitter 1" in first
    assert "transmitter 2" in first
    assert len(page.elements("//dt")) == 10


def test_what_nobody_told_us_is_said_and_whom_to_ask(page_client: PageClient) -> None:
    page = page_client.get(f"{ACT}/hopi", {"lang": "es"})
    gaps = page.texts("//*[contains(@class, 'gap')]")
    assert any("Nadie nos ha dicho quién dirige" in gap for gap in gaps)
    assert "Nadie nos ha dicho qué transmisor" in page.text
    assert "No hemos leído la ley de Hopi" in page.text


def test_a_nation_of_three_states_has_the_plans_of_all(page_client: PageClient) -> None:
    page = page_client.get(f"{ACT}/navajo")
    first = page.texts("//*[contains(@class, 'card__first')]")[0]
    assert first.index("AMBER Alert") < first.index("It needs:")
    assert "As press tells it" in first
    assert {"Arizona", "New Mexico", "Utah"} <= {
        name for name in ("Arizona", "New Mexico", "Utah") if name in page.text
    }


def test_number_stands_after_the_first_lines_and_the_rest_is_folded_without_script(
    page_client: PageClient, cast: Cast
) -> None:
    now = timezone.now().date()
    a_phone("Desk", AgencyKind.CLEARINGHOUSE, Place(state="ND"), checked=now, number="+1 701 555 0161")
    page = page_client.get(f"{ACT}/tmbci")
    [first] = page.document.xpath("//dl[contains(@class, 'card__first')]")
    shown = first.xpath("dd[contains(@class, 'act-line')][not(.//details[@class='act-more'])]")
    assert len(shown) == 2
    text = first.text_content()
    assert text.index("701 555 0161") < text.index("South Dakota opens")
    assert first.xpath(".//details[@class='act-more']/summary[contains(., 'Starts the alert')]")


def test_who_leads_cites_the_law_as_people_write_it(page_client: PageClient) -> None:
    leads = page_client.get(f"{ACT}/tmbci").texts("//dl[@id='leads']")[0]
    assert "18 U.S.C. 1151" in leads
    assert "usc-" not in leads
    assert "date of reading not known" not in leads


def test_a_state_has_its_spanish_name_everywhere(page_client: PageClient) -> None:
    page = page_client.get(f"{ACT}/nd-38079", {"lang": "es"})
    assert page.texts("//h1/following-sibling::p/strong") == ["Rolette County, Dakota del Norte"]
    assert "la ley de Dakota del Norte" in page.text
    asked = page_client.post("/who-to-call", {"where": "Rolette, Dakota del Norte", "lang": "es"})
    assert "Rolette County, Dakota del Norte" in asked.text
    assert "Dakota del Norte" in asked.texts("//option")


def test_numbers_older_than_half_a_year_are_for_staff_only(page_client: PageClient, cast: Cast) -> None:
    old = timezone.now().date() - timedelta(days=200)
    a_phone(
        "Old Sheriff",
        AgencyKind.LAW_ENFORCEMENT,
        Place(state="ND", county_fips=COUNTY),
        checked=old,
        number="+1 701 555 0198",
    )
    a_phone(
        "New Sheriff",
        AgencyKind.LAW_ENFORCEMENT,
        Place(state="ND", county_fips=COUNTY),
        checked=None,
        number="+1 701 555 0197",
    )
    a_phone(
        "Inner Line",
        AgencyKind.LAW_ENFORCEMENT,
        Place(state="ND", county_fips=COUNTY),
        checked=None,
        number="+1 701 555 0196",
        purpose="AFTER_HOURS",
    )
    stranger = page_client.get(f"{ACT}/nd-{COUNTY}").text
    assert "555 0198" not in stranger
    assert "Nobody has compared this number with its source." in stranger
    staff = page_client.sign_in(cast.officer).get(f"{ACT}/nd-{COUNTY}").text
    assert "555 0198" in staff
    assert "Not checked lately." in staff
    assert "555 0196" not in stranger + staff


def test_one_place_opens_and_several_are_offered(page_client: PageClient) -> None:
    assert page_client.get(ACT).submit(ACT, state="ND").path.startswith(f"{ACT}/nd")
    page = page_client.get(ACT).submit(ACT, where="58316")
    assert page.status == 200
    links = [str(one) for one in page.document.xpath("//main//a/@href")]
    assert any(link.startswith(f"{ACT}/tmbci") for link in links)
    assert any(link.startswith(f"{ACT}/nd-38079") for link in links)
    wrong = page_client.get(ACT).submit(ACT, where="<b>nowhere</b>")
    assert wrong.status == 422
    assert "Write a county" in wrong.text


def test_a_liaison_sees_the_card_of_the_own_nation_at_once(page_client: PageClient, cast: Cast) -> None:
    page = page_client.sign_in(cast.tribal_liaison).get(ACT, follow=True)
    assert page.path.startswith(f"{ACT}/{NATION}")
    assert page_client.get(ACT, {"all": "1"}).h1 == "Who can act here?"


@pytest.mark.parametrize("slug", ["zz", "nd-00000", "nd-27001", "atlantis", "nd-38079-x"])
def test_a_place_that_is_not_is_not_found(page_client: PageClient, slug: str) -> None:
    assert page_client.get(f"{ACT}/{slug}").status == 404


def test_the_live_world_has_no_invented_land(page_client: PageClient, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "live"
    assert page_client.get(f"{ACT}/{NATION}").status == 404
    assert page_client.get(f"{ACT}/nd-{COUNTY}").status == 404
    assert "Sample Nation" not in page_client.get(ACT).text
