"""What is ready for whoever may issue: shown to everybody who writes and may not send it themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from allhands.alerts import consents, drafting, ladder
from allhands.alerts.contracts import AlertState
from allhands.alerts.web.opened import Opened

_BEFORE = frozenset({AlertState.DRAFT, AlertState.RETURNED, AlertState.OFFERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One thing to have ready, and where it is done; an empty address: not on these pages."""

    label: str
    is_done: bool
    href: str


def list_ready(opened: Opened) -> tuple[Ready, ...]:
    """The list, before anything left; empty for who may send it themselves and is not preparing for somebody else."""
    view, draft = opened.alert, opened.draft
    is_ncmec = view.request.way == ladder.NCMEC
    may_issue = opened.reader.actor.agency_id in view.request.authority_ids
    if view.state not in _BEFORE or (may_issue and not is_ncmec):
        return ()
    lacks = {
        lack.field
        for lack in drafting.lacks(
            draft, now=opened.reader.now, zone=opened.zone, on_record=consents.on_record(view, opened.reader.now)
        )
    }
    words = reverse("alert-write", args=[view.alert_id])
    area = reverse("alert-area", args=[view.alert_id])
    wanted = [
        (_("Looks and place, in both languages"), not {one for one in lacks if one.endswith(("_en", "_es"))}, words),
        (_("Day and time last seen"), "seen_at" not in lacks, words),
        (_("A picture, with a consent"), bool(draft.photo_id) and "consents" not in lacks, words),
        (_("The number people call, verified"), "route_id" not in lacks, words),
        (_("The area"), "area" not in lacks, area),
        (_("An agency that may send alerts for this land"), bool(view.request.authority_ids), ""),
    ]
    return tuple(Ready(label=label, is_done=done, href="" if done else href) for label, done, href in wanted)
