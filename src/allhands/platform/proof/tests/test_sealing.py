"""The tree takes the journal in, proves entries, and whoever has every right on the machine is still found out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import Settings
from typer.testing import CliRunner

from allhands.cli import make_app
from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.audit.chain import GENESIS, Link
from allhands.platform.audit.models import Journal
from allhands.platform.proof import api as proof
from allhands.platform.proof import keys, proving, remembering, sealing
from allhands.platform.proof.models import Leaf, SignedCheckpoint, Tile

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_key(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.ALLHANDS_DATA_DIR = tmp_path
    monkeypatch.setattr(keys, "signing_key", lambda: KEY)
    monkeypatch.setattr("allhands.platform.serving.node.database", lambda: nullcontext(None))
    return iter(())


def tell(count: int, chain: str = "e1") -> None:
    for _ in range(count):
        with audit.audited(SYSTEM, NOW, audit.Event.FACT_STATED, episode_id=chain):
            pass


def sign() -> SignedCheckpoint:
    kept = proof.make_checkpoint(NOW)
    assert kept is not None
    return kept


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(make_app(), ["journal", *words])
    return result.exit_code, result.output


def test_empty_journal_is_not_signed() -> None:
    assert proof.make_checkpoint(NOW) is None
    assert proof.verify_tree() == []


def test_each_entry_has_one_place_and_can_be_proved() -> None:
    tell(5)
    assert sign().size == 5
    tell(300, "e2")
    last = sign()
    assert (last.size, proof.verify_tree()) == (305, [])
    for entry_id in (Journal.objects.earliest("id").pk, Journal.objects.latest("id").pk):
        document = json.loads(json.dumps(proof.prove_entry(entry_id)))
        assert proof.check_entry(document, keys.verifier()).checkpoint.size == 305
    old, new = proof.check_growth(proof.prove_growth(5, 305), keys.verifier())
    assert (old.size, new.size) == (5, 305)


def test_nothing_new_gives_the_same_checkpoint() -> None:
    tell(3)
    assert sign().note == sign().note
    assert SignedCheckpoint.objects.count() == 1


def test_a_checkpoint_of_an_earlier_key_is_kept_and_not_remembered(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    tell(3)
    sign()
    monkeypatch.setattr(keys, "signing_key", Ed25519PrivateKey.generate)
    with django_capture_on_commit_callbacks(execute=True):
        assert sign().size == 3
    assert remembering.last(keys.verifier()) is None


def test_entry_whose_transaction_was_slow_still_gets_its_place(
    superuser: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "_ENTRIES_AT_ONCE", 2)
    link = Link(
        chain="slow", seq=1, at=NOW, event=430, actor_kind="SYSTEM", actor_member="", actor_agency="",
        episode_id="slow", subject_id="", details={}, prev_hash=GENESIS,
    )  # fmt: skip
    with superuser.transaction():
        superuser.execute("INSERT INTO audit_chainhead VALUES ('slow', 1, %s)", [link.digest()])
        superuser.execute(
            "INSERT INTO audit_journal (chain, seq, at, event, actor_kind, actor_member, actor_agency, episode_id,"
            " subject_id, details, prev_hash, hash)"
            " VALUES ('slow', 1, %s, 430, 'SYSTEM', '', '', 'slow', '', '{}', %s, %s)",
            [NOW, GENESIS, link.digest()],
        )
        tell(3)  # with higher numbers, and committed before
        assert sign().size == 3
    assert sign().size == 4
    assert Leaf.objects.latest("position").entry_id == Journal.objects.earliest("id").pk
    assert (audit.verify_all(), proof.verify_tree()) == ([], [])


def test_unknown_entries_and_sizes_have_no_proof() -> None:
    tell(1)
    with pytest.raises(proof.NoProof, match="No checkpoint holds"):
        proof.prove_entry(Journal.objects.get().pk)
    with pytest.raises(proof.NoProof, match="no entry"):
        proof.prove_entry(10**9)
    sign()
    with pytest.raises(proof.NoProof, match="no checkpoint of 7"):
        proof.prove_growth(1, 7)


@pytest.mark.parametrize(
    ("field", "value"),
    [("digest", "00" * 32), ("digest", "zz"), ("index", 1), ("index", True), ("proof", []), ("proof", ["?"]),
     ("proof", None), ("checkpoint", "x"), ("entry", {}), ("entry", None)],
)  # fmt: skip
def test_changed_proof_does_not_hold(field: str, value: object) -> None:
    tell(4)
    sign()
    document = proof.prove_entry(Journal.objects.earliest("id").pk) | {field: value}
    with pytest.raises(proof.NoteFault):
        proof.check_entry(document, keys.verifier())


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE platform_proof_leaf SET entry_id = 99 WHERE position = 0",
        "DELETE FROM platform_proof_leaf",
        "UPDATE platform_proof_tile SET hashes = substring(hashes FROM 2)",
        "UPDATE platform_proof_tile SET hashes = overlay(hashes PLACING '\\x00' FROM 1)",
        "DELETE FROM platform_proof_tile",
        "UPDATE platform_proof_signedcheckpoint SET note = ''",
        "DELETE FROM platform_proof_signedcheckpoint",
    ],
)
def test_app_cannot_touch_the_tree(query: str) -> None:
    tell(3)
    sign()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)
    assert proof.verify_tree() == []


@pytest.fixture
def intruder(superuser: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """A signed journal of two chains, and somebody for whom no trigger fires."""
    tell(4, "e1")
    tell(4, "e2")
    sign()
    tell(2, "e2")
    superuser.execute("SET session_replication_role = replica")
    return superuser


def forge(intruder: psycopg.Connection[Any], chain: str) -> None:
    """Rewrite a whole chain so that every hash fits: the chain alone cannot tell."""
    previous = GENESIS
    for entry in Journal.objects.filter(chain=chain).order_by("seq"):
        link = Link(
            chain=chain, seq=entry.seq, at=entry.at, event=entry.event, actor_kind="SYSTEM", actor_member="",
            actor_agency="", episode_id=chain, subject_id="forged", details={}, prev_hash=previous,
        )  # fmt: skip
        change = "UPDATE audit_journal SET subject_id = 'forged', prev_hash = %s, hash = %s WHERE id = %s"
        intruder.execute(change, [previous, link.digest(), entry.pk])
        previous = link.digest()
    intruder.execute("UPDATE audit_chainhead SET hash = %s WHERE chain = %s", [previous, chain])


def codes() -> list[tuple[int, str]]:
    return [(found.position, found.code) for found in proof.verify_tree()]


def test_rewritten_chain_is_found_by_the_checkpoint(intruder: psycopg.Connection[Any]) -> None:
    forge(intruder, "e1")
    assert audit.verify_all() == []
    assert codes() == [(8, "root")]
    assert run("verify") == (1, "BROKEN: tree, place 8: root.\n")


def test_deletion_with_heads_put_right_is_found(intruder: psycopg.Connection[Any]) -> None:
    intruder.execute("DELETE FROM audit_journal WHERE chain = 'e1'")
    intruder.execute("DELETE FROM audit_chainhead WHERE chain = 'e1'")
    assert audit.verify_all() == []
    assert codes() == [(0, "entry-missing")]


def test_truncation_with_the_tree_cut_to_fit_is_found(intruder: psycopg.Connection[Any]) -> None:
    keep = Journal.objects.filter(chain="e1").latest("seq")
    intruder.execute("DELETE FROM audit_journal WHERE chain = 'e2'")
    intruder.execute("DELETE FROM audit_chainhead WHERE chain = 'e2'")
    intruder.execute("DELETE FROM platform_proof_leaf WHERE entry_id > %s", [keep.pk])
    assert audit.verify_all() == []
    assert codes() == [(8, "short")]


def test_truncation_back_to_an_earlier_checkpoint_is_found(
    intruder: psycopg.Connection[Any], django_capture_on_commit_callbacks: Any
) -> None:
    kept = sign()
    tell(3, "e9")
    with django_capture_on_commit_callbacks(execute=True):
        later = sign()
    for table, where in (
        ("audit_journal", "chain = 'e9'"), ("audit_chainhead", "chain = 'e9'"),
        ("platform_proof_leaf", f"position >= {kept.size}"), ("platform_proof_signedcheckpoint", f"size > {kept.size}"),
    ):  # fmt: skip
        intruder.execute(f"DELETE FROM {table} WHERE {where}".encode())
    assert audit.verify_all() == []
    assert codes() == [(later.size, "short")]
    remembering.set_aside(NOW)
    assert codes() == [], "nothing in the database shows it: only what lies outside does"


def test_what_lies_beside_the_key_never_shrinks(django_capture_on_commit_callbacks: Any) -> None:
    tell(2)
    first = sign()
    tell(2)
    with django_capture_on_commit_callbacks(execute=True):
        last = sign()
    remembering.remember(first.note, keys.verifier())
    assert remembering.last(keys.verifier()) == proof.open_note(last.note, keys.verifier())


def test_reordered_places_are_found(intruder: psycopg.Connection[Any]) -> None:
    first, second = Leaf.objects.order_by("position")[:2]
    move = "UPDATE platform_proof_leaf SET entry_id = %s WHERE position = %s"
    intruder.execute(move, [-1, first.position])
    intruder.execute(move, [first.entry_id, second.position])
    intruder.execute(move, [second.entry_id, first.position])
    assert codes() == [(8, "root")]


def test_tree_built_anew_with_another_key_is_found(intruder: psycopg.Connection[Any]) -> None:
    forge(intruder, "e1")
    for table in ("leaf", "tile", "signedcheckpoint"):
        intruder.execute(f"DELETE FROM platform_proof_{table}".encode())
    sealing.make_checkpoint(NOW, origin=keys.origin(), key=Ed25519PrivateKey.from_private_bytes(bytes(32)))
    assert codes() == [(10, "signature"), (8, "root")]


def test_hole_in_the_places_is_found(intruder: psycopg.Connection[Any]) -> None:
    intruder.execute("DELETE FROM platform_proof_leaf WHERE position = 3")
    assert codes() == [(3, "place-missing")]


def test_commands_prove_and_check(tmp_path: Path) -> None:
    tell(3)
    assert run("checkpoint")[1].splitlines()[1] == "3"
    tell(2)
    run("checkpoint")
    key = run("key")[1].strip()
    for name, words in (
        ("entry", ("prove", str(Journal.objects.earliest("id").pk))),
        ("growth", ("consistency", "3", "5")),
    ):
        file = tmp_path / name
        file.write_text(run(*words)[1], encoding="utf-8")
        assert run("check", str(file), "--key", key)[0] == 0
        file.write_text(file.read_text(encoding="utf-8").replace('"proof"', '"prof"'), encoding="utf-8")
        assert run("check", str(file), "--key", key)[0] == 1
    assert run("verify")[1].splitlines() == ["The journal is whole: 5 entries.", "Signed until entry 5, at " + _now()]
    assert run("prove", "999999") == (1, "The journal has no entry 999999.\n")


def _now() -> str:
    kept = SignedCheckpoint.objects.latest("size").at
    return f"{kept:%Y-%m-%d %H:%M} UTC."


def test_pages_for_witnesses_tell_no_entry(client: Client) -> None:
    assert client.get("/journal/checkpoint").status_code == 404
    tell(3)
    sign()
    tell(1)
    sign()
    assert proof.open_note(client.get("/journal/checkpoint").text, keys.verifier()).size == 4
    assert client.get("/journal/key").text.strip() == keys.verifier().line()
    growth = client.get("/journal/growth/3/4").json()
    assert proving.check_growth(growth, keys.verifier())[0].size == 3
    assert set(growth) == {"kind", "old", "new", "proof"}
    assert client.get("/journal/growth/2/4").status_code == 404


def test_tiles_are_kept_once() -> None:
    tell(300)
    sign()
    assert sorted(Tile.objects.values_list("level", "index")) == [(0, 0), (0, 1), (1, 0)]
