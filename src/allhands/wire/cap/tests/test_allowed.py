"""Unusual and allowed: each row is a rule of CAP, of XML Schema or of XML that a strict reader forgets."""

from __future__ import annotations

import re

import pytest

from allhands.wire import cap
from allhands.wire.cap.tests.bad_alerts import GOOD

SENT = "<sent>2026-03-07T21:14:05-07:00"
RING = "35.0,-110.0 36.9,-110.0 36.9,-109.05 35.0,-109.05 35.0,-110.0"
LANGUAGE = "<language>en-US</language>"
SCOPE = "<scope>Public</scope>"
CODE = "<code>IPAWSv1.0</code>"
PHOTO = "<mimeType>image/jpeg</mimeType><uri>https://example.gov/p.jpg</uri>"
UPDATE = ("<msgType>Alert</msgType>", "<msgType>Update</msgType>")
REFERENCES = "<references>{}</references>"
EARLIER = "amber@example.gov,EX-0,2026-03-07T20:00:00-07:00"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SENT, "<sent> 2026-03-07T21:14:05-07:00\n"),
        (SENT, "<sent>2026-03-06T24:00:00-07:00"),
        (SENT, "<sent>2024-02-29T21:14:05+14:00"),
        (SENT, "<sent>2026-03-07T21:14:05+05:45"),
        (SENT, "<sent>2026-03-08T04:14:05-00:00"),
        ("<expires>", "<onset>2026-03-09T03:14:05-07:00</onset><expires>"),
        ("EX-1<", "urn:oid:2.49.0.1.840.0.1&gt;É<"),
        (LANGUAGE, ""),
        (LANGUAGE, "<language/>"),
        (LANGUAGE, "<language>zh-cmn-Hans</language>"),
        (LANGUAGE, "<language>i-klingon</language>"),
        (LANGUAGE, "<language>x-pig-latin</language>"),
        (LANGUAGE, "<language>de-1901</language>"),
        (SCOPE, f"{SCOPE}<addresses>a@example.org</addresses>"),
        (SCOPE, '<scope>Private</scope><addresses>"one name" two</addresses>'),
        (SCOPE, "<scope>Restricted</scope><restriction>police</restriction>"),
        (SCOPE, f"{SCOPE}<restriction/>"),
        (CODE, f"{CODE}<code>other</code><note>a note</note>"),
        (RING, "35,-110 36,-110 36,-109 35.00,-110.000"),
        (RING, "+35.,-110. 36,-110\n36,-109\t+35.,-110."),
        (RING, ".5,-110 1,-110 1,-109 .5,-110"),
        (RING, "35,-110 35,-110 36,-110 36,-109 35,-110"),
        (RING, "35,-110 35,-109 36,-109 36,-110 35,-110"),
        (RING, "90,179 89,180 88,180 90,179"),
        ("</polygon>", "</polygon><circle>35.5,-110.25  0</circle>"),
        ("</geocode>", "</geocode><altitude>5.5</altitude><ceiling>5.5</ceiling>"),
        (PHOTO, "<mimeType>IMAGE/JPEG</mimeType><size>+12</size>"),
        (PHOTO, "<mimeType>text/html; charset=utf-8</mimeType><uri>https://example.gov/niña#a</uri>"),
        (PHOTO, "<mimeType>application/x-url</mimeType><uri>p.jpg</uri><derefUri>aGVs\n bG8=</derefUri>"),
        ("EX-1</", "E<!-- a comment -->X<![CDATA[-]]>&#49;</"),
        ("<alert", '<?xml-stylesheet href="x"?>\n<alert'),
        ('1.2">', '1.2" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x y.xsd">'),
        ('version="1.0"', 'version="1.1"'),
    ],
)
def test_unusual_alert_is_accepted(old: str, new: str) -> None:
    assert GOOD.count(old), "the change must change something"
    assert cap.check(GOOD.replace(old, new, 1).encode()).findings == ()


@pytest.mark.parametrize("listed", [EARLIER, f"{EARLIER}\n  {EARLIER.replace('EX-0', 'EX-00')}"], ids=["one", "two"])
@pytest.mark.parametrize("profile", cap.PROFILES.values(), ids=lambda profile: profile.name)
def test_update_names_earlier_messages(profile: cap.Profile, listed: str) -> None:
    document = GOOD.replace(*UPDATE).replace(CODE, CODE + REFERENCES.format(listed))
    assert cap.check(document.encode(), profile=profile).findings == ()


def test_prefix_and_encoding_are_the_writers_choice() -> None:
    expected = cap.decode(GOOD.encode()).alert
    prefixed = re.sub("<(/?)(?=[a-zA-Z])", r"<\1c:", GOOD).replace("xmlns=", "xmlns:c=")
    documents = [
        prefixed.encode(),
        GOOD.replace("UTF-8", "UTF-16").encode("utf-16"),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.partition("?>\n")[2].encode(),
    ]
    assert [cap.decode(document).alert for document in documents] == [expected] * 4


def test_end_of_a_day_is_the_next_one() -> None:
    alert = cap.decode(GOOD.replace(SENT, "<sent>2026-02-28T24:00:00-07:00").encode()).alert
    assert alert is not None
    assert alert.sent_at.isoformat() == "2026-03-01T00:00:00-07:00"
    for text in ("2026-02-28T24:00:01-07:00", "9999-12-31T24:00:00-07:00"):
        assert not cap.check(GOOD.replace(SENT, f"<sent>{text}").encode()).accepted


@pytest.mark.parametrize(("version", "accepted"), [("cap:1.1", True), ("cap:1.2", False)])
def test_reference_is_timed_as_its_version_writes_times(version: str, accepted: bool) -> None:
    listed = REFERENCES.format(EARLIER.replace("20:00:00-07:00", "20:00:00.5Z"))
    document = GOOD.replace(*UPDATE).replace(CODE, CODE + listed).replace("cap:1.2", version)
    assert cap.check(document.encode()).accepted is accepted
