"""Page, API, export, search and packet let the same through, and it is what the table says: for everybody, each field.

Each statement is a word that stands nowhere else, so that it is found wherever it leaks.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.test import Client

from allhands.access import nation_export
from allhands.access.actions import consents, exceptions
from allhands.access.contracts import AbuserCheck, ConsentKind, ConsentState, HowGiven, MarkKind, Purpose
from allhands.access.domain import Answer
from allhands.access.tests import oracle
from allhands.access.tests.conftest import Response, State
from allhands.duties import api as duties
from allhands.duties.packets import PacketKind
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView
from allhands.kernel.actors import Actor
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_key
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
FACTS = {
    0: ("description.hair", "description.skin_tone"),
    1: ("description.clothing", "description.jewelry", "description.carrying", "description.accounts"),
    2: ("description.pronouns", "description.suspect", "description.people_to_ask", "description.circumstances"),
    3: ("description.medical_conditions",),
}
ORIGINS = {"RHYA_BCP", "RHYA_TLP", "VAWA", "HIPAA", "PART2"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement: the word, its fact, class and who stated it; what was marked and who may by consent."""

    word: str
    fact: str
    level: int
    by: Actor
    mark: str = ""
    released_to: str = ""


def case(one: Said, reader: Actor, cast: Cast, door: str) -> oracle.Case:
    """The question of this reader about this statement, in the words of the table."""
    origins = ({one.by.regime} & ORIGINS) | ({one.mark} if one.mark else set())
    consents_ = {"YOUTH", "GUARDIAN"} if one.released_to == reader.agency_id else set()
    return oracle.Case(
        door=door,
        kind=reader.agency_kind.value if reader.agency_kind else "",
        regime=reader.regime,
        role=reader.role.value if reader.role and door == "member" else "",
        relation="owner" if reader.agency_id == cast.caseworker.agency_id else "party",
        level=one.level,
        holder="us" if one.by.agency_id == reader.agency_id else "others",
        origins=frozenset(origins),
        tribal_only=False,
        instruction=False,
        suspended=False,
        purpose="RESPONSE",
        consents=frozenset(consents_),
        agreement=False,
        emergency=False,
        commanded=False,
    )


@pytest.fixture
def statements(response: Response, state: State, cast: Cast) -> list[Said]:
    """Each fact stated by somebody drawn by lot; one marked as a school record, one released to the police."""
    dice = random.Random(20261129)
    tellers = [cast.caseworker, cast.officer, response.shelter_worker, response.nurse, response.advocate]
    made = []
    for level, names in FACTS.items():
        for number, fact in enumerate(names):
            by = dice.choice(tellers)
            word = f"qx{level}{number}zw"
            state(by, fact, word)
            made.append(Said(word=word, fact=fact, level=level, by=by))
    marked = next(one for one in made if one.level == 1 and one.by is not cast.officer)
    owner = response.access(marked.by)
    exceptions.mark(marked.by, owner, marked.fact, MarkKind.FERPA, "from the school", response.at)
    made[made.index(marked)] = replace(marked, mark="FERPA")
    released = next(one for one in made if one.level == 3)
    _release(response, released, cast.officer)
    made[made.index(released)] = replace(released, released_to=cast.officer.agency_id)
    return made


def _release(response: Response, one: Said, to: Actor) -> None:
    for kind in (ConsentKind.YOUTH, ConsentKind.GUARDIAN):
        card = consents.write(
            one.by,
            response.access(one.by),
            consents.NewConsent(
                kind=kind, giver="Maya", giver_relation="", facts=(one.fact,), to_agency=to.agency_id,
                to_label="Sheriff", purpose=Purpose.RESPONSE, language="English", words="We tell them.", authority="",
                abuser_check=AbuserCheck.CLEAR, starts_at=response.at, ends_at=response.at + timedelta(days=30),
            ),
            response.at,
        )  # fmt: skip
        consents.answer(one.by, card, Answer(state=ConsentState.AGREED, how=HowGiven.PAPER), response.at)


def differs(text: str, statements: list[Said], reader: Actor, cast: Cast, door: str) -> list[str]:
    """Leaks and wrong refusals of one answer."""
    return [
        f"{'leak' if one.word in text else 'wrong refusal'} of {one.fact} by {one.by.label} to {reader.label}"
        for one in statements
        if (one.word in text) != oracle.may(case(one, reader, cast, door))
    ]


def test_page_api_and_export_show_what_the_table_says(
    response: Response, statements: list[Said], cast: Cast, page_client: PageClient
) -> None:
    readers = [
        cast.caseworker, cast.officer, cast.dispatcher, cast.tribal_liaison, response.shelter_worker, response.nurse,
        response.advocate,
    ]  # fmt: skip
    found = []
    for reader in readers:
        page = page_client.sign_in(reader).get(f"/e/{response.episode_id}")
        assert page.status == 200
        found += differs(page.text, statements, reader, cast, "member")
        searched = page_client.get("/search", {"q": "Maya"}).text
        found += [f"search tells {one.word}" for one in statements if one.word in searched]
    for reader in (cast.caseworker, cast.officer, response.nurse):
        key = make_key(reader.agency_id)
        answer = Client().get(f"/api/v1/episodes/{response.episode_id}", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200
        found += differs(answer.content.decode(), statements, reader, cast, "token")
    assert found == []
    for stranger in (cast.outsider, cast.administrator, cast.auditor):
        page = page_client.sign_in(stranger).get(f"/e/{response.episode_id}")
        assert page.status in {403, 404}
        assert not any(one.word in page.text for one in statements)


def test_export_of_a_nation_takes_what_its_steward_may_see(
    response: Response, statements: list[Said], state: State, cast: Cast
) -> None:
    state(cast.caseworker, "child.tribal_affiliation", ["sample"])
    with acting_as(response.steward):
        taken = nation_export._record(response.steward, _episode(response), {}, response.at)
    text = json.dumps(taken)
    assert differs(text, statements, response.steward, cast, "member") == []


def _episode(response: Response) -> EpisodeView:
    return episodes.get_episode(response.steward, response.episode_id)


def test_packet_holds_nothing_that_the_table_keeps_back(response: Response, statements: list[Said], cast: Cast) -> None:
    duties.send_update(cast.caseworker, response.episode_id, PacketKind.POLICE, "law_enforcement", response.at)
    with acting_as(cast.caseworker):
        newest = max(
            (one for one in duties.list_notices(response.episode_id) if one.kind == "POLICE"),
            key=lambda one: one.made_at,
        )
        packet = duties.thaw(duties.notice_content(newest.notice_id) or b"")
    sent = json.dumps([[said.value.en for said in one.said] for part in packet.sections for one in part.fields])
    kept = {one.fact_id for one in packet.left_out}
    for one in statements:
        asked = case(one, cast.officer, cast, "packet")
        commanded = oracle.may(replace(asked, commanded=True))
        if one.word in sent:
            assert commanded, f"{one.fact} of {one.by.label} is behind a wall"
        elif not commanded:
            assert one.fact in kept, f"{one.fact} stays, and the sender is told why"
