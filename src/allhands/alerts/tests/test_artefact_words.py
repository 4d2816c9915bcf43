"""Files are told in words, in both languages: nobody has to read what a machine calls them."""

from __future__ import annotations

import pytest
from django.utils import translation

from allhands.alerts import ways
from allhands.alerts.web.artefact_words import with_language, words_of
from allhands.channels.contracts import Way
from allhands.channels.tests.messages import a_message


def test_every_file_of_every_way_has_words_in_both_languages() -> None:
    names = {one.name for one in ways.previews(a_message(), [way.value for way in Way])}
    assert len(names) > 30
    for name in names:
        with translation.override("en"):
            english = words_of(name)
        with translation.override("es"):
            spanish = words_of(name)
        assert name not in {english, spanish}, name
        assert english != spanish, name


@pytest.mark.parametrize(
    ("name", "lang", "words"),
    [
        ("poster-letter-es.pdf", "en", "Poster, letter paper (PDF) · Español"),
        ("poster-letter-es.pdf", "es", "Cartel, papel carta (PDF) · Español"),
        ("poster-half-both.pdf", "es", "Cartel, media carta (PDF) · English, Español"),
        ("card-1080x1080-en.png", "es", "Tarjeta cuadrada (imagen) · English"),
        ("alert.cap.xml", "es", "La alerta para máquinas, CAP (XML)"),
        ("sign-portable-3x8.txt", "en", "Sign type portable-3x8"),
        ("from-tomorrow.bin", "es", "from-tomorrow.bin"),
        ("no ending", "es", "no ending"),
    ],
)
def test_words_of_a_file(name: str, lang: str, words: str) -> None:
    with translation.override(lang):
        assert with_language(name) == words
