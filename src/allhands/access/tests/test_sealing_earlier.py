"""What was said before a nation had a key: two people of it have it sealed, and nobody here reads it afterwards."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from typer.testing import CliRunner

from allhands.access import models
from allhands.access.actions import nation_keys, sealing_earlier
from allhands.access.contracts import SealingState
from allhands.access.tests.conftest import Response
from allhands.access.tests.test_correcting import picture
from allhands.access.tests.test_nation_key import FACT, PASSWORD, SECRET, TELLER, Nation, nation
from allhands.access.tests.test_proof_words import owed_by
from allhands.cli import make_app
from allhands.duties import api as duties
from allhands.duties.contracts import NewEvidence
from allhands.episodes import api as episodes
from allhands.episodes.contracts import ReportChannel
from allhands.episodes.tests.reports import report
from allhands.keeping import api as keeping
from allhands.keeping.contracts import StepKind
from allhands.keeping.tests.test_steps import order
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import DutyId
from allhands.platform.audit import api as audit
from allhands.platform.audit.models import Journal
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import NATION, Cast, make_member
from allhands.platform.testing.pages import PageClient
from allhands.platform.vault import api as vault
from allhands.platform.vault import nation_box
from allhands.platform.vault.fields import ClosedBytesField

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["nation"]


def plain_words() -> str:
    """Everything that the platform's own keys open, and everything that lies open, as one text."""
    found = []
    with acting_as(SYSTEM):
        for model in apps.get_models():
            closed = [one.attname for one in model._meta.fields if isinstance(one, ClosedBytesField)]
            open_ = [one.attname for one in model._meta.fields if one.get_internal_type() != "BinaryField"]
            for row in model._default_manager.all():
                for name in (*closed, *open_):
                    value = getattr(row, name)
                    found.append(value.decode("latin-1") if isinstance(value, bytes) else str(value))
    return "\n".join(found)


def seal(nation: Nation) -> str:
    """Asked by the steward, confirmed by the second person, done by the worker."""
    at = nation.response.at
    sealing = sealing_earlier.ask(nation.steward, NATION, "Council resolution 13", at)
    sealing_earlier.confirm(nation.second, NATION, sealing, at)
    sealing_earlier.run(sealing, at)
    return sealing


def add_photo(nation: Nation, by: Actor) -> bytes:
    """A picture of the child; what is stored of it."""
    with acting_as(by):
        episodes.add_photo(by, nation.episode_id, picture(), None, nation.response.at)
        child = episodes.get_episode(by, nation.episode_id).child.child_id
        return episodes.list_photos(child)[0].content


def add_paper(nation: Nation, by: Actor) -> str:
    """A paper beside a proof of the nation's own duty; the duty."""
    here = Response(**{**{one: getattr(nation.response, one) for one in nation.response.__dataclass_fields__},
                       "episode_id": nation.episode_id})  # fmt: skip
    duty_id = owed_by(here, by)
    at = nation.response.at
    given = NewEvidence(
        kind="document", value="a letter", taken_by="", happened_at=at - timedelta(minutes=1),
        document=picture(), filename="numbat-letter.png",
    )  # fmt: skip
    duties.prove(by, DutyId(duty_id), given, at)
    return duty_id


def close(nation: Nation) -> None:
    """The response has ended."""
    with acting_as(SYSTEM):
        model = apps.get_model("episodes", "Episode")
        at = nation.response.at
        model.objects.filter(pk=nation.episode_id).update(state="CLOSED", returned_at=at, closed_at=at)


def counts(sealing: str) -> tuple[str, int, int, int, int]:
    with acting_as(SYSTEM):
        row = models.NationSealing.objects.get(pk=sealing)
    return (row.state, row.wanted, row.statements, row.photos, row.papers)


def test_nothing_here_reads_afterwards_what_was_said_before(nation: Nation) -> None:
    nation.state(SECRET)
    nation.keep()
    nation.put_in_force()
    with acting_as(nation.liaison):
        apps.get_model("episodes", "Draft").objects.create(
            member_id=nation.liaison.member_id, agency_id=nation.liaison.agency_id, created_at=nation.response.at,
            saved_at=nation.response.at, episode_id=nation.episode_id, answers={FACT: f"{SECRET} {TELLER}"},
        )  # fmt: skip
    assert plain_words().count("numbat") > 2, "it stands in more places than one"
    sealing = seal(nation)
    text = plain_words()
    assert "numbat" not in text
    assert "Zorilla" not in text
    assert counts(sealing) == ("DONE", 1, 1, 0, 0)
    [line] = nation.lines()
    assert (line.value, line.informant, line.says_something) == (None, nation.liaison.label, True)
    assert line.annex is not None
    place = nation_box.about(nation.episode_id, FACT, line.statement_id)
    assert json.loads(nation_box.open_with(line.annex, [nation.private], place)) == {
        "value": SECRET, "informant": TELLER,
    }  # fmt: skip


