"""Files in words: `poster-letter-es.pdf` is what a machine calls it, "Poster, letter paper (PDF)" what people read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allhands.alerts import sign_pictures

_NAME: Final = re.compile(r"(?P<what>.+?)(?:-(?P<language>en|es|both))?\.(?P<ending>[a-z]+)")
LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "es": "Español", "both": "English, Español"}
_WHAT: Final[Mapping[str, Promise]] = {
    "alert.cap": gettext_lazy("The alert for machines, CAP"),
    "phone-360": gettext_lazy("Phone alert, 360 characters"),
    "phone-90": gettext_lazy("Phone alert, 90 characters"),
    "same-header": gettext_lazy("Code for broadcasters, SAME"),
    "entry": gettext_lazy("Line in the public list"),
    "sms": gettext_lazy("Text message"),
    "email": gettext_lazy("E-mail"),
    "push": gettext_lazy("Message of the browser"),
    "webhook": gettext_lazy("Message to partner systems"),
    "poster": gettext_lazy("Words of the poster"),
    "poster-letter": gettext_lazy("Poster, letter paper"),
    "poster-a4": gettext_lazy("Poster, A4 paper"),
    "poster-half": gettext_lazy("Poster, half a letter page"),
    "card": gettext_lazy("Words of the card"),
    "card-1200x630": gettext_lazy("Card, wide"),
    "card-1080x1080": gettext_lazy("Card, square"),
}
_ENDINGS: Final[Mapping[str, Promise]] = {"png": gettext_lazy("picture"), "txt": gettext_lazy("text")}


def words_of(name: str) -> str:
    """What the file is, without its language; the name itself when nobody gave it words."""
    found = _NAME.fullmatch(name)
    if found is None:
        return name
    what = found["what"]
    if what.startswith(sign_pictures.STEM):
        return _("Sign type %(type)s") % {"type": what.removeprefix(sign_pictures.STEM)}
    if what not in _WHAT:
        return name
    ending = _ENDINGS.get(found["ending"], found["ending"].upper())
    return _("%(what)s (%(ending)s)") % {"what": _WHAT[what], "ending": ending}


def with_language(name: str) -> str:
    """The same with its language, when it has one."""
    found = _NAME.fullmatch(name)
    language = LANGUAGES.get(found["language"] or "", "") if found else ""
    return " · ".join(part for part in (words_of(name), language) if part)
