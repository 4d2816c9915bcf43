"""A nation's own key: two people put it in force; what is the nation's own is then no longer ours to read."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import IntegrityError, transaction
from typer.testing import CliRunner

from allhands.access import annex, models, nation_export
from allhands.access.actions import exceptions, nation_keys
from allhands.access.contracts import NationKeyState
from allhands.access.tests.conftest import Response
from allhands.cli import make_app
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.contracts import FactLine
from allhands.episodes.tests.reports import report, said
from allhands.kernel.actors import SYSTEM, Actor, AgencyKind, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import NATION, Cast, Place, make_agency, make_key, make_member
from allhands.platform.testing.dump import everything, tables_with
from allhands.platform.testing.pages import PageClient
from allhands.platform.vault import nation_box
from allhands.platform.vault.envelope import Envelope, EnvelopeFault, open_with
from allhands.platform.vault.keys import keys_for_reading
from allhands.platform.vault.models import DataKey

pytestmark = pytest.mark.django_db(transaction=True)
FACT = "description.jewelry"
SECRET, TELLER = "numbat-quokka at the old lodge", "Ms Zorilla-Testworth"
PASSWORD = "four plain old words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """A nation with a member's record, two people who keep its data, and a key that only this test has."""

    response: Response
    episode_id: EpisodeId
    steward: Actor
    second: Actor
    liaison: Actor
    private: X25519PrivateKey

    @property
    def line(self) -> str:
        """The public line."""
        return nation_box.public_line(self.private)

    def put_in_force(self) -> None:
        """The key, offered by one and confirmed by the other."""
        key = nation_keys.offer(self.steward, NATION, self.line, "Council resolution 12", self.response.at)
        nation_keys.confirm(self.second, NATION, key, self.response.at)

    def state(self, value: str, *, by: Actor | None = None) -> str:
        """Something said of the fact by the nation's liaison, or somebody else."""
        told = said(FACT, value, at=self.response.at, informant=TELLER)
        return episodes.state_fact(by or self.liaison, self.episode_id, told, self.response.at)

    def keep(self) -> None:
        """The fact, marked as the nation's own."""
        with acting_as(self.liaison):
            access = episodes.access_of(episodes.get_episode(self.liaison, self.episode_id))
        exceptions.keep_for_nation(self.liaison, access, FACT, self.response.at)

    def lines(self) -> list[FactLine]:
        """What was said of the fact."""
        with acting_as(self.liaison):
            return [one for one in episodes.statements_of(self.episode_id) if one.fact_id == FACT]

    def copy(self) -> str:
        """The nation's copy, as the file holds it."""
        return json.dumps(nation_export.export(self.steward, NATION, self.response.at))


@pytest.fixture
def nation(response: Response, cast: Cast) -> Nation:
    told = report("Aiyana", key="annex", at=response.at, child__tribal_affiliation=[NATION])
    found = episodes.report_missing(cast.caseworker, told, response.at).episode_id
    with acting_as(cast.caseworker):
        episodes.add_parties(found, {cast.tribal_liaison.agency_id, cast.officer.agency_id}, "DUTY", response.at)
    return Nation(
        response=response,
        episode_id=found,
        steward=response.steward,
        second=make_member("Dana Director", Role.DIRECTOR, cast.tribal_liaison.agency_id),
        liaison=cast.tribal_liaison,
        private=nation_box.new_private(),
    )


def test_nothing_here_holds_a_word_of_the_annex(nation: Nation, superuser: psycopg.Connection[Any]) -> None:
    nation.put_in_force()
    nation.keep()
    nation.state(SECRET)
    assert not tables_with(["numbat", "Zorilla"], everything(superuser))
    [line] = nation.lines()
    assert (line.value, line.informant, line.says_something) == (None, nation.liaison.label, True)


def test_no_key_of_the_server_opens_the_annex(nation: Nation) -> None:
    nation.put_in_force()
    nation.keep()
    statement = nation.state(SECRET)
    [line] = nation.lines()
    with acting_as(nation.liaison):
        keys = keys_for_reading(DataKey.objects.values_list("pk", flat=True)).values()
    assert line.annex is not None
    assert keys, "the server has keys, and none of them is this one"
    place = nation_box.about(nation.episode_id, FACT, statement)
    for key in keys:
        inner = Envelope(
            record_id=nation.episode_id, deflated=False, nonce=line.annex[9:21], ciphertext=line.annex[21:]
        )
        with pytest.raises(EnvelopeFault):
            open_with(inner, key=key, purpose="episodes_statement.annex")
        with pytest.raises(nation_box.KeyFault):
            nation_box.open_with(line.annex, [X25519PrivateKey.from_private_bytes(key)], place)
    plain = json.loads(nation_box.open_with(line.annex, [nation.private], place))
    assert plain == {"value": SECRET, "informant": TELLER}


