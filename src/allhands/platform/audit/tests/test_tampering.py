"""Whoever has every right on the machine still cannot change the journal unseen."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from allhands.cli import make_app
from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.audit.chain import GENESIS, Link
from allhands.platform.database.errors import ServerError

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)

Intruder = psycopg.Connection[Any]


@pytest.fixture
def intruder(superuser: Intruder) -> Intruder:
    """Two chains of four entries, and somebody for whom no trigger fires."""
    for number in range(4):
        for chain in ("e1", "e2"):
            with audit.audited(SYSTEM, NOW, audit.Event.FACT_STATED, episode_id=chain, subject_id=f"s{number}"):
                pass
    superuser.execute("SET session_replication_role = replica")
    return superuser


def breaks() -> list[tuple[str, int, str]]:
    return [(found.chain, found.seq, found.code) for found in audit.verify_all()]


def test_untouched_journal_is_whole(intruder: Intruder) -> None:
    assert breaks() == []


@pytest.mark.parametrize(
    "change",
    [
        "event = 1",
        "at = at + interval '1 second'",
        "actor_member = 'someone'",
        "subject_id = 'other'",
        """details = '{"a": 1}'""",
    ],
)
def test_edit_is_found(intruder: Intruder, change: str) -> None:
    intruder.execute(f"UPDATE audit_journal SET {change} WHERE chain = 'e1' AND seq = 2".encode())
    assert breaks() == [("e1", 2, "changed")]


def test_deletion_is_found(intruder: Intruder) -> None:
    intruder.execute("DELETE FROM audit_journal WHERE chain = 'e1' AND seq = 2")
    assert breaks() == [("e1", 2, "missing")]


def test_deletion_with_renumbering_is_found(intruder: Intruder) -> None:
    intruder.execute("DELETE FROM audit_journal WHERE chain = 'e1' AND seq = 2")
    intruder.execute("UPDATE audit_journal SET seq = seq - 1 WHERE chain = 'e1' AND seq > 2")
    assert breaks() == [("e1", 2, "changed")]


def test_deleted_end_is_found(intruder: Intruder) -> None:
    intruder.execute("DELETE FROM audit_journal WHERE chain = 'e1' AND seq > 2")
    assert breaks() == [("e1", 3, "end-missing")]


def test_deleted_chain_is_found(intruder: Intruder) -> None:
    intruder.execute("DELETE FROM audit_journal WHERE chain = 'e1'")
    assert breaks() == [("e1", 1, "end-missing")]


def test_deleted_head_is_found(intruder: Intruder) -> None:
    intruder.execute("DELETE FROM audit_chainhead WHERE chain = 'e2'")
    assert breaks() == [("e2", 4, "head-missing")]


def test_reordering_is_found(intruder: Intruder) -> None:
    intruder.execute(
        "UPDATE audit_journal SET seq = CASE seq WHEN 2 THEN 1003 ELSE 1002 END WHERE chain = 'e1' AND seq IN (2, 3)"
    )
    intruder.execute("UPDATE audit_journal SET seq = seq - 1000 WHERE chain = 'e1' AND seq > 1000")
    assert breaks() == [("e1", 2, "changed")]


def test_edit_with_a_fresh_hash_is_found_at_the_next_link(intruder: Intruder) -> None:
    link = Link(
        chain="e1", seq=1, at=NOW, event=430, actor_kind="SYSTEM", actor_member="", actor_agency="", episode_id="e1",
        subject_id="forged", details={}, prev_hash=GENESIS,
    )  # fmt: skip
    forge = "UPDATE audit_journal SET subject_id = 'forged', hash = %s WHERE chain = 'e1' AND seq = 1"
    intruder.execute(forge, [link.digest()])
    assert breaks() == [("e1", 2, "unlinked")]


def test_digest_can_be_repeated_by_an_outsider() -> None:
    # The canonical JSON of this link, written by hand and given to sha256sum.
    link = Link(
        chain="e1", seq=1, at=NOW, event=430, actor_kind="MEMBER", actor_member="m1", actor_agency="a1",
        episode_id="e1", subject_id="s1", details={"fact": "child.age_years"}, prev_hash=GENESIS,
    )  # fmt: skip
    assert link.digest().hex() == "f3763f01fd4e97d971dd7961e872a1084d85ddb615530a6a92692068e05a6df2"


def test_command_names_the_first_break(intruder: Intruder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allhands.platform.serving.node.database", lambda: nullcontext(None))
    assert CliRunner().invoke(make_app(), ["journal", "verify"]).output == "The journal is whole: 8 entries.\n"
    intruder.execute("UPDATE audit_journal SET event = 1 WHERE chain = 'e2' AND seq = 3")
    result = CliRunner().invoke(make_app(), ["journal", "verify"])
    assert result.exit_code == 1
    assert "BROKEN: chain e2, entry 3: changed. Broken chains: 1." in result.output


def test_server_errors_are_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ServerError("The database does not answer.")

    monkeypatch.setattr("allhands.platform.serving.node.database", refuse)
    result = CliRunner().invoke(make_app(), ["journal", "verify"])
    assert (result.exit_code, result.output) == (1, "allhands: The database does not answer.\n")
