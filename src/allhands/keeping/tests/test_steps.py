"""Sealed is out of sight and can be opened; expunged is gone; each needs an order and two people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import Settings

from allhands.channels import api as channels
from allhands.channels.tests.makers import an_email
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.episodes.tests.reports import NOW, report
from allhands.episodes.tests.test_photos import drawn
from allhands.keeping import api as keeping
from allhands.keeping.contracts import NewOrder, Scope, StepKind
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit.verify import verify_all
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs.registry import TASKS
from allhands.platform.testing.cast import Cast, make_member
from allhands.platform.vault import api as vault

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=2)


@pytest.fixture
def second(cast: Cast) -> Actor:
    """Another person of the owner's agency who keeps records."""
    return make_member("Dana Second", Role.DIRECTOR, cast.supervisor.agency_id)


@pytest.fixture
def episode_id(cast: Cast) -> EpisodeId:
    """A response with a photo and packets, over and closed."""
    found = episodes.report_missing(cast.caseworker, report(), NOW).episode_id
    episodes.add_photo(cast.caseworker, found, drawn(), None, NOW)
    return ended(cast, found)


def ended(cast: Cast, episode_id: EpisodeId) -> EpisodeId:
    """Returned and closed."""
    episodes.mark_returned(cast.caseworker, episode_id, NOW, "Ms Olsen", NOW)
    episodes.close(cast.caseworker, episode_id, NOW)
    return episode_id


def order(kind: StepKind = StepKind.SEAL, scope: Scope = Scope.RESPONSE) -> NewOrder:
    return NewOrder(
        kind=kind, court="Juvenile Court, Burleigh County", docket="08-2026-JV-14", issued_on=date(2026, 11, 20),
        scope=scope,
    )  # fmt: skip


def carried_out(cast: Cast, second: Actor, episode_id: EpisodeId, kind: StepKind, scope: Scope = Scope.RESPONSE) -> str:
    step = keeping.enter_order(cast.supervisor, episode_id, order(kind, scope), LATER)
    keeping.decide(second, step, agrees=True, why_not="", now=LATER)
    return step


def shown_anywhere(actor: Actor, episode_id: EpisodeId) -> list[str]:
    """Where the record still shows for this actor."""
    with acting_as(actor):
        looks: dict[str, object] = {
            "page": episodes.find_episode(episode_id),
            "board": episodes.list_episodes(list(EpisodeState)),
            "search": [*episodes.search("Maya", limit=9), *episodes.search(episode_id, limit=9)],
            "find similar": episodes.find_similar(actor, "Maya", None),
            "facts": [*episodes.statements_of(episode_id), *episodes.list_timeline(episode_id)],
            "duties": [duties.list_duties([episode_id]), duties.list_notices(episode_id)],
            "counts": duties.count_asked(actor.agency_id),
        }
    looks["duties"] = any(looks["duties"])  # type: ignore[arg-type]  # two lists
    looks["inbox"] = channels.list_inbox(actor)
    return [place for place, found in looks.items() if found]


def rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_sealed_record_vanishes_for_everybody_and_the_journal_still_verifies(
    cast: Cast, second: Actor, episode_id: EpisodeId, client: Client
) -> None:
    assert "page" in shown_anywhere(cast.caseworker, episode_id), "the set-up shows something"
    with acting_as(cast.caseworker):
        child = episodes.get_episode(cast.caseworker, episode_id).child.child_id
    carried_out(cast, second, episode_id, StepKind.SEAL)
    for actor in (cast.caseworker, cast.supervisor, cast.officer, SYSTEM):
        if actor is not SYSTEM:
            assert shown_anywhere(actor, episode_id) == [], actor.label
    with acting_as(cast.caseworker):
        assert episodes.find_photo(child) is None
    with acting_as(SYSTEM):
        assert episodes.find_episode(episode_id) is None
        assert rows("SELECT count(*) FROM episodes_childname") == [(0,)]
        assert rows("SELECT call_name, born_on FROM episodes_child") == [("", None)]
        values: list[object] = [line.value for line in episodes.statements_of(episode_id)]
        assert set(values) <= {vault.SEALED, None}
    assert verify_all() == []


def test_what_waits_for_a_second_person_changes_nothing(cast: Cast, episode_id: EpisodeId) -> None:
    step = keeping.enter_order(cast.supervisor, episode_id, order(), LATER)
    assert "page" in shown_anywhere(cast.caseworker, episode_id)
    with pytest.raises(Refused, match="Somebody else"):
        keeping.decide(cast.supervisor, step, agrees=True, why_not="", now=LATER)
    with pytest.raises(Denied):
        keeping.decide(cast.officer, step, agrees=True, why_not="", now=LATER)
    with pytest.raises(Refused, match="waits"):
        keeping.enter_order(cast.supervisor, episode_id, order(StepKind.EXPUNGE), LATER)
    assert "page" in shown_anywhere(cast.caseworker, episode_id)


