"""Data keys in the database: made once, rotated, destroyed for good."""

from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import TryLater
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import keys, wrapping
from allhands.platform.vault.keys import Sealed
from allhands.platform.vault.models import DataKey, SealedKey
from allhands.platform.vault.wrapping import LocalKey, Program, WrappingFault, new_key_text, parse_key

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)

pytestmark = pytest.mark.django_db

# A key service in one line: it turns the bytes round.
SERVICE = "import sys,base64; sys.stdout.write(base64.b64encode(base64.b64decode(sys.stdin.readline())[::-1]).decode())"


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.ALLHANDS_DATA_DIR = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings take any name
    settings.ALLHANDS_VAULT_KEY = ""  # type: ignore[attr-defined]  # as above


def test_record_has_one_key_that_others_have_not() -> None:
    first = keys.key_for_writing("e1", NOW)
    assert keys.key_for_writing("e1", NOW) == first
    assert keys.keys_for_reading(["e1"]) == {"e1": first}
    assert keys.key_for_writing("e2", NOW) != first
    assert first not in bytes(DataKey.objects.get(pk="e1").wrapped)


def test_key_of_a_new_record_is_made_without_a_look(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with keys.at_hand(), django_assert_num_queries(1):
        keys.make_key("e1", NOW)
        first = keys.key_for_writing("e1", NOW)
    assert keys.keys_for_reading(["e1"]) == {"e1": first}


def test_record_that_has_a_key_keeps_it() -> None:
    first = keys.key_for_writing("e1", NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        keys.make_key("e1", NOW)
    assert keys.keys_for_reading(["e1"]) == {"e1": first}


def test_kept_key_is_for_its_own_user_only(tmp_path: Path) -> None:
    keys.key_for_writing("e1", NOW)
    assert stat.S_IMODE((tmp_path / "vault_key").stat().st_mode) == 0o600


def test_wrapped_key_of_another_record_does_not_open() -> None:
    keys.key_for_writing("e1", NOW)
    keys.key_for_writing("e2", NOW)
    DataKey.objects.filter(pk="e1").update(wrapped=DataKey.objects.get(pk="e2").wrapped)
    with pytest.raises(WrappingFault):
        keys.keys_for_reading(["e1"])


def test_destroyed_key_is_gone_for_good() -> None:
    keys.key_for_writing("e1", NOW)
    with transaction.atomic():
        keys.destroy("e1", NOW, "JV-2026-14")
    for ask in (lambda: keys.keys_for_reading(["e1"]), lambda: keys.key_for_writing("e1", NOW)):
        with pytest.raises(Sealed):
            ask()
    assert DataKey.objects.get(pk="e1").order_ref == "JV-2026-14"


def test_record_without_a_key_can_be_destroyed_too() -> None:
    with transaction.atomic():
        keys.destroy("e9", NOW, "JV-2026-14")
    with pytest.raises(Sealed):
        keys.key_for_writing("e9", NOW)


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE platform_vault_datakey SET destroyed_at = NULL, order_ref = '', wrapped = 'x'",
        "UPDATE platform_vault_datakey SET order_ref = 'other'",
        "DELETE FROM platform_vault_datakey",
    ],
)
def test_destruction_cannot_be_undone(query: str) -> None:
    with transaction.atomic():
        keys.destroy("e1", NOW, "JV-2026-14")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)


def test_rotation_of_the_kept_key_opens_everything_and_retires_the_old_key(tmp_path: Path) -> None:
    before = {name: keys.key_for_writing(name, NOW) for name in ("e1", "e2", "e3")}
    with transaction.atomic():
        keys.destroy("e3", NOW, "order")
    old = keys.current_wrapper().name
    assert keys.rotate() == 2
    assert keys.current_wrapper().name != old
    (tmp_path / "vault_key.old").unlink()
    assert keys.keys_for_reading(["e1", "e2"]) == {"e1": before["e1"], "e2": before["e2"]}
    assert not DataKey.objects.filter(wrapped_by=old).exists()


def test_interrupted_rotation_is_finished_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(old: LocalKey, new: LocalKey, tell: object) -> int:
        raise KeyboardInterrupt

    before = {name: keys.key_for_writing(name, NOW) for name in ("e1", "e2")}
    with monkeypatch.context() as cutting:
        cutting.setattr(keys, "wrap_anew", cut)
        with pytest.raises(KeyboardInterrupt):
            keys.rotate()
    assert keys.keys_for_reading(["e1", "e2"]) == before
    assert keys.rotate() == 2
    assert keys.keys_for_reading(["e1", "e2"]) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["makes a key", "holds a key"])
