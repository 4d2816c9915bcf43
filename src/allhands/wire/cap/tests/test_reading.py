"""Hostile documents are refused kindly; older versions and lists are read."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from lxml import etree

from allhands.wire import cap
from allhands.wire.cap import schemas
from allhands.wire.cap.tests.bad_alerts import GOOD

HERE = Path(__file__).parent
_BODY = GOOD.partition("?>\n")[2]

HOSTILE = {
    "external entity": ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _BODY, "cap.xml-doctype"),
    "billion laughs": (
        "<!DOCTYPE a ["
        + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
        + "]>"
        + _BODY,
        "cap.xml-doctype",
    ),
    "remote document type": ('<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd">' + _BODY, "cap.xml-doctype"),
    "ten thousand deep": ("<a>" * 10_000 + "</a>" * 10_000, "cap.xml-too-deep"),
    "fifty megabytes": (GOOD.replace("Green coat", "x" * 50_000_000), "cap.xml-too-large"),
    "a million elements": ("<a>" + "<b/>" * 300_000 + "</a>", "cap.xml-too-large"),
}
NOT_CAP = {
    "empty": (b"", "cap.xml-malformed"),
    "binary": (bytes(range(256)), "cap.xml-malformed"),
    "cut off": (GOOD.encode()[:700], "cap.xml-malformed"),
    "another language": (b"<html><body/></html>", "cap.not-cap"),
    "no namespace": (GOOD.replace(' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', "").encode(), "cap.not-cap"),
    "a version of the future": (GOOD.replace("cap:1.2", "cap:1.9").encode(), "cap.not-cap"),
    "unknown encoding": (GOOD.replace("UTF-8", "nope").encode(), "cap.xml-malformed"),
}


@pytest.mark.parametrize(("document", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_document_is_refused(document: str, code: str) -> None:
    with pytest.raises(cap.CapError) as refused:
        cap.decode(document.encode())
    assert (refused.value.finding.code, refused.value.unreadable) == (code, False)


@pytest.mark.parametrize(("data", "code"), NOT_CAP.values(), ids=NOT_CAP.keys())
def test_other_bytes_are_unreadable(data: bytes, code: str) -> None:
    with pytest.raises(cap.CapError) as unreadable:
        cap.decode(data)
    assert (unreadable.value.finding.code, unreadable.value.unreadable) == (code, True)


def test_comments_and_sections_are_part_of_no_text() -> None:
    document = GOOD.replace("Green coat", "Green<!-- really --> <![CDATA[coat]]>")
    alert = cap.decode(document.encode()).alert
    assert alert is not None
    assert alert.infos[0].description == "EXERCISE. Green coat."


def test_latin1_document_is_read() -> None:
    document = GOOD.replace("UTF-8", "ISO-8859-1").replace("Green coat", "Niña")
    alert = cap.decode(document.encode("latin-1")).alert
    assert alert is not None
    assert alert.infos[0].description == "EXERCISE. Niña."


def test_broken_optional_value_is_left_out() -> None:
    decoded = cap.decode(GOOD.replace("35.0,-110.0 36.9", "here 36.9").encode())
    assert decoded.alert is not None
    assert decoded.alert.infos[0].areas[0].polygons == ()
    assert [finding.code for finding in decoded.findings] == ["cap.polygon-form"]


def test_broken_required_value_leaves_no_alert() -> None:
    checked = cap.check(GOOD.replace("<status>Exercise", "<status>Maybe").encode())
    assert checked.alert is None
    assert not checked.accepted


CAP10 = """<alert xmlns="http://www.incident.com/cap/1.0"><identifier>43b080713727</identifier>
<sender>hsas@example.gov</sender><sent>2003-04-02T14:39:01-05:00</sent><status>Actual</status><msgType>Update</msgType>
<password>old</password><references>43b080713726/hsas@example.gov</references><info><category>Safety</category>
<event>Update</event><urgency>Unknown</urgency><severity>Unknown</severity><certainty>Very Likely</certainty>
<eventCode>SAME=CAE</eventCode><parameter>HSAS=ORANGE</parameter>
<area><areaDesc>U.S.</areaDesc><geocode>G1=v1</geocode></area></info></alert>"""


def test_cap_10_is_read() -> None:
    checked = cap.check(CAP10.encode())
    assert checked.accepted
    assert checked.alert is not None
    info = checked.alert.infos[0]
    assert (checked.version, checked.alert.scope, info.certainty) == (cap.CapVersion.V1_0, None, cap.Certainty.LIKELY)
    assert info.event_codes == (cap.ValuePair(name="SAME", value="CAE"),)
    assert checked.alert.references[0].sent_at is None


def test_cap_10_without_equals_sign_is_refused() -> None:
    codes = [finding.code for finding in cap.check(CAP10.replace("SAME=CAE", "CAE").encode()).findings]
    assert "cap.pair" in codes


def test_one_bad_alert_does_not_lose_the_rest() -> None:
    alerts = _BODY + _BODY.replace("EX-1", "EX 2") + _BODY.replace("EX-1", "EX-3")
    feed = cap.decode_feed(f'<f:alerts xmlns:f="http://gov.fema.ipaws.services/feed">{alerts}</f:alerts>'.encode())
    identifiers = [entry.decoded.alert.identifier for entry in feed.entries if entry.decoded and entry.decoded.alert]
    assert identifiers == ["EX-1", "EX 2", "EX-3"]
    assert [bool(entry.decoded and entry.decoded.findings) for entry in feed.entries] == [False, True, False]
    assert cap.decode(feed.entries[2].data).alert == (feed.entries[2].decoded and feed.entries[2].decoded.alert)


_SIGNATURE = '<d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#"/></alert>'


def test_signed_alerts_of_a_list_are_accepted_each() -> None:
    signed = _BODY.replace("</alert>", _SIGNATURE)
    for alerts in (signed, signed + signed.replace("EX-1", "EX-2")):
        data = f'<f:alerts xmlns:f="http://gov.fema.ipaws.services/feed">{alerts}</f:alerts>'.encode()
        checked = cap.check_any(data)
        assert isinstance(checked, cap.CheckedFeed)
        assert checked.findings == ()
        assert all(alert.signed for alert in checked.alerts)


def test_signed_alert_of_11_is_accepted() -> None:
    document = GOOD.replace("cap:1.2", "cap:1.1").replace("</alert>", _SIGNATURE)
    checked = cap.check(document.encode())
    assert checked.signed
    assert [finding.code for finding in checked.findings] == ["cap.older-version"]


def test_signature_inside_another_element_is_none() -> None:
    checked = cap.check(GOOD.replace("</info>", _SIGNATURE.replace("</alert>", "</info>")).encode())
    assert not checked.signed
    assert "cap.element-unknown" in [finding.code for finding in checked.findings]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ('<feed xmlns="http://www.w3.org/2005/Atom"><id>i</id><title>t</title><entry/></feed>', "cap.feed.no-alert"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title></feed>', "cap.feed.element-missing"),
        ("<rss><channel><title>t</title><item><title>x</title></item></channel></rss>", "cap.feed.no-alert"),
        ("<rss/>", "cap.feed.element-missing"),
        ('<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"/>', "cap.feed.schema"),
    ],
)
def test_bad_list_is_found(document: str, code: str) -> None:
    assert code in [finding.code for finding in cap.decode_feed(document.encode()).findings]


@pytest.mark.parametrize("media_type", ["application/cap+xml", "Application/CAP+xml; charset=utf-8"])
def test_link_to_an_alert_is_known_by_its_type(media_type: str) -> None:
    links = f'<link href="https://a.example/"/><link href="https://a.example/1.cap" type="{media_type}"/>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{links}</entry></feed>'
    assert [entry.link for entry in cap.decode_feed(atom.encode()).entries] == ["https://a.example/1.cap"]
    outside = f"<mimeType>{media_type}</mimeType><uri>https://a.example/1.cap</uri>"
    content = f"<contentObject><nonXMLContent>{outside}</nonXMLContent></contentObject>"
    edxl = f'<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0">{content}</EDXLDistribution>'
    assert [entry.link for entry in cap.decode_feed(edxl.encode()).entries] == ["https://a.example/1.cap"]


@pytest.mark.parametrize("prefix", ["", "c:"], ids=["plain", "prefixed"])
@pytest.mark.parametrize(
    ("tag", "path"),
    [("info", "/info[1]"), ("area", "/info[1]/area[1]"), ("uri", "/info[1]/resource[1]/uri"), ("alert", "")],
)
def test_attribute_is_found_with_its_path(tag: str, path: str, prefix: str) -> None:
    namespace = cap.CapVersion.V1_2.value
    body = re.sub("<(/?)(?=[a-zA-Z])", rf"<\1{prefix}", _BODY.replace(f' xmlns="{namespace}"', ""))
    body = body.replace("alert>", f'alert xmlns{":" if prefix else ""}{prefix.rstrip(":")}="{namespace}">', 1)
    broken = re.sub(f"(?<=[<:]){tag}(?=[ >])", f'{tag} strange="1"', body, count=1)
    [alone] = cap.decode(broken.encode()).findings
    assert (alone.path, alone.code) == (f"/alert{path}", "cap.attribute-unknown")
    listed = f'<f:alerts xmlns:f="http://gov.fema.ipaws.services/feed">{body}{broken}</f:alerts>'.encode()
    second = cap.decode_feed(listed).entries[1].decoded
    assert second is not None
    assert [finding.path for finding in second.findings] == [f"/alerts/alert[2]{path}"]


def test_what_the_schema_of_a_list_finds_has_its_path() -> None:
    document = (HERE.parents[4] / "tests/conformance/wire/data/cap/bushfire_valid.edxlde").read_bytes()
    for old, new, path in (
        (b"<edxlde:contentObject>", b'<edxlde:contentObject strange="1">', "/contentObject[1]"),
        (
            b"<edxlde:contentDescription>",
            b'<edxlde:contentDescription strange="1">',
            "/contentObject[1]/contentDescription",
        ),
        (b"<edxlde:distributionType>", b"<edxlde:distributionType>x", "/distributionType"),
    ):
        assert old in document
        [finding] = cap.decode_feed(document.replace(old, new, 1)).findings
        assert (finding.path, finding.code) == (f"/EDXLDistribution{path}", "cap.feed.schema")


def test_signature_stands_last() -> None:
    signed = GOOD.replace("<info>", _SIGNATURE.replace("</alert>", "<info>"))
    assert [(one.path, one.code) for one in cap.decode(signed.encode()).findings] == [
        ("/alert/info[1]", "cap.element-order")
    ]


@pytest.mark.parametrize("tag", ["parameter", "contentObject", "keyword", "senderRole", "targetArea", "embedded"])
def test_twenty_thousand_faults_are_told_soon(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema's reader takes time with the square of its faults, so that it must not be asked about all."""
    asked: list[int] = []
    whole = schemas.load_schema

    def counting(name: str) -> object:
        schema = whole(name)

        class Counted:
            error_log = property(lambda _self: schema.error_log)

            def validate(self, root: etree._Element) -> bool:
                asked.append(sum(1 for _ in root.iter()))
                return schema.validate(root)

        return Counted()

    monkeypatch.setattr(schemas, "load_schema", counting)
    if tag == "parameter":
        pair = "<valueName>a</valueName><value>b</value>"
        body = GOOD.replace("<resource>", f"<parameter>{pair}</parameter>" * 20_000 + "<resource>")
        assert cap.check(body.encode()).findings == ()
    else:
        inside = f"<{tag} x='1'/>" * 20_000
        if tag == "embedded":
            fault = '<x:a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="x:b"/>'
            content = f"<embeddedXMLContent>{fault * 20_000}</embeddedXMLContent>"
            inside = f"<contentObject><xmlContent>{content}</xmlContent></contentObject>"
        body = f'<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0" xmlns:x="urn:x">{inside}'
        codes = {finding.code for finding in cap.decode_feed(f"{body}</EDXLDistribution>".encode()).findings}
        assert codes & {"cap.feed.schema", "cap.feed.schema-not-asked"}
    assert max(asked, default=0) <= schemas.MOST_ELEMENTS


