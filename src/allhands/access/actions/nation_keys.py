"""A nation's own key: offered by its data steward, in force when a second person of the nation confirmed it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from allhands.access import models
from allhands.access.contracts import NationKeyState
from allhands.access.permissions import check_keep_records, check_steward
from allhands.agencies import api as agencies
from allhands.kernel.actors import Actor, AgencyKind
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit import api as audit
from allhands.platform.vault.api import nation_box


def offer(actor: Actor, nation: str, line: str, reason: str, now: datetime) -> str:
    """The id of the key that waits for the second person.

    Args:
        line: the public key as `allhands nation-key make` printed it; empty for "seal nothing more".
    Raises:
        Denied: the actor is not the steward of a nation.
        Refused: `nation-key` (not a public key), `nation-key-reason`, `nation-key-waits`, `nation-key-same`.
    """
    with audit.audited(actor, now, audit.Event.NATION_KEY_OFFERED, details={"nation": nation}) as entry:
        check_steward(actor)
        public = _parse(line)
        if not reason.strip():
            raise Refused("nation-key-reason", _("Say why, for whoever reads it later."), field="reason")
        _check_new(nation, public)
        row = models.NationKey.objects.create(
            nation=nation,
            agency_id=actor.agency_id,
            public_key=public,
            reason=reason.strip(),
            offered_member_id=actor.member_id,
            offered_by=actor.label,
            offered_at=now,
        )
        entry.subject_id = row.id
    return str(row.id)


def confirm(actor: Actor, nation: str, key_id: str, now: datetime) -> None:
    """From now on what is the nation's own is sealed to this key; an earlier key ends.

    Raises:
        Denied: not a lead of the nation's own agency; the same person as offered it; nothing waits.
    """
    with audit.audited(actor, now, audit.Event.NATION_KEY_CONFIRMED, subject_id=key_id, details={"nation": nation}):
        row = _waiting(actor, nation, key_id)
        if agencies.is_same_person(row.offered_member_id, actor.member_id):
            raise Denied("nation-key-second")
        earlier = models.NationKey.objects.filter(nation=nation, state=NationKeyState.IN_FORCE.value)
        earlier.update(state=NationKeyState.ENDED.value)
        _answer(row, actor, NationKeyState.IN_FORCE, now)


def withdraw(actor: Actor, nation: str, key_id: str, now: datetime) -> None:
    """The key that waits comes to nothing: taken back, or its fingerprint was another one.

    Raises:
        Denied: not a lead of the nation's own agency; nothing waits.
    """
    with audit.audited(actor, now, audit.Event.NATION_KEY_WITHDRAWN, subject_id=key_id, details={"nation": nation}):
        _answer(_waiting(actor, nation, key_id), actor, NationKeyState.WITHDRAWN, now)


def check_lead_of_nation(actor: Actor) -> None:
    """May be the second person: whoever keeps records for the nation's government. Denied: access.steward."""
    check_keep_records(actor, actor.agency_id)
    if actor.agency_kind is not AgencyKind.TRIBAL_GOVERNMENT:
        raise Denied("access.steward")


def wanted() -> str:
    """What a public key looks like, in words."""
    return _("Copy the whole line that the command printed. It begins with allhands-nation-key-1:")


def _parse(line: str) -> bytes:
    if not line.strip():
        return b""
    try:
        return nation_box.parse_public(line)
    except nation_box.PrivatePart as fault:
        words = _("This is the private part. It must not leave the nation: make another key, and offer that one.")
        raise Refused("nation-key", words, field="public_key") from fault
    except nation_box.KeyFault as fault:
        raise Refused("nation-key", wanted(), field="public_key") from fault


def _check_new(nation: str, public: bytes) -> None:
    rows = {row.state: row for row in models.NationKey.objects.filter(nation=nation).order_by("offered_at")}
    if NationKeyState.WAITING.value in rows:
        raise Refused("nation-key-waits", _("One waits already. Confirm it or take it back first."))
    in_force = rows.get(NationKeyState.IN_FORCE.value)
    if (bytes(in_force.public_key) if in_force else b"") == public:
        raise Refused("nation-key-same", _("It stands so already."), field="public_key")


def _waiting(actor: Actor, nation: str, key_id: str) -> models.NationKey:
    check_lead_of_nation(actor)
    row = models.NationKey.objects.select_for_update().filter(pk=key_id, nation=nation).first()
    if row is None or row.agency_id != actor.agency_id or row.state != NationKeyState.WAITING.value:
        raise Denied("nation-key")
    return row


def _answer(row: models.NationKey, actor: Actor, state: NationKeyState, now: datetime) -> None:
    row.state, row.answered_at, row.answered_by = state.value, now, actor.label
    row.answered_member_id = actor.member_id
    row.save(update_fields=["state", "answered_at", "answered_by", "answered_member"])
