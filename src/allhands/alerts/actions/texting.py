"""Sign up by text message alone: START, a county, YES. Two yeses, few answers a day, and nothing kept before the first.

Sender numbers can be forged: whoever wants to bombard a telephone gets at most a handful of answers sent there a day.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from allhands.alerts import models
from allhands.alerts.actions import subscribing
from allhands.alerts.contracts import Language
from allhands.geo.counties import County, list_counties
from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

MOST_ANSWERS_A_DAY: Final = 6
_ASKS_COUNTY: Final = re.compile(r"^(?P<name>.{2,60}?)[\s,]+(?P<state>[A-Za-z]{2})[\s.]*$")
_IN_SPANISH: Final = re.compile(r"^(?:condado|county) (?:de|of) ")
_KIND: Final = re.compile(r" (?:county|parish|borough|municipality|census area|city)$")
_WORDS: Final[Mapping[str, Mapping[Language, str]]] = {
    "where": {
        "en": "Missing child alerts: write your county and state, for example: Cass ND. Reply STOP to end.",
        "es": "Alertas de menores: escriba su condado y estado, por ejemplo: Cass ND. Responda ALTO para terminar.",
    },
    "sure": {
        "en": "Missing child alerts for {place}. Reply YES to begin. Msg & data rates may apply. STOP ends.",
        "es": "Alertas de menores en {place}. Responda SI para empezar. Pueden aplicarse cargos. ALTO termina.",
    },
    "unknown": {
        "en": "We know no such county. Write it whole with its state in two letters, for example: Cass ND.",
        "es": "No conocemos ese condado. Escriba el nombre y el estado en dos letras, por ejemplo: Cass ND.",
    },
    "runs": {
        "en": "You will get missing child alerts by text. Another place: write county and state. STOP ends, "
        "ESPANOL for Spanish.",
        "es": "Recibira alertas de menores por mensaje. Otro lugar: escriba condado y estado. ALTO termina, "
        "ENGLISH para ingles.",
    },
    "moved": {
        "en": "Missing child alerts now come for {place} and no longer for another place. Reply STOP to end.",
        "es": "Las alertas de menores ahora son de {place} y ya no de otro lugar. Responda ALTO para terminar.",
    },
}


def start(number: str, language: Language, now: datetime) -> str:
    """It confirms what waits, takes back a STOP, or asks where."""
    if subscribing.start_number(number, now):
        return _answer(number, "runs", _spoken(number, language, now), now)
    return _answer(number, "where", language, now)


def place(number: str, text: str, now: datetime) -> str:
    """A county with its state: kept until the second yes, for half an hour. Any other text is not answered.

    Who is signed up moves there at once: they said yes before, and a place that waited for another would be lost.
    """
    asked = _ASKS_COUNTY.match(" ".join(text.split()))
    if asked is None or not _was_asked(number, now):
        return ""
    found = find_counties(asked["name"], asked["state"])
    language = _spoken(number, "en", now)
    if len(found) != 1:
        return _answer(number, "unknown", language, now)
    runs = bool(_running(number))
    words = _answer(number, "moved" if runs else "sure", language, now)
    if words and runs:
        _move(number, found[0], now)
    elif words:
        _keep(number, found[0], language, now)
    return words.format(place=f"{found[0].name}, {found[0].state}")


def speak(number: str, language: Language, now: datetime) -> str:
    """Alerts come in this language from now on; one who is not signed up is asked where."""
    with acting_as(SYSTEM):
        running = _running(number)
        for row in running:
            with audit.audited(SYSTEM, now, audit.Event.SUBSCRIPTION_CHANGED, subject_id=row.id):
                row.language = language
                row.save(update_fields=["language"])
    return _answer(number, "runs" if running else "where", language, now)


def _running(number: str) -> list[models.Subscription]:
    """What this number is signed up for, locked; there is one at most."""
    with acting_as(SYSTEM):
        rows = models.Subscription.objects.select_for_update()
        return list(rows.filter(channel="SMS", address=number, state="ACTIVE"))


def _move(number: str, county: County, now: datetime) -> None:
    with acting_as(SYSTEM):
        for row in _running(number):
            with audit.audited(SYSTEM, now, audit.Event.SUBSCRIPTION_CHANGED, subject_id=row.id):
                row.county_fips, row.cell = county.fips, None
                row.save(update_fields=["county_fips", "cell"])


def find_counties(name: str, state: str) -> tuple[County, ...]:
    """Counties of a state that are called so, with or without the word *county*.

    Example:
        >>> [one.fips for one in find_counties("Condado de Cass", "nd")]
        ['38017']
    """
    wanted = _IN_SPANISH.sub("", _plain(name))
    here = list_counties(state.upper(), with_invented=True)
    whole = tuple(one for one in here if _plain(one.name) == wanted)
    return whole or tuple(one for one in here if _KIND.sub("", _plain(one.name)) == _KIND.sub("", wanted))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())


def _answer(number: str, name: str, language: Language, now: datetime) -> str:
    """The words, while this number has not had its share of answers today."""
    key = _try_key(number)
    with acting_as(SYSTEM):
        tries = models.SignUpTry.objects.filter(key=key, at__gt=now - timedelta(days=1))
        if tries.count() >= MOST_ANSWERS_A_DAY:
            return ""
        kept = [key, _spanish_key(number)] if language == "es" else [key]
        models.SignUpTry.objects.bulk_create(models.SignUpTry(key=one, at=now) for one in kept)
    return _WORDS[name][language]


def _was_asked(number: str, now: datetime) -> bool:
    """Only who began with START is answered: a person may also write to this number that they saw the child."""
    with acting_as(SYSTEM):
        return models.SignUpTry.objects.filter(key=_try_key(number), at__gt=now - timedelta(days=1)).exists()


def _keep(number: str, county: County, language: Language, now: datetime) -> None:
    key = subscribing.key_of("SMS", number)
    with audit.audited(SYSTEM, now, audit.Event.SUBSCRIPTION_ASKED) as entry, acting_as(SYSTEM):
        row = models.Subscription.objects.select_for_update().filter(channel="SMS", address_key=key).first()
        row = row or models.Subscription(
            channel="SMS", address=number, address_key=key, stop_key=secrets.token_urlsafe(24)
        )
        if row.state == "ACTIVE":
            return
        row.state, row.asked_at, row.language = "PENDING", now, language
        row.county_fips, row.cell = county.fips, None
        row.code_digest, row.code_expires_at = "", now + subscribing.CODE_LIVES
        row.save()
        entry.subject_id = row.id


def _spoken(number: str, otherwise: Language, now: datetime) -> Language:
    """Of the subscription; before there is one, Spanish when that was spoken today."""
    with acting_as(SYSTEM):
        row = models.Subscription.objects.filter(channel="SMS", address=number).first()
        if row is not None:
            return "es" if row.language == "es" else "en"
        spanish = models.SignUpTry.objects.filter(key=_spanish_key(number), at__gt=now - timedelta(days=1)).exists()
    return "es" if spanish else otherwise


def _try_key(number: str) -> str:
    return subscribing.key_of("text", number)


def _spanish_key(number: str) -> str:
    return subscribing.key_of("text-es", number)
