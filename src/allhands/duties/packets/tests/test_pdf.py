"""The sheet of paper: text, pages, language, marks of the world, letters of every name."""

from __future__ import annotations

import io
import unicodedata

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from allhands.duties.packets import DEFAULT_ALLOWED, FIELDS, PacketInput, PacketKind, Photo, build, render_pdf
from allhands.duties.packets.model import ChildNames
from allhands.duties.packets.tests.makers import NO_CLOCK, TO_NCMEC, TO_POLICE, fact, given


def read(document: PacketInput, kind: PacketKind = PacketKind.POLICE, lang: str = "en") -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(build(kind, document, allowed=DEFAULT_ALLOWED[kind]), lang)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def drawn_photo() -> Photo:
    picture = io.BytesIO()
    Image.new("L", (40, 50), 200).save(picture, "PNG")
    return Photo(content=picture.getvalue(), media_type="image/png")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("kind", PacketKind)
def test_pdf_of_every_kind_is_tagged_titled_and_in_its_language(kind: PacketKind, lang: str) -> None:
    reader = read(given(duties=(TO_POLICE, NO_CLOCK)), kind, lang)
    root = reader.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]) == lang
    assert "/MarkInfo" in root
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title
    assert ("Not known yet" if lang == "en" else "Aún no se sabe") in text_of(reader)
    assert reader.pages[0].mediabox[2:] == [612, 792]


def test_pdf_head_stands_on_every_sheet() -> None:
    facts = tuple(fact(field.fact_id, "word " * 60) for field in FIELDS)
    reader = read(given(*facts, duties=(TO_POLICE,), world="demo"))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "DEMO." in page
        assert "Maya A. · 3kf9p2x7" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "As of Tue Nov 24 2026 13:22 CST, printed by R. Amundson" in page
        assert "Restricted" in page


def test_pdf_of_the_first_minute_fits_three_sheets() -> None:
    assert len(read(given(duties=(TO_POLICE,))).pages) <= 3


def test_pdf_says_facts_asks_and_deadlines() -> None:
    reader = read(given(fact("description.clothing", "green coat", certainty="SEEN"), duties=(TO_POLICE, NO_CLOCK)))
    text = text_of(reader)
    assert "green coat (seen, group home staff)" in text
    assert "within 2 hours" in text
    assert "Wed Nov 25 2026 12:00 CST" in text
    assert "The clock has not started" in text
    assert "Photo: Not available. Nobody has given us a photo yet" in text


def test_pdf_shows_the_photo_with_words_for_those_who_cannot_see_it() -> None:
    data = render_pdf(
        build(PacketKind.NCMEC, given(photo=drawn_photo(), duties=(TO_NCMEC,)), allowed=frozenset({"P0"})), "en"
    )
    reader = PdfReader(io.BytesIO(data))
    assert len(reader.pages[0].images) == 1
    assert "Photo: Provided" in text_of(reader)


@pytest.mark.parametrize(
    "photo",
    [Photo(content=b"not a picture", media_type="image/png"), Photo(content=b"GIF89a", media_type="image/gif")],
    ids=["broken", "unknown kind"],
)
def test_pdf_goes_out_even_if_the_photo_cannot_be_drawn(photo: Photo) -> None:
    text = text_of(read(given(photo=photo)))
    assert "Photo: Not available. The photo could not be printed" in text


@pytest.mark.parametrize(
    "name",
    ["Íñigo Ñandú", "Lakȟóta Čhaŋšáŋ", "Kahoʻolawe", "Nguyễn Thị Hồng", "ᏣᎳᎩ", "שלום"],
)
def test_pdf_carries_the_letters_of_the_name(name: str) -> None:
    assert name in unicodedata.normalize("NFC", text_of(read(given(child=ChildNames(given=name)))))


@pytest.mark.parametrize(
    "name",
    ["محمد علي", "王小明", "🪶🪶", "ᐃᓄᒃ", "\u0378", "A" * 3000, "#set page()[*", "\\", "\x00\x1b\u202eevil", " "],
    ids=["arabic", "han", "emoji", "syllabics", "unassigned", "long", "markup", "backslash", "controls", "blank"],
)
def test_pdf_survives_any_name(name: str) -> None:
    reader = read(given(fact("description.clothing", name), child=ChildNames(given=name, family=name, others=(name,))))
    assert reader.pages


def test_pdf_with_a_very_long_word_stays_on_the_sheet() -> None:
    reader = read(given(fact("description.clothing", "W" * 400)))
    rights: list[float] = []
    for page in reader.pages:
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, size: rights.append(tm[4]) if text.strip() else None
        )
    assert max(rights) < 612


def test_pdf_of_the_same_packet_has_the_same_bytes() -> None:
    packet = build(PacketKind.COURT, given(), allowed=DEFAULT_ALLOWED[PacketKind.COURT])
    assert render_pdf(packet, "en") == render_pdf(packet, "en")