def test_the_nation_opens_its_copy_at_home(nation: Nation, tmp_path: Path) -> None:
    nation.put_in_force()
    nation.keep()
    nation.state(SECRET)
    file, key, opened = (tmp_path / name for name in ("ours.json", "key.pem", "open.json"))
    file.write_text(nation.copy(), encoding="utf-8")
    assert "numbat" not in file.read_text(encoding="utf-8")
    key.write_text(nation_box.write_private(nation.private, PASSWORD), encoding="ascii")
    words = ["nation-key", "open", str(file), "--key", str(key), "--out", str(opened)]
    result = CliRunner().invoke(make_app(), words, input=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    [record] = json.loads(opened.read_text(encoding="utf-8"))["records"]
    [field] = [one for one in record["fields"] if one["field"] == FACT]
    assert (field["value"], field["said_by"], field["was_sealed"]) == (SECRET, TELLER, True)


def test_only_what_the_nation_says_of_what_is_marked_is_sealed(nation: Nation, cast: Cast) -> None:
    nation.put_in_force()
    nation.state("before the mark")
    nation.keep()
    nation.state("the county's own word", by=cast.caseworker)
    nation.state("the nation's word")
    lines = nation.lines()
    assert {one.value for one in lines} == {"before the mark", "the county's own word", None}
    assert [one.annex is not None for one in lines if one.value is None] == [True]


def test_without_a_key_and_after_the_nations_word_nothing_is_sealed(nation: Nation) -> None:
    nation.keep()
    nation.state("no key yet")
    nation.put_in_force()
    nation.state("sealed")
    stop = nation_keys.offer(nation.steward, NATION, "", "We host our own", nation.response.at)
    nation.state("sealed still")
    nation_keys.confirm(nation.second, NATION, stop, nation.response.at)
    nation.state("open again")
    assert sorted(str(one.value) for one in nation.lines()) == ["None", "None", "no key yet", "open again"]


def test_after_a_change_of_keys_the_nation_seals_its_copy_anew(nation: Nation, tmp_path: Path) -> None:
    nation.put_in_force()
    nation.keep()
    nation.state("first")
    later = replace(nation, private=nation_box.new_private())
    later.put_in_force()
    later.state("second")
    file, out, options = tmp_path / "ours.json", tmp_path / "anew.json", []
    file.write_text(nation.copy(), encoding="utf-8")
    for name, private in (("old", nation.private), ("new", later.private)):
        (tmp_path / name).write_text(nation_box.write_private(private, PASSWORD), encoding="ascii")
        options += ["--key", str(tmp_path / name)]
    words = ["nation-key", "reseal", str(file), *options, "--to", later.line, "--out", str(out)]
    assert CliRunner().invoke(make_app(), words, input=f"{PASSWORD}\n" * 2).exit_code == 0
    fields = json.loads(out.read_text(encoding="utf-8"))["records"][0]["fields"]
    boxes = {one["statement"]: base64.b64decode(one["sealed"]) for one in fields if "sealed" in one}
    opened = {
        json.loads(nation_box.open_with(box, [later.private], nation_box.about(nation.episode_id, FACT, one)))["value"]
        for one, box in boxes.items()
    }
    assert opened == {"first", "second"}


def test_two_people_of_the_nation_put_a_key_in_force(nation: Nation, cast: Cast) -> None:
    at = nation.response.at
    with pytest.raises(Denied):
        nation_keys.offer(nation.second, NATION, nation.line, "x", at)
    with pytest.raises(Refused, match="private part"):
        nation_keys.offer(nation.steward, NATION, nation_box.write_private(nation.private, PASSWORD), "x", at)
    key = nation_keys.offer(nation.steward, NATION, nation.line, "Council", at)
    for other in (nation.steward, nation.liaison, cast.supervisor, cast.outsider):
        with pytest.raises(Denied):
            nation_keys.confirm(other, NATION, key, at)
    with pytest.raises(Refused, match="waits already"):
        nation_keys.offer(nation.steward, NATION, nation.line, "Council", at)
    nation_keys.confirm(nation.second, NATION, key, at)
    with pytest.raises(Denied):
        nation_keys.confirm(nation.second, NATION, key, at)
    [view] = annex.keys_of_nation(NATION)
    assert (view.state, view.answered_by) == (NationKeyState.IN_FORCE, "Dana Director")


@pytest.mark.parametrize("change", ["public_key", "nation", "state", "offered_by"])
def test_the_database_lets_nobody_put_another_key_under_a_confirmation(nation: Nation, change: str) -> None:
    nation.put_in_force()
    value = bytes(range(32)) if change == "public_key" else "WAITING"
    with pytest.raises(IntegrityError), acting_as(nation.steward), transaction.atomic():
        models.NationKey.objects.filter(nation=NATION).update(**{change: value})


def test_others_do_not_learn_that_something_is_kept(nation: Nation, cast: Cast) -> None:
    nation.put_in_force()
    nation.keep()
    nation.state(SECRET)

    def news(reader: Actor) -> list[str]:
        with acting_as(reader):
            one = episodes.get_episode(reader, nation.episode_id)
            knowing = duties.know(reader, one, episodes.statements_of(nation.episode_id), nation.response.at)
            assert FACT not in knowing.hidden - knowing.secret, "not even its place shows"
            items = episodes.list_timeline(nation.episode_id)
        return [item.code for item in items if item.params.get("fact") == FACT and knowing.sees_news(item)]

    assert news(cast.officer) == news(cast.caseworker) == []
    assert news(nation.liaison) == ["fact.stated"]


def test_the_nations_police_seal_to_the_same_key(nation: Nation) -> None:
    nation.put_in_force()
    nation.keep()
    police: AgencyId = make_agency("Test Nation Police", AgencyKind.TRIBAL_POLICE, places=[Place(nation=NATION)])
    officer = make_member("Ofc. Nation", Role.OFFICER, police)
    with acting_as(SYSTEM):
        episodes.add_parties(nation.episode_id, {police}, "DUTY", nation.response.at)
    nation.state("seen by our own police", by=officer)
    [line] = nation.lines()
    assert line.annex is not None


def test_software_of_the_nation_seals_too_and_is_told_so(nation: Nation, page_client: PageClient) -> None:
    nation.put_in_force()
    nation.keep()
    key = make_key(nation.liaison.agency_id)
    headers = {"Authorization": f"Bearer {key}"}
    path = f"/api/v1/episodes/{nation.episode_id}"
    body = json.dumps({"statements": [{"fact": FACT, "value": SECRET}]})
    client = page_client.client
    said_so = client.post(f"{path}/statements", body, content_type="application/json", headers=headers)
    assert said_so.status_code in {200, 201}, said_so.content
    shown = client.get(path, headers=headers)
    [fact] = [one for one in shown.json()["facts"] if one["fact"] == FACT]
    assert (fact["value"], fact["under_nation_key"]) == (None, True)
    assert "numbat" not in shown.content.decode()


def test_pages_offer_confirm_and_say_what_is_kept(nation: Nation, page_client: PageClient) -> None:
    client = page_client.sign_in(nation.steward)
    assert "You can have what is only for the nation locked" in client.get("/our-data").text
    page = client.get("/our-data/key")
    assert "Copy the whole line" in client.post(page.path, {"act": "offer", "public_key": "AA", "reason": "x"}).text
    offer = {"act": "offer", "public_key": nation.line, "reason": "Council resolution 12"}
    assert "Somebody else who keeps" in client.post(page.path, offer, follow=True).text
    client = page_client.sign_in(nation.second)
    assert client.get("/keeping").elements("//a[@href='/our-data/key']")
    page = client.get("/our-data/key")
    assert nation_box.fingerprint(nation_box.parse_public(nation.line)) in page.text
    key = page.elements("//input[@name='key']")[0].get("value")
    assert "Locked to this key" in client.post(page.path, {"act": "confirm", "key": key}, follow=True).text


def test_a_fact_is_kept_from_the_page_on_which_it_is_stated(nation: Nation, page_client: PageClient) -> None:
    nation.put_in_force()
    client = page_client.sign_in(nation.liaison)
    path = f"/e/{nation.episode_id}/facts/{FACT}"
    form = client.get(path)
    assert "Only for the nation" in form.text
    name = form.elements("//form//textarea | //form//input[@type='text'][not(contains(@name, '.who'))]")[0].get("name")
    shown = client.post(path, {str(name): SECRET, "for_nation": "1"}, follow=True)
    assert "numbat" not in shown.text
    assert "Kept under the nation's own key" in shown.text
    assert "it opens where the nation keeps its key" in client.get(f"/e/{nation.episode_id}/why/{FACT}").text
    assert "This is marked as only for the nation" in client.get(path).text
