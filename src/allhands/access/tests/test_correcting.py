"""A wish to correct is heard by two people, and what was taken back does not return by any import."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image, ImageDraw

from allhands.access import suppressing
from allhands.access.actions import correcting
from allhands.access.contracts import IdentityCheck, ObjectionKind, ObjectionState
from allhands.access.tests.conftest import Response
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


def hear(actor: Actor, wish_id: str, response: Response, photo: bytes | None, *, yes: bool = True) -> ObjectionState:
    with acting_as(actor):
        one = episodes.get_episode(actor, response.episode_id)
        known = episodes.find_photo(one.child.child_id)
    subject = correcting.Subject(
        episode_id=one.episode_id, child_id=one.child.child_id, name=one.child.call_name, born_on=one.child.born_on,
        picture=correcting.Picture(photo_id=known.photo_id, content=known.content) if known and photo else None,
    )  # fmt: skip
    return correcting.hear(
        actor, wish_id, yes=yes, why="Spoke with her", identity=IdentityCheck.THROUGH_ADVOCATE, subject=subject,
        now=response.at,
    )  # fmt: skip


def test_a_photo_taken_down_by_two_goes_dark_and_does_not_come_back(response: Response, cast: Cast) -> None:
    episodes.add_photo(cast.caseworker, response.episode_id, picture(), None, response.at)
    wish_id = wish(response, cast, ObjectionKind.REMOVE_PHOTO)
    assert hear(cast.caseworker, wish_id, response, picture()) is ObjectionState.FIRST_HEARD
    with pytest.raises(Refused, match="Somebody else"):
        hear(cast.caseworker, wish_id, response, picture())
    with pytest.raises(Denied):
        hear(cast.officer, wish_id, response, picture())
    assert hear(cast.supervisor, wish_id, response, picture()) is ObjectionState.GRANTED
    with acting_as(cast.caseworker):
        one = episodes.get_episode(cast.caseworker, response.episode_id)
        assert episodes.find_photo(one.child.child_id) is None
    for again in (picture(), picture(kind="JPEG", quality=60), picture(size=120), picture(kind="WEBP")):
        with pytest.raises(Refused) as refusal:
            episodes.add_photo(cast.officer, response.episode_id, again, None, response.at)
        assert refusal.value.code == "photo-taken-down"
    episodes.add_photo(cast.officer, response.episode_id, picture(shift=45), None, response.at)


def test_two_who_differ_leave_it_open_for_two_others(response: Response, cast: Cast) -> None:
    wish_id = wish(response, cast, ObjectionKind.NOT_MISSING)
    hear(cast.caseworker, wish_id, response, None)
    assert hear(cast.supervisor, wish_id, response, None, yes=False) is ObjectionState.SPLIT
    assert hear(cast.director, wish_id, response, None, yes=False) is ObjectionState.FIRST_HEARD
    assert hear(cast.supervisor, wish_id, response, None, yes=False) is ObjectionState.REFUSED
    with pytest.raises(Refused, match="already"):
        hear(cast.caseworker, wish_id, response, None)


def test_yes_needs_to_know_who_asks(response: Response, cast: Cast) -> None:
    wish_id = wish(response, cast, ObjectionKind.NOT_MISSING)
    with pytest.raises(Refused, match="Nobody has made sure"):
        correcting.hear(
            cast.caseworker, wish_id, yes=True, why="x", identity=IdentityCheck.NOT_POSSIBLE, subject=None,
            now=response.at,
        )  # fmt: skip


def test_a_record_taken_back_is_not_imported_again_but_a_child_missing_anew_is(response: Response, cast: Cast) -> None:
    wish_id = wish(response, cast, ObjectionKind.NOT_MISSING)
    hear(cast.caseworker, wish_id, response, None)
    hear(cast.supervisor, wish_id, response, None)
    old = report(key="again", at=response.at - timedelta(hours=1))
    with pytest.raises(Refused) as refusal:
        episodes.report_missing(cast.officer, _by_software(old), response.at)
    assert refusal.value.code == "record-taken-back"
    later = response.at + timedelta(days=2)
    assert episodes.report_missing(cast.officer, _by_software(report(key="anew", at=later)), later).created
    assert episodes.report_missing(cast.officer, old, response.at).created, "a person is never held up"


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
