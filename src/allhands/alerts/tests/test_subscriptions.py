"""Signing up tells nothing, bombards nobody, keeps no place; whoever is inside an area is told, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from allhands.alerts import cells, models, subscribers
from allhands.alerts.actions import subscribing
from allhands.alerts.contracts import AlertArea, Circle
from allhands.alerts.tests.makers import NOW, People
from allhands.channels import api as channels
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


FARGO, BISMARCK = (46.877, -96.789), (46.808, -100.783)


def typed(address: str, **changes: object) -> subscribing.SignUp:
    known = {"channel": "EMAIL", "language": "en", "county_fips": "", "point": FARGO}
    return subscribing.SignUp(address=address, **{**known, **changes})  # type: ignore[arg-type]  # names the fields


def code_sent(address: str) -> str:
    with acting_as(SYSTEM):
        row = models.Subscription.objects.get(address=address)
        [*_, sent] = channels.deliveries_for(row.id)
        delivery = _body(sent.id)
    found = re.search(r"\b\d{6}\b", delivery)
    assert found
    return found[0]


def _body(delivery_id: str) -> str:
    return bytes(apps.get_model("channels", "Delivery").objects.get(pk=delivery_id).body).decode()


def subscribe(address: str, **changes: object) -> str:
    subscribing.sign_up(typed(address, **changes), NOW)
    return subscribing.confirm("EMAIL", address, code_sent(address), NOW)


def around(point: tuple[float, float], km: float) -> AlertArea:
    circle = Circle(centre=point, radius_km=km)
    return AlertArea(words={"en": ""}, county_fips=(), nations=(), polygons=(), circles=(circle,))


def test_only_who_confirmed_and_is_inside_is_told(people: People) -> None:
    subscribe("near@example.org")
    subscribe("far@example.org", point=BISMARCK)
    subscribe("county@example.org", point=None, county_fips="38017")
    subscribing.sign_up(typed("unsure@example.org"), NOW)
    assert [one.address for one in subscribers.inside(around(FARGO, 20), "EMAIL")] == ["near@example.org"]
    county = AlertArea(words={"en": ""}, county_fips=("38017",), nations=(), polygons=(), circles=())
    assert [one.address for one in subscribers.inside(county, "EMAIL")] == ["county@example.org"]
    square = ((46.0, -102.0), (46.0, -96.0), (48.0, -96.0), (48.0, -102.0), (46.0, -102.0))
    drawn = AlertArea(words={"en": ""}, county_fips=(), nations=(), polygons=(square,), circles=())
    assert {one.address for one in subscribers.inside(drawn, "EMAIL")} == {"near@example.org", "far@example.org"}


def test_what_is_kept_is_a_cell_and_not_the_place(people: People) -> None:
    subscribe("near@example.org")
    with acting_as(SYSTEM):
        held = models.Subscription.objects.get().cell
    assert held == cells.cell_at(FARGO)
    assert str(FARGO[0]) not in str(vars(models.Subscription.objects.model))


def test_an_address_gets_three_codes_a_day_and_the_answer_is_the_same(people: People) -> None:
    for _ in range(5):
        subscribing.sign_up(typed("victim@example.org"), NOW)
    with acting_as(SYSTEM):
        row = models.Subscription.objects.get(address="victim@example.org")
        assert len(channels.deliveries_for(row.id)) == subscribing.MOST_CODES_A_DAY
    subscribing.sign_up(typed("victim@example.org"), NOW + timedelta(days=1, minutes=1))
    with acting_as(SYSTEM):
        assert len(channels.deliveries_for(row.id)) == subscribing.MOST_CODES_A_DAY + 1


def test_a_code_is_tried_five_times_and_an_unknown_address_fails_alike(people: People) -> None:
    subscribing.sign_up(typed("near@example.org"), NOW)
    right = code_sent("near@example.org")
    wrong = "000000" if right != "000000" else "111111"
    words = set()
    for address in [*["near@example.org"] * 5, "nobody@example.org", "no address"]:
        with pytest.raises(Refused) as refused:
            subscribing.confirm("EMAIL", address, wrong, NOW)
        words.add((refused.value.code, refused.value.reason))
    assert len(words) == 1
    with pytest.raises(Refused):
        subscribing.confirm("EMAIL", "near@example.org", right, NOW)


def test_one_press_stops_it_and_says_through_which_message(people: People, page_client: PageClient) -> None:
    key = subscribe("near@example.org")
    page = page_client.get(f"/alerts/near-me/{key}")
    assert page.h1 == "You will be told"
    assert "near@example.org" not in page.response.content.decode()
    answer = page_client.post(f"/alerts/near-me/{key}?t=0123456789abcdef", {"List-Unsubscribe": "One-Click"})
    assert answer.status == 200, "a mail program follows no redirect (RFC 8058)"
    assert page_client.get(f"/alerts/near-me/{key}").h1 == "You will not be told"
    assert page_client.get("/alerts/near-me/unknown").h1 == "You will not be told"
    with acting_as(SYSTEM):
        assert models.Subscription.objects.get().stopped_by == "0123456789abcdef"
    assert list(subscribers.inside(around(FARGO, 20), "EMAIL")) == []


def test_sign_up_page_keeps_what_was_typed(people: People, page_client: PageClient) -> None:
    page = page_client.get("/alerts/near-me", {"state": "ND"})
    wrong = page_client.post(
        "/alerts/near-me", {"state": "ND", "channel": "EMAIL", "address": "nope", "point": "46.8, -96.7"}
    )
    assert page.status == 200
    assert wrong.status == 422
    assert wrong.elements("//input[@name='address'][@value='nope']")
    sent = page_client.post(
        "/alerts/near-me", {"state": "ND", "channel": "EMAIL", "address": "near@example.org", "county_fips": "38017"}
    )
    assert sent.location.startswith("/alerts/near-me/confirm")


def test_a_subscriber_bombarding_sign_up_waits_and_loses_nothing(people: People, page_client: PageClient) -> None:
    def ask(number: int) -> Page:
        typed = {"state": "ND", "channel": "EMAIL", "address": f"victim{number}@example.org", "county_fips": "38017"}
        return page_client.post("/alerts/near-me", typed)

    answers = [ask(number) for number in range(12)]
    assert [page.status for page in answers] == [302] * 10 + [429] * 2
    with acting_as(SYSTEM):
        assert models.Subscription.objects.count() == 10, "nobody is written to after that"
    assert "Wait ten minutes" in answers[-1].text
    assert answers[-1].elements("//input[@name='address'][@value='victim11@example.org']")
    assert answers[-1].elements("//select[@name='county_fips']/option[@value='38017'][@selected]")
    page_client.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert ask(12).status == 302, "nobody elsewhere waits"


def test_codes_of_many_addresses_are_not_tried_out_from_one_place(page_client: PageClient) -> None:
    tried = [
        page_client.post(
            "/alerts/near-me/confirm", {"channel": "EMAIL", "address": f"a{n}@example.org", "code": "123456"}
        )
        for n in range(31)
    ]
    assert [page.status for page in tried] == [422] * 30 + [429]
    assert tried[-1].elements("//input[@name='address'][@value='a30@example.org']")


def test_behind_a_proxy_the_callers_are_counted_and_not_the_proxy(
    people: People, page_client: PageClient, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    typed = {"state": "ND", "channel": "EMAIL", "county_fips": "38017"}
    for number in range(12):
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        address = f"near{number}@example.org"
        assert page_client.post("/alerts/near-me", {**typed, "address": address}, headers=headers).status == 302


def test_no_agency_reads_a_subscriber_not_even_through_the_function(people: People) -> None:
    subscribe("near@example.org", point=None, county_fips="38017")
    subscribe("there@example.org")
    everybody = "SELECT * FROM alerts_subscribers_inside(ARRAY[0], ARRAY[9223372036854775807], ARRAY['38017'], '')"
    with acting_as(SYSTEM), connection.cursor() as cursor:
        cursor.execute(everybody)
        assert len(cursor.fetchall()) == 2
    with acting_as(people.officer), connection.cursor() as cursor:
        cursor.execute(everybody)
        assert cursor.fetchall() == []
        assert models.Subscription.objects.count() == 0


def test_a_subscription_that_runs_moves_to_the_new_place_once_the_code_is_back(people: People) -> None:
    assert people.number, "somebody here sends alerts"
    subscribe("moves@example.org", point=FARGO)
    later = NOW + timedelta(minutes=5)
    wish = subscribing.sign_up(typed("moves@example.org", point=BISMARCK, language="es"), later)
    with acting_as(SYSTEM):
        assert models.Subscription.objects.get(address="moves@example.org").cell == cells.cell_at(FARGO)
    subscribing.confirm("EMAIL", "moves@example.org", code_sent("moves@example.org"), later, wish=wish)
    with acting_as(SYSTEM):
        row = models.Subscription.objects.get(address="moves@example.org")
    assert (row.cell, row.language, row.state) == (cells.cell_at(BISMARCK), "es", "ACTIVE")


def test_the_wish_of_another_address_moves_nobody(people: People) -> None:
    assert people.number, "somebody here sends alerts"
    subscribe("stays@example.org", point=FARGO)
    other = subscribing.sign_up(typed("other@example.org", point=BISMARCK), NOW)
    for day, wish in enumerate((other, "forged", ""), 2):
        later = NOW + timedelta(days=day)
        subscribing.sign_up(typed("stays@example.org", point=BISMARCK), later)
        subscribing.confirm("EMAIL", "stays@example.org", code_sent("stays@example.org"), later, wish=wish)
        with acting_as(SYSTEM):
            assert models.Subscription.objects.get(address="stays@example.org").cell == cells.cell_at(FARGO)


def letter_to(address: str) -> str:
    with acting_as(SYSTEM):
        [*_, sent] = channels.deliveries_for(models.Subscription.objects.get(address=address).id)
        return _body(sent.id)


def test_the_link_in_the_letter_confirms_with_one_press_what_was_wished(
    people: People, page_client: PageClient
) -> None:
    assert people.number, "somebody here sends alerts"
    now = timezone.now()
    key = subscribe("moves@example.org", point=FARGO)
    subscribing.sign_up(typed("moves@example.org", point=None, county_fips="38015", language="es"), now)
    letter = letter_to("moves@example.org")
    assert letter.startswith("Su código"), "the language of the alerts first"
    link = urlsplit(re.findall(r"http\S+", letter)[0])
    page = page_client.get(f"{link.path}?{link.query}")
    assert page.h1 == "Confirm that you want alerts"
    assert "Burleigh County" in page.text
    with acting_as(SYSTEM):
        assert models.Subscription.objects.get().cell == cells.cell_at(FARGO), "opening a link confirms nothing"
    form = {name: page.elements(f"//input[@name='{name}']")[0].get("value") for name in ("channel", "wish", "code")}
    assert not page.elements("//input[@name='address']"), "the letter knows whose it is"
    answer = page_client.post(link.path, form)
    assert answer.location == f"/alerts/near-me/{key}"
    with acting_as(SYSTEM):
        row = models.Subscription.objects.get()
    assert (row.county_fips, row.cell, row.language) == ("38015", None, "es")
    assert page_client.post(link.path, form).status == 422, "a code is good once"


def test_a_wish_without_its_code_confirms_nothing(people: People) -> None:
    assert people.number, "somebody here sends alerts"
    wish = subscribing.sign_up(typed("victim@example.org"), NOW)
    right = code_sent("victim@example.org")
    for code, said in (("000000" if right != "000000" else "111111", wish), (right, "forged"), (right, "")):
        with pytest.raises(Refused):
            subscribing.confirm("EMAIL", "", code, NOW, wish=said)


def test_no_state_stands_chosen_and_none_at_all_is_asked_for(page_client: PageClient) -> None:
    page = page_client.get("/alerts/near-me")
    assert not page.elements("//select[@name='state']/option[@selected]")
    assert "Choose a state, or write a ZIP code." not in page.text
    again = page_client.get("/alerts/near-me?state=&around=")
    assert again.status == 422
    assert "Choose a state, or write a ZIP code." in again.text
    assert page_client.get("/alerts/near-me?state=ND&around=").elements("//select[@name='county_fips']")


def test_a_pause_goes_on_when_the_language_changes(people: People, page_client: PageClient) -> None:
    page = f"/alerts/near-me/{subscribe('near@example.org')}"
    page_client.post(page, {"act": "pause"})
    page_client.post(page, {"act": "language", "language": "es"})
    assert page_client.get(page).h1 == "Paused for a month"
    page_client.post(page, {"act": "go-on"})
    assert page_client.get(page).h1 == "You will be told"
    with acting_as(SYSTEM):
        assert models.Subscription.objects.get().language == "es"


def test_a_code_from_a_world_that_is_not_live_says_so(people: People, settings: Settings) -> None:
    assert people.number, "somebody here sends alerts"
    settings.ALLHANDS_WORLD = "drill"
    subscribing.sign_up(typed("near@example.org"), NOW)
    with acting_as(SYSTEM):
        [sent] = apps.get_model("channels", "Delivery").objects.all()
    assert "[DRILL] Your code" in sent.subject


def test_a_cell_is_chosen_on_a_map_without_script(people: People, page_client: PageClient) -> None:
    page = page_client.get("/alerts/near-me", {"state": "AL", "around": "58401"})
    assert "Chosen: the cell of Jamestown." in page.text
    assert page.elements("//option[@value='ND'][@selected]"), "the ZIP code says which state"
    cells_shown = page.elements("//svg//a")
    assert cells_shown[0].get("aria-label") == "The chosen cell, Jamestown"
    assert len(cells_shown) == 19
    [east] = [one for one in cells_shown if one.get("aria-label") == "7 km to the east"]
    moved = page_client.get("/alerts/near-me" + str(east.get("href")))
    chosen = str(moved.elements("//input[@name='cell']")[0].get("value"))
    sent = {"state": "ND", "cell": chosen, "channel": "EMAIL", "address": "near@example.org"}
    assert page_client.post("/alerts/near-me", sent).status == 302
    with acting_as(SYSTEM):
        row = models.Subscription.objects.get()
    assert (row.county_fips, f"{row.cell:x}") == ("", chosen)
    wrong = page_client.post("/alerts/near-me", {**sent, "address": "nope"})
    assert wrong.elements(f"//input[@name='cell'][@value='{chosen}']"), "an error loses no choice"


def test_latitude_and_longitude_lead_to_the_map_without_a_state(people: People, page_client: PageClient) -> None:
    assert people.number, "somebody here sends alerts"
    page = page_client.get("/alerts/near-me?state=&around=46.877,-96.789")
    assert not page.elements("//select[@name='county_fips']"), "no state, no list of counties"
    [form] = page.elements("//form[.//input[@name='cell']]")
    sent = {**dict(form.form_values()), "address": "near@example.org"}
    wrong = page_client.post("/alerts/near-me", {**sent, "address": "nope"})
    assert wrong.elements(f"//input[@name='cell'][@value='{sent['cell']}']"), "an error loses no choice"
    assert page_client.post("/alerts/near-me", sent).status == 302
    with acting_as(SYSTEM):
        row = models.Subscription.objects.get()
    assert (row.county_fips, row.cell) == ("", cells.cell_at(FARGO))


@pytest.mark.parametrize(("typed_place", "says"), [
    ("00000", "No ZIP code on our list is 00000."),
    ("00501", "We know no place for this ZIP code"),
    ("1600 Main Street", "Write a ZIP code of five digits"),
])  # fmt: skip
def test_a_place_that_is_on_no_list_is_told_by_its_field(page_client: PageClient, typed_place: str, says: str) -> None:
    page = page_client.get("/alerts/near-me", {"state": "ND", "around": typed_place})
    assert page.status == 422
    assert says in page.text
    assert page.elements("//input[@name='around'][@aria-describedby='around-hint around-fault']")


@pytest.mark.parametrize("cell", ["862b20000000000", "852b26effffffff", "f" * 16, "f" * 20, "-1", "<b>"])
def test_a_cell_of_another_size_or_none_is_not_drawn(page_client: PageClient, cell: str) -> None:
    page = page_client.get("/alerts/near-me", {"state": "ND", "cell": cell})
    assert page.status == 200
    assert not page.elements("//input[@name='cell']")


@pytest.mark.parametrize("zip_code", ["99546", "96799", "96910"])  # Adak, Pago Pago, Hagatna: beside the date line
def test_cells_beside_the_date_line_lie_together(page_client: PageClient, zip_code: str) -> None:
    page = page_client.get("/alerts/near-me", {"around": zip_code})
    labels = [str(one.get("aria-label")) for one in page.elements("//svg//a")]
    assert len(labels) == 19
    assert all(int(one.split()[0]) < 20 for one in labels[1:])
