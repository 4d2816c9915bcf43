"""Invented people and moments for the gallery. Nobody here is real."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from allhands.ui.wording import Lang

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 24, 19, 22, tzinfo=UTC)

LONG_NAME = "Maximiliana-Esperanza Whitestone de la Cruz y Villanueva-Orr"
NAMES = (
    ("Diné", "Haséyaa Béésh Łigai Tsosie"),
    ("Lakota", "Wičháȟpi Wašté Wiŋ"),
    ("Hawaiian", "Kealohapauʻole Kaʻōnohi"),
    ("Cherokee", "ᎠᏓᏅᏙ ᏩᏯ"),
    ("Spanish", "Íñigo Peña Agüero"),
)


def hours_ago(hours: float) -> datetime:
    """That long before the gallery's now."""
    return NOW - timedelta(hours=hours)


def hours_on(hours: float) -> datetime:
    """That long after the gallery's now."""
    return NOW + timedelta(hours=hours)


def say(lang: Lang, english: str, spanish: str) -> str:
    """The example's words in one of our two languages."""
    return {"en": english, "es": spanish}[lang]
