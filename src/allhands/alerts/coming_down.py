"""What was handed out must come down: a row of the duty ledger with a clock, closed when every way says it is down."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from allhands.alerts import domain, models
from allhands.alerts.contracts import AlertView
from allhands.alerts.owing import owing_agency
from allhands.duties import api as duties
from allhands.duties.contracts import HouseDuty

_STEM: Final = "house.alert-take-down."
_DOWN: Final = "All copies are down / Todas las copias se quitaron"


def open_duty(view: AlertView, now: datetime) -> bool:
    """Whether the duty was opened now; never twice, and not when no copy of the alert stays anywhere."""
    if not models.TakeDown.objects.filter(alert_id=view.alert_id, done_at=None).exists():
        return False
    agency_id = owing_agency(view)
    if agency_id is None:
        return False
    title = view.request.title
    asked = HouseDuty(
        stem=f"{_STEM}{view.alert_id}",
        episode_id=view.episode_id,
        agency_id=agency_id,
        title={"en": f"Take the copies down: {title['en']}", "es": f"Quitar las copias: {title['es']}"},
        plain={
            "en": "The alert is over. Posters, pictures, signs and posts that were handed out are still there until "
            "somebody takes them down. Say for each way that they are down, and how you know.",
            "es": "La alerta terminó. Los carteles, imágenes, letreros y publicaciones que se repartieron siguen ahí "
            "hasta que alguien los quite. Diga de cada vía que ya no están y cómo lo sabe.",
        },
        act_path=f"/alerts/{view.alert_id}",
        starts_when={"en": "the alert is over", "es": "termina la alerta"},
        due_words={"en": "within 24 hours", "es": "en 24 horas"},
        within=domain.TAKE_DOWN_WITHIN,
    )
    return duties.open_duty(asked, now)


def close_duty(view: AlertView, by: str, now: datetime) -> bool:
    """Whether nothing is left to take down, and the duty is proved by that."""
    if models.TakeDown.objects.filter(alert_id=view.alert_id, done_at=None).exists():
        return False
    return duties.close_duties(view.episode_id, f"{_STEM}{view.alert_id}.", _DOWN, by, now) > 0
