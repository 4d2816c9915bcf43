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


def run(*arguments: str, stdin: str | bytes = "") -> tuple[int, list[dict[str, object]]]:
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


@pytest.mark.parametrize(
    "group", [("wea", "check"), ("same", "decode"), ("multi", "check")], ids=lambda group: group[0]
)
@pytest.mark.parametrize(
    "line",
    [b'{"a": 1}', b"[1]", b"null", b"7", b'"\xff"', b"[" * 100_000, b'{"a":' * 100_000, '"text"'.encode("utf-16-le")],
    ids=["object", "list", "null", "number", "not UTF-8", "brackets", "braces", "UTF-16"],
)
def test_line_that_is_no_string_is_unreadable(group: tuple[str, str], line: bytes) -> None:
    code, [bad, _] = run(*group, "--jsonl", stdin=line + b'\n"AMBER"\n')
    assert (code, bad["verdict"]) == (2, "unreadable")


def test_mark_of_an_editor_before_the_first_line_is_passed_over() -> None:
    code, lines = run("wea", "check", "--jsonl", stdin=b'\xef\xbb\xbf"one"\r\n"two"\r\n')
    assert (code, [line["item"] for line in lines]) == (0, ["one", "two"])


def test_texts_are_not_passed_over_for_lines() -> None:
    assert run("wea", "check", "--jsonl", "ú", stdin='"fine"\n') == (2, [])


def test_dash_is_standard_input() -> None:
    data = (DATA / "cap" / "001-valid-mep.cap").read_bytes()
    code, [line] = run("cap", "check", "-", stdin=data)
    assert (code, line["item"], line["verdict"]) == (0, "-", "accept")
    assert verdicts(run("pfif", "check", "-", stdin=b"")[1]) == ["unreadable"]


def test_folder_and_absent_file_are_unreadable_in_words(tmp_path: Path) -> None:
    code, lines = run("cap", "check", str(tmp_path), str(tmp_path / "absent"), "", "/dev/null")
    assert (code, verdicts(lines)) == (2, ["unreadable"] * 4)
    words = [line["findings"][0]["message"] for line in lines]  # type: ignore[index]  # every line has a finding
    assert "Name the files in it" in words[0]
    assert "empty" in words[3]


def test_far_too_long_text_is_refused() -> None:
    for group in (("same", "decode"), ("multi", "check"), ("wea", "check")):
        assert verdicts(run(*group, "--jsonl", stdin=json.dumps("A" * 50_000))[1]) == ["refuse"]


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
        ({"valid_for_minutes": 10**12}, "refuse"),
        ({"valid_for_minutes": -1}, "refuse"),
        ({"valid_for_minutes": 360.5}, "unreadable"),
        ({"valid_for_minutes": True}, "unreadable"),
        ({"locations": "004001"}, "unreadable"),
        ({"locations": ["004999"]}, "warn"),
        ({"issued_at": "2026-03-07T07:14:00"}, "unreadable"),
        ({"issued_at": "0001-01-01T00:00:00+14:00"}, "unreadable"),
        ({"issued_at": "9999-12-31T23:59:59-14:00"}, "unreadable"),
        ({"sender": 7}, "unreadable"),
    ],
)
def test_same_encode_judges(changes: dict[str, object], verdict: str) -> None:
    _, [line] = run("same", "encode", json.dumps(HEADER | changes))
    assert line["verdict"] == verdict
    assert bool(line["findings"])


@pytest.mark.parametrize("text", ["[]", "7", "{}", "nonsense", "", "[" * 50_000])
def test_same_encode_reads_objects_only(text: str) -> None:
    _, [line] = run("same", "encode", text)
    assert line["verdict"] == "unreadable"
    assert "indices" not in str(line["findings"])


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
