"""`allhands wire`: judges alerts and texts by their standards, one JSON line an item. Never imports Django."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Final, Literal

import typer

from allhands.cli.wire_values import Json, alert_value, feed_value, header_value, message_value, records_value
from allhands.kernel.findings import Finding, Level
from allhands.kernel.instants import parse_instant
from allhands.wire import cap, multi, pfif, same, wea
from allhands.wire.errors import CodecError, EncodeRefused
from allhands.wire.hardened_xml import ONE_FEED

REFUSED_EXIT: Final = 1
UNREADABLE_EXIT: Final = 2

Files = Annotated[list[str], typer.Argument(help="Files to judge; - is standard input.", metavar="FILE…")]
Texts = Annotated[list[str] | None, typer.Argument(help="Texts to judge.", metavar="[TEXT…]")]
Lines = Annotated[bool, typer.Option("--jsonl", help="Read JSON strings, one a line, from standard input.")]
ProfileName = Annotated[Literal["cap12", "ipaws10"], typer.Option("--profile", help="The rules to judge by.")]
Limit = Annotated[Literal["90", "360"], typer.Option("--limit", help="Characters that fit.")]


def _known_sign(name: str) -> str:
    if name and name not in multi.SIGNS:
        raise typer.BadParameter(f"known signs are {', '.join(sorted(multi.SIGNS))}")
    return name


SignName = Annotated[str, typer.Option("--sign", callback=_known_sign, help="A sign type it must fit.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was found about one item. `unreadable` when there was nothing of the standard to judge."""

    findings: tuple[Finding, ...]
    value: Json = None
    unreadable: bool = False

    @property
    def verdict(self) -> str:
        levels = {finding.level for finding in self.findings}
        if self.unreadable:
            return "unreadable"
        if Level.ERROR in levels:
            return "refuse"
        return "warn" if Level.WARNING in levels else "accept"


def register(app: typer.Typer) -> None:
    """Adds the group `wire` to the command line."""
    wire = typer.Typer(help="Judge alerts and texts by their standards.", no_args_is_help=True)
    groups: dict[str, dict[str, Callable[..., None]]] = {
        "cap": {"check": check_cap},
        "wea": {"check": check_wea},
        "same": {"decode": decode_same, "encode": encode_same},
        "multi": {"check": check_multi},
        "pfif": {"check": check_pfif},
    }
    for name, commands in groups.items():
        group = typer.Typer(no_args_is_help=True, help=_HELP[name])
        for command, function in commands.items():
            group.command(command)(function)
        wire.add_typer(group, name=name)
    app.add_typer(wire, name="wire")


_HELP: Final = {
    "cap": "CAP alerts and lists of alerts.",
    "wea": "Texts of wireless alerts.",
    "same": "SAME headers, as text.",
    "multi": "Texts of highway signs.",
    "pfif": "PFIF records.",
}


def check_cap(files: Files, profile: ProfileName = "cap12") -> None:
    """Judges CAP alerts and lists of alerts (Atom, RSS, EDXL-DE, IPAWS)."""
    _report((name, _judge_file(name, lambda data: _judge_cap(data, cap.PROFILES[profile]))) for name in files)


def check_pfif(files: Files) -> None:
    """Judges PFIF documents of versions 1.1 to 1.4."""
    _report((name, _judge_file(name, _judge_pfif)) for name in files)


def check_wea(texts: Texts = None, limit: Limit = "360", jsonl: Lines = False) -> None:
    """Judges texts of wireless alerts and suggests letters every phone can show."""
    _report_texts(texts, jsonl, lambda text: _judge_wea(text, int(limit)))


def decode_same(texts: Texts = None, jsonl: Lines = False) -> None:
    """Reads SAME headers."""
    _report_texts(texts, jsonl, _judge_same)


def encode_same(texts: Texts = None, jsonl: Lines = False) -> None:
    """Writes SAME headers from JSON objects, in the form that `decode` gives."""
    _report_texts(texts, jsonl, _encode_same)


def check_multi(texts: Texts = None, sign: SignName = "", jsonl: Lines = False) -> None:
    """Judges texts of highway signs; with --sign, also whether they fit."""
    _report_texts(texts, jsonl, lambda text: _judge_multi(text, multi.SIGNS.get(sign)))


def _report_texts(texts: Sequence[str] | None, jsonl: bool, judge: Callable[[str], Judgement]) -> None:
    if bool(texts) == jsonl:
        raise typer.BadParameter("give either texts, or --jsonl and JSON strings on standard input")
    items = _from_lines(judge) if jsonl else ((text, _judged(judge, text)) for text in texts or ())
    _report(items)


def _from_lines(judge: Callable[[str], Judgement]) -> Iterator[tuple[str, Judgement]]:
    for number, line in enumerate(sys.stdin.buffer):
        # Some editors begin a file with a byte order mark.
        stripped = line.strip() if number else line.removeprefix(codecs.BOM_UTF8).strip()
        if stripped:
            yield _from_line(stripped, judge)


def _from_line(line: bytes, judge: Callable[[str], Judgement]) -> tuple[str, Judgement]:
    try:
        text = line.decode("utf-8")
        item: Json = json.loads(text)
    except (ValueError, RecursionError):
        return line.decode("utf-8", errors="replace"), _unreadable("input", "The line is no JSON string in UTF-8.")
    if isinstance(item, str):
        return item, _judged(judge, item)
    if isinstance(item, dict) and judge is _encode_same:
        # A header to write may stand as an object as well as inside a string.
        return text, _judged(judge, text)
    return text, _unreadable("input", "The line is JSON, but no string. Put double quotes around the text.")


def _judged(judge: Callable[[str], Judgement], text: str) -> Judgement:
    try:
        return judge(text)
    except CodecError as error:
        return Judgement(findings=(error.finding,), unreadable=error.unreadable)


