"""Consents open exactly what they name, for whom, as long as they hold; walls stand until both have agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from allhands.access import models
from allhands.access.actions import consents, exceptions, recalling, telling
from allhands.access.contracts import (
    AbuserCheck,
    ConsentKind,
    ConsentState,
    DisclosureDoor,
    HowGiven,
    LeaseState,
    MarkKind,
    Purpose,
)
from allhands.access.disclosing import Release
from allhands.access.domain import Answer
from allhands.access.records import records_for
from allhands.access.tests.conftest import Response, State
from allhands.access.web import consents as web
from allhands.channels import api as channels
from allhands.duties import api as duties
from allhands.duties.packets import PacketKind
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor, AgencyKind, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, Place, make_agency, make_member
from allhands.platform.testing.queue import run_jobs

pytestmark = pytest.mark.django_db
SECRET = "circumstances.immigration_threat"  # P3
CLOTHES = "description.clothing"  # P1
YES = Answer(state=ConsentState.AGREED, how=HowGiven.TYPED)
Agree = Callable[..., str]


@pytest.fixture
def agree(response: Response) -> Agree:
    """Writes a card of this actor's agency and has it answered with yes."""

    def make(by: Actor, kind: ConsentKind, fact: str, to: Actor, **changed: Any) -> str:
        said = changed.pop("answer", YES)
        given: dict[str, Any] = {
            "kind": kind, "giver": "Maya", "giver_relation": "", "facts": (fact,), "to_agency": to.agency_id,
            "to_label": to.label, "purpose": Purpose.RESPONSE, "language": "English", "words": "We tell the police.",
            "authority": "Order 12-24", "abuser_check": AbuserCheck.CLEAR, "starts_at": response.at,
            "ends_at": response.at + timedelta(days=30),
        }  # fmt: skip
        card = consents.write(by, response.access(by), consents.NewConsent(**(given | changed)), response.at)
        consents.answer(by, card, said, response.at)
        return card

    return make


