"""What leaves, judged by the codecs: five hundred alerts, hard texts, photographs with secrets, paper."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pypdf
import pytest
from lxml import etree
from PIL import Image

from allhands.alerts.contracts import (
    AlertMessage,
    AlertPhoto,
    AlertStatus,
    AlertText,
    EventCode,
    Language,
    MessageKind,
    Reference,
)
from allhands.channels import api
from allhands.channels.contracts import Artefact, Stamp, Way
from allhands.channels.ipaws import document
from allhands.channels.posters import sheets
from allhands.channels.tests.messages import AREA, CIRCLE, ENGLISH, SPANISH, a_message, in_demo
from allhands.kernel.findings import Level
from allhands.wire import cap, same, wea
from allhands.wire.cap import schemas
from allhands.wire.reports import has_errors

HARD = "«José» O’Brien — 🙂 “Ñandú” АВС {plate} €5 \\ ^ ~ | [x]"


def made(message: AlertMessage, way: Way) -> dict[str, Artefact]:
    return {one.name: one for one in api.preview(message, way)}


def texts(message: AlertMessage, **changes: str) -> AlertMessage:
    english, spanish = replace(ENGLISH, **changes), replace(SPANISH, **changes)
    both: dict[Language, AlertText] = {"en": english, "es": spanish}
    return replace(message, texts=both)


def generated(seed: int) -> AlertMessage:
    """An alert as an agency might write it, different for every seed; nobody in it exists."""
    dice = random.Random(seed)
    kind = dice.choice(list(MessageKind))
    base = a_message()
    sent = base.sent_at + timedelta(minutes=dice.randrange(3 * 365 * 24 * 60))
    lat, lon = dice.uniform(25, 48), dice.uniform(-120, -70)
    ring = ((lat, lon), (lat + 0.5, lon), (lat + 0.5, lon + 0.7), (lat, lon + 0.7), (lat, lon))
    counties = tuple(dice.sample(["38079", "53033", "48201", "04001"], dice.randrange(1, 5)))
    area = replace(
        AREA, polygons=(ring,) if dice.random() < 0.7 else (), circles=(CIRCLE,) if dice.random() < 0.4 else (),
        county_fips=counties,
    )  # fmt: skip
    english = replace(
        ENGLISH, clothing=dice.choice(["", HARD, "Green parka"]), vehicle=dice.choice(["", ENGLISH.vehicle, "Red van"]),
        description=dice.choice(["", ENGLISH.description * dice.randrange(1, 6)]), companion=dice.choice(["", HARD]),
    )  # fmt: skip
    both: dict[Language, AlertText] = {
        "en": english,
        "es": replace(SPANISH, clothing=dice.choice(["", HARD, SPANISH.clothing])),
    }
    earlier = Reference(sender=base.sender, identifier="ah-0", sent_at=sent - timedelta(hours=1))
    return replace(
        base,
        sent_at=sent,
        expires_at=sent + timedelta(minutes=dice.randrange(15, 99 * 60)),
        kind=kind,
        event=dice.choice(list(EventCode)),
        status=dice.choice(list(AlertStatus)),
        references=() if kind is MessageKind.ALERT else (earlier,),
        texts=both if dice.random() < 0.8 else {"en": english},
        area=area,
    )


@cache
def oasis() -> etree.XMLSchema:
    return schemas.load_schema("cap12.xsd")


@pytest.mark.parametrize("block", range(5))
def test_five_hundred_alerts_pass_schema_profiles_and_our_own_checks(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        message = generated(seed)
        artefact = document.artefact(message, Way.IPAWS)
        assert artefact.content, (seed, artefact.findings)
        assert oasis().validate(etree.fromstring(artefact.content)), (seed, oasis().error_log)
        for profile in cap.PROFILES.values():
            checked = cap.check(artefact.content, profile=profile)
            assert checked.accepted, (seed, [one for one in checked.findings if one.level is Level.ERROR])
        assert checked.alert == document.alert_of(message), seed
        assert not has_errors(artefact.findings), seed


@pytest.mark.parametrize("seed", range(0, 500, 20))
def test_short_texts_headers_and_signs_of_generated_alerts_all_fit(seed: int) -> None:
    message = generated(seed)
    for one in [one for way in (Way.IPAWS, Way.SMS, Way.SIGNS) for one in api.preview(message, way)]:
        assert not has_errors(one.findings), (seed, one.name, one.findings)


def test_phone_texts_fit_and_say_what_was_changed_or_left_out() -> None:
    long = texts(a_message(), clothing=HARD, description="x" * 361)
    for name, artefact in made(long, Way.IPAWS).items():
        if not name.startswith("phone-"):
            continue
        limit = int(name.split("-")[1])
        assert artefact.length is not None
        assert artefact.length <= limit
        assert not has_errors(wea.validate(artefact.text, limit=limit)), artefact.text
        assert "Maya" in artefact.text
        assert "701-555-0100" in artefact.text
        assert "text.left-out" in {one.code for one in artefact.findings}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Sheriff’s “green” coat", 'Sheriff\'s "green" coat'),
        ("plate АВС", "plate ABC"),
        ("smile 🙂 now", "smile now"),
        ("última", "ultima"),
    ],
)
def test_letters_phones_do_not_have_are_written_otherwise_and_told(written: str, shown: str) -> None:
    message = texts(a_message(), clothing=written, description="", vehicle="")
    artefact = made(message, Way.IPAWS)["phone-360-en.txt"]
    assert shown in artefact.text
    assert "text.transliterated" in {one.code for one in artefact.findings}


def test_letter_that_counts_twice_is_named() -> None:
    artefact = made(texts(a_message(), clothing="5€ [x]", description=""), Way.IPAWS)["phone-360-en.txt"]
    assert {one.message[1] for one in artefact.findings if one.code == "text.counts-twice"} == {"€", "[", "]"}


def test_name_that_cannot_fit_is_an_error_and_is_never_cut() -> None:
    artefact = made(texts(a_message(), name="M" * 200), Way.IPAWS)["phone-90-en.txt"]
    assert has_errors(artefact.findings)
    assert "M" * 200 in artefact.text


def test_header_covers_the_alert_and_says_when_counties_are_left_out() -> None:
    message = a_message(expires_at=a_message().sent_at + timedelta(hours=5, minutes=7))
    text = made(message, Way.IPAWS)["same-header.txt"].text
    header = same.decode(text).header
    assert header is not None
    assert (header.originator, header.event) == ("CIV", "MEP")
    assert header.valid_for == timedelta(hours=5, minutes=30)
    counties = tuple(f"38{number:03d}" for number in range(1, 70, 2))
    many = made(replace(message, area=replace(AREA, county_fips=counties)), Way.IPAWS)["same-header.txt"]
    assert "same.left-out" in {one.code for one in many.findings}


def not_real(world: str, status: AlertStatus, kind: MessageKind) -> AlertMessage:
    return a_message(world=world, status=status, kind=kind)


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize(
    ("world", "status", "english", "spanish"),
    [
        ("demo", AlertStatus.EXERCISE, "DEMO", "DEMO"),
        ("drill", AlertStatus.EXERCISE, "DRILL", "SIMULACRO"),
        ("live", AlertStatus.EXERCISE, "EXERCISE", "EJERCICIO"),
        ("live", AlertStatus.TEST, "TEST", "PRUEBA"),
    ],
)
def test_no_artefact_of_an_exercise_can_be_taken_for_real(
    world: str, status: AlertStatus, english: str, spanish: str, kind: MessageKind
) -> None:
    message = not_real(world, status, kind)
    marks = {"en": english, "es": spanish}
    for way in Way:
        for name, one in made(message, way).items():
            read = one.text + one.content.decode("utf-8", "ignore")
            if name.startswith("sign-"):
                said = ["TEST"] if kind is not MessageKind.CANCEL else []  # a sign that is blank says nothing
            elif name.startswith("same"):
                said = ["-DMO-"]
            else:
                said = [status.value] if way is Way.WEBHOOKS else [marks[language] for language in one.languages]
            assert all(word in read for word in said), (way, name)


def test_a_real_artefact_says_nothing_of_an_exercise() -> None:
    marks = ("DEMO", "DRILL", "SIMULA", "EXERCISE", "EJERCICIO", "TEST", "PRUEBA", "-DMO-")
    for way in Way:
        for name, one in made(a_message(), way).items():
            assert not [mark for mark in marks if mark in one.text], (way, name)


def test_each_strip_and_each_page_of_a_sign_says_by_itself_that_it_is_not_real() -> None:
    message = not_real("live", AlertStatus.EXERCISE, MessageKind.ALERT)
    for name, one in made(message, Way.SIGNS).items():
        if name.startswith("sign-"):
            assert all(page.startswith("TEST") for page in one.text.split("\n\n")), (name, one.text)
            assert not has_errors(one.findings)
    read = pypdf.PdfReader(io.BytesIO(made(message, Way.POSTERS)["poster-letter-both.pdf"].content))
    [page] = read.pages
    assert page.extract_text().count("EXERCISE / EJERCICIO: Maya") == 9
    real = pypdf.PdfReader(io.BytesIO(made(a_message(), Way.POSTERS)["poster-letter-both.pdf"].content))
    assert real.pages[0].extract_text().count("Missing / Falta: Maya") == 9


def test_time_carries_the_offset_of_the_place() -> None:
    alert = document.alert_of(a_message())
    assert alert.sent_at.utcoffset() == timedelta(hours=-6)
    assert alert.sent_at == a_message().sent_at


def photo_with_secrets() -> AlertPhoto:
    """A drawn picture that tells where it was taken."""
    picture = Image.new("RGB", (400, 500), "#c98f6b")
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 37.0, 1.0)
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return AlertPhoto(jpeg=file.getvalue(), alt={"en": "drawn", "es": "dibujo"}, is_drawn=True)


def test_place_in_a_photograph_reaches_no_artefact() -> None:
    photo = photo_with_secrets()
    assert b"SecretCamera" in photo.jpeg
    for artefact in [one for way in Way for one in api.preview(a_message(photo=photo), way)]:
        assert b"SecretCamera" not in artefact.content, artefact.name
        assert b"Exif" not in artefact.content, artefact.name


def test_photo_that_is_none_holds_no_poster_back() -> None:
    broken = AlertPhoto(jpeg=b"not a picture", alt={"en": "x", "es": "x"}, is_drawn=False)
    posters = made(a_message(photo=broken), Way.POSTERS)
    assert posters["poster-letter-en.pdf"].content.startswith(b"%PDF")
    assert "poster.photo" in {one.code for one in posters["poster-letter-en.pdf"].findings}


@pytest.mark.parametrize(
    "message",
    [
        a_message(),
        a_message(photo=None),
        in_demo(a_message()),
        texts(a_message(), description="word " * 200, clothing="long " * 60, name="Maximiliana Aurelia Bernardette"),
        a_message(kind=MessageKind.CANCEL),
        replace(a_message(), texts={"en": ENGLISH}),
    ],
    ids=["plain", "no photo", "demo", "much text", "ended", "english only"],
)
def test_every_poster_is_one_page_of_its_paper_and_tagged(message: AlertMessage) -> None:
    posters = made(message, Way.POSTERS)
    sizes = {"letter": (612, 792), "a4": (595, 842), "half": (396, 612)}
    for name, artefact in posters.items():
        if not name.endswith(".pdf"):
            continue
        reader = pypdf.PdfReader(io.BytesIO(artefact.content))
        assert len(reader.pages) == 1, name
        box = reader.pages[0].mediabox
        assert (round(float(box.width)), round(float(box.height))) == sizes[name.split("-")[1]]
        assert "/StructTreeRoot" in str(reader.trailer["/Root"]), "tagged: a screen reader finds its way"
        read = reader.pages[0].extract_text()
        assert ("701-555-0100" in read) is (message.kind is not MessageKind.CANCEL)
        assert ("SIMULA" in read) is (message.world == "demo")


def test_same_message_gives_the_same_bytes() -> None:
    for way in Way:
        first, second = (api.preview(a_message(), way) for _ in range(2))
        assert [one.content for one in first] == [one.content for one in second], way


def test_cards_have_their_size_and_their_words() -> None:
    for name, artefact in made(a_message(), Way.CARDS).items():
        if name.endswith(".png"):
            picture = Image.open(io.BytesIO(artefact.content))
            assert f"{picture.width}x{picture.height}" in name
            assert "Maya" in artefact.text
            assert "701-555-0100" in artefact.text


def test_email_has_no_remote_part_and_keeps_strangers_letters_harmless() -> None:
    message = texts(a_message(), clothing='<script>alert("x")</script>', headline="a\nBcc: b@c.example")
    email = made(message, Way.EMAIL)
    html = email["email-en.html"].content.decode()
    assert "<script" not in html
    assert "<img" not in html
    assert "\n" not in email["email-en.txt"].text.split("\n\n")[0]


@pytest.mark.parametrize(("stamp", "english", "spanish"), [
    (Stamp.WITHDRAWN, "WITHDRAWN", "RETIRADO"), (Stamp.EXPIRED, "EXPIRED", "VENCIDO"),
])  # fmt: skip
def test_copies_of_an_alert_that_is_over_are_stamped(stamp: Stamp, english: str, spanish: str) -> None:
    message = a_message()
    both = api.marked(message, Way.POSTERS, "poster-letter-both.pdf", stamp)
    assert both is not None
    shown = pypdf.PdfReader(io.BytesIO(both.content)).pages[0].extract_text()
    assert f"{english} / {spanish}" in " ".join(shown.split())
    text = api.marked(message, Way.POSTERS, "poster-es.txt", stamp)
    assert text is not None
    assert text.content.decode().startswith(f"{spanish}. Esta alerta")
    card = api.marked(message, Way.CARDS, "card-1080x1080-en.png", stamp)
    assert card is not None
    assert card.text.startswith(f"{english}. ")
    assert card.content != made(message, Way.CARDS)[card.name].content
    words = api.marked(message, Way.CARDS, "card-en.txt", stamp)
    assert words is not None
    assert words.text.startswith("This missing child alert has ended.")
    assert api.marked(message, Way.POSTERS, "nothing.pdf", stamp) is None


def test_a_poster_says_until_when_as_people_say_it_and_breaks_no_time() -> None:
    posters = made(in_demo(a_message()), Way.POSTERS)
    assert b"Issued Nov 23 2026, 2:31 pm CST. Ends Nov 24 2026, 2:31 pm CST." in posters["poster-en.txt"].content
    assert b"Termina el 24 nov. 2026, 2:31 p. m. CST." in posters["poster-es.txt"].content
    page = pypdf.PdfReader(io.BytesIO(posters["poster-half-es.pdf"].content)).pages[0].extract_text()
    assert "2:05 p.\N{NO-BREAK SPACE}m." in page


def test_a_poster_without_a_name_says_whom_it_means() -> None:
    texts = {lang: replace(text, name="") for lang, text in a_message().texts.items()}
    shown: Any = sheets.sheet(a_message(texts=texts, photo=None), sheets.PAPERS[0], ("en", "es"))
    assert shown["notes"][0].startswith("If this is you: you are not in trouble")
    assert shown["tear_title"] == "Missing / Falta"
    assert shown["ages"] == ["age 14", "14 años"]
    said = api.preview(a_message(texts=texts), Way.SMS)[0].text
    assert "MISSING CHILD: age 14." in said


def test_who_may_be_with_the_child_is_said_as_such_everywhere() -> None:
    texts = {lang: replace(text, companion="a boy of 9") for lang, text in a_message().texts.items()}
    for way in (Way.SMS, Way.EMAIL, Way.CARDS, Way.FEEDS, Way.POSTERS):
        for one in api.preview(a_message(texts=texts), way):
            said = " ".join(one.text.split())
            if "a boy of 9" in said:
                assert "May be with: a boy of 9" in said or "Puede estar con: a boy of 9" in said, one.name


def test_without_a_face_the_words_of_both_languages_get_its_room() -> None:
    with_face: Any = sheets.sheet(a_message(), sheets.PAPERS[0], ("en", "es"))
    without: Any = sheets.sheet(a_message(photo=None), sheets.PAPERS[0], ("en", "es"))
    assert without["facts_u"] > with_face["facts_u"] + 1.5
    assert with_face["photo_u"] == pytest.approx(4.4), "a face takes 40 % of the height"
    assert [len(panel["beside"]) for panel in with_face["panels"]] == [2, 2]
    assert [panel["beside"] for panel in without["panels"]] == [[], []]
