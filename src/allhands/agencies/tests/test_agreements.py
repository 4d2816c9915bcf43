"""Agreements: they hold once every party has said yes, on the days they name, and only their parties know of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, connection, transaction

from allhands.agencies import actions, api, queries
from allhands.agencies.commands import EndAgreement, RecordAgreement
from allhands.agencies.contracts import AgreementKind, Cover, NotOnRecord
from allhands.agencies.tests.test_tables import NOW
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM, Actor, AgencyKind, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import NATION, Cast, Place, make_agency, make_member
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
YEAR_END = date(2026, 12, 31)


@pytest.fixture
def chief(cast: Cast) -> Actor:
    return make_member("Chief Testworth", Role.ADMINISTRATOR, AgencyId(cast.tribal_liaison.agency_id))


def agreement(other: Actor, **changes: object) -> RecordAgreement:
    values: dict[str, object] = {
        "kind": AgreementKind.NATION,
        "title": "On the Nation's children",
        "document": "File 24-017",
        "covers": frozenset({Cover.CASE_INFORMATION, Cover.HAND_OFF}),
        "with_agencies": frozenset({other.agency_id}),
        "starts_on": TODAY,
        "ends_on": YEAR_END,
    }
    return RecordAgreement(**(values | changes))  # type: ignore[arg-type]  # tests vary one field at a time


def recorded(cast: Cast, chief: Actor, **changes: object) -> str:
    with acting_as(cast.administrator):
        return actions.record_agreement(cast.administrator, agreement(chief, **changes), NOW)


def holds(one: Actor, other: Actor, on: date, reader: Actor = SYSTEM) -> bool:
    with acting_as(reader):
        return bool(api.agreements_between(AgencyId(one.agency_id), AgencyId(other.agency_id), on))


def test_it_holds_when_both_have_confirmed_on_the_days_it_names(cast: Cast, chief: Actor) -> None:
    made = recorded(cast, chief)
    assert not holds(cast.caseworker, chief, TODAY)
    with acting_as(chief):
        actions.confirm_agreement(chief, made, NOW)
    assert holds(cast.caseworker, chief, TODAY)
    assert holds(chief, cast.caseworker, date(2026, 12, 30))
    assert not holds(chief, cast.caseworker, YEAR_END)
    assert not holds(chief, cast.caseworker, date(2026, 11, 23))
    assert not holds(chief, cast.officer, TODAY)


def test_a_nations_agreement_on_case_information_is_told_from_others(cast: Cast, chief: Actor) -> None:
    nation, county = AgencyId(chief.agency_id), AgencyId(cast.caseworker.agency_id)
    for changes in ({"kind": AgreementKind.MOU}, {"covers": frozenset({Cover.NOTICE})}):
        made = recorded(cast, chief, **changes)
        with acting_as(chief):
            actions.confirm_agreement(chief, made, NOW)
            assert not api.has_agreement(nation, county, TODAY)
    made = recorded(cast, chief)
    with acting_as(chief):
        actions.confirm_agreement(chief, made, NOW)
    for reader in (chief, cast.caseworker, SYSTEM):
        with acting_as(reader):
            assert api.has_agreement(nation, county, TODAY)


def test_only_the_parties_know_of_it_and_nobody_rewrites_it(cast: Cast, chief: Actor) -> None:
    made = recorded(cast, chief)
    with acting_as(cast.outsider):
        assert queries.find_agreement(made) is None
    for change in ("UPDATE agencies_agreement SET covers = '{NOTICE}'", "DELETE FROM agencies_agreementparty"):
        with pytest.raises(Error), transaction.atomic(), acting_as(SYSTEM), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"with_agencies": frozenset()}, "agreement-parties"),
        ({"with_agencies": frozenset({"nobody"})}, "agreement-parties"),
        ({"covers": frozenset()}, "agreement-covers"),
        ({"ends_on": TODAY}, "agreement-period"),
    ],
)
def test_what_cannot_be_agreed(cast: Cast, chief: Actor, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        recorded(cast, chief, **changes)
    assert refused.value.code == code


def test_a_nations_agreement_names_the_nation(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        recorded(cast, cast.officer)
    assert refused.value.code == "agreement-nation"


def test_any_party_ends_it_and_nobody_makes_it_longer(cast: Cast, chief: Actor) -> None:
    made = recorded(cast, chief)
    with acting_as(chief):
        actions.confirm_agreement(chief, made, NOW)
        with pytest.raises(Refused):
            actions.end_agreement(chief, EndAgreement(agreement_id=made, ends_on=date(2027, 12, 31)), NOW)
        actions.end_agreement(chief, EndAgreement(agreement_id=made, ends_on=TODAY), NOW)
    assert not holds(cast.caseworker, chief, TODAY)


def test_it_is_no_business_of_others(cast: Cast, chief: Actor) -> None:
    made = recorded(cast, chief)
    for actor, error in ((cast.caseworker, Denied), (stranger(), NotOnRecord)):
        with acting_as(actor), pytest.raises(error):
            actions.confirm_agreement(actor, made, NOW)


def stranger() -> Actor:
    elsewhere = make_agency("Far Nation", AgencyKind.TRIBAL_GOVERNMENT, places=[Place(nation=NATION)])
    return make_member("Far Testworth", Role.ADMINISTRATOR, elsewhere)


def test_recorded_by_one_and_confirmed_by_the_other_in_their_pages(
    page_client: PageClient, cast: Cast, chief: Actor
) -> None:
    page = page_client.sign_in(cast.administrator).get("/agency/agreements/new")
    wrong = page.submit(title="On the Nation's children", kind="NATION", first_day="2024-01-08", document="File 24-017")
    assert "This field is required" in wrong.text
    filled = wrong.submit(with_agencies=[chief.agency_id], covers=["CASE_INFORMATION", "HAND_OFF"])
    assert "Waits for Test Nation" in filled.text
    page = page_client.sign_in(chief).get("/agency")
    assert "Waits for us" in page.text
    confirm = page.elements("//form[contains(@action, '/confirm')]")[0].get("action")
    page = page.submit(confirm)
    assert "since Jan. 8, 2024, without an end" in page.text
    assert "Waits for" not in page.text
    page = page_client.get(
        page.elements("//a[contains(@href, '/agency/agreements/') and contains(@href, '/end')]")[0].get("href")
    )
    assert "ended" in page.submit(last_day="2024-02-01").text


def test_the_hand_off_page_names_it_first(page_client: PageClient, cast: Cast, chief: Actor) -> None:

    made = recorded(cast, chief, ends_on=None, starts_on=date(2024, 1, 8))
    with acting_as(chief):
        actions.confirm_agreement(chief, made, NOW)
    maya = episodes.report_missing(cast.caseworker, report(at=NOW), NOW).episode_id
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/handoff")
    assert page.texts("//option")[1] == "Test Nation (agreed: On the Nation's children (File 24-017))"
    page.submit(to_agency=chief.agency_id, reason="She lives there.")
    page = page_client.sign_in(cast.tribal_liaison).get(f"/e/{maya}/handoff")
    assert "Both agencies agreed on hand-offs: On the Nation's children (File 24-017)." in page.text