def test_long_alerts_in_a_list_keep_its_schema_from_nothing() -> None:
    document = (HERE.parents[4] / "tests/conformance/wire/data/cap/bushfire_valid.edxlde").read_bytes()
    broken = document.replace(b"<edxlde:contentObject>", b'<edxlde:contentObject strange="1">', 1)
    namespace = cap.CapVersion.V1_2.value
    faults = f'<x:code xmlns:x="{namespace}" strange="1"/>' * (schemas.MOST_ELEMENTS + 1)
    long = broken.replace(b"</edxlde:embeddedXMLContent>", faults.encode() + b"</edxlde:embeddedXMLContent>", 1)
    inside = broken.replace(b"</cap:alert>", faults.encode() + b"</cap:alert>", 1)
    assert cap.decode_feed(inside).findings == cap.decode_feed(broken).findings != ()
    assert "cap.feed.schema-not-asked" in [finding.code for finding in cap.decode_feed(long).findings]


def test_old_word_is_read_where_its_schema_had_it() -> None:
    document = GOOD.replace("cap:1.2", "cap:1.1").replace("Observed", "Very Likely").encode()
    codes = [(finding.path, finding.code) for finding in cap.decode(document).findings]
    assert codes == [("/alert/info[1]/certainty", "cap.word-unknown")]


def test_schemas_are_the_official_ones() -> None:
    folder = HERE.parent / "schema"
    expected = dict(
        re.findall(r"^\| (\S+\.xsd) .* ([0-9a-f]{64}) \|$", (folder / "ORIGIN.md").read_text(), re.MULTILINE)
    )
    actual = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.xsd")}
    assert actual == expected
