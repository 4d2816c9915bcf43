"""Everything people read is there in English and in Spanish."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation import template

from tests.architecture.house import ROOT

_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}


def rooms() -> list[Path]:
    """Folders of our applications."""
    return [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("allhands.")]


def messages_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Each text of a room, with the file that shows it."""
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.html")]):
        if "tests" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            text = template.templatize(text, origin=str(file))
        for _line, message, _comments, _context in extract("python", BytesIO(text.encode()), _KEYWORDS):
            first = message[0] if isinstance(message, tuple) else message
            if first:
                yield str(first).replace("%%", "%"), str(file.relative_to(ROOT))


def readings_of(folder: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """Each text of a room's Spanish file with its context, and what it says in Spanish."""
    for file in folder.rglob("locale/es/LC_MESSAGES/django.po"):
        with file.open("rb") as stream:
            for message in read_po(stream):
                if message.id and message.string and not message.fuzzy:
                    yield (str(message.context or ""), str(message.id)), str(message.string)


def spanish_of(folder: Path) -> set[str]:
    """The texts of a room that its Spanish file has."""
    found: set[str] = set()
    for file in folder.rglob("locale/es/LC_MESSAGES/django.po"):
        with file.open("rb") as stream:
            catalog = read_po(stream)
        for message in catalog:
            if message.id and message.string and not message.fuzzy:
                first = message.id[0] if isinstance(message.id, tuple) else message.id
                found.add(str(first).replace("%%", "%"))
    return found


# Djangos own catalogue has the plainest words already.
_DJANGOS = frozenset({"English", "Spanish"})


@pytest.mark.parametrize("folder", rooms(), ids=lambda folder: folder.name)
def test_every_text_has_its_spanish(folder: Path) -> None:
    known = spanish_of(folder) | _DJANGOS
    missing = sorted({f"{text!r} ({where})" for text, where in messages_of(folder) if text not in known})
    assert not missing, f"{len(missing)} texts without Spanish:\n" + "\n".join(missing)


def test_one_text_says_one_thing_in_spanish() -> None:
    """Django puts all rooms' texts into one heap: of two readings, one would show up in the other's page."""
    readings: dict[tuple[str, str], dict[str, list[str]]] = {}
    for folder in rooms():
        for text, spanish in readings_of(folder):
            readings.setdefault(text, {}).setdefault(spanish, []).append(folder.name)
    twofold = {text[1]: said for text, said in readings.items() if len(said) > 1}
    assert not twofold, "give one of them another English text, or a context"
