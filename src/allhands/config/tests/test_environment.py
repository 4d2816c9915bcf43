"""Settings are read strictly, and a wrong one is named with what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from allhands.config.environment import env_bool, env_choice, env_int, env_secret, env_text


@pytest.mark.parametrize(("text", "value"), [("true", True), ("ON", True), ("0", False), ("no", False), ("", True)])
def test_truth_in_the_words_people_use(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("A", text)
    assert env_bool("A", True) is value


@pytest.mark.parametrize("text", ["-1", "two", "1.5", "0"])
def test_bad_number_is_named(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("A_PORT", text)
    with pytest.raises(ImproperlyConfigured, match=r"A_PORT is .* whole number, 1 or more"):
        env_int("A_PORT", 5, minimum=1)


def test_unknown_word_is_answered_with_those_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_WORLD", "production")
    with pytest.raises(ImproperlyConfigured, match=r"A_WORLD is 'production'\. It may be: live, demo"):
        env_choice("A_WORLD", "live", ("live", "demo"))
    monkeypatch.setenv("A_WORLD", "maybe")
    with pytest.raises(ImproperlyConfigured, match="true or false"):
        env_bool("A_WORLD", True)


def test_default_when_absent() -> None:
    assert (env_text("A_MISSING", "x"), env_int("A_MISSING", 3), env_secret("A_MISSING")) == ("x", 3, "")


def test_secret_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.setenv("A_FILE", str(tmp_path / "key"))
    assert env_secret("A") == "s3cret"


def test_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("A", "x")
    monkeypatch.setenv("A_FILE", str(tmp_path / "key"))
    with pytest.raises(ImproperlyConfigured, match="Keep one"):
        env_secret("A")


def test_secret_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("A_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match=r"A_FILE names .*absent, which cannot be read"):
        env_secret("A")
