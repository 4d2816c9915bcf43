"""What `allhands wire` says it read is what another reader finds in the same bytes, whole and in order."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
import typer
from typer.testing import CliRunner

from allhands.cli import wire

DATA = Path(__file__).parent / "data"
Value = Mapping[str, object]
# Elements of our value by the standard's name, as a second reader would list them.
ALERT_TEXTS = {"identifier": "identifier", "sender": "sender", "status": "status", "msgType": "msg_type"} | {
    name: name for name in ("source", "scope", "restriction", "note")
}
INFO_TEXTS = {"senderName": "sender_name"} | {
    name: name
    for name in (
        *("event", "urgency", "severity", "certainty", "audience", "headline", "description", "instruction"),
        *("web", "contact"),
    )
}
CAP_FILES = sorted(path for path in (DATA / "cap").iterdir() if path.suffix in {".cap", ".edxlde", ".atom"})


def values(*arguments: str) -> list[object]:
    app = typer.Typer()
    wire.register(app)
    app.command()(lambda: None)
    lines = CliRunner().invoke(app, ["wire", *arguments]).stdout.splitlines()
    return [json.loads(line)["value"] for line in lines]


def children(element: ET.Element, name: str) -> list[ET.Element]:
    return [child for child in element if child.tag.rpartition("}")[2] == name]


def texts(element: ET.Element, name: str) -> list[str]:
    return [child.text or "" for child in children(element, name)]


def one(element: ET.Element, name: str) -> str | None:
    found = texts(element, name)
    return found[0] or None if found else None


def pairs(element: ET.Element, name: str) -> list[dict[str, str]]:
    found = []
    for child in children(element, name):
        named = child if len(child) else None
        parts = (child.text or "").partition("=")
        first = (one(named, "valueName") or "") if named is not None else parts[0].strip()
        second = (one(named, "value") or "") if named is not None else parts[2].strip()
        found.append({"name": first, "value": second})
    return found


def same_time(text: str | None, value: object) -> bool:
    """CAP's -00:00 is an instant as well; a fraction is dropped."""
    if text is None:
        return value is None
    told = datetime.fromisoformat(cast("str", value))
    meant = datetime.fromisoformat(text)
    return told == meant.replace(microsecond=0) and told.utcoffset() == meant.utcoffset()


def point(text: str) -> dict[str, float]:
    lat, lon = text.split(",")
    return {"lat": float(lat), "lon": float(lon)}


def check_area(element: ET.Element, value: Value) -> None:
    assert value["description"] == texts(element, "areaDesc")[0]
    assert value["polygons"] == [[point(pair) for pair in ring.split()] for ring in texts(element, "polygon")]
    circles = [text.split() for text in texts(element, "circle")]
    assert value["circles"] == [{"center": point(at), "radius_km": float(radius)} for at, radius in circles]
    assert value["geocodes"] == pairs(element, "geocode")
    for name, key in (("altitude", "altitude_ft"), ("ceiling", "ceiling_ft")):
        assert value[key] == (float(text) if (text := one(element, name)) else None)


def check_info(element: ET.Element, value: Value) -> None:
    assert value["language"] == (one(element, "language") or "en-US")
    for name, key in INFO_TEXTS.items():
        assert value[key] == one(element, name), name
    for name, key in (("category", "categories"), ("responseType", "response_types")):
        assert value[key] == texts(element, name)
    for name, key in (("eventCode", "event_codes"), ("parameter", "parameters")):
        assert value[key] == pairs(element, name)
    for name in ("effective", "onset", "expires"):
        assert same_time(one(element, name), value[name]), name
    resources = cast("list[Value]", value["resources"])
    for child, resource in zip(children(element, "resource"), resources, strict=True):
        assert (resource["description"], resource["uri"]) == (texts(child, "resourceDesc")[0], one(child, "uri"))
        assert (resource["mime_type"], resource["digest"]) == (one(child, "mimeType"), one(child, "digest"))
        assert resource["size"] == (int(text) if (text := one(child, "size")) else None)
        assert resource["deref_uri_characters"] == len(one(child, "derefUri") or "")
    for child, area in zip(children(element, "area"), cast("list[Value]", value["areas"]), strict=True):
        check_area(child, area)


