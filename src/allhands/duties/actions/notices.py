"""Packets: frozen when the ledger asks for them, sent by the worker, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from allhands.access import api as access
from allhands.agencies.contracts import AgencyView
from allhands.channels import api as channels
from allhands.channels.contracts import DeliveryState
from allhands.duties import disclosing, freezing, models, packet_input, routing, tasks
from allhands.duties.actions import receipts
from allhands.duties.contracts import Applies, DutyState, Sent
from allhands.duties.packets import DEFAULT_ALLOWED, PacketInput, PacketKind, build
from allhands.duties.packets import FactLine as PacketFact
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView, FactLine, TimelineLine
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId, EpisodeId, NoticeId, StatementId, new_id
from allhands.platform.audit import api as audit
from allhands.platform.jobs import api as jobs

KIND_OF_ACTION: Mapping[str, PacketKind] = {
    "report_to_police": PacketKind.POLICE,
    "report_to_ncmec": PacketKind.NCMEC,
    "notify_court": PacketKind.COURT,
    "notify_attorney": PacketKind.ATTORNEY,
    "notify_tribe": PacketKind.TRIBE,
    "notify_parents": PacketKind.PARENT,
}


_Key = tuple[PacketKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A packet to be made: of which kind, for which code, for whom, for which duties.

    Args:
        receiver: None when nobody on record is meant, or nobody has told us which.
    """

    kind: PacketKind
    recipient: str
    receiver: AgencyView | None
    duties: list[models.Duty]


def freeze_new(
    actor: Actor,
    episode: EpisodeView,
    statements: Iterable[FactLine],
    ledger: Iterable[models.Duty],
    route: routing.Router,
    now: datetime,
    *,
    first: bool = False,
) -> list[models.Notice]:
    """Freeze a packet for each recipient that a duty of ours names and that has none yet. Sending is the worker's.

    Args:
        ledger: every duty of the episode.
        first: whether the episode was made in this very transaction, and so has no packet yet.
    """
    held = {} if first else _held_by_key(episode)
    wanted = _missing(held, _wanted(episode, ledger), route)
    if not wanted:
        return []
    made = _freeze_all(actor, episode, statements, wanted, route, now, first=first)
    _keep(made)
    return made


def _freeze_all(
    actor: Actor,
    episode: EpisodeView,
    statements: Iterable[FactLine],
    wanted: Iterable[_Wanted],
    route: routing.Router,
    now: datetime,
    *,
    first: bool = False,
) -> list[models.Notice]:
    """The frozen packets, not stored yet; what all of them are made from is read once."""
    wanted = tuple(wanted)
    said = [line for line in statements if line.current and line.value is not None]
    given = packet_input.gather(actor, episode, route.owner, now)
    facts = {line.statement_id: packet_input.fact(line) for line in said}
    if first:
        walls = disclosing.first_walls(route.owner)
    else:
        walls = disclosing.walls_of(episode.episode_id, [one.receiver for one in wanted if one.receiver], now)
    return [_freeze(given, one, walls.part(said, one.kind, one.receiver), facts) for one in wanted]


def _held_by_key(episode: EpisodeView) -> dict[_Key, set[str | None]]:
    held: dict[_Key, set[str | None]] = {}
    for kind, code, agency in _held(episode).values_list("kind", "recipient_code", "recipient_agency_id"):
        held.setdefault((PacketKind(kind), code), set()).add(agency)
    return held


def _missing(
    held: Mapping[_Key, set[str | None]], wanted: Mapping[_Key, list[models.Duty]], route: routing.Router
) -> list[_Wanted]:
    """The packets that are not there yet. One for nobody is enough until somebody on record turns up."""
    return [
        one
        for key, duties in wanted.items()
        for one in _addressed(key, duties, route)
        if key not in held or (one.receiver is not None and one.receiver.id not in held[key])
    ]


def _addressed(key: _Key, duties: list[models.Duty], route: routing.Router) -> list[_Wanted]:
    receivers: tuple[AgencyView | None, ...] = route.told(key[1]) or (None,)
    return [_Wanted(kind=key[0], recipient=key[1], receiver=receiver, duties=duties) for receiver in receivers]


def send_update(actor: Actor, episode_id: EpisodeId, kind: PacketKind, recipient: str, now: datetime) -> NoticeId:
    """A new packet with what is known now, for each agency that the code means; the earlier ones stay on record.

    Returns the first of them.

    Raises:
        Denied: the actor may not add to this episode.
        Refused: `notice-same` when nothing that this recipient may have has changed; `notice-unasked`.
    """
    with audit.audited(actor, now, audit.Event.NOTICE_FROZEN, episode_id=episode_id):
        episode = episodes.get_episode(actor, episode_id)
        access.check_edit_facts(actor, episodes.access_of(episode))
        episodes.hold([episode_id])  # of two who send the same at one instant, the second hears so
        ledger = models.Duty.objects.filter(episode_id=episode_id)
        duties = _wanted(episode, ledger).get((kind, recipient))
        if duties is None:
            raise Refused("notice-unasked", "No duty of this agency asks for that packet.")
        statements = episodes.statements_of(episode_id)
        route = routing.Router(episode, statements)
        wanted = _addressed((kind, recipient), duties, route)
        earlier = _held(episode).filter(kind=kind.value, recipient_code=recipient)
        known = _standing(earlier, now)
        fresh = _freeze_all(actor, episode, statements, wanted, route, now)
        made = [one for one in fresh if one.digest not in known]
        if not made:
            raise Refused("notice-same", "Nothing that they may have has changed since the last packet.")
        for one in made:
            one.again = earlier.filter(digest=one.digest, issued_at__isnull=False).count()
        _keep(made)
        episodes.add_parties(episode_id, recipients_of(made), "DUTY", now)
        episodes.add_timelines(episode_id, actor.label, now, lines_of(made))
    return NoticeId(made[0].id)