def test_restricted_fact_opens_for_whom_both_agreed_to_and_shuts_when_one_stops(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    state(cast.caseworker, SECRET, True)
    assert SECRET not in response.seen_by(cast.officer)
    young = agree(cast.caseworker, ConsentKind.YOUTH, SECRET, cast.officer)
    assert SECRET not in response.seen_by(cast.officer), "one word is not enough"
    agree(cast.caseworker, ConsentKind.GUARDIAN, SECRET, cast.officer)
    assert SECRET in response.seen_by(cast.officer)
    assert SECRET not in response.seen_by(response.nurse), "somebody else"
    assert SECRET not in response.seen_by(cast.officer, response.at + timedelta(days=31)), "it has an end"
    consents.stop(cast.caseworker, young, "Maya", "", response.at)
    assert SECRET not in response.seen_by(cast.officer)


def test_shelter_tells_nothing_even_to_the_owner_until_youth_and_guardian_agree(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    state(response.shelter_worker, CLOTHES, "green parka")
    assert CLOTHES not in response.seen_by(cast.caseworker)
    assert CLOTHES in response.seen_by(response.shelter_worker)
    agree(response.shelter_worker, ConsentKind.YOUTH, CLOTHES, cast.caseworker)
    assert CLOTHES not in response.seen_by(cast.caseworker)
    agree(response.shelter_worker, ConsentKind.GUARDIAN, CLOTHES, cast.caseworker)
    assert CLOTHES in response.seen_by(cast.caseworker)


def test_guardian_counts_only_after_the_check_and_never_against_not_safe(
    response: Response, agree: Agree, cast: Cast
) -> None:
    with pytest.raises(Refused) as refusal:
        agree(cast.caseworker, ConsentKind.GUARDIAN, SECRET, cast.officer, abuser_check=AbuserCheck.CONCERN)
    assert refusal.value.code == "consent-not-safe"
    held = agree(cast.caseworker, ConsentKind.GUARDIAN, SECRET, cast.officer)
    not_safe = Answer(state=ConsentState.DECLINED, how=HowGiven.TYPED, not_safe=True)
    agree(cast.caseworker, ConsentKind.YOUTH, SECRET, cast.officer, answer=not_safe)
    with acting_as(cast.caseworker):
        assert models.Consent.objects.get(pk=held).state == ConsentState.STOPPED.value
    with pytest.raises(Refused):
        agree(cast.caseworker, ConsentKind.GUARDIAN, SECRET, cast.officer)


def test_nobody_opens_to_themselves_what_another_keeps(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    state(cast.caseworker, SECRET, True)
    state(cast.caseworker, "description.suspect", "a name")
    for kind in (ConsentKind.YOUTH_ALONE, ConsentKind.COURT, ConsentKind.YOUTH, ConsentKind.GUARDIAN):
        agree(cast.officer, kind, SECRET, cast.officer)
    assert SECRET not in response.seen_by(cast.officer), "cards of one's own hand are no key"
    boss = make_member("Bo Shelter", Role.DIRECTOR, response.shelter_worker.agency_id)
    agree(boss, ConsentKind.AGENCY, "description.suspect", boss)
    assert "description.suspect" not in response.seen_by(boss)
    agree(cast.supervisor, ConsentKind.AGENCY, "description.suspect", response.advocate)
    assert "description.suspect" in response.seen_by(response.advocate), "the agency decides for its own record"
    agree(response.lead, ConsentKind.AGENCY, "description.suspect", boss)
    assert "description.suspect" not in response.seen_by(boss), "and for nobody else's"


def test_what_a_law_keeps_with_its_holder_the_holder_alone_releases(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    state(response.shelter_worker, CLOTHES, "green parka")
    for kind in (ConsentKind.YOUTH, ConsentKind.GUARDIAN, ConsentKind.COURT):
        agree(cast.caseworker, kind, CLOTHES, cast.officer)
    assert CLOTHES not in response.seen_by(cast.officer), "the shelter heard nobody agree"


def test_what_the_young_person_told_one_agency_holds_for_the_guardian_at_every_other(
    response: Response, agree: Agree, cast: Cast
) -> None:
    held = agree(cast.caseworker, ConsentKind.GUARDIAN, SECRET, cast.officer)
    not_safe = Answer(state=ConsentState.DECLINED, how=HowGiven.TYPED, not_safe=True)
    agree(response.shelter_worker, ConsentKind.YOUTH, SECRET, response.nurse, answer=not_safe)
    with acting_as(cast.caseworker):
        assert models.Consent.objects.get(pk=held).state == ConsentState.STOPPED.value
    with pytest.raises(Refused) as refusal:
        agree(cast.caseworker, ConsentKind.GUARDIAN, SECRET, cast.officer)
    assert refusal.value.code == "consent-not-safe"


def test_a_steward_speaks_for_the_stewards_own_nation(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    other = make_agency("Other Nation", AgencyKind.TRIBAL_GOVERNMENT, places=[Place(nation="standing-rock")])
    stranger = make_member("Stranger Testworth", Role.DATA_STEWARD, other)
    state(cast.caseworker, "child.tribal_affiliation", ["sample"])
    with acting_as(cast.caseworker):
        episodes.add_parties(response.episode_id, {other}, "DUTY", response.at)
    with pytest.raises(Refused, match="own nation"):
        agree(stranger, ConsentKind.STEWARD, CLOTHES, cast.officer)
    state(cast.caseworker, CLOTHES, "a ribbon shirt")
    nation = response.access(response.steward)
    exceptions.mark(response.steward, nation, CLOTHES, MarkKind.TRIBAL_ONLY, "ceremony", response.at)
    with acting_as(SYSTEM):
        models.Consent.objects.create(**_agreed(response, stranger.agency_id, cast.officer.agency_id))
    assert CLOTHES not in response.seen_by(cast.officer), "another nation's steward opens nothing of this one's"
    assert _released(response, cast.officer.agency_id) == set(), "and puts nothing of it into a packet"
    agree(response.steward, ConsentKind.STEWARD, CLOTHES, cast.officer)
    assert CLOTHES in response.seen_by(cast.officer)
    assert _released(response, cast.officer.agency_id) == {CLOTHES}


def _released(response: Response, to: AgencyId) -> set[str]:
    """What cards open to one of several recipients of packets."""
    with acting_as(SYSTEM):
        found = records_for([AgencyId("none"), to], response.episode_id, response.at)
    return {fact for card in found[to].consents for fact in card.facts}


def _agreed(response: Response, by: str, to: str) -> dict[str, Any]:
    """A steward's card as it would have been kept before stewards were asked for which nation they speak."""
    return {
        "episode_id": response.episode_id, "kind": ConsentKind.STEWARD.value, "giver": "Steward", "facts": [CLOTHES],
        "to_agency_id": to, "to_label": "Sheriff", "purpose": Purpose.RESPONSE.value, "explained_by": "Test",
        "by_agency_id": by, "language": "English", "words": "x", "authority": "x", "made_at": response.at,
        "starts_at": response.at, "ends_at": response.at + timedelta(days=30), "state": ConsentState.AGREED.value,
        "answered_at": response.at, "how": "ORDER", "is_written": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"facts": ()}, "consent-fields"),
        ({"words": " "}, "consent-words"),
        ({"giver": ""}, "consent-giver"),
        ({"purpose": Purpose.OTHER}, "consent-purpose"),
        ({"kind": ConsentKind.COURT, "authority": ""}, "consent-authority"),
        ({"kind": ConsentKind.AGENCY}, "consent-giver"),
        ({"answer": Answer(state=ConsentState.AGREED, how=HowGiven.READ_ALOUD)}, "consent-witness"),
    ],
)
def test_a_card_says_everything_or_is_refused(agree: Agree, cast: Cast, changed: dict[str, Any], code: str) -> None:
    kind = changed.pop("kind", ConsentKind.YOUTH)
    with pytest.raises(Refused) as refusal:
        agree(cast.caseworker, kind, SECRET, cast.officer, **changed)
    assert refusal.value.code == code


def test_nobody_answers_or_stops_a_card_of_another_agency(agree: Agree, cast: Cast, response: Response) -> None:
    card = agree(cast.caseworker, ConsentKind.YOUTH, SECRET, cast.officer)
    for act in (
        lambda: consents.stop(cast.officer, card, "", "", response.at),
        lambda: consents.answer(response.nurse, card, YES, response.at),
    ):
        with pytest.raises(Denied):
            act()
    with pytest.raises(Denied):
        agree(cast.outsider, ConsentKind.YOUTH, SECRET, cast.officer)


def test_school_record_and_nations_own_stay_though_the_class_would_let_them_pass(
    response: Response, state: State, cast: Cast
) -> None:
    state(cast.caseworker, CLOTHES, "school jumper")
    assert CLOTHES in response.seen_by(cast.officer)
    owner = response.access(cast.caseworker)
    mark = exceptions.mark(cast.caseworker, owner, CLOTHES, MarkKind.FERPA, "from the school file", response.at)
    assert CLOTHES not in response.seen_by(cast.officer)
    exceptions.lift(cast.caseworker, owner, mark, response.at)
    assert CLOTHES in response.seen_by(cast.officer)
    with pytest.raises(Refused, match="nation"):
        exceptions.mark(cast.caseworker, owner, CLOTHES, MarkKind.TRIBAL_ONLY, "x", response.at)


def test_nobody_closes_to_others_what_they_have_not_stated(response: Response, state: State, cast: Cast) -> None:
    """Somebody who wants to hinder the search could otherwise hide where the child was seen."""
    state(cast.caseworker, CLOTHES, "school jumper")
    nurses = response.access(response.nurse)
    with pytest.raises(Refused, match="has not stated this"):
        exceptions.mark(response.nurse, nurses, CLOTHES, MarkKind.CYBERTIP, "hidden", response.at)
    assert CLOTHES in response.seen_by(cast.officer)


def test_stopping_a_consent_calls_copies_back_and_a_receipt_confirms_it(
    response: Response, agree: Agree, cast: Cast
) -> None:
    card = agree(cast.caseworker, ConsentKind.YOUTH, SECRET, cast.officer)
    sent = Release(
        episode_id=response.episode_id, door=DisclosureDoor.PACKET, to_label="Sheriff", facts=(SECRET,),
        classes=("P3",), policies=("release-restricted",), consents=(card,), from_agency=cast.caseworker.agency_id,
        to_agency=cast.officer.agency_id, refers_to="notice-1",
    )  # fmt: skip
    until = recalling.lease(sent, response.at)
    assert until == response.at + timedelta(days=30)
    assert not recalling.is_recalled("notice-1", response.at)
    assert consents.stop(cast.caseworker, card, "Maya", "changed her mind", response.at) == 1
    with acting_as(cast.officer):
        assert recalling.is_recalled("notice-1", response.at), "dark at once, before anybody was told"
        [lease] = models.Lease.objects.all()
    telling.tell_recall(lease.id, response.at)
    telling.tell_recall(lease.id, response.at)
    [line] = [one for one in channels.list_inbox(cast.officer) if "copy" in one.subject]
    assert recalling.list_to_tell(response.at) == []
    assert recalling.list_to_tell(response.at + timedelta(days=1)) == [lease.id], "asked again each day"
    channels.acknowledge(cast.officer, line.id, response.at)
    with acting_as(SYSTEM):
        lease.refresh_from_db()
    assert (lease.state, lease.confirmed_by) == (LeaseState.CONFIRMED.value, cast.officer.label)
    assert recalling.list_to_tell(response.at + timedelta(days=3)) == []


def test_a_copy_sent_by_duty_is_lent_anew_while_the_child_is_missing(response: Response, cast: Cast) -> None:
    sent = Release(
        episode_id=response.episode_id, door=DisclosureDoor.PACKET, to_label="Sheriff", facts=(), classes=(),
        policies=(), from_agency=cast.caseworker.agency_id, to_agency=cast.officer.agency_id, refers_to="notice-2",
    )  # fmt: skip
    recalling.lease(sent, response.at)
    later = response.at + timedelta(days=31)
    assert recalling.recall_ended(later) == 0
    with acting_as(SYSTEM):
        models.Lease.objects.update(consents=["gone"], until=later)
    assert recalling.recall_ended(later) == 1


def test_whoever_takes_their_picture_down_ends_every_card_that_carried_it(
    response: Response, agree: Agree, cast: Cast
) -> None:
    carried = agree(cast.officer, ConsentKind.GUARDIAN, consents.PICTURE, cast.officer)
    other = agree(cast.officer, ConsentKind.GUARDIAN, CLOTHES, cast.officer)
    consents.stop_for_picture(cast.supervisor, response.episode_id, response.at)
    with acting_as(cast.officer):
        states = dict(models.Consent.objects.values_list("pk", "state"))
    assert (states[carried], states[other]) == (ConsentState.STOPPED.value, ConsentState.AGREED.value)


def test_a_consent_stopped_before_the_packet_leaves_holds_it_back_and_another_goes(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    """The packet is made in the act and leaves by a job; in between the young person takes the word back."""
    fact = "description.suspect"
    state(cast.caseworker, fact, "a man called Zorilla")
    told_by = response.access(cast.caseworker)
    exceptions.mark(cast.caseworker, told_by, fact, MarkKind.VAWA, "heard from the advocate", response.at)
    card = agree(cast.caseworker, ConsentKind.YOUTH, fact, cast.officer)
    agree(cast.caseworker, ConsentKind.GUARDIAN, fact, cast.officer)
    police = (PacketKind.POLICE, "law_enforcement")
    notice_id = duties.send_update(cast.caseworker, response.episode_id, *police, response.at)
    with acting_as(SYSTEM):
        assert b"Zorilla" in (duties.notice_content(notice_id) or b""), "both had agreed when it was made"
    consents.stop(cast.caseworker, card, "Maya", "changed her mind", response.at)
    run_jobs(response.at)
    with acting_as(SYSTEM):
        sent = models.Disclosure.objects.filter(door="PACKET", to_agency_id=cast.officer.agency_id)
        assert sent.exists(), "the police still get what they may have"
        assert not sent.filter(facts__contains=[fact]).exists()
        assert not sent.filter(refers_to=notice_id).exists()


def test_a_copy_whose_consent_has_ended_is_dark_from_that_second(response: Response, agree: Agree, cast: Cast) -> None:
    card = agree(cast.caseworker, ConsentKind.YOUTH, SECRET, cast.officer)
    sent = Release(
        episode_id=response.episode_id, door=DisclosureDoor.PACKET, to_label="Sheriff", facts=(SECRET,),
        classes=("P3",), policies=("release-restricted",), consents=(card,), from_agency=cast.caseworker.agency_id,
        to_agency=cast.officer.agency_id, refers_to="notice-77",
    )  # fmt: skip
    ends = recalling.lease(sent, response.at)
    assert not recalling.is_recalled("notice-77", ends - timedelta(microseconds=1))
    assert recalling.is_recalled("notice-77", ends), "the job that tells the holder may come minutes later"
    with acting_as(SYSTEM):
        models.Lease.objects.filter(refers_to="notice-77").update(consents=[])
    assert not recalling.is_recalled("notice-77", ends), "what a duty sent is lent anew while the child is missing"


NO = Answer(state=ConsentState.DECLINED, how=HowGiven.TYPED)
PAIR = (ConsentKind.YOUTH, ConsentKind.GUARDIAN)


def test_of_two_cards_the_one_in_force_counts_and_the_narrower_takes_nothing_away(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    other = "circumstances.family_violence"  # P3, too
    state(cast.caseworker, SECRET, True)
    state(cast.caseworker, other, True)
    both = {"facts": (SECRET, other)}
    wide = [agree(cast.caseworker, kind, SECRET, cast.officer, **both) for kind in PAIR]
    soon = response.at + timedelta(days=2)
    narrow = [agree(cast.caseworker, kind, SECRET, cast.officer, ends_at=soon) for kind in PAIR]
    assert {SECRET, other} <= response.seen_by(cast.officer)
    assert {SECRET, other} <= response.seen_by(cast.officer, soon), "the wider card is still in force"
    consents.stop(cast.caseworker, narrow[0], "Maya", "", response.at)
    assert {SECRET, other} <= response.seen_by(cast.officer), "whoever stops a card stops that card"
    consents.stop(cast.caseworker, wide[1], "her mother", "", response.at)
    seen = response.seen_by(cast.officer)
    assert (SECRET in seen, other in seen) == (True, False), "of each field, whoever must agree has a card in force"


def test_a_card_for_a_later_time_opens_nothing_before(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    state(cast.caseworker, SECRET, True)
    starts, ends = response.at + timedelta(days=3), response.at + timedelta(days=9)
    for kind in PAIR:
        agree(cast.caseworker, kind, SECRET, cast.officer, starts_at=starts, ends_at=ends)
    assert SECRET not in response.seen_by(cast.officer, starts - timedelta(microseconds=1))
    assert SECRET in response.seen_by(cast.officer, starts)
    assert SECRET in response.seen_by(cast.officer, ends - timedelta(microseconds=1))
    assert SECRET not in response.seen_by(cast.officer, ends)


def test_a_later_no_of_the_same_person_ends_the_earlier_yes(
    response: Response, state: State, agree: Agree, cast: Cast
) -> None:
    state(cast.caseworker, SECRET, True)
    [young, guardian] = [agree(cast.caseworker, kind, SECRET, cast.officer) for kind in PAIR]
    sent = Release(
        episode_id=response.episode_id, door=DisclosureDoor.PACKET, to_label="Sheriff", facts=(SECRET,),
        classes=("P3",), policies=(), consents=(young, guardian), from_agency=cast.caseworker.agency_id,
        to_agency=cast.officer.agency_id, refers_to="notice-5",
    )  # fmt: skip
    recalling.lease(sent, response.at)
    agree(cast.caseworker, ConsentKind.YOUTH, CLOTHES, cast.officer, answer=NO)
    agree(cast.caseworker, ConsentKind.YOUTH, SECRET, response.nurse, answer=NO)
    agree(cast.caseworker, ConsentKind.GUARDIAN, SECRET, cast.officer, answer=NO, giver="her uncle")
    assert SECRET in response.seen_by(cast.officer), "another field, another reader, another person"
    agree(cast.caseworker, ConsentKind.YOUTH, SECRET, cast.officer, answer=NO, giver="Maya Sample")
    assert SECRET not in response.seen_by(cast.officer)
    with acting_as(SYSTEM):
        states = dict(models.Consent.objects.filter(pk__in=[young, guardian]).values_list("pk", "state"))
    assert states == {young: ConsentState.STOPPED.value, guardian: ConsentState.AGREED.value}
    assert recalling.is_recalled("notice-5", response.at)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        ("2027-03-13", "2027-03-14T05:59:00+00:00"),  # the last evening of winter time in Chicago
        ("2027-03-14", "2027-03-15T04:59:00+00:00"),  # a day of 23 hours
        ("2027-11-07", "2027-11-08T05:59:00+00:00"),  # a day of 25 hours
    ],
)
def test_a_card_ends_with_its_last_day_there_also_when_clocks_change(day: str, ends: str) -> None:
    assert web.end_of(day, ZoneInfo("America/Chicago")) == datetime.fromisoformat(ends)