def _judge_file(name: str, judge: Callable[[bytes], Judgement]) -> Judgement:
    try:
        data = _read(name)
    except IsADirectoryError:
        return _unreadable("file", "This is a folder. Name the files in it, such as alerts/*.cap.")
    except OSError as error:
        return _unreadable("file", f"The file cannot be read: {error.strerror}.")
    try:
        return judge(data)
    except CodecError as error:
        return Judgement(findings=(error.finding,), unreadable=error.unreadable)


def _read(name: str) -> bytes:
    """The file's bytes, one more than are ever judged at most; `-` is standard input."""
    if name == "-":
        return sys.stdin.buffer.read(ONE_FEED.max_bytes + 1)
    with open(name, "rb") as file:
        return file.read(ONE_FEED.max_bytes + 1)


def _unreadable(code: str, message: str) -> Judgement:
    finding = Finding(path="/", code=f"cli.{code}", level=Level.ERROR, message=message)
    return Judgement(findings=(finding,), unreadable=True)


def _judge_cap(data: bytes, profile: cap.Profile) -> Judgement:
    checked = cap.check_any(data, profile=profile)
    value = alert_value(checked) if isinstance(checked, cap.Checked) else feed_value(checked)
    return Judgement(findings=checked.findings, value=value)


def _judge_pfif(data: bytes) -> Judgement:
    decoded = pfif.decode(data)
    return Judgement(findings=decoded.findings, value=records_value(decoded))


def _judge_wea(text: str, limit: int) -> Judgement:
    suggestion = wea.suggest(text if len(text) <= wea.MAX_LENGTH else "")
    value: Json = {
        "characters": len(text),
        "septets": wea.count_septets(text),
        "limit": limit,
        "suggestion": suggestion.text if suggestion.replacements else None,
        "replacements": [
            {"position": change.position, "original": change.original, "replacement": change.replacement}
            for change in suggestion.replacements
        ],
    }
    return Judgement(findings=wea.validate(text, limit=limit), value=value)


def _judge_same(text: str) -> Judgement:
    decoded = same.decode(text)
    return Judgement(findings=decoded.findings, value=header_value(decoded.header))


def _encode_same(text: str) -> Judgement:
    try:
        header = _parse_header(json.loads(text))
    except RecursionError:
        return _unreadable("header", f"No header can be made of it: too many brackets. {_HEADER_FORM}")
    except KeyError as error:
        return _unreadable("header", f"No header can be made of it: {error.args[0]} is missing. {_HEADER_FORM}")
    except (ValueError, TypeError) as error:
        return _unreadable("header", f"No header can be made of it: {error}. {_HEADER_FORM}")
    try:
        encoded = same.encode(header)
    except EncodeRefused as refused:
        return Judgement(findings=refused.findings)
    return Judgement(findings=same.validate(header), value=encoded)


_HEADER_FORM: Final = (
    'Write {"originator": "CIV", "event": "MEP", "locations": ["004001"], "valid_for_minutes": 360, '
    '"issued_at": "2026-03-07T14:14:00Z" or "issued": "0661414", "sender": "AZDPS"}.'
)


def _parse_header(raw: Json) -> same.SameHeader:
    """A header from its JSON.

    Raises:
        ValueError, TypeError, KeyError: a key is missing or of another kind.
    """
    if not isinstance(raw, dict):
        raise TypeError("it is no JSON object")
    locations, minutes = raw["locations"], raw["valid_for_minutes"]
    if not isinstance(locations, list) or not isinstance(minutes, int) or isinstance(minutes, bool):
        raise TypeError("locations is a list, valid_for_minutes a whole number")
    return same.SameHeader(
        originator=_text(raw["originator"]),
        event=_text(raw["event"]),
        locations=tuple(same.Location(code=_text(code)) for code in locations),
        # Beyond a hundred hours every number is as wrong as the next; a period cannot hold them all.
        valid_for=timedelta(minutes=max(-1, min(minutes, 6_001))),
        issued=_parse_issued(raw),
        sender=_text(raw["sender"]),
    )


def _parse_issued(raw: dict[str, Json]) -> same.IssueTime:
    if "issued_at" in raw:
        return same.IssueTime.from_instant(parse_instant(_text(raw["issued_at"])))
    digits = _text(raw["issued"])
    if len(digits) != 7 or not (digits.isascii() and digits.isdigit()):
        raise ValueError("issued has seven digits: day of the year, hours, minutes")
    return same.IssueTime(day=int(digits[:3]), hour=int(digits[3:5]), minute=int(digits[5:]))


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]} must stand in double quotes")
    return value


def _judge_multi(text: str, sign: multi.Sign | None) -> Judgement:
    decoded = multi.decode(text)
    findings = decoded.findings + (multi.fit(decoded.message, sign) if sign else ())
    return Judgement(findings=findings, value=message_value(text, decoded.message, sign))


def _report(items: Iterable[tuple[str, Judgement]]) -> None:
    """Prints one line an item and leaves with 2 if any was unreadable, else 1 if any was refused."""
    verdicts = set()
    for item, judgement in items:
        verdicts.add(judgement.verdict)
        line = {
            "item": item,
            "verdict": judgement.verdict,
            "findings": [_finding(finding) for finding in judgement.findings],
            "value": judgement.value,
        }
        typer.echo(json.dumps(line))
    if "unreadable" in verdicts:
        raise typer.Exit(UNREADABLE_EXIT)
    if "refuse" in verdicts:
        raise typer.Exit(REFUSED_EXIT)


def _finding(finding: Finding) -> Json:
    return {
        "path": finding.path,
        "code": finding.code,
        "level": finding.level.value,
        "message": finding.message,
        "source": finding.source,
    }