def _standing(rows: QuerySet[models.Notice], now: datetime) -> set[str]:
    """Digests of what they have or will have. A packet that is held back tells nobody anything, nor does one that was
    called back."""
    waiting = rows.filter(issued_at__isnull=True, recipient_agency__isnull=False)
    held_back = [
        one.pk
        for one in waiting
        if disclosing.is_held_back(freezing.thaw(bytes(one.content)), AgencyId(str(one.recipient_agency_id)), now)
    ]
    called_back = access.list_to_send_again(rows.values_list("pk", flat=True), now)
    return set(rows.exclude(pk__in=[*held_back, *called_back]).values_list("digest", flat=True))


def recipients_of(made: Iterable[models.Notice]) -> set[AgencyId]:
    """The agencies on record that receive these packets: they take part from now on."""
    return {AgencyId(notice.recipient_agency_id) for notice in made if notice.recipient_agency_id}


def lines_of(made: Iterable[models.Notice]) -> list[TimelineLine]:
    """What the timeline says of packets that were just frozen."""
    return [
        ("notice.frozen", {"notice": notice.id, "kind": notice.kind, "recipient": notice.recipient_code})
        for notice in made
    ]


def _held(episode: EpisodeView) -> QuerySet[models.Notice]:
    return models.Notice.objects.filter(episode_id=episode.episode_id)


def _wanted(episode: EpisodeView, ledger: Iterable[models.Duty]) -> dict[_Key, list[models.Duty]]:
    """The packets the ledger asks for: by the owner's own duties that surely apply, or that only wait for a clock."""
    ours = [duty for duty in ledger if duty.action in KIND_OF_ACTION and _asks(duty, episode.owner_agency_id)]
    wanted: dict[_Key, list[models.Duty]] = {}
    for duty in sorted(ours, key=_by_deadline):
        wanted.setdefault((KIND_OF_ACTION[duty.action], duty.recipient_code), []).append(duty)
    return wanted


def _by_deadline(duty: models.Duty) -> tuple[float, str]:
    return (duty.due_at.timestamp() if duty.due_at else float("inf"), duty.rule_id)


def _asks(duty: models.Duty, owner: AgencyId) -> bool:
    return duty.state == DutyState.OPEN.value and duty.applies == Applies.TRUE.value and duty.agency_id == owner


def _freeze(
    given: PacketInput, wanted: _Wanted, parted: disclosing.Parted, facts: Mapping[StatementId, PacketFact]
) -> models.Notice:
    """The frozen packet, not stored yet."""
    kind, recipient, receiver, duties = wanted.kind, wanted.recipient, wanted.receiver, wanted.duties
    notice_id = NoticeId(new_id())
    passing, walled = parted
    given = packet_input.with_facts(given, (facts[line.statement_id] for line in passing), walled)
    addressed = packet_input.address(given, notice_id, receiver.name if receiver else recipient, duties)
    allowed = access.packet_classes(receiver.kind) if receiver else DEFAULT_ALLOWED[kind]
    packet = build(kind, addressed, allowed=allowed)
    return models.Notice(
        id=notice_id,
        episode_id=given.episode_id,
        kind=kind.value,
        recipient_code=recipient,
        recipient_agency_id=receiver.id if receiver else None,
        content=freezing.freeze(packet),
        digest=freezing.digest(packet, receiver.id if receiver else None),
        duty_ids=[duty.id for duty in duties],
        made_at=given.as_of,
    )


def _keep(made: Iterable[models.Notice]) -> None:
    """Store the packets, and have the worker issue those that somebody on record receives."""
    kept = models.Notice.objects.bulk_create(made)
    jobs.defer_all(tasks.issue_notice, [{"notice_id": notice.id} for notice in kept if notice.recipient_agency_id])


SENT_BY_STATE: Mapping[DeliveryState, Sent] = {
    DeliveryState.ACCEPTED: Sent.SENT,
    DeliveryState.SIMULATED: Sent.SENT,
    DeliveryState.OPENED: Sent.SENT,
    DeliveryState.FAILED: Sent.FAILED,
    DeliveryState.BOUNCED: Sent.FAILED,
    DeliveryState.ACKNOWLEDGED: Sent.ACKNOWLEDGED,
}


def on_delivery_status(notice_id: str, state: DeliveryState, by: str, now: datetime) -> None:
    """What became of a packet: a bounce turns its duties red with a phone number; a receipt is kept as evidence.

    A packet that somebody opened is not failed because another way did not work.
    """
    sent = SENT_BY_STATE.get(state)
    notice = models.Notice.objects.filter(pk=notice_id).defer("content").first()
    if notice is None or sent is None:
        return
    duties = models.Duty.objects.filter(pk__in=notice.duty_ids, state=DutyState.OPEN.value)
    duties = duties.exclude(sent=Sent.ACKNOWLEDGED.value)
    if sent is Sent.SENT:
        duties = duties.exclude(sent=Sent.SENT.value)  # the first way that took it says when it left
    if not (sent is Sent.FAILED and _was_seen(notice_id)):
        duties.update(sent=sent.value, sent_at=now)
    params = {"notice": notice.id, "kind": notice.kind, "state": state.value}
    episodes.add_timeline(EpisodeId(notice.episode_id), "notice.status", by, now, params)
    if sent is Sent.ACKNOWLEDGED:
        receipts.keep(notice, by, now)


def _was_seen(notice_id: str) -> bool:
    seen = {DeliveryState.OPENED, DeliveryState.ACKNOWLEDGED}
    return any(one.state in seen for one in channels.deliveries_for(notice_id))
