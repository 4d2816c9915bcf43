"""Every artefact of a draft exactly as it would leave, kept for a moment so that pictures and files match the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from allhands.alerts import assembling, drafting, freezing, queries, ways
from allhands.alerts.contracts import AlertMessage, AlertView, AuthorityView, MessageKind, TransmissionId
from allhands.channels.contracts import Artefact
from allhands.kernel.ids import AgencyId


def message_of(view: AlertView, draft: drafting.Draft) -> AlertMessage | None:
    """The message as it would leave now; None while the words, the number or an authority are missing.

    It is stamped with the time of the last change, so that the same draft always draws the same artefacts.
    """
    authority = _authority(view)
    owners = assembling.number_owners(view)
    known = {one.id for one in assembling.callable_routes(owners)}
    if authority is None or not draft.languages or draft.route_id not in known:
        return None
    envelope = assembling.Envelope(
        transmission_id=TransmissionId(view.alert_id),
        kind=MessageKind.UPDATE if view.sent_at else MessageKind.ALERT,
        authority=authority,
        sent_at=view.changed_at,
        expires_at=view.changed_at + timedelta(hours=draft.hours),
        references=queries.list_references(view.alert_id),
    )
    return assembling.draft_message(view, draft, envelope)


def artefacts_of(message: AlertMessage, chosen: Sequence[str]) -> tuple[Artefact, ...]:
    """Every file and text of these ways."""
    return _drawn(freezing.freeze(message), tuple(chosen))


@lru_cache(maxsize=8)
def _drawn(frozen: bytes, chosen: tuple[str, ...]) -> tuple[Artefact, ...]:
    return ways.previews(freezing.thaw(frozen), chosen)


def _authority(view: AlertView) -> AuthorityView | None:
    held = {one.agency_id: one for one in queries.list_authorities()}
    asked: tuple[AgencyId, ...] = view.request.authority_ids
    return next((held[agency_id] for agency_id in asked if agency_id in held), None)
