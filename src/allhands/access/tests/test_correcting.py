"""A wish to correct is heard by two people, and what was taken back does not return by any import."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image, ImageDraw

from allhands.access import queries, suppressing
from allhands.access.actions import correcting, recalling
from allhands.access.contracts import DisclosureDoor, IdentityCheck, ObjectionKind, ObjectionState
from allhands.access.disclosing import Release
from allhands.access.tests.conftest import Response
from allhands.access.web import correcting as web
from allhands.duties import api as duties
from allhands.duties.contracts import NewEvidence
from allhands.episodes import api as episodes
from allhands.episodes.contracts import ReportChannel, ReportCommand
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


def picture(shift: int = 0, *, kind: str = "PNG", size: int = 240, quality: int = 92) -> bytes:
    """A drawn face of a few shapes; nobody is shown."""
    drawn = Image.new("RGB", (240, 240), (228, 214, 190))
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((60 + shift, 40, 180 + shift, 200), fill=(180, 130, 95))
    pen.rectangle((60, 30 + shift, 180, 80 + shift), fill=(45, 30, 25))
    pen.ellipse((90, 100, 105, 115 + shift), fill=(20, 20, 20))
    pen.ellipse((135, 100, 150, 115), fill=(20, 20, 20))
    out = io.BytesIO()
    drawn.resize((size, size)).save(out, kind, **({"quality": quality} if kind == "JPEG" else {}))
    return out.getvalue()


def wish(response: Response, cast: Cast, kind: ObjectionKind) -> str:
    given = correcting.NewObjection(
        kind=kind, name="Maya", born_on=None, words="I am with my aunt.", reach="", agency_id=cast.caseworker.agency_id
    )  # fmt: skip
    code = correcting.receive(given, response.at)
    from allhands.access import models

    with acting_as(cast.caseworker):
        return models.Objection.objects.get(digest=correcting.digest_of(code)).id


def hear(actor: Actor, wish_id: str, response: Response, *, yes: bool = True) -> ObjectionState:
    with acting_as(actor):
        found = queries.find_objection(wish_id)
        subject = web.subject(found, episodes.get_episode(actor, response.episode_id)) if found else None
    return correcting.hear(
        actor, wish_id, yes=yes, why="Spoke with her", identity=IdentityCheck.THROUGH_ADVOCATE, subject=subject,
        now=response.at,
    )  # fmt: skip


def test_a_photo_taken_down_by_two_goes_dark_and_does_not_come_back(response: Response, cast: Cast) -> None:
    episodes.add_photo(cast.caseworker, response.episode_id, picture(), None, response.at)
    wish_id = wish(response, cast, ObjectionKind.REMOVE_PHOTO)
    assert hear(cast.caseworker, wish_id, response) is ObjectionState.FIRST_HEARD
    with pytest.raises(Refused, match="Somebody else"):
        hear(cast.caseworker, wish_id, response)
    with pytest.raises(Denied):
        hear(cast.officer, wish_id, response)
    assert hear(cast.supervisor, wish_id, response) is ObjectionState.GRANTED
    with acting_as(cast.caseworker):
        one = episodes.get_episode(cast.caseworker, response.episode_id)
        assert episodes.find_photo(one.child.child_id) is None
    for again in (picture(), picture(kind="JPEG", quality=60), picture(size=120), picture(kind="WEBP")):
        with pytest.raises(Refused) as refusal:
            episodes.add_photo(cast.officer, response.episode_id, again, None, response.at)
        assert refusal.value.code == "photo-taken-down"
    episodes.add_photo(cast.officer, response.episode_id, picture(shift=45), None, response.at)


def test_every_picture_of_the_child_goes_dark_and_comes_back_by_no_door(response: Response, cast: Cast) -> None:
    older = response.at - timedelta(hours=1)
    episodes.add_photo(cast.caseworker, response.episode_id, picture(shift=45), None, older)
    episodes.add_photo(cast.officer, response.episode_id, picture(), None, older)
    episodes.add_photo(cast.caseworker, response.episode_id, picture(), None, response.at)
    wish_id = wish(response, cast, ObjectionKind.REMOVE_PHOTO)
    hear(cast.caseworker, wish_id, response)
    hear(cast.supervisor, wish_id, response)
    with acting_as(cast.caseworker):
        one = episodes.get_episode(cast.caseworker, response.episode_id)
        assert episodes.find_photo(one.child.child_id) is None, "no older one takes its place"
        [duty, *_more] = duties.list_duties([one.episode_id])[one.episode_id]
    paper = NewEvidence(
        kind="refused_by_recipient",
        value="They said no.",
        taken_by="",
        happened_at=older,
        document=picture(),
        filename="x.png",
    )
    with pytest.raises(Refused) as refusal:
        duties.prove(cast.caseworker, duty.duty_id, paper, response.at)
    assert refusal.value.code == "photo-taken-down", "nor as a paper beside a proof"


def test_a_wish_to_correct_calls_the_copies_back(response: Response, cast: Cast) -> None:
    sent = Release(
        episode_id=response.episode_id, door=DisclosureDoor.PACKET, to_label="Sheriff", facts=(), classes=(),
        policies=(), from_agency=cast.caseworker.agency_id, to_agency=cast.officer.agency_id, refers_to="notice-9",
    )  # fmt: skip
    recalling.lease(sent, response.at)
    wish_id = wish(response, cast, ObjectionKind.CORRECT)
    hear(cast.caseworker, wish_id, response)
    hear(cast.supervisor, wish_id, response)
    with acting_as(cast.officer):
        assert recalling.is_recalled("notice-9", response.at), "what is wrong lies there too"


def test_two_who_differ_leave_it_open_for_two_others(response: Response, cast: Cast) -> None:
    wish_id = wish(response, cast, ObjectionKind.NOT_MISSING)
    hear(cast.caseworker, wish_id, response)
    assert hear(cast.supervisor, wish_id, response, yes=False) is ObjectionState.SPLIT
    for again in (cast.caseworker, cast.supervisor):
        with pytest.raises(Refused, match="Somebody else"):
            hear(again, wish_id, response)
    assert hear(cast.director, wish_id, response, yes=False) is ObjectionState.FIRST_HEARD
    assert hear(cast.supervisor, wish_id, response, yes=False) is ObjectionState.REFUSED
    with pytest.raises(Refused, match="already"):
        hear(cast.caseworker, wish_id, response)


def test_yes_needs_to_know_who_asks(response: Response, cast: Cast) -> None:
    wish_id = wish(response, cast, ObjectionKind.NOT_MISSING)
    with pytest.raises(Refused, match="Nobody has made sure"):
        correcting.hear(
            cast.caseworker, wish_id, yes=True, why="x", identity=IdentityCheck.NOT_POSSIBLE, subject=None,
            now=response.at,
        )  # fmt: skip


def test_a_record_taken_back_is_not_imported_again_but_a_child_missing_anew_is(response: Response, cast: Cast) -> None:
    wish_id = wish(response, cast, ObjectionKind.NOT_MISSING)
    hear(cast.caseworker, wish_id, response)
    hear(cast.supervisor, wish_id, response)
    old = report(key="again", at=response.at - timedelta(hours=1))
    with pytest.raises(Refused) as refusal:
        episodes.report_missing(cast.officer, _by_software(old), response.at)
    assert refusal.value.code == "record-taken-back"
    later = response.at + timedelta(days=2)
    assert episodes.report_missing(cast.officer, _by_software(report(key="anew", at=later)), later).created
    assert episodes.report_missing(cast.officer, old, response.at).created, "a person is never held up"


def test_a_record_taken_back_does_not_return_under_another_of_its_names(response: Response, cast: Cast) -> None:
    named = report("May", key="named", at=response.at - timedelta(hours=2), child__family_name="Sample")
    found = episodes.report_missing(cast.caseworker, named, response.at - timedelta(hours=2))
    with acting_as(cast.caseworker):
        one = episodes.get_episode(cast.caseworker, found.episode_id)
    given = correcting.NewObjection(
        kind=ObjectionKind.NOT_MISSING, name="May", born_on=None, words="", reach="",
        agency_id=cast.caseworker.agency_id,
    )  # fmt: skip
    digest = correcting.digest_of(correcting.receive(given, response.at))
    with acting_as(cast.caseworker):
        view = queries.find_objection_by_code(digest)
    assert view is not None
    for who in (cast.caseworker, cast.supervisor):
        with acting_as(who):
            correcting.hear(
                who, view.objection_id, yes=True, why="Spoke with her", identity=IdentityCheck.CAME_IN,
                subject=web.subject(view, one), now=response.at,
            )  # fmt: skip
    again = report("Maya Sample", key="again", at=response.at - timedelta(hours=1))
    by_number = replace(report("Somebody", key="n", at=response.at - timedelta(hours=1)), child_id=one.child.child_id)
    for old in (again, by_number):
        with pytest.raises(Refused) as refusal:
            episodes.report_missing(cast.caseworker, _by_software(old), response.at)
        assert refusal.value.code == "record-taken-back"


def _by_software(command: ReportCommand) -> ReportCommand:
    return replace(command, channel=ReportChannel.API)


def test_fingerprints_say_nothing_and_know_the_same_again() -> None:
    assert suppressing.record_key("MÁYA  Sample", date(2011, 2, 3)) == suppressing.record_key(
        "maya sample", date(2011, 2, 3)
    )
    assert suppressing.record_key("Maya Sample", None) != suppressing.record_key("Maya Sample", date(2011, 2, 3))
    assert "maya" not in suppressing.record_key("Maya", None)


def test_a_code_is_known_however_it_is_typed() -> None:
    assert correcting.digest_of("bcdf-ghjk mnpq") == correcting.digest_of("BCDFGHJKMNPQ")
