"""What was sealed or destroyed is remembered outside the database, by whichever act."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import keys, shut_list
from allhands.platform.vault.shut_list import How, ListFault, Shut

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.ALLHANDS_DATA_DIR = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings take any name
    settings.ALLHANDS_VAULT_KEY = ""  # type: ignore[attr-defined]  # as above


def test_each_act_is_remembered_once_it_is_done() -> None:
    with acting_as(SYSTEM):
        keys.destroy("e1", NOW, "step 7")
        keys.seal("e2", NOW, "docket 8")
        assert not shut_list.is_kept_here()
    assert shut_list.kept_here() == {"e1": Shut(How.DESTROYED), "e2": Shut(How.SEALED)}
    with acting_as(SYSTEM):
        keys.destroy("e2", NOW, "step 9")
    assert shut_list.kept_here() == {"e1": Shut(How.DESTROYED), "e2": Shut(How.DESTROYED)}


def test_what_did_not_happen_is_not_remembered() -> None:
    with acting_as(SYSTEM):
        keys.destroy("e1", NOW, "step 7")
        transaction.set_rollback(True)
    shut_list.remember()
    assert shut_list.kept_here() == {}


def test_destroyed_stays_on_the_list_and_sealed_follows_the_database(tmp_path: Path) -> None:
    (tmp_path / "shut").write_text("allhands shut records 1\ndestroyed e1\nsealed e2\n")
    monkey = shut_list.read(tmp_path / "shut")
    shut_list.keep_waiting(monkey)
    assert shut_list.waiting() == {"e1": Shut(How.DESTROYED), "e2": Shut(How.SEALED)}
    (tmp_path / "shut").replace(shut_list._file())
    shut_list.end_waiting()
    shut_list.remember()
    assert shut_list.kept_here() == {"e1": Shut(How.DESTROYED)}


def test_it_holds_no_order_and_is_for_its_own_user_only() -> None:
    with transaction.atomic():
        keys.destroy("e1", NOW, "In re J.")
    file = shut_list._file()
    assert file.read_text() == "allhands shut records 1\ndestroyed e1\n"
    assert oct(file.stat().st_mode)[-3:] == "600"


def test_a_machine_that_holds_records_knows_that_nothing_was_shut() -> None:
    shut_list.remember()
    assert not shut_list.is_kept_here(), "without a record nobody knows anything"
    keys.key_for_writing("e1", NOW)
    shut_list.remember()
    assert (shut_list.is_kept_here(), shut_list.kept_here()) == (True, {})


def test_while_a_restore_waits_nothing_is_remembered() -> None:
    shut_list.keep_waiting({})
    with transaction.atomic():
        keys.destroy("e1", NOW, "step 7")
    assert not shut_list.is_kept_here(), "the backup may have opened what the list would lose"
    shut_list.end_waiting()
    shut_list.remember()
    assert shut_list.kept_here() == {"e1": Shut(How.DESTROYED)}


def test_a_damaged_list_is_told_and_left_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    shut_list._file().write_text("allhands shut records 1\ndestroyed e1\nopened e2\n")
    with transaction.atomic():
        keys.destroy("e3", NOW, "step 7")
    assert "vault.shut_records_damaged" in caplog.text
    assert shut_list._file().read_text().endswith("opened e2\n")


def test_two_threads_write_no_file_of_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []
    opened, both = os.open, threading.Barrier(2)

    def noted(file: Path, flags: int, mode: int) -> int:
        written.append(file)
        return opened(file, flags, mode)

    monkeypatch.setattr(os, "open", noted)

    def write() -> None:
        both.wait()
        shut_list.keep_waiting({})
        both.wait()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(written)) == 2


def test_lists_are_merged_and_destroyed_wins() -> None:
    sealed, gone, by_order = Shut(How.SEALED), Shut(How.DESTROYED), Shut(How.DESTROYED, "step 7")
    lists = {"e1": gone, "e2": sealed, "e4": gone}, {"e1": sealed, "e2": gone, "e3": sealed, "e4": sealed}
    assert shut_list.merged(*lists, {"e1": by_order}) == {"e1": by_order, "e2": gone, "e3": sealed, "e4": gone}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("allhands", "another"),
        lambda text: "",
        lambda text: text + "opened e3\n",
        lambda text: text + "destroyed \n",
        lambda text: text + "destroyed e3 and more\n",
        lambda text: text + "destroyed \xe9\n",
        lambda text: text[:-4],
    ],
    ids=["another head", "empty", "another word", "no record", "more words", "other letters", "cut off"],
)
def test_a_list_is_read_whole_or_not_at_all(tmp_path: Path, spoil: Callable[[str], str]) -> None:
    file = tmp_path / "list"
    file.write_bytes(spoil("allhands shut records 1\ndestroyed e1\n").encode("latin-1"))
    with pytest.raises(ListFault):
        shut_list.read(file)
