"""`allhands wire`: one JSON line an item, and the exit code of the worst."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from allhands.cli import wire

DATA = Path(__file__).parent / "data"
GOOD = "ZCZC-CIV-MEP-004001+0600-0661414-AZDPS   -"
HEADER = {
    "originator": "CIV",
    "event": "MEP",
    "locations": ["004001"],
    "valid_for_minutes": 360,
    "issued_at": "2026-03-07T07:14:00-07:00",
    "sender": "AZDPS",
}


def run(*arguments: str, stdin: str = "") -> tuple[int, list[dict[str, object]]]:
    app = typer.Typer()
    wire.register(app)
    app.command()(lambda: None)
    result = CliRunner().invoke(app, ["wire", *arguments], input=stdin)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def verdicts(lines: list[dict[str, object]]) -> list[object]:
    return [line["verdict"] for line in lines]


def test_cap_check_judges_many_files() -> None:
    names = ["000-valid-cae.cap", "225-update-no-references.cap", "235-polygon-unclosed.cap"]
    files = [str(DATA / "cap" / name) for name in names]
    code, lines = run("cap", "check", *files)
    assert (code, verdicts(lines)) == (1, ["accept", "warn", "refuse"])
    assert [line["item"] for line in lines] == files
    code, lines = run("cap", "check", *files, "--profile", "ipaws10")
    assert (code, verdicts(lines)) == (1, ["accept", "refuse", "refuse"])


def test_cap_check_reads_lists() -> None:
    code, [line] = run("cap", "check", str(DATA / "cap" / "bushfire_valid.edxlde"))
    assert (code, line["verdict"]) == (0, "warn")
    value = line["value"]
    assert isinstance(value, dict)
    assert (value["kind"], len(value["alerts"])) == ("edxl-de", 7)


def test_unreadable_is_worse_than_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no alert")
    (tmp_path / "bomb").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    (tmp_path / "large").write_bytes(b"<a>" + b" " * 11_000_000 + b"</a>")
    names = ["text", "bomb", "large", "absent"]
    code, lines = run("cap", "check", *(str(tmp_path / name) for name in names))
    assert (code, verdicts(lines)) == (2, ["unreadable", "refuse", "refuse", "unreadable"])
    assert all(line["findings"] for line in lines)


def test_wea_check_shows_what_to_write() -> None:
    code, lines = run("wea", "check", "--limit", "90", "Niña", "última", "x" * 91)
    assert (code, verdicts(lines)) == (1, ["accept", "refuse", "refuse"])
    value = lines[1]["value"]
    assert isinstance(value, dict)
    assert value["suggestion"] == "ultima"


def test_lines_come_from_standard_input() -> None:
    code, lines = run("wea", "check", "--limit", "360", "--jsonl", stdin='"a"\n\n"\\ud800"\n7\nnot json\n')
    assert (code, verdicts(lines)) == (2, ["accept", "refuse", "unreadable", "unreadable"])


def test_same_decodes_and_encodes_back() -> None:
    code, [decoded] = run("same", "decode", GOOD)
    assert (code, decoded["verdict"]) == (0, "accept")
    value = decoded["value"]
    assert isinstance(value, dict)
    assert value["location_names"] == ["Apache, Arizona"]
    for header in (value, HEADER):
        code, [encoded] = run("same", "encode", json.dumps(header))
        assert (code, encoded["value"]) == (0, GOOD)
        assert run("same", "encode", "--jsonl", stdin=json.dumps(header))[1][0]["value"] == GOOD
        assert run("same", "encode", "--jsonl", stdin=json.dumps(json.dumps(header)))[1][0]["value"] == GOOD


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"event": "QQQ"}, "refuse"),
        ({"valid_for_minutes": 75}, "refuse"),
        ({"valid_for_minutes": 10**12}, "unreadable"),
        ({"valid_for_minutes": True}, "unreadable"),
        ({"locations": "004001"}, "unreadable"),
        ({"locations": ["004999"]}, "warn"),
        ({"issued_at": "2026-03-07T07:14:00"}, "unreadable"),
        ({"sender": 7}, "unreadable"),
    ],
)
def test_same_encode_judges(changes: dict[str, object], verdict: str) -> None:
    _, [line] = run("same", "encode", json.dumps(HEADER | changes))
    assert line["verdict"] == verdict
    assert bool(line["findings"])


@pytest.mark.parametrize("text", ["[]", "7", "{}", "nonsense", ""])
def test_same_encode_reads_objects_only(text: str) -> None:
    assert verdicts(run("same", "encode", text)[1]) == ["unreadable"]


def test_multi_check_measures_on_a_sign() -> None:
    assert run("multi", "check", "AMBER ALERT")[0] == 0
    code, [line] = run("multi", "check", "--sign", "portable-3x8", "AMBER ALERT")
    assert (code, line["verdict"]) == (1, "refuse")
    assert run("multi", "check", "--sign", "nowhere", "X") == (2, [])


def test_pfif_check_reads_samples() -> None:
    code, lines = run("pfif", "check", *(str(path) for path in sorted((DATA / "pfif").iterdir())))
    assert (code, verdicts(lines)) == (0, ["warn", "warn"])


def test_no_text_is_a_mistake() -> None:
    assert run("wea", "check") == (2, [])
