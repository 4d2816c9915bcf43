"""Letters, places, limits and what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.wire import wea
from allhands.wire.errors import EncodeRefused

SPEC = Path(__file__).parents[1] / "SPEC.md"
supported = st.text(alphabet=[letter for letter in [*wea.BASIC, *wea.EXTENDED] if letter not in "\f\r\n"], max_size=44)


@pytest.mark.parametrize(
    ("text", "septets"),
    [("", 0), ("abc", 3), ("€", 2), ("[]{}\\~^|€", 18), ("Niña", 4), ("ú", None), ("\u202e", None), ("😀", None)],
)
def test_septets_are_counted(text: str, septets: int | None) -> None:
    assert wea.count_septets(text) == septets


@pytest.mark.parametrize(
    ("text", "limit", "codes"),
    [
        ("x" * 90, 90, []),
        ("x" * 91, 90, ["wea.too-long"]),
        ("x" * 360, 360, []),
        ("x" * 361, 360, ["wea.too-long"]),
        ("x" * 89 + "[", 90, ["wea.too-long-septets"]),
        ("x" * 88 + "[", 90, []),
        ("", 90, ["wea.blank"]),
        (" \n", 90, ["wea.blank", "wea.line-break"]),
        ("a\nb", 90, ["wea.line-break"]),
        ("See x.com/police", 90, ["wea.link-to-x"]),
        ("https://WWW.Twitter.com/a", 90, ["wea.link-to-x"]),
        ("t.co/abc", 90, ["wea.link-to-x"]),
        ("netflix.com, fox.com/a, t.com, alerts.example.gov/x.community", 90, []),
        (" a", 90, ["wea.outer-blanks"]),
        ("tab\there", 90, ["wea.letter"]),
        ("😀", 90, ["wea.letter"]),
        ("АБВ", 90, ["wea.letter"] * 3),
        ("form\ffeed", 90, ["wea.letter"]),
        ("Nin\u0303o n\u0303", 90, ["wea.letter"]),
        ("".join(map(chr, range(0x4E00, 0x4E00 + 90))), 90, ["wea.letter"] * 51),
        ("ú" * 20_000, 90, ["wea.too-long"]),
    ],
)
def test_text_is_judged(text: str, limit: int, codes: list[str]) -> None:
    assert [finding.code for finding in wea.validate(text, limit=limit)] == codes


def test_letter_with_its_accent_is_named_as_one() -> None:
    [finding] = wea.validate("Nin\u0303o", limit=90)
    assert finding.message.endswith("write “ñ”.")


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Niño última vez", "Niño ultima vez"),
        ("“Sheriff’s” – 5′6″", '"Sheriff\'s" - 5\'6"'),
        ("plate АВС 123", "plate ABC 123"),
        ("n\u0303 e\u0301 u\u0301", "ñ é u"),
        ("Diné Bizaad: łį́į́ʼ", "Diné Bizaad: lii'"),
        ("a\u202eb 😀c", "ab c"),
        ("ＡＢＣ\u00a0１", "ABC 1"),
        ("fine [as] it is", "fine [as] it is"),
    ],
)
def test_suggestion_says_the_same(text: str, instead: str) -> None:
    assert wea.suggest(text).text == instead


def test_suggestion_names_each_change_with_its_place() -> None:
    suggestion = wea.suggest("Él vio ’u")
    assert suggestion.replacements == (wea.Replacement(position=7, original="’", replacement="'"),)


@given(st.text(max_size=60))
def test_suggestion_always_fits_the_alphabet(text: str) -> None:
    suggestion = wea.suggest(text)
    assert all(wea.is_supported(letter) for letter in suggestion.text)
    assert wea.suggest(suggestion.text).replacements == ()


@given(supported.filter(lambda text: bool(text.strip())))
def test_text_comes_back_from_its_octets(text: str) -> None:
    message = wea.WeaText(text=text, limit=90)
    octets = wea.encode(message)
    septets = wea.count_septets(text)
    assert septets is not None
    assert len(octets) == (septets * 7 + 7) // 8
    assert wea.decode(octets, limit=90) == message


def test_known_octets() -> None:
    assert wea.encode(wea.WeaText(text="hellohello", limit=90)).hex() == "e8329bfd4697d9ec37"


@given(st.binary(max_size=1000))
def test_arbitrary_octets_are_read_or_refused(data: bytes) -> None:
    try:
        text = wea.decode(data).text
    except wea.WeaError as error:
        text = error.finding.message
    assert isinstance(text, str)


def test_encode_refuses_what_validate_calls_an_error() -> None:
    with pytest.raises(EncodeRefused):
        wea.encode(wea.WeaText(text="ú", limit=90))


def test_findings_are_in_the_specification() -> None:
    documented = set(re.findall(r"`wea\.([a-z-]+)`", SPEC.read_text()))
    source = "".join(path.read_text() for path in SPEC.parent.glob("*.py"))
    assert set(re.findall(r"report\.(?:error|warn|info)\(path, \"([a-z-]+)\"", source)) <= documented
