"""Values in words, and strangers' letters made safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.duties.packets.clean import breakable, printable, short_name
from allhands.duties.packets.model import JSON
from allhands.duties.packets.values import in_words


@pytest.mark.parametrize(
    ("value", "unit", "en", "es"),
    [
        pytest.param(True, "", "Yes", "Sí", id="yes"),
        pytest.param(False, "", "No", "No", id="no"),
        pytest.param(0, "", "0", "0", id="zero is a number and not a no"),
        pytest.param(165, "cm", "165 cm (5 ft 5 in)", "165 cm (5 ft 5 in)", id="height"),
        pytest.param({"value": 52.0, "unit": "kg"}, "", "52 kg (115 lb)", "52 kg (115 lb)", id="weight"),
        pytest.param("2012-02-29", "", "Feb 29 2012", "29 feb 2012", id="leap day"),
        pytest.param("2026-02-31", "", "2026-02-31", "2026-02-31", id="no such day"),
        pytest.param("20261124", "", "20261124", "20261124", id="a number that looks like a day"),
        pytest.param(
            "2026-11-24T19:22:00+00:00", "", "Tue Nov 24 2026 13:22 CST", "mar 24 nov 2026 13:22 CST", id="instant"
        ),
        pytest.param(["white", "asian"], "", "white, asian", "white, asian", id="list"),
        pytest.param(
            {"state": "ND", "nation": "tmbci", "indian_country": True},
            "",
            "ND, nation tmbci, Indian country",
            "ND, nación tmbci, territorio indígena",
            id="place",
        ),
    ],
)
def test_in_words(value: JSON, unit: str, en: str, es: str) -> None:
    words = in_words(value, "America/Chicago", unit)
    assert (words.en, words.es) == (en, es)


@pytest.mark.parametrize(
    "name",
    ["Shą́ą́ʼ Ńlchʼi", "Lakȟóta Čhaŋšáŋ", "Íñigo Ñandú", "Kahoʻolawe", "ᏣᎳᎩ", "محمد علي", "שלום", "a̱ k̓ ƛ̓"],
)
def test_printable_keeps_every_letter(name: str) -> None:
    assert printable(name) == name


@given(st.text())
def test_printable_leaves_one_line_without_controls(text: str) -> None:
    clean = printable(text)
    assert clean.isprintable() or all(
        c.isprintable() or c in "\xa0\u200c\u200d\u3000" or c.isspace() or ord(c) > 126 for c in clean
    )
    assert "\n" not in clean
    assert not {"\u202e", "\u2066", "\x00"} & set(clean)
    assert printable(clean) == clean


def test_breakable_leaves_numbers_people_must_copy_alone() -> None:
    assert breakable("NIC M123456789 2026-000123") == "NIC M123456789 2026-000123"
    assert max(map(len, breakable("x" * 500).split("\u200b"))) <= 24


@pytest.mark.parametrize(
    ("given_name", "family", "shown"),
    [("Maya", "Arrowsmith", "Maya A."), ("Ną́", "K\u0313ane", "Ną́ K\u0313."), ("", "Li", "L."), ("", "", "")],
)
def test_short_name(given_name: str, family: str, shown: str) -> None:
    assert short_name(given_name, family) == shown
