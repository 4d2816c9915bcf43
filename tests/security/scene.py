"""One child, everything that can hang on a child, and everybody who may or may not see it. All invented."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from PIL import Image

from allhands.channels import api as channels
from allhands.duties import api as duties
from allhands.duties.contracts import NewEvidence
from allhands.episodes import api as episodes
from allhands.episodes.contracts import Certainty, NewStatement, ReportChannel, ReportCommand
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import COUNTY, NATION, STATE, Cast, make_route
from allhands.platform.testing.queue import run_jobs

HERE = {"state": STATE, "county_fips": COUNTY}
# Words that occur nowhere else: whoever finds one has seen something about the child.
NAME, OTHER_NAME, REPORTER, PHONE, SECRET = "Quillamaya", "Zephyrine", "Ottiline Grandmother", "701-555-0147", "Xylophrenol"
PRIVATE = (NAME, OTHER_NAME, REPORTER, PHONE, SECRET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Ids of what is there. `people` are the cast by name."""

    cast: Cast
    episode_id: EpisodeId
    child_id: str
    duty_id: str
    evidence_id: str
    notice_id: str
    photo_id: str
    offer_id: str
    draft_id: str
    inbox_id: str
    people: dict[str, Actor] = field(default_factory=dict)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """A report with proof, paper, photo, packets in inboxes and a hand-off offered to the nation."""
    now = datetime.now(UTC)
    for actor in (cast.officer, cast.clearinghouse_analyst, cast.tribal_liaison, cast.court_clerk):
        make_route(actor.agency_id, "inbox")
    reported = episodes.report_missing(cast.caseworker, report(now), now)
    run_jobs(now + timedelta(minutes=1))
    duty_id, evidence_id = prove(cast.caseworker, reported.episode_id, now)
    with acting_as(cast.caseworker):
        notices = duties.list_notices(reported.episode_id)
    picture_id = episodes.add_photo(cast.caseworker, reported.episode_id, picture(), None, now)
    offer_id = episodes.offer(cast.caseworker, reported.episode_id, cast.tribal_liaison.agency_id, "Moved there", now)
    draft = episodes.start_draft(cast.caseworker, now)
    episodes.save_draft(cast.caseworker, draft.draft_id, {"call_name": NAME}, now)
    with acting_as(SYSTEM):
        delivery = apps.get_model("channels", "Delivery").objects.filter(recipient_agency=cast.officer.agency_id).first()
    assert delivery is not None
    return Scene(
        cast=cast,
        episode_id=reported.episode_id,
        child_id=reported.child_id,
        duty_id=duty_id,
        evidence_id=evidence_id,
        notice_id=notices[0].notice_id,
        photo_id=picture_id,
        offer_id=offer_id,
        draft_id=draft.draft_id,
        inbox_id=delivery.pk,
        people={one.name: getattr(cast, one.name) for one in fields(cast)},
    )


def report(now: datetime) -> ReportCommand:
    """The report of a child whose every word is recognisable."""
    told = {
        "child.given_name": NAME,
        "child.other_names": OTHER_NAME,
        "child.age_years": 14,
        "child.in_foster_care": True,
        "child.suicidal": True,
        "child.health_need_within_24h": True,
        "description.medical_conditions": SECRET,
        "place.last_seen": HERE,
        "place.custody": HERE,
        "place.placement": HERE,
        "child.tribal_affiliation": [NATION],
        "time.last_seen_at": (now - timedelta(hours=1)).isoformat(),
    }
    return ReportCommand(
        call_name=NAME,
        statements=tuple(
            NewStatement(fact_id=fact, value=value, informant=REPORTER, certainty=Certainty.TOLD, stated_at=now)
            for fact, value in told.items()
        ),
        reporter_name=REPORTER,
        reporter_phone=PHONE,
        channel=ReportChannel.WIZARD,
        idempotency_key="scene",
    )


def prove(actor: Actor, episode_id: EpisodeId, now: datetime) -> tuple[str, str]:
    """A duty of the actor's agency, proved by a paper; ids of the duty and of the proof."""
    with acting_as(actor):
        mine = [duty for duty in duties.list_duties([episode_id])[episode_id] if duty.agency_id == actor.agency_id]
        open_ = [duty for duty in mine if duty.state.value == "OPEN" and duty.applies.value == "TRUE"]
    proof = NewEvidence(kind="document", value="", taken_by="", happened_at=now, document=picture(), filename="a.png")
    duties.prove(actor, open_[0].duty_id, proof, now)
    with acting_as(actor):
        proved = duties.find_duty(open_[0].duty_id)
    assert proved is not None
    return str(open_[1].duty_id), proved.evidence[0].evidence_id


def picture() -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, "PNG")
    return stream.getvalue()