def test_another_order_opens_it_again_with_everything(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    with acting_as(cast.caseworker):
        before = episodes.get_episode(cast.caseworker, episode_id), episodes.statements_of(episode_id)
    carried_out(cast, second, episode_id, StepKind.SEAL)
    carried_out(cast, second, episode_id, StepKind.OPEN)
    with acting_as(cast.caseworker):
        after = episodes.get_episode(cast.caseworker, episode_id), episodes.statements_of(episode_id)
        photo = episodes.find_photo(after[0].child.child_id)
        assert [found.child.call_name for found in episodes.search("Maya", limit=9)] == ["Maya"]
    assert after == before
    assert photo is not None


def test_no_code_brings_a_sealed_key_back_without_an_order(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    carried_out(cast, second, episode_id, StepKind.SEAL)
    with pytest.raises(DatabaseError, match="two people"), acting_as(SYSTEM), transaction.atomic():
        vault.unseal(episode_id)
    with acting_as(second), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM platform_vault_sealedkey")
        assert cursor.fetchone() == (0,), "no person sees the row"


@pytest.mark.parametrize("was_sealed", [False, True])
def test_expunged_record_is_gone_for_good(cast: Cast, second: Actor, episode_id: EpisodeId, was_sealed: bool) -> None:
    if was_sealed:
        carried_out(cast, second, episode_id, StepKind.SEAL)
    carried_out(cast, second, episode_id, StepKind.EXPUNGE)
    assert shown_anywhere(cast.caseworker, episode_id) == []
    with pytest.raises(Refused, match="destroyed"):
        keeping.enter_order(cast.supervisor, episode_id, order(StepKind.OPEN), LATER)
    with acting_as(SYSTEM):
        assert (
            not vault.DataKey.objects.filter(destroyed_at__isnull=True)
            .exclude(wrapped=b"")
            .filter(pk__in=[episode_id])
            .exists()
        )
        assert set(rows("SELECT reporter_name, reporter_phone FROM episodes_report")) == {("", "")}
        assert rows("SELECT call_name, born_on FROM episodes_child") == [("", None)]
        assert rows("SELECT count(*) FROM episodes_childname") == [(0,)]
    assert verify_all() == []


def test_other_record_of_the_child_stays_as_it_is(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    with acting_as(cast.caseworker):
        child = episodes.get_episode(cast.caseworker, episode_id).child.child_id
    again = report(key="again")
    other = episodes.report_missing(cast.caseworker, replace(again, child_id=child), NOW).episode_id
    carried_out(cast, second, episode_id, StepKind.EXPUNGE)
    with acting_as(cast.caseworker):
        assert episodes.get_episode(cast.caseworker, other).child.call_name == "Maya"
        assert episodes.find_photo(child) is not None
    with pytest.raises(Refused, match="still running"):
        keeping.enter_order(cast.supervisor, other, order(scope=Scope.CHILD), LATER)
    ended(cast, other)
    carried_out(cast, second, other, StepKind.EXPUNGE)
    with acting_as(SYSTEM):
        assert rows("SELECT call_name FROM episodes_child") == [("",)]


def test_running_response_is_not_sealed(cast: Cast) -> None:
    found = episodes.report_missing(cast.caseworker, report(), NOW).episode_id
    with pytest.raises(Refused, match="still running"):
        keeping.enter_order(cast.supervisor, found, order(), LATER)


def test_only_the_owner_enters_an_order(cast: Cast, episode_id: EpisodeId) -> None:
    sheriff = make_member("Sam Lead", Role.SUPERVISOR, cast.officer.agency_id)
    for actor in (cast.caseworker, sheriff):
        with pytest.raises(Denied):
            keeping.enter_order(actor, episode_id, order(), LATER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": None}, "order-kind"),
        ({"court": " "}, "order-court"),
        ({"docket": ""}, "order-docket"),
        ({"docket": "x" * 201}, "order-docket"),
        ({"issued_on": None}, "order-day"),
        ({"issued_on": date(2027, 1, 1)}, "order-day"),
        ({"scope": None}, "order-scope"),
    ],
)
def test_order_that_lacks_something_is_refused_at_its_field(
    cast: Cast, episode_id: EpisodeId, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        keeping.enter_order(cast.supervisor, episode_id, replace(order(), **changes), LATER)
    assert refused.value.code == code


def test_journal_says_that_it_was_sealed_and_nothing_else(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    carried_out(cast, second, episode_id, StepKind.SEAL)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j::text FROM audit_journal j WHERE event IN (280, 282) AND episode_id = %s", [episode_id]
        )
        entries = [row[0] for row in cursor.fetchall()]
    assert len(entries) == 2
    assert not any(word in entry for entry in entries for word in ("Maya", "Juvenile", "JV-14", "Olsen"))


def test_words_of_a_proof_are_emptied_only_once_the_key_is_destroyed(cast: Cast, episode_id: EpisodeId) -> None:
    with pytest.raises(DatabaseError, match="append-only"), acting_as(SYSTEM):
        rows("UPDATE episodes_report SET reporter_name = '' RETURNING id")


def test_a_letter_that_was_queued_before_the_seal_leaves_only_once_it_is_open_again(
    cast: Cast, second: Actor, episode_id: EpisodeId, settings: Settings
) -> None:
    settings.ALLHANDS_WORLD = "demo"  # letters are played there
    letter = channels.queue(cast.caseworker, an_email(cast.caseworker, episode_id=episode_id), NOW)

    def delivered() -> str:
        TASKS["allhands.channels.tasks.send_delivery"](delivery_id=letter)
        with acting_as(SYSTEM):
            [found] = channels.deliveries_for("notice1")
        return found.state.value

    carried_out(cast, second, episode_id, StepKind.SEAL)
    assert delivered() == "WAITING"
    carried_out(cast, second, episode_id, StepKind.OPEN)
    assert delivered() == "SIMULATED"