def test_rotation_waits_for_whoever_is_writing(how: str) -> None:
    keys.key_for_writing("e1", NOW)
    old, rotating = keys.current_wrapper().name, threading.Thread(target=_alone(keys.rotate))
    with acting_as(SYSTEM):
        if how == "makes a key":
            keys.key_for_writing("e2", NOW)
        else:
            DataKey.objects.select_for_update().get(pk="e1")
        rotating.start()
        while rotating.is_alive() and not _somebody_waits():
            pass
    rotating.join()
    assert old not in keys._names_in_use(), "the file of the old key may be deleted now"
    assert set(keys.keys_for_reading(DataKey.objects.values_list("pk", flat=True))) >= {"e1"}


def _alone(work: Callable[[], object]) -> Callable[[], None]:
    """With a database connection of its own, as another process has."""

    def run() -> None:
        work()
        connection.close()

    return run


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_rotation_to_a_key_of_the_environment(settings: object) -> None:
    first, second = new_key_text(), new_key_text()
    settings.ALLHANDS_VAULT_KEY = first  # type: ignore[attr-defined]  # pytest-django's settings take any name
    before = keys.key_for_writing("e1", NOW)
    settings.ALLHANDS_VAULT_KEY = second  # type: ignore[attr-defined]  # as above
    keys._unwrap_bytes.cache_clear()
    with pytest.raises(WrappingFault, match="OLD_KEYS"):
        keys.keys_for_reading(["e1"])
    settings.ALLHANDS_VAULT_OLD_KEYS = [first]  # type: ignore[attr-defined]  # as above
    assert keys.rotate() == 1
    settings.ALLHANDS_VAULT_OLD_KEYS = []  # type: ignore[attr-defined]  # as above
    assert keys.keys_for_reading(["e1"]) == {"e1": before}


def test_key_program_wraps_and_unwraps(settings: object) -> None:
    settings.ALLHANDS_VAULT_PROGRAM = f'{sys.executable} -c "{SERVICE}"'  # type: ignore[attr-defined]  # as above
    settings.ALLHANDS_VAULT_PROGRAM_KEY = "hsm-7"  # type: ignore[attr-defined]  # as above
    key = keys.key_for_writing("e1", NOW)
    kept = DataKey.objects.get(pk="e1")
    assert (bytes(kept.wrapped), kept.wrapped_by) == (key[::-1], "hsm-7")


@pytest.mark.parametrize("script", ["raise SystemExit(3)", "print('no base64')"])
def test_key_program_that_fails_is_named(script: str) -> None:
    with pytest.raises(WrappingFault, match="key program"):
        Program(f'{sys.executable} -c "{script}"', "k").wrap(b"x", "e1")


def test_missing_key_program_is_named() -> None:
    with pytest.raises(WrappingFault, match="cannot be run"):
        Program("/nowhere/program", "k").wrap(b"x", "e1")


def test_silent_key_program_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "_PROGRAM_SECONDS", 0.05)
    with pytest.raises(TryLater):
        Program(f'{sys.executable} -c "import time; time.sleep(60)"', "k").wrap(b"x", "e1")


def test_a_lost_connection_is_not_told_as_somebody_who_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    keys.key_for_writing("e1", NOW)
    tries: list[int] = []

    def lost() -> set[str]:
        tries.append(1)
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(keys, "_names_in_use", lost)
    with pytest.raises(OperationalError, match="is lost"):
        keys._names_settled()
    assert len(tries) == 1


@pytest.mark.parametrize("text", ["", "?", "AAAA"])
def test_spoilt_key_is_refused(text: str) -> None:
    with pytest.raises(WrappingFault):
        parse_key(text)


def test_name_of_a_key_tells_nothing_of_it() -> None:
    assert LocalKey(bytes(32)).name == "local-" + LocalKey(bytes(32)).name[6:]
    assert LocalKey(bytes(32)).name != LocalKey(bytes(31) + b"x").name


def test_sealed_key_is_out_of_reach_and_moves_with_a_rotation() -> None:
    before = keys.key_for_writing("e1", NOW)
    with acting_as(SYSTEM):
        keys.seal("e1", NOW, "JV-2026-14")
    for ask in (lambda: keys.keys_for_reading(["e1"]), lambda: keys.key_for_writing("e1", NOW)):
        with pytest.raises(Sealed):
            ask()
    told: list[int] = []
    assert keys.rotate(told.append) == 1
    assert told == [1]
    with acting_as(SYSTEM):
        kept = SealedKey.objects.get()
        assert keys.current_wrapper().unwrap(bytes(kept.wrapped), "e1") == before


def test_keys_at_hand_are_asked_for_once_and_forgotten_when_destroyed(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for name in ("e1", "e2"):
        keys.key_for_writing(name, NOW)
    with django_assert_num_queries(1), keys.at_hand(["e1", "e2"]):
        assert keys.keys_for_reading(["e1"]) | keys.keys_for_reading(["e2"])
    with transaction.atomic(), keys.at_hand(["e1"]):
        keys.destroy("e1", NOW, "JV-2026-14")
        with pytest.raises(Sealed):
            keys.keys_for_reading(["e1"])
