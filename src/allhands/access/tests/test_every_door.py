"""A response drawn by lot, and every address of it asked by everybody: no word gets out that the table keeps.

Who states what, which law it is marked with, who wrote which card for whom, and for whom glass is open, is drawn anew
for each number below; what should be seen is worked out by the table alone. Where a page is there to show the case, a
word that the table opens must also be there.

One response is drawn for each test; `ALLHANDS_TEST_WORLDS=40` draws forty. A question is somebody, a statement and an
address; how many were asked is printed (`-rP` shows it).
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from allhands.access import nation_export
from allhands.access.actions import consents, exceptions, glass
from allhands.access.contracts import AbuserCheck, ConsentKind, ConsentState, HowGiven, MarkKind, Purpose
from allhands.access.domain import Answer
from allhands.access.tests import oracle
from allhands.access.tests.conftest import Response, State
from allhands.duties import api as duties
from allhands.duties import tasks
from allhands.duties.packets import PacketKind
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import said
from allhands.kernel.actors import SYSTEM, Actor
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_key
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
LEVELS = {
    "description.hair": 0,
    "description.skin_tone": 0,
    "description.clothing": 1,
    "description.jewelry": 1,
    "description.carrying": 1,
    "description.pronouns": 2,
    "description.suspect": 2,
    "description.people_to_ask": 2,
    "description.circumstances": 2,
    "description.medical_conditions": 3,
}
OWN_LAWS = {"RHYA_BCP", "RHYA_TLP", "VAWA", "HIPAA", "PART2"}
MARKS = (MarkKind.FERPA, MarkKind.CYBERTIP, MarkKind.PART2)
MANY = range(1, int(os.environ.get("ALLHANDS_TEST_WORLDS", "0")) + 1)
CARDS = (ConsentKind.YOUTH, ConsentKind.GUARDIAN, ConsentKind.YOUTH_ALONE, ConsentKind.COURT)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement: a word that stands nowhere else, its fact and who stated it."""

    word: str
    fact: str
    by: Actor


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything that was drawn."""

    owner: Actor
    said: list[Said] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    cards: dict[str, list[oracle.Card]] = field(default_factory=dict)
    in_emergency: list[Actor] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def case(self, one: Said, reader: Actor, door: str) -> oracle.Case:
        """The question of this reader about this statement, in the words of the table."""
        mark = self.marks.get(one.fact)
        origins = frozenset({one.by.regime} & OWN_LAWS) | (frozenset({mark}) if mark else frozenset())
        cards = self.cards.get(one.fact, [])
        return oracle.Case(
            door=door,
            kind=reader.agency_kind.value if reader.agency_kind else "",
            regime=reader.regime,
            role=reader.role.value if reader.role and door == "member" else "",
            relation="owner" if reader.agency_id == self.owner.agency_id else "party",
            level=LEVELS[one.fact],
            holder="us" if one.by.agency_id == reader.agency_id else "others",
            origins=origins,
            tribal_only=False,
            instruction=False,
            suspended=False,
            purpose="RESPONSE",
            consents=oracle.counted(cards, reader.agency_id, one.by.agency_id, origins),
            agreement=False,
            emergency=door == "member" and reader in self.in_emergency,
            commanded=False,
        )

    def may(self, one: Said, reader: Actor, door: str = "member") -> bool:
        """What the table says."""
        self.asked.append(one.fact)
        return oracle.may(self.case(one, reader, door))

    def leaks(self, text: str, reader: Actor, door: str = "member") -> Iterator[str]:
        """Each word in a text that is not this reader's."""
        yield from (
            f"{one.fact} of {one.by.label}" for one in self.said if not self.may(one, reader, door) and one.word in text
        )

    def missing(self, text: str, reader: Actor, door: str = "member") -> Iterator[str]:
        """Each word of this reader's that a text does not have."""
        yield from (
            f"{one.fact} of {one.by.label}" for one in self.said if self.may(one, reader, door) and one.word not in text
        )


