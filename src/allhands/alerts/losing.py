"""A consent lost while an alert is out, as a row of the duty ledger: its words, its clock, who owes it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from allhands.alerts import domain
from allhands.alerts.contracts import AlertId, AlertView
from allhands.duties import api as duties
from allhands.duties.contracts import HouseDuty
from allhands.kernel.ids import AgencyId

_STEM: Final = "house.alert-consent."


def open_duty(view: AlertView, agency_id: AgencyId, now: datetime) -> bool:
    """Whether the duty was opened now; it is closed by an update without the field, or by taking the alert back."""
    title = view.request.title
    asked = HouseDuty(
        stem=f"{_STEM}{view.alert_id}.{view.transmission_id}",
        episode_id=view.episode_id,
        agency_id=agency_id,
        title={"en": f"Take the field or the alert back: {title['en']}",
               "es": f"Quitar el dato o retirar la alerta: {title['es']}"},
        plain={
            "en": "Somebody took back the consent to a part of an alert that is out, or it ran out. Send an update "
            "without that part, or take the alert back. Nothing more leaves with it meanwhile.",
            "es": "Alguien retiró el permiso para una parte de una alerta activa, o ese permiso venció. Envíe una "
            "actualización sin esa parte o retire la alerta. Mientras tanto no sale nada más con ella.",
        },
        act_path=f"/alerts/{view.alert_id}",
        starts_when={"en": "a consent is lost while the alert is out",
                     "es": "se pierde un permiso con la alerta activa"},
        due_words={"en": "within 1 hour", "es": "en 1 hora"},
        within=domain.CONSENT_WITHIN,
    )  # fmt: skip
    return duties.open_duty(asked, now)


def close_duties(view: AlertView, words: str, by: str, now: datetime) -> int:
    """How many duties the act closed: an update, a take-back, the end, or a consent that holds again."""
    return duties.close_duties(view.episode_id, f"{_STEM}{view.alert_id}.", words, by, now)


def counted(agency_id: AgencyId | str = "") -> frozenset[AlertId]:
    """Alerts whose loss stands open on the ledger of this agency, or of any that the actor may see."""
    found = duties.list_house(_STEM, agency_id=AgencyId(agency_id) if agency_id else None)
    return frozenset(AlertId(rule_id.removeprefix(_STEM).partition(".")[0]) for _episode, rule_id in found)
