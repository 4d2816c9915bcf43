"""The journal tells what happened, and shares its fate."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction

from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.audit.models import Journal

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def tell(chain: str | None, event: audit.Event = audit.Event.EPISODE_OPENED) -> None:
    with audit.audited(SYSTEM, NOW, event, episode_id=chain):
        pass


def test_entry_may_be_filled_in_while_the_action_runs() -> None:
    with audit.audited(SYSTEM, NOW, audit.Event.EPISODE_OPENED, details={"kind": "x"}) as entry:
        entry.episode_id, entry.subject_id = "e1", "c1"
        entry.details["count"] = 2
    kept = Journal.objects.get()
    assert (kept.chain, kept.seq, kept.event, kept.subject_id) == ("e1", 1, 420, "c1")
    assert kept.details == {"kind": "x", "count": 2}
    assert audit.verify_all() == []


def test_failed_action_leaves_no_entry() -> None:
    with pytest.raises(ZeroDivisionError), audit.audited(SYSTEM, NOW, audit.Event.EPISODE_OPENED, episode_id="e1"):
        raise ZeroDivisionError
    assert not Journal.objects.exists()


def test_what_belongs_to_no_episode_is_in_the_chain_of_the_node() -> None:
    tell(None, audit.Event.SIGNED_IN)
    assert Journal.objects.get().chain == "node"


def test_chains_count_apart() -> None:
    for chain in ("e1", "e2", "e1"):
        tell(chain)
    assert list(Journal.objects.order_by("id").values_list("chain", "seq")) == [("e1", 1), ("e2", 1), ("e1", 2)]
    assert audit.verify_all() == []


def test_many_told_at_once_are_links_like_any_other() -> None:
    tell("e1")
    told = [
        audit.Told(episode_id=one, subject_id=f"s-{one}", details={"opened": 0, "tier": "T2"}) for one in ("e2", "e1")
    ]
    with transaction.atomic():
        audit.record_all(SYSTEM, NOW, audit.Event.ASSESSED, told)
    tell("e1")
    assert list(Journal.objects.order_by("chain", "seq").values_list("chain", "seq", "subject_id")) == [
        ("e1", 1, ""), ("e1", 2, "s-e1"), ("e1", 3, ""), ("e2", 1, "s-e2"),
    ]  # fmt: skip
    assert audit.verify_all() == []
    with pytest.raises(ValueError, match="ids and codes"), transaction.atomic():
        audit.record_all(SYSTEM, NOW, audit.Event.ASSESSED, [audit.Told(episode_id="e1", subject_id="a b", details={})])


def test_an_entry_costs_one_question_however_many_there_are(django_assert_num_queries: Any) -> None:
    told = [audit.Told(episode_id=f"e{number}", subject_id="", details={}) for number in range(20)]
    with transaction.atomic(), django_assert_num_queries(1):
        audit.record_all(SYSTEM, NOW, audit.Event.ASSESSED, told)
    with transaction.atomic(), django_assert_num_queries(0):
        audit.record_all(SYSTEM, NOW, audit.Event.ASSESSED, [])


def test_details_that_look_like_the_place_of_the_hash_are_hashed_as_they_are() -> None:
    details: dict[str, audit.Detail] = {"prev_hash": "0" * 64, "seq": 0, "subject_id": "seq"}
    for _ in range(2):
        with audit.audited(SYSTEM, NOW, audit.Event.EPISODE_OPENED, episode_id="e1", details=details):
            pass
    assert audit.verify_all() == []


@pytest.mark.parametrize("words", ["Maya Prairie", "left\nhome", "Nación"])
def test_words_about_a_person_are_refused(words: str) -> None:
    with (
        pytest.raises(ValueError, match="ids and codes"),
        audit.audited(SYSTEM, NOW, audit.Event.FACT_STATED, episode_id="e1", details={"value": words}),
    ):
        pass
    assert not Journal.objects.exists()


def test_refusal_is_kept() -> None:
    audit.record_denied(None, NOW, "access.view", "e/<id>")
    kept = Journal.objects.get()
    assert kept.event == audit.Event.ACCESS_DENIED.value
    assert kept.details == {"code": "access.view", "path": "e/<id>", "stranger": True}


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE audit_journal SET event = 1",
        "DELETE FROM audit_journal",
        "TRUNCATE audit_journal",
        "UPDATE audit_chainhead SET seq = 0",
        "UPDATE audit_chainhead SET seq = 9",
        "UPDATE audit_chainhead SET hash = 'x'",
        "DELETE FROM audit_chainhead",
    ],
)
def test_app_cannot_touch_what_is_written(query: str) -> None:
    tell("e1")
    with pytest.raises((ProgrammingError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)
    assert audit.verify_all() == []


def append_together(chains: list[str]) -> None:
    def work(chain: str) -> None:
        try:
            for _ in range(10):
                tell(chain)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[chain]) for chain in chains]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_appends_at_once_neither_collide_nor_leave_holes() -> None:
    append_together(["e1", "e1", "e1", "e2"])
    assert sorted(Journal.objects.filter(chain="e1").values_list("seq", flat=True)) == list(range(1, 31))
    assert audit.verify_all() == []


@pytest.mark.django_db(transaction=True)
def test_open_transaction_on_one_chain_does_not_hold_another_up() -> None:
    with audit.audited(SYSTEM, NOW, audit.Event.EPISODE_OPENED, episode_id="e2"):
        tell("e1")  # e1 stays locked until the outer transaction ends
        append_together(["e3"])
    assert Journal.objects.filter(chain="e3").count() == 10