@pytest.fixture
def world(request: pytest.FixtureRequest, response: Response, cast: Cast) -> Iterator[World]:
    """Drawn by the number of the test."""
    drawn = _draw(request.param, response, cast)
    yield drawn
    print(f"{len(drawn.asked)} questions")


def _draw(number: int, response: Response, cast: Cast) -> World:
    dice = random.Random(number)
    people = [cast.caseworker, cast.officer, response.shelter_worker, response.nurse, response.advocate]
    drawn = World(owner=cast.caseworker)
    for place, fact in enumerate(LEVELS):
        for copy, by in enumerate(dice.sample(people, dice.choice((1, 1, 2)))):
            word = f"qx{place}{copy}zw"
            _state(response, by, fact, word)
            drawn.said.append(Said(word=word, fact=fact, by=by))
    for one in dice.sample(drawn.said, 2):
        mark = dice.choice(MARKS)
        if one.fact not in drawn.marks:
            exceptions.mark(one.by, response.access(one.by), one.fact, mark, "as drawn", response.at)
            drawn.marks[one.fact] = mark.value
    for one in dice.sample(drawn.said, 5):
        writer, to = dice.choice([one.by, *people]), dice.choice(people)
        for kind in dice.sample(CARDS, dice.choice((1, 2, 2))):
            _write(response, writer, to, one.fact, kind)
            drawn.cards.setdefault(one.fact, []).append(
                oracle.Card(kind=kind.value, by=writer.agency_id, to=to.agency_id)
            )
    _grasp(response, drawn, [cast.caseworker, cast.officer])
    if dice.random() < 0.7:
        opened = glass.ask(cast.officer, response.access(cast.officer), "She may be harmed tonight", response.at)
        glass.second(response.lead, response.access(response.lead), opened, response.at)
        drawn.in_emergency.append(cast.officer)
    return drawn


def _grasp(response: Response, drawn: World, holders: list[Actor]) -> None:
    """The shelter writes itself a card for each thing of the case that no wall keeps."""
    reader = response.shelter_worker
    for one in drawn.said:
        if LEVELS[one.fact] in {2, 3} and one.by in holders:
            _write(response, reader, reader, one.fact, ConsentKind.YOUTH_ALONE)
            card = oracle.Card(kind="YOUTH_ALONE", by=reader.agency_id, to=reader.agency_id)
            drawn.cards.setdefault(one.fact, []).append(card)


def _state(response: Response, by: Actor, fact: str, word: str) -> None:
    """In the teller's own name: of one informant a page shows the last word alone."""
    when = response.at - timedelta(minutes=30)
    with acting_as(by):
        told = said(fact, word, informant=by.label, at=when)
        episodes.state_fact(by, response.episode_id, told, when)


def _write(response: Response, writer: Actor, to: Actor, fact: str, kind: ConsentKind) -> None:
    card = consents.write(
        writer,
        response.access(writer),
        consents.NewConsent(
            kind=kind, giver="Maya", giver_relation="", facts=(fact,), to_agency=to.agency_id, to_label="them",
            purpose=Purpose.RESPONSE, language="English", words="We tell them.", authority="Order 4",
            abuser_check=AbuserCheck.CLEAR, starts_at=response.at, ends_at=response.at + timedelta(days=30),
        ),
        response.at,
    )  # fmt: skip
    consents.answer(writer, card, Answer(state=ConsentState.AGREED, how=HowGiven.PAPER), response.at)


def addresses(episode_id: str, facts: Iterable[str]) -> list[str]:
    """Every page that is about the child or a list with the child in it."""
    of_facts = [f"/e/{episode_id}/{page}/{fact}" for page in ("facts", "why") for fact in facts]
    of_child = [f"/e/{episode_id}{end}" for end in ("/facts", "/ledger", "/consents", "/consents/new", "/glass")]
    lists = ["/", "/duties", "/inbox", "/search?q=Maya", f"/search?q={episode_id}", "/ledger", "/alerts"]
    acts = [f"/e/{episode_id}/handoff", f"/e/{episode_id}/alerts/ask", f"/report/sent/{episode_id}"]
    return [*of_facts, *of_child, *acts, *lists]


