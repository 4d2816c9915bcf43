"""The text for each type of sign, measured by its font: at most three lines and two pages; a plate is never shortened.

Sources: FHWA study (three lines, two pages, plate line, whom to call), NTCIP 1203 v03 6 (dossier interfaces 4.3).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from allhands.alerts.contracts import AlertMessage, EventCode
from allhands.channels.artefacts import words
from allhands.channels.artefacts.fitting import plain
from allhands.channels.contracts import Artefact, Way
from allhands.channels.feeds.artefacts import entry
from allhands.channels.ipaws import document
from allhands.channels.roadsigns.plates import speaks_of_plate, split_plate
from allhands.kernel.findings import Finding, Level
from allhands.wire import cap, multi
from allhands.wire.errors import EncodeRefused
from allhands.wire.multi import model
from allhands.wire.multi.signs import Sign
from allhands.wire.reports import has_errors

Lines = tuple[str, ...]
Pages = tuple[Lines, ...]

_TITLES: Final = {
    EventCode.CAE: (("AMBER ALERT",), ("AMBER", "ALERT")),
    EventCode.MEP: (("MISSING CHILD",), ("MISSING", "CHILD")),
}
_NOT_REAL: Final = (("TEST ONLY",), ("TEST",))
_SHORT_TITLES: Final = ("MISSING",)
_RADIO: Final = (("TUNE TO RADIO",), ("TUNE TO", "RADIO"), ("RADIO",))


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """One text for each type of sign; a cancel is the blank sign. Signs in the United States speak English.

    Then, for traffic centres that poll, the CAP document with every text that fits, and its entry in their list.
    """
    texts = tuple(_artefact(message, sign) for sign in multi.SIGNS.values())
    return (*texts, _document(message, texts), entry(message, "en", Way.SIGNS))


def _document(message: AlertMessage, texts: Sequence[Artefact]) -> Artefact:
    """Parameters `MULTI:<type of sign>`; a centre takes the type of its sign, and its operator decides."""
    alert = document.alert_of(message)
    fitting = [one for one in texts if not has_errors(one.findings)]
    pairs = tuple(cap.ValuePair(name=_parameter(one.name), value=one.content.decode() or "blank") for one in fitting)
    english = replace(alert.infos[0], parameters=(*alert.infos[0].parameters, *pairs))
    findings: tuple[Finding, ...] = ()
    try:
        content = cap.encode(replace(alert, infos=(english,)))
    except EncodeRefused as refusal:
        content, findings = b"", refusal.findings
    return Artefact(
        way=Way.SIGNS,
        name=document.NAME,
        media_type=document.MEDIA_TYPE,
        languages=("en",),
        content=content,
        text=english.headline,
        findings=findings,
    )


def _parameter(name: str) -> str:
    return f"MULTI:{name.removeprefix('sign-').removesuffix('.txt')}"


def name_of(sign_type: str) -> str:
    """The name of the artefact for a type of sign."""
    return f"sign-{sign_type}.txt"


def _artefact(message: AlertMessage, sign: Sign) -> Artefact:
    if words.is_over(message):
        return _made(sign, model.Message(items=()), ())
    candidate, findings = model.Message(items=()), tuple[Finding, ...]()
    for place, pages in enumerate(_candidates(message)):
        candidate = _message(pages)
        findings = multi.fit(candidate, sign)
        if not has_errors(findings):
            return _made(sign, candidate, (*findings, *_left_out(message, candidate, place)))
    return _made(sign, candidate, findings)


def _made(sign: Sign, message: model.Message, findings: Sequence[Finding]) -> Artefact:
    text = multi.encode(message)
    return Artefact(
        way=Way.SIGNS,
        name=name_of(sign.name),
        media_type="text/plain; charset=us-ascii",
        languages=("en",),
        content=text.encode("ascii", "replace"),
        text=multi.plain_text(message),
        length=len(text),
        limit=sign.max_length,
        findings=tuple(findings),
    )


def _left_out(message: AlertMessage, shown: model.Message, place: int) -> Iterator[Finding]:
    vehicle = message.texts["en"].vehicle
    plate, _ = split_plate(vehicle)
    if plate and _upper(plate) not in multi.plain_text(shown).replace("\n", " "):
        words_ = "The plate does not fit this sign: drivers are sent to the radio. Tell the sign's operator."
        yield Finding(path="/", code="sign.no-plate", level=Level.WARNING, message=words_)
    elif not plate and speaks_of_plate(vehicle):
        words_ = (
            "No whole plate was read in the words about the vehicle: drivers are sent to the radio. If it is known, "
            "write it as “plate ND ABC1234”."
        )
        yield Finding(path="/", code="sign.plate-not-read", level=Level.WARNING, message=words_)
    elif place:
        words_ = "Not everything fits this sign: colour, model or make were left out."
        yield Finding(path="/", code="sign.shortened", level=Level.INFO, message=words_)


def _candidates(message: AlertMessage) -> Iterator[Pages]:
    """Pages from the fullest to the barest."""
    is_real = not words.mark(message, "en")
    titles = _TITLES[message.event] if is_real else _NOT_REAL
    plate, vehicle = split_plate(message.texts["en"].vehicle)
    calls = _calls(message)
    if plate:
        for car, title, call in itertools.product(_shorter(_upper(vehicle)), titles, calls):
            yield from _with_plate(title, car, _upper(plate), call)
        for short, call in itertools.product(_SHORT_TITLES, calls):  # the plate in two lines of one page, whole
            yield (short if is_real else "TEST", *_upper(plate).split(" ", 1)), call
    for title, radio, call in itertools.product(titles, _RADIO, calls):
        yield (*title, *radio), call


def _with_plate(title: Lines, car: Lines, plate: str, call: Lines) -> Iterator[Pages]:
    first = [*title, *car, plate]
    if len(first) <= 2 and len(call) == 1:
        yield ((*first, *call),)
    if len(first) <= 3:
        yield tuple(first), call
    if len([*title, *car]) <= 3 and len(call) <= 2:
        yield (*title, *car), (plate, *call)


def _shorter(vehicle: str) -> Iterator[Lines]:
    """Colour goes first, then the model, then the make; then the vehicle is not named at all."""
    parts = vehicle.split()
    forms = [parts, parts[1:], parts[1:-1], []] if len(parts) > 2 else [parts, parts[1:], []]
    seen: set[str] = set()
    for form in forms:
        line = " ".join(form)
        if line not in seen:
            seen.add(line)
            yield (line,) if line else ()


def _calls(message: AlertMessage) -> tuple[Lines, ...]:
    number = _upper(message.call.shown)
    pieces = re.split(r"[ -]", number, maxsplit=1)
    if words.mark(message, "en"):  # drivers see one page and not the other: each says that it is a test
        return ("TEST ONLY", f"CALL {number}"), ("TEST", number), ("TEST", *pieces)
    return (f"CALL {number}",), ("CALL", number), ("CALL", *pieces)


def _message(pages: Pages) -> model.Message:
    items: list[model.Item] = []
    for number, page in enumerate(page for page in pages if page):
        items += [model.NewPage()] if number else []
        for place, line in enumerate(page):
            items += [model.NewLine()] if place else []
            items.append(model.Text(text=line))
    return model.Message(items=tuple(items))


def _upper(text: str) -> str:
    """Capital letters that every sign has; accents go, because sign fonts have none."""
    bare = unicodedata.normalize("NFKD", plain(text)).encode("ascii", "ignore").decode()
    return " ".join(bare.upper().split())