def check_alert(element: ET.Element, value: Value) -> None:
    for name, key in ALERT_TEXTS.items():
        assert value[key] == one(element, name), name
    assert same_time(one(element, "sent"), value["sent"])
    assert value["codes"] == texts(element, "code")
    assert value["addresses"] == (one(element, "addresses") or "").split()
    assert value["incidents"] == (one(element, "incidents") or "").split()
    references = cast("list[Value]", value["references"])
    for text, reference in zip((one(element, "references") or "").split(), references, strict=True):
        sender, identifier, sent = text.split(",")
        assert (reference["sender"], reference["identifier"]) == (sender, identifier)
        assert same_time(sent, reference["sent"])
    for child, info in zip(children(element, "info"), cast("list[Value]", value["infos"]), strict=True):
        check_info(child, info)


@pytest.mark.parametrize("path", CAP_FILES, ids=lambda path: path.name)
def test_alerts_are_told_whole(path: Path) -> None:
    [value] = cast("list[Value | None]", values("cap", "check", str(path)))
    inside = [one for one in ET.parse(path).iter() if one.tag.endswith("}alert")]
    if value is None or not inside:
        assert value is None or value["alerts"] == []
        return
    told = cast("list[Value | None]", [value] if value["kind"] == "alert" else value["alerts"])
    for element, alert in zip(inside, told, strict=True):
        if alert is not None:
            check_alert(element, alert)


def test_most_samples_are_told() -> None:
    told = cast("list[Value | None]", values("cap", "check", *map(str, CAP_FILES)))
    assert [path.name for path, value in zip(CAP_FILES, told, strict=True) if value is None] == [
        "200-sent-utc-z.cap",
    ]


@pytest.mark.parametrize("version", ["1.2", "1.4"])
def test_records_are_told_whole(version: str) -> None:
    path = DATA / "pfif" / f"test.pfif-{version}.xml"
    [value] = cast("list[Value]", values("pfif", "check", str(path)))
    older = {"first_name": "given_name", "last_name": "family_name", "found": "author_made_contact"}
    older |= {"home_zip": "home_postal_code", "other": "description"}

    def fields(element: ET.Element) -> dict[str, object]:
        found: dict[str, object] = {}
        for child in element:
            name, text = child.tag.rpartition("}")[2], (child.text or "").strip()
            if name != "note" and text:
                flag = {"true": True, "false": False}.get(text, text) if name == "found" or "made" in name else text
                found[older.get(name, name)] = flag
        return found

    [person] = children(ET.parse(path).getroot(), "person")
    [told] = cast("list[dict[str, object]]", value["persons"])
    notes = cast("list[Value]", told.pop("notes"))
    expected = fields(person)
    if version == "1.2":
        expected |= {"full_name": f"{expected['given_name']} {expected['family_name']}"}
        expected["description"] = str(expected["description"]).removeprefix("description:").strip()
    assert told == expected
    owner = {"person_record_id": expected["person_record_id"]}
    assert notes == [owner | fields(note) for note in children(person, "note")]


def test_sign_is_told_page_by_page_and_line_by_line() -> None:
    text = "[pt30o5]AMBER ALERT[nl][nl]TX ABC1234[np][pt15o][jl2]CALL[jl4]911"
    [value] = cast("list[Value]", values("multi", "check", text, "--sign", "freeway-27x125"))
    assert value["pages"] == [
        {"lines": ["AMBER ALERT", "", "TX ABC1234"], "on_ds": 30, "off_ds": 5},
        {"lines": ["CALL 911"], "on_ds": 15, "off_ds": 0},
    ]
    assert value["text"] == "AMBER ALERT TX ABC1234 CALL 911"


def test_header_is_told_with_its_minutes_and_its_time() -> None:
    [value] = cast("list[Value]", values("same", "decode", "ZCZC-CIV-CAE-004001-504013+0130-3662359-KEWX/NWS-"))
    assert (value["originator_name"], value["event_name"]) == ("Civil authorities", "Child Abduction Emergency")
    assert (value["locations"], value["location_names"]) == (
        ["004001", "504013"],
        ["Apache, Arizona", "Central Maricopa, Arizona"],
    )
    assert (value["valid_for_minutes"], value["issued_day"], value["issued_utc"]) == (90, 366, "23:59")
