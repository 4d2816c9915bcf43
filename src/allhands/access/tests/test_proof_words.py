"""What a proof says goes by policy: a shelter's words beside a duty are the shelter's, wherever the duty is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from allhands.access.tests.conftest import Response
from allhands.access.tests.test_correcting import picture
from allhands.duties import api as duties
from allhands.duties import models as ledger
from allhands.duties import proving
from allhands.duties.contracts import NewEvidence
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import said
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.ids import DutyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_key, make_member
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
SECRET, TELLER = "she sleeps in room 7", "Ms Zorilla-Testworth"


def owed_by(response: Response, actor: Actor) -> str:
    """A duty of the response, made this actor's."""
    with acting_as(SYSTEM):
        model = apps.get_model("duties", "Duty")
        found = model.objects.filter(episode_id=response.episode_id, applies="TRUE", state="OPEN", governs=True)[0]
        model.objects.filter(pk=found.pk).update(agency_id=actor.agency_id)
    return str(found.pk)


def prove(response: Response, by: Actor, kind: str = "document", *, paper: bool = True) -> str:
    """The duty, with words that tell something."""
    duty_id = owed_by(response, by)
    given = NewEvidence(
        kind=kind, value=SECRET, taken_by=TELLER, happened_at=response.at - timedelta(minutes=1),
        document=picture() if paper else None, filename="maya.png" if paper else "",
    )  # fmt: skip
    duties.prove(by, DutyId(duty_id), given, response.at)
    return duty_id


def pages_of(response: Response, duty_id: str) -> tuple[str, ...]:
    """Every page that draws the duty."""
    return (f"/e/{response.episode_id}/d/{duty_id}", f"/e/{response.episode_id}", "/", "/duties")


def test_the_words_of_a_walled_agency_stay_with_it_on_every_page(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    duty_id = prove(response, response.shelter_worker)
    for reader in (cast.caseworker, cast.officer, response.nurse):
        client = page_client.sign_in(reader)
        for address in pages_of(response, duty_id):
            text = client.get(address).text
            assert "room 7" not in text, address
            assert "Zorilla" not in text, address
    page = client.get(f"/e/{response.episode_id}/d/{duty_id}")
    assert "Proved" in page.text
    assert "stays with the agency that gave it" in page.text
    assert not page.elements("//a[starts-with(@href, '/evidence/')]"), "no way to a paper that would be refused"


def test_whoever_gave_them_reads_them_again(response: Response, page_client: PageClient) -> None:
    for giver, has_papers in ((response.shelter_worker, False), (response.nurse, True)):  # a shelter reads no P2
        duty_id = prove(response, giver)
        page = page_client.sign_in(giver).get(f"/e/{response.episode_id}/d/{duty_id}")
        assert SECRET in page.text
        assert bool(page.elements("//a[starts-with(@href, '/evidence/')]")) is has_papers


def test_words_without_a_wall_are_read_by_those_who_search_and_not_by_a_shelter(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    duty_id = prove(response, cast.caseworker)
    address = f"/e/{response.episode_id}/d/{duty_id}"
    assert SECRET in page_client.sign_in(cast.officer).get(address).text
    assert SECRET not in page_client.sign_in(response.shelter_worker).get(address).text


def test_a_refusal_a_walled_agency_heard_is_not_read_out(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    duty_id = prove(response, response.shelter_worker, proving.REFUSAL, paper=False)
    page = page_client.sign_in(cast.caseworker).get(f"/e/{response.episode_id}/d/{duty_id}")
    assert "They would not take it." in page.text
    assert "room 7" not in page.text
    assert "Zorilla" not in page.text


def test_why_a_walled_agency_waived_its_duty_is_its_own(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    duty_id = owed_by(response, response.shelter_worker)
    with acting_as(SYSTEM):
        waived = {"state": "WAIVED", "reason": SECRET, "settled_by": TELLER, "settled_at": response.at}
        apps.get_model("duties", "Duty").objects.filter(pk=duty_id).update(**waived)
    client = page_client.sign_in(cast.caseworker)
    for address in pages_of(response, duty_id):
        text = client.get(address).text
        assert "room 7" not in text, address
        assert "Zorilla" not in text, address
    assert "Waived by the agency that owes it" in client.get(f"/e/{response.episode_id}/d/{duty_id}").text


def test_the_timeline_names_nobody_of_a_walled_agency(response: Response, cast: Cast, page_client: PageClient) -> None:
    prove(response, response.shelter_worker)
    prove(response, cast.supervisor)
    with acting_as(SYSTEM):  # what the shelter's people say is news of the shelter, too
        episodes.add_timeline(response.episode_id, "duties.opened", "Sam Shelter", response.at, {"count": "1"})
    state = said("description.jewelry", "a ring", at=response.at - timedelta(minutes=1))
    with acting_as(response.shelter_worker):
        episodes.state_fact(response.shelter_worker, response.episode_id, state, response.at)
    for reader, is_named in ((cast.officer, False), (response.nurse, False), (response.shelter_worker, True)):
        page = page_client.sign_in(reader).get(f"/e/{response.episode_id}")
        lines = " ".join(page.texts("//*[contains(@class, 'event__what')]"))
        assert ("Sam Shelter" in lines) is is_named, reader.label
        assert is_named or ("Proved" in lines and cast.supervisor.label in lines), "the others are named"


@pytest.mark.parametrize(("owing", "name"), [("shelter_worker", "Bo Shelter"), ("lead", "Lee Lead")])
def test_the_ladder_names_nobody_of_a_walled_agency(
    response: Response, cast: Cast, page_client: PageClient, owing: str, name: str
) -> None:
    is_walled, theirs = owing == "shelter_worker", getattr(response, owing)
    make_member("Bo Shelter-Testworth", Role.DIRECTOR, response.shelter_worker.agency_id)
    duty_id = owed_by(response, theirs)
    with acting_as(SYSTEM):
        times = {"clock_starts_at": response.at - timedelta(hours=2), "due_at": response.at - timedelta(hours=1)}
        apps.get_model("duties", "Duty").objects.filter(pk=duty_id).update(rung=0, **times)
    duties.climb_all(response.at)
    address = f"/e/{response.episode_id}/d/{duty_id}"
    page = page_client.sign_in(cast.caseworker).get(address)
    assert (name in page.text, "their director was told" in page.text) == (not is_walled, is_walled)
    spanish = page_client.get(address, headers={"Accept-Language": "es"}).text
    assert ("Se avisó a alguien de allí (dirección)" in spanish) is is_walled
    assert name in page_client.sign_in(theirs).get(address).text, "to their own people they have a name"


def test_the_api_tells_a_proof_as_the_page_does(response: Response, cast: Cast, page_client: PageClient) -> None:
    duty_id = prove(response, response.shelter_worker)
    headers = {"Authorization": f"Bearer {make_key(cast.caseworker.agency_id)}"}
    answer = page_client.client.get(f"/api/v1/episodes/{response.episode_id}/duties", headers=headers)
    [shown] = [one for one in answer.json() if one["duty_id"] == duty_id]
    assert (shown["state"], shown["settled_by"]) == ("PROVED", "")
    [proof] = shown["evidence"]
    assert (proof["value"], proof["taken_by"], proof["recorded_by"], proof["has_document"]) == ("", "", "", False)


def test_the_classes_are_those_of_the_tables() -> None:
    assert ledger.Evidence.CLASSES["value"] == proving.WORDS
    assert ledger.Document.CLASSES["content"] == proving.PAPER
