"""Reads of broadcasts: what became of them, their artefacts, who got them. People see counts, never subscribers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Min, Q

from allhands.alerts.contracts import AlertId, MessageKind, Subscriber, TransmissionId
from allhands.channels import domain, models
from allhands.channels.contracts import (
    Artefact,
    ChannelCondition,
    DoubtfulCopies,
    GroupState,
    SendingState,
    SignTask,
    Way,
    WayState,
)
from allhands.channels.ipaws import document
from allhands.channels.rooms import Recipient
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.wire import cap

# They got it, or may have: who must hear that it is over.
_GOT_IT = [
    state.value
    for state in SendingState
    if state not in {SendingState.WAITING, SendingState.NOT_CONFIGURED, SendingState.STOPPED}
]
_LONGEST_LIST = 500
_OPEN = ["CLAIMED", "UNCERTAIN", "UNCONFIRMED", "FAILED"]


def broadcast_state(transmission_id: TransmissionId) -> tuple[WayState, ...]:
    """What became of a transmission, way by way, unconfirmed first. The caller has checked the door."""
    with acting_as(SYSTEM):
        rows = models.Broadcast.objects.filter(transmission_id=transmission_id)
        states = [_way_state(row) for row in rows]
    order = list(Way)
    return tuple(sorted(states, key=lambda state: (state.unconfirmed == 0, order.index(state.way))))


def artefact(transmission_id: TransmissionId, way: Way, name: str) -> Artefact | None:
    """A frozen file as it left; None when there is none, or it was forgotten. The caller has checked the door."""
    with acting_as(SYSTEM):
        rows = models.FrozenArtefact.objects.filter(broadcast__transmission_id=transmission_id)
        row = rows.filter(broadcast__way=way.value, name=name).first()
    return None if row is None or not row.content else _artefact(row, way)


def recipients_of(alert_id: AlertId, way: Way) -> Iterator[Subscriber]:
    """Subscribers who got, or may have got, any transmission of this alert on this way; each once."""
    with acting_as(SYSTEM):
        rows = models.Sending.objects.filter(
            broadcast__alert_id=alert_id, broadcast__way=way.value, state__in=_GOT_IT
        ).exclude(address="")
        newest = rows.order_by("recipient_key", "-id").distinct("recipient_key")
        for row in newest.iterator(chunk_size=5000):
            language = "es" if row.language == "es" else "en"
            yield Subscriber(
                key=row.recipient_key,
                address=row.address,
                language=language,  # type: ignore[arg-type]  # one of the two just above
                stop_url=row.stop_url,
            )


def own_recipients_of(alert_id: AlertId, way: Way) -> tuple[Recipient, ...]:
    """Signs, machines and systems that got, or may have got, an earlier transmission. The caller acts as the system."""
    rows = models.Sending.objects.filter(
        broadcast__alert_id=alert_id, broadcast__way=way.value, state__in=_GOT_IT, language="en"
    ).exclude(group="", label="")
    newest = rows.order_by("recipient_key", "-id").distinct("recipient_key")
    return tuple(
        Recipient(
            key=row.recipient_key,
            group=row.group,
            label=row.label,
            address=row.address,
            by_person=row.next_at is None and row.attempts == 0,
        )
        for row in newest
        if ":" not in row.recipient_key
    )


def _way_state(row: models.Broadcast) -> WayState:
    groups = sorted(_groups(row), key=lambda group: (group.unconfirmed == 0, group.key))
    return WayState(
        way=Way(row.way),
        kind=MessageKind(row.kind),
        condition=ChannelCondition(row.condition),
        created_at=row.created_at,
        groups=tuple(groups),
        artefacts=tuple(row.artefacts.order_by("position").values_list("name", flat=True)),
        fetched=row.fetched if row.way == Way.FEEDS.value else None,
    )


def _groups(row: models.Broadcast) -> Iterator[GroupState]:
    states: dict[str, dict[SendingState, int]] = {}
    for group, state, count in row.sendings.values_list("group", "state").annotate(count=Count("id")):
        states.setdefault(group, {})[SendingState(state)] = count
    facts = row.sendings.values("group").annotate(
        label=Max("label"), recipients=Count("id"), submitted=Count("submitted_at"), accepted=Count("accepted_at"),
        final=Count("final_at"), seen=Count("seen_at"), first=Min("submitted_at"), last=Max("accepted_at"),
    )  # fmt: skip
    said = _said(row)
    for one in facts:
        yield _group(dict(one), states[one["group"]], said.get(one["group"], ("", "")))


def _said(row: models.Broadcast) -> dict[str, tuple[str, str]]:
    """What was said of each group: of its open copies when there are any, else of a settled one."""
    open_rows = row.sendings.filter(state__in=_OPEN).order_by("group", "-changed_at").distinct("group")
    settled = row.sendings.exclude(code="").order_by("group", F("changed_at").desc()).distinct("group")
    found = {one.group: (one.code, one.words) for one in settled.only("group", "code", "words")}
    return {**found, **{one.group: (one.code, one.words) for one in open_rows.only("group", "code", "words")}}


def _group(facts: dict[str, Any], states: dict[SendingState, int], said: tuple[str, str]) -> GroupState:
    first: datetime | None = facts["first"]
    return GroupState(
        key=facts["group"],
        label=facts["label"],
        recipients=facts["recipients"],
        states=states,
        submitted=facts["submitted"],
        accepted=facts["accepted"],
        final=facts["final"],
        seen=facts["seen"],
        submitted_at=first,
        accepted_at=facts["last"],
        code=said[0],
        words=said[1],
    )


def _artefact(row: models.FrozenArtefact, way: Way) -> Artefact:
    return Artefact(
        way=way,
        name=row.name,
        media_type=row.media_type,
        languages=tuple("es" if one == "es" else "en" for one in row.languages.split(",")),
        content=bytes(row.content),
        text=row.text,
    )


def list_doubtful(now: datetime) -> tuple[DoubtfulCopies, ...]:
    """Groups of copies that no machine may decide about, longest first. The caller has checked the door."""
    free_before = now - domain.CLAIM_TIMEOUT
    with acting_as(SYSTEM):
        rows = (
            models.Sending.objects.filter(
                Q(state__in=["UNCERTAIN", "UNCONFIRMED", "FAILED"]) | Q(state="CLAIMED", claimed_at__lt=free_before)
            )
            .values("broadcast_id", "broadcast__way", "group", "state")
            .annotate(count=Count("id"), label=Max("label"), since=Min("changed_at"), code=Max("code"))
            .order_by("since")[:_LONGEST_LIST]
        )
        return tuple(
            DoubtfulCopies(
                broadcast_id=row["broadcast_id"],
                way=Way(row["broadcast__way"]),
                group=row["group"],
                label=row["label"],
                state=SendingState(row["state"]),
                count=row["count"],
                since=row["since"],
                code=row["code"],
            )
            for row in rows
        )


def list_sign_tasks() -> tuple[SignTask, ...]:
    """Signs a person must set or clear, oldest first. The caller has checked the door."""
    with acting_as(SYSTEM):
        rows = (
            models.Sending.objects.filter(state="WAITING", next_at__isnull=True, broadcast__way=Way.SIGNS.value)
            .select_related("broadcast")
            .order_by("changed_at", "id")[:_LONGEST_LIST]
        )
        signs = models.RoadSign.objects.in_bulk([row.recipient_key for row in rows])
        return tuple(_sign_task(row, signs.get(row.recipient_key)) for row in rows)


def _sign_task(row: models.Sending, sign: models.RoadSign | None) -> SignTask:
    sign_type = sign.sign_type if sign else ""
    file = row.broadcast.artefacts.filter(name=f"sign-{sign_type}.txt", leaves=True).first()
    return SignTask(
        sending_id=row.pk,
        label=row.label,
        sign_type=sign_type,
        multi=bytes(file.content).decode("ascii") if file else "",
        text=file.text if file else "",
        is_composed=file is not None,
        spoken=_spoken(row.broadcast) if file is None else (),
        contact=", ".join(part for part in (sign.owner, sign.contact) if part) if sign else "",
        is_cancel=row.broadcast.kind == MessageKind.CANCEL.value,
        mark="" if row.broadcast.alert_status == "Actual" else row.broadcast.alert_status,
        since=row.changed_at,
        expires_at=row.broadcast.expires_at,
    )


def _spoken(broadcast: models.Broadcast) -> tuple[str, ...]:
    """What a person reads out for a sign that shows no text of its own, from the frozen document."""
    file = broadcast.artefacts.filter(name=document.NAME).first()
    alert = cap.decode(bytes(file.content)).alert if file else None
    if alert is None:
        return ()
    info = alert.infos[0]
    return tuple(part for part in (info.headline, info.description, info.instruction, info.contact) if part)