def test_what_a_report_said_by_its_own_clock_is_sealed_like_the_rest(nation: Nation) -> None:
    """A program keeps its offset from UTC; what was worked out from the report is found by the instant."""
    at = nation.response.at
    here = at.astimezone(timezone(timedelta(hours=-6)))
    told = report("Lena", key="offset", at=here, child__tribal_affiliation=[NATION], description__jewelry=SECRET)
    theirs = replace(nation, episode_id=episodes.report_missing(nation.liaison, told, at).episode_id)
    table = apps.get_model("duties", "Assessment").objects
    with acting_as(SYSTEM):
        [first] = table.filter(episode_id=theirs.episode_id)
        assert {one["at"] for one in first.facts} == {at.isoformat()}, "kept as an instant"
        first.pk = None  # as it was kept before that
        first.facts = [{**one, "at": here.isoformat()} for one in first.facts]
        first.save(force_insert=True)
    theirs.keep()
    theirs.put_in_force()
    assert plain_words().count("numbat") > 2
    seal(theirs)
    assert "numbat" not in plain_words()


def test_a_child_whose_picture_only_the_nation_has_can_be_missing_again(
    nation: Nation, cast: Cast, page_client: PageClient
) -> None:
    add_photo(nation, nation.liaison)
    add_paper(nation, nation.liaison)
    nation.put_in_force()
    close(nation)
    assert counts(seal(nation))[3:] == (1, 1)
    at = nation.response.at
    with acting_as(cast.caseworker):
        child = episodes.get_episode(cast.caseworker, nation.episode_id).child.child_id
    records = make_member("Rae Records", Role.DIRECTOR, cast.supervisor.agency_id)
    step = keeping.enter_order(cast.supervisor, nation.episode_id, order(StepKind.EXPUNGE), at)
    keeping.decide(records, step, agrees=True, why_not="", now=at)
    assert sealing_earlier.left_of(NATION) == sealing_earlier.Left(), "neither is there to be sealed again"
    told = replace(report("Aiyana", key="again", at=at), child_id=child, channel=ReportChannel.API)
    again = episodes.report_missing(cast.caseworker, told, at).episode_id
    page = page_client.sign_in(cast.caseworker).get(f"/e/{again}")
    assert page.status == 200
    with acting_as(cast.caseworker):
        assert (episodes.find_photo(child), episodes.list_photos(child)) == (None, ())


