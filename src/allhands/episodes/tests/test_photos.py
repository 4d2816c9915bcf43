"""A photo is redrawn, never required, and only what is a picture gets in."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image
from PIL.ExifTags import IFD

from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


def drawn(*, secret: str = "47.1,-100.2") -> bytes:
    """A JPEG with something hidden in its EXIF, as phones hide where they were."""
    exif = Image.Exif()
    exif[0x010E] = secret
    exif.get_ifd(IFD.GPSInfo).update({1: "N", 2: (47.0, 6.0, 0.0), 3: "W", 4: (100.0, 12.0, 0.0)})
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def gps(content: bytes) -> dict[int, object]:
    """Where a picture says it was taken."""
    return dict(Image.open(io.BytesIO(content)).getexif().get_ifd(IFD.GPSInfo))


@pytest.fixture
def episode_id(cast: Cast) -> EpisodeId:
    return episodes.report_missing(cast.caseworker, report(), NOW).episode_id


def test_a_photo_loses_what_was_hidden_in_it_and_becomes_a_fact(cast: Cast, episode_id: EpisodeId) -> None:
    assert b"47.1" in drawn()
    episodes.add_photo(cast.caseworker, episode_id, drawn(), date(2026, 10, 1), NOW)
    with acting_as(cast.caseworker):
        child = episodes.get_episode(cast.caseworker, episode_id).child
        photo = episodes.find_photo(child.child_id)
        facts = {line.fact_id: line.value for line in episodes.statements_of(episode_id)}
    assert photo is not None
    assert b"47.1" not in photo.content
    assert gps(drawn())
    assert gps(photo.content) == {}
    assert facts["description.photo_available"] is True


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document-empty"),
        (b"<html>not a picture</html>", "document-kind"),
        (b"%PDF-1.7 a paper is no photo", "document-kind"),
        (drawn()[:200], "document-broken"),
        (b"\xff\xd8" + b"0" * 40_000_000, "document-large"),
    ],
    ids=["empty", "a web page", "a PDF", "half a picture", "40 MB"],
)
def test_what_is_no_photo_is_refused_and_says_why(cast: Cast, episode_id: EpisodeId, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        episodes.add_photo(cast.caseworker, episode_id, content, None, NOW)
    assert refused.value.code == code


def test_the_next_packet_carries_the_photo(cast: Cast, episode_id: EpisodeId) -> None:
    episodes.add_photo(cast.caseworker, episode_id, drawn(), None, NOW)
    with acting_as(cast.caseworker):
        first = next(one for one in duties.list_notices(episode_id) if one.kind == "POLICE")
        made = duties.send_update(cast.caseworker, episode_id, duties.PacketKind.POLICE, first.recipient_code, NOW)
        content = duties.notice_content(made)
    assert content is not None
    assert duties.thaw(content).photo is not None


def test_an_outsider_adds_nothing(cast: Cast, episode_id: EpisodeId) -> None:
    with pytest.raises(Denied):
        episodes.add_photo(cast.outsider, episode_id, drawn(), None, NOW)
