"""The commands of a nation's own key, as somebody at the nation runs them."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allhands.cli import make_app
from allhands.platform.vault import nation_box

PASSWORD = "four plain old words"
runner = CliRunner()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "key.pem"
    made = runner.invoke(make_app(), ["nation-key", "make", str(file)], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    return file


def test_a_key_is_made_for_its_own_user_and_shown_again(key: Path) -> None:
    assert key.stat().st_mode & 0o077 == 0
    shown = runner.invoke(make_app(), ["nation-key", "show", str(key)], input=f"{PASSWORD}\n").output
    private = nation_box.read_private(key.read_text(encoding="ascii"), PASSWORD)
    assert nation_box.public_line(private) in shown
    assert nation_box.fingerprint(nation_box.parse_public(nation_box.public_line(private))) in shown
    assert "PRIVATE" not in shown


def test_a_key_is_never_written_over(key: Path) -> None:
    before = key.read_bytes()
    again = runner.invoke(make_app(), ["nation-key", "make", str(key)], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert key.read_bytes() == before


def test_a_short_password_and_a_wrong_one_are_refused(key: Path, tmp_path: Path) -> None:
    short = runner.invoke(make_app(), ["nation-key", "make", str(tmp_path / "b.pem")], input="short\nshort\n")
    assert short.exit_code == 1
    assert not (tmp_path / "b.pem").exists()
    wrong = runner.invoke(make_app(), ["nation-key", "show", str(key)], input="another password\n")
    assert wrong.exit_code == 1
    assert "does not open with this password" in wrong.output


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="nothing in it"),
        pytest.param('{"records": 1}', id="no records"),
        pytest.param("[" * 10_000, id="deep"),
    ],
)
def test_what_is_no_export_is_refused_in_words(key: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "export.json"
    file.write_text(text, encoding="utf-8")
    words = ["nation-key", "open", str(file), "--key", str(key), "--out", str(tmp_path / "out.json")]
    result = runner.invoke(make_app(), words, input=f"{PASSWORD}\n")
    assert result.exit_code == 1
    assert "allhands: This file is" in result.output
    assert not (tmp_path / "out.json").exists()


def test_what_another_key_closed_stays_closed_and_is_named(key: Path, tmp_path: Path) -> None:
    place = nation_box.about("e", "f", "s")
    other = nation_box.parse_public(nation_box.public_line(nation_box.new_private()))
    box = base64.b64encode(nation_box.seal(b"{}", other, place)).decode()
    file, out = tmp_path / "export.json", tmp_path / "out.json"
    field = {"field": "f", "statement": "s", "sealed": box}
    file.write_text(json.dumps({"records": [{"episode": "e", "fields": [field]}]}), encoding="utf-8")
    words = ["nation-key", "open", str(file), "--key", str(key), "--out", str(out)]
    result = runner.invoke(make_app(), words, input=f"{PASSWORD}\n")
    assert result.exit_code == 1
    assert "which is not among these" in result.output
    assert json.loads(out.read_text(encoding="utf-8"))["records"][0]["fields"] == [field]


def test_the_commands_need_no_django_and_no_database() -> None:
    code = "import sys, allhands.cli.nation_key; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
