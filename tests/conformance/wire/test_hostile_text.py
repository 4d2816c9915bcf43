"""Texts made to be slow: each is judged in well under a second. Read the wrong way, most of them take hours."""

from __future__ import annotations

import unicodedata

import pytest

from allhands.wire import cap, multi, pfif, wea
from allhands.wire.cap.tests.bad_alerts import GOOD

MANY = 200_000
PHOTO = "<uri>https://example.gov/p.jpg</uri>"
RECORD = '<pfif xmlns="http://zesty.ca/pfif/1.4"><person><person_record_id>{}</person_record_id></person></pfif>'
ALERTS = {
    "blanks in a file": (PHOTO, f"<derefUri>A{' ' * MANY}!</derefUri>", "cap.deref-uri-form"),
    "blanks after a media type": ("image/jpeg", f"image/j{' ' * MANY}!", "cap.mime-type-form"),
    "an endless language": ("en-US", f"en{'-a' * MANY}!", "cap.language-form"),
    "an endless tag": ("Green coat", f"&lt;b {'a ' * MANY}&gt;", "cap.text-markup"),
    "an endless address": ("https://alerts", f"https://[{'a' * MANY}", "cap.web-form"),
    "quotes": ("<code>", '<addresses>"' + '"' * MANY + "</addresses><code>", "cap.addresses-form"),
    "digits": ("35.0,", f"{'3' * MANY},", "cap.polygon-form"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), ALERTS.values(), ids=ALERTS.keys())
def test_alert_is_judged(old: str, new: str, code: str) -> None:
    checked = cap.check(GOOD.replace(old, new, 1).encode(), profile=cap.PROFILES["ipaws10"])
    assert code in [finding.code for finding in checked.findings]


@pytest.mark.parametrize("record_id", ["." * MANY, "a." * MANY, "." * MANY + "/"], ids=["dots", "labels", "only dots"])
def test_record_id_is_judged(record_id: str) -> None:
    found = pfif.decode(RECORD.format(record_id).encode()).findings
    assert "pfif.id-form" in [finding.code for finding in found]


def test_accents_are_taken_off() -> None:
    # Marks above and below in turn must be sorted, which takes time with the square of their number.
    above, below = "\u0301", "\u0323"
    assert unicodedata.combining(above) != unicodedata.combining(below)
    assert wea.suggest("a" + (above + below) * MANY).text == "a"


@pytest.mark.parametrize("source", ["[", "]", "[[]", "[fl", "[ms1,", "[np]A", "[jp2]A[jl4]B", "[tr1,1,1,1]A"])
def test_longest_sign_text_is_judged(source: str) -> None:
    text = source * (10_000 // len(source))
    assert isinstance(multi.validate(text, sign=multi.SIGNS["freeway-27x125"]), tuple)
    with pytest.raises(multi.MultiError) as refused:
        multi.decode(source * 1_000_000)
    assert not refused.value.unreadable
