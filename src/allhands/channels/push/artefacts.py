"""What a lock screen may show: that there is an alert and where, never who. Opening it leads to the public page."""

from __future__ import annotations

import json
from typing import Final

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels.artefacts import words
from allhands.channels.contracts import Artefact, Way

STEM: Final = "push"
# RFC 8291 allows 4096 octets after encryption; three thousand leave room and arrive everywhere.
LIMIT_OCTETS: Final = 3000
_TITLE = {"en": "Missing child alert near {area}", "es": "Alerta de menor cerca de {area}"}
_TAP = {"en": "Tap to see.", "es": "Toque para ver."}


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """One JSON payload a language."""
    return tuple(_artefact(message, language) for language in words.languages(message))


def _artefact(message: AlertMessage, language: Language) -> Artefact:
    over = words.is_over(message)
    area = (message.area.words.get(language) or message.area.words.get("en", ""))[:200]
    title = words.OVER[language] if over else _TITLE[language].format(area=area)
    payload = {
        "title": f"{words.opening(message, language)}{title}",
        "body": words.TAKE_DOWN[language] if over else _TAP[language],
        "url": message.public_url,
        "tag": message.alert_id,
    }
    content = json.dumps(payload, ensure_ascii=False).encode()
    return Artefact(
        way=Way.PUSH,
        name=f"{STEM}-{language}.json",
        media_type="application/json",
        languages=(language,),
        content=content,
        text=f"{payload['title']}. {payload['body']}",
        length=len(content),
        limit=LIMIT_OCTETS,
    )