def test_the_nation_opens_words_pictures_and_papers_at_home(nation: Nation, tmp_path: Path) -> None:
    nation.state(SECRET)
    nation.keep()
    photo = add_photo(nation, nation.liaison)
    duty_id = add_paper(nation, nation.liaison)
    nation.put_in_force()
    close(nation)
    assert counts(seal(nation))[2:] == (1, 1, 1)
    with acting_as(SYSTEM):
        duty = duties.find_duty(duty_id)
        assert duty is not None
        assert [(one.has_document, one.is_under_nation_key) for one in duty.evidence] == [(False, True)]
        assert duties.find_document(duty.evidence[-1].evidence_id) is None
        assert "numbat-letter" not in plain_words()
    file, key, opened = (tmp_path / name for name in ("ours.json", "key.pem", "open.json"))
    file.write_text(nation.copy(), encoding="utf-8")
    key.write_text(nation_box.write_private(nation.private, PASSWORD), encoding="ascii")
    words = ["nation-key", "open", str(file), "--key", str(key), "--out", str(opened)]
    result = CliRunner().invoke(make_app(), words, input=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    [record] = json.loads(opened.read_text(encoding="utf-8"))["records"]
    [field] = [one for one in record["fields"] if one["field"] == FACT]
    assert (field["value"], field["said_by"]) == (SECRET, TELLER)
    shown = {one["kind"]: one for one in record["files"]}
    assert base64.b64decode(shown["photo"]["content"]) == photo
    assert shown["paper"]["filename"] == "numbat-letter.png"


def test_while_a_response_runs_its_pictures_and_papers_stay(nation: Nation) -> None:
    nation.state(SECRET)
    nation.keep()
    add_photo(nation, nation.liaison)
    add_paper(nation, nation.liaison)
    nation.put_in_force()
    assert counts(seal(nation)) == ("DONE", 1, 1, 0, 0)
    left = sealing_earlier.left_of(NATION)
    assert (left.to_seal, left.wanted, left.held) == (0, 2, 0)
    with acting_as(nation.liaison):
        child = episodes.get_episode(nation.liaison, nation.episode_id).child.child_id
        assert episodes.find_photo(child) is not None


def test_the_law_goes_on_with_what_others_said(nation: Nation, cast: Cast) -> None:
    nation.state(SECRET)
    nation.state("the county's own word", by=cast.caseworker)
    nation.keep()
    nation.put_in_force()
    with acting_as(SYSTEM):
        before = {one.rule_id: one.due_at for one in duties.list_duties([nation.episode_id])[nation.episode_id]}
    seal(nation)
    with acting_as(SYSTEM):
        after = {one.rule_id: one.due_at for one in duties.list_duties([nation.episode_id])[nation.episode_id]}
        assert duties.explain(nation.episode_id) is not None, "old assessments can still be run again"
    assert after == before
    assert {one.value for one in nation.lines()} == {None, "the county's own word"}


def test_what_a_proceeding_holds_is_left_until_the_hold_is_lifted(nation: Nation, cast: Cast) -> None:
    nation.state(SECRET)
    nation.keep()
    nation.put_in_force()
    keeper = make_member("Rae Records", Role.SUPERVISOR, cast.caseworker.agency_id)
    at = nation.response.at
    sealing = sealing_earlier.ask(nation.steward, NATION, "Council", at)
    sealing_earlier.confirm(nation.second, NATION, sealing, at)
    hold = keeping.set_hold(keeper, nation.episode_id, "State v. Testworth", at)
    sealing_earlier.run(sealing, at)
    assert counts(sealing) == ("DONE", 1, 0, 0, 0)
    assert sealing_earlier.left_of(NATION).held == 1
    keeping.lift_hold(keeper, hold, at)
    assert counts(seal(nation))[2] == 1


def one_of_each_at_rest(nation: Nation) -> None:
    """A statement, a picture and a paper of the nation's, its key, and no response that runs."""
    nation.state(SECRET)
    nation.keep()
    add_photo(nation, nation.liaison)
    add_paper(nation, nation.liaison)
    nation.put_in_force()
    close(nation)


@pytest.mark.parametrize("shut", [vault.seal, vault.destroy])
def test_what_a_court_shut_lies_open_to_nobody(nation: Nation, shut: Callable[[str, datetime, str], None]) -> None:
    """Counted, it would be asked for ever anew, and tell that there is a sealed record."""
    one_of_each_at_rest(nation)
    assert sealing_earlier.left_of(NATION).to_seal == 3
    with acting_as(SYSTEM):
        for key in episodes.keys_of(nation.episode_id):
            shut(key, nation.response.at, "order 7")
    assert sealing_earlier.left_of(NATION) == sealing_earlier.Left()
    with pytest.raises(Refused, match="Nothing that could be locked"):
        sealing_earlier.ask(nation.steward, NATION, "Council", nation.response.at)


def test_one_piece_whose_key_is_missing_stops_nothing_else(nation: Nation, monkeypatch: pytest.MonkeyPatch) -> None:
    one_of_each_at_rest(nation)

    def cannot_open(_photo_id: str, _key: bytes) -> bool:
        raise vault.WrappingFault("The record was closed with the key two.")

    with monkeypatch.context() as patched:
        patched.setattr(episodes, "annex_photo", cannot_open)
        assert counts(seal(nation)) == ("DONE", 3, 1, 0, 1)
    assert counts(seal(nation)) == ("DONE", 1, 0, 1, 0), "it can be asked again"


def test_a_worker_that_dies_loses_nothing_and_the_next_one_goes_on(
    nation: Nation, monkeypatch: pytest.MonkeyPatch
) -> None:
    nation.state(SECRET)
    nation.keep()
    add_photo(nation, nation.liaison)
    nation.put_in_force()
    close(nation)
    at = nation.response.at
    sealing = sealing_earlier.ask(nation.steward, NATION, "Council", at)
    sealing_earlier.confirm(nation.second, NATION, sealing, at)

    def die(_photo_id: str, _key: bytes) -> bool:
        raise OSError("the machine went away")

    with monkeypatch.context() as patched:
        patched.setattr(episodes, "annex_photo", die)
        with pytest.raises(OSError, match="went away"):
            sealing_earlier.run(sealing, at)
    assert counts(sealing) == ("RUNNING", 2, 1, 0, 0), "what was done before is done"
    sealing_earlier.run(sealing, at)
    assert counts(sealing) == ("DONE", 2, 1, 1, 0)
    sealing_earlier.run(sealing, at)
    assert counts(sealing) == ("DONE", 2, 1, 1, 0)
    told = Journal.objects.filter(event=audit.Event.NATION_SEALED_EARLIER, subject_id=sealing).order_by("seq")
    assert [(one.episode_id, one.details["kind"], one.details["sealed"]) for one in told] == [
        (nation.episode_id, "statements", 1), (nation.episode_id, "photos", 1),
    ]  # fmt: skip


def test_a_key_that_ends_stops_it(nation: Nation) -> None:
    nation.state(SECRET)
    nation.keep()
    nation.put_in_force()
    at = nation.response.at
    sealing = sealing_earlier.ask(nation.steward, NATION, "Council", at)
    sealing_earlier.confirm(nation.second, NATION, sealing, at)
    stop = nation_keys.offer(nation.steward, NATION, "", "the key was seen by others", at)
    nation_keys.confirm(nation.second, NATION, stop, at)
    sealing_earlier.run(sealing, at)
    assert counts(sealing)[0] == SealingState.ENDED.value
    assert [one.annex for one in nation.lines()] == [None]


def test_two_people_of_the_nation_have_it_done(nation: Nation, cast: Cast) -> None:
    at = nation.response.at
    nation.state(SECRET)
    nation.keep()
    with pytest.raises(Refused, match="No key"):
        sealing_earlier.ask(nation.steward, NATION, "Council", at)
    nation.put_in_force()
    for other in (nation.second, nation.liaison, cast.supervisor):
        with pytest.raises(Denied):
            sealing_earlier.ask(other, NATION, "Council", at)
    with pytest.raises(Refused, match="Say why"):
        sealing_earlier.ask(nation.steward, NATION, " ", at)
    sealing = sealing_earlier.ask(nation.steward, NATION, "Council", at)
    with pytest.raises(Refused, match="asked already"):
        sealing_earlier.ask(nation.steward, NATION, "Council", at)
    for other in (nation.steward, nation.liaison, cast.supervisor, cast.outsider):
        with pytest.raises(Denied):
            sealing_earlier.confirm(other, NATION, sealing, at)
    sealing_earlier.run(sealing, at)
    assert [one.annex for one in nation.lines()] == [None], "nothing is sealed on one person's word"
    sealing_earlier.withdraw(nation.second, NATION, sealing, at)
    with pytest.raises(Denied):
        sealing_earlier.confirm(nation.second, NATION, sealing, at)


def test_the_database_moves_nothing_into_a_box_that_two_people_did_not_ask_for(nation: Nation) -> None:
    nation.state(SECRET)
    nation.keep()
    nation.put_in_force()
    statements = apps.get_model("episodes", "Statement").objects
    [line] = nation.lines()
    with pytest.raises(IntegrityError), acting_as(SYSTEM), transaction.atomic():
        statements.filter(pk=line.statement_id).update(annex=b"box", value=None)
    sealing = sealing_earlier.ask(nation.steward, NATION, "Council", nation.response.at)
    sealing_earlier.confirm(nation.second, NATION, sealing, nation.response.at)
    for change in ({"annex": b"box"}, {"value": None}, {"annex": b"box", "value": None, "certainty": "GUESSED"}):
        with pytest.raises(IntegrityError), acting_as(SYSTEM), transaction.atomic():
            statements.filter(pk=line.statement_id).update(**change)
    sealing_earlier.run(sealing, nation.response.at)
    with pytest.raises(IntegrityError), acting_as(SYSTEM), transaction.atomic():
        statements.filter(pk=line.statement_id).update(annex=b"another box")


def test_the_page_asks_confirms_and_tells_how_far_it_is(nation: Nation, page_client: PageClient) -> None:
    nation.state(SECRET)
    nation.keep()
    nation.put_in_force()
    client = page_client.sign_in(nation.steward)
    page = client.get("/our-data/key")
    assert "1 statement" in page.text
    assert "Say why" in client.post(page.path, {"act": "seal-earlier", "earlier_reason": ""}).text
    asked = client.post(page.path, {"act": "seal-earlier", "earlier_reason": "Council resolution 13"}, follow=True)
    assert "waits for a second person" in asked.text
    client = page_client.sign_in(nation.second)
    page = client.get("/our-data/key")
    sealing = page.elements("//input[@name='sealing']")[0].get("value")
    running = client.post(page.path, {"act": "confirm-earlier", "sealing": sealing}, follow=True)
    assert "0 of 1" in running.text
    sealing_earlier.run(str(sealing), nation.response.at)
    assert "1 of 1" in client.get("/our-data/key").text