@pytest.mark.parametrize("world", MANY or [1], indirect=True)
def test_no_door_tells_what_the_table_keeps(
    world: World, response: Response, cast: Cast, page_client: PageClient
) -> None:
    wrong, dice = [], random.Random(1)
    readers = [cast.caseworker, cast.officer, cast.dispatcher, response.shelter_worker, response.nurse,
               response.advocate, cast.tribal_liaison]  # fmt: skip
    for reader in readers:
        page_client.sign_in(reader)
        case = page_client.get(f"/e/{response.episode_id}").text
        wrong += [f"page: leak of {one} to {reader.label}" for one in world.leaks(case, reader)]
        wrong += [f"page: wrong refusal of {one} to {reader.label}" for one in world.missing(case, reader)]
        for address in addresses(response.episode_id, dice.sample(list(LEVELS), 4)):
            answer = page_client.client.get(address, follow=True).content.decode()
            wrong += [f"{address}: leak of {one} to {reader.label}" for one in world.leaks(answer, reader)]
    assert wrong == []


@pytest.mark.parametrize("world", MANY or [3], indirect=True)
def test_no_key_and_no_file_tells_what_the_table_keeps(
    world: World, response: Response, state: State, cast: Cast
) -> None:
    wrong = []
    for reader in (cast.caseworker, cast.officer, response.nurse, response.advocate):
        headers = {"Authorization": f"Bearer {make_key(reader.agency_id)}"}
        told = Client().get(f"/api/v1/episodes/{response.episode_id}", headers=headers).content.decode()
        wrong += [f"API: leak of {one} to {reader.label}" for one in world.leaks(told, reader, "token")]
        wrong += [f"API: wrong refusal of {one} to {reader.label}" for one in world.missing(told, reader, "token")]
        asked = Client().get(f"/api/v1/episodes/{response.episode_id}/duties", headers=headers).content.decode()
        wrong += [f"API duties: leak of {one} to {reader.label}" for one in world.leaks(asked, reader, "token")]
    state(cast.caseworker, "child.tribal_affiliation", ["sample"])
    with acting_as(response.steward):
        taken = json.dumps(nation_export.export(response.steward, "sample", response.at))
    wrong += [f"export: leak of {one}" for one in world.leaks(taken, response.steward)]
    wrong += [f"export: wrong refusal of {one}" for one in world.missing(taken, response.steward)]
    assert wrong == []


@pytest.mark.parametrize("world", MANY or [4], indirect=True)
def test_no_packet_mail_or_feed_tells_what_the_table_keeps(
    world: World, response: Response, cast: Cast, page_client: PageClient
) -> None:
    notice_id = duties.send_update(
        cast.caseworker, response.episode_id, PacketKind.POLICE, "law_enforcement", response.at
    )
    tasks.issue_notice(notice_id=notice_id)
    wrong = []
    received = page_client.sign_in(cast.officer).client.get(f"/inbox/about/{notice_id}", follow=True).content.decode()
    for one in world.said:
        commanded = oracle.may(replace(world.case(one, cast.officer, "packet"), commanded=True))
        if one.word in received and not commanded:
            wrong.append(f"packet: leak of {one.fact} of {one.by.label}")
    sender = page_client.sign_in(cast.caseworker).client
    for end in ("", "/packet.json", "/packet-en.pdf"):
        sent = sender.get(f"/e/{response.episode_id}/n/{notice_id}{end}").content.decode(errors="replace")
        wrong += [f"notice{end}: leak of {one} to the sender" for one in world.leaks(sent, cast.caseworker)]
    with acting_as(SYSTEM):
        mails = apps.get_model("channels", "Delivery").objects.filter(channel="EMAIL")
        open_words = "".join(f"{mail.subject} {bytes(mail.body).decode()}" for mail in mails)
    for address in ("/feeds/alerts.atom", "/feeds/alerts.json", "/feeds/signs.atom", "/api/v1/who-to-call", "/"):
        open_words += Client().get(address).content.decode()
    wrong += [f"mail or feed: {one.fact} of {one.by.label}" for one in world.said if one.word in open_words]
    assert wrong == []
