"""What a nation's people said before the nation had a key, sealed to it: asked by the steward, confirmed by a second.

What is sealed is what would be sealed if it were said today (decision 0011): statements that the nation's people made
of facts which the nation marked as its own. With them go pictures and papers that its people added, once no response
about the child runs. A record that a court sealed, or that somebody holds for a proceeding, is left as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from allhands.access import annex, models, tasks
from allhands.access.actions.nation_keys import check_lead_of_nation
from allhands.access.contracts import MarkKind, NationKeyState, SealingState
from allhands.access.permissions import check_steward
from allhands.agencies import api as agencies
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.keeping import api as keeping
from allhands.kernel.actors import SYSTEM, Actor, AgencyKind
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs import api as jobs
from allhands.platform.vault import api as vault

_log = logging.getLogger(__name__)
_OF_NATIONS = (AgencyKind.TRIBAL_GOVERNMENT, AgencyKind.TRIBAL_POLICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is sealed at once: what was said of one record, one picture, or one paper.

    Args:
        kind: the column that counts it.
        size: how many there are in it.
        file_id: of the picture or paper.
        is_wanted: a response runs that may need it; only of pictures and papers.
    """

    kind: str
    episode_ids: tuple[EpisodeId, ...]
    size: int = 1
    file_id: str = ""
    is_wanted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What lies open: what a sealing would take, and what it would leave because it is wanted or held."""

    statements: int = 0
    photos: int = 0
    papers: int = 0
    wanted: int = 0
    held: int = 0

    @property
    def to_seal(self) -> int:
        """All that a sealing would take."""
        return self.statements + self.photos + self.papers


def left_of(nation: str) -> Left:
    """What of the nation's lies open here; counts only."""
    with acting_as(SYSTEM):
        pieces = list(_pieces(nation))
        held = {hold.episode_id for hold in keeping.list_holds({one for each in pieces for one in each.episode_ids})}
        wanted = [one for one in pieces if one.is_wanted]
        kept = [one for one in pieces if not one.is_wanted and held & set(one.episode_ids)]
        free = [one for one in pieces if not one.is_wanted and not held & set(one.episode_ids)]
    return Left(
        **{kind: sum(one.size for one in free if one.kind == kind) for kind in ("statements", "photos", "papers")},
        wanted=sum(one.size for one in wanted),
        held=sum(one.size for one in kept),
    )


def ask(actor: Actor, nation: str, reason: str, now: datetime) -> str:
    """The id of the wish that waits for the second person.

    Raises:
        Denied: the actor is not the steward of a nation.
        Refused: `earlier-reason`, `earlier-key` (no key is in force), `earlier-waits`, `earlier-nothing`.
    """
    with audit.audited(actor, now, audit.Event.NATION_SEALING_ASKED, details={"nation": nation}) as entry:
        check_steward(actor)
        if not reason.strip():
            raise Refused("earlier-reason", _("Say why, for whoever reads it later."), field="earlier_reason")
        key = annex.key_in_force(nation)
        if key is None:
            raise Refused("earlier-key", _("No key of yours is in force. Offer one first."))
        under_way = [SealingState.WAITING.value, SealingState.RUNNING.value]
        if models.NationSealing.objects.filter(nation=nation, state__in=under_way).exists():
            raise Refused("earlier-waits", _("This was asked already. Let it end first, or take it back."))
        if not left_of(nation).to_seal:
            raise Refused("earlier-nothing", _("Nothing that could be locked now lies open."))
        row = models.NationSealing.objects.create(
            nation=nation,
            agency_id=actor.agency_id,
            key=key,
            reason=reason.strip(),
            asked_member_id=actor.member_id,
            asked_by=actor.label,
            asked_at=now,
        )
        entry.subject_id = row.id
    return str(row.id)


def confirm(actor: Actor, nation: str, sealing_id: str, now: datetime) -> None:
    """It begins. What is sealed then cannot be taken back by anybody but whoever has the nation's key.

    Raises:
        Denied: not a lead of the nation's own agency; the same person as asked; nothing waits.
        Refused: `earlier-key` when the key it was asked for is no longer in force.
    """
    event = audit.Event.NATION_SEALING_CONFIRMED
    with audit.audited(actor, now, event, subject_id=sealing_id, details={"nation": nation}):
        row = _waiting(actor, nation, sealing_id)
        if agencies.is_same_person(row.asked_member_id, actor.member_id):
            raise Denied("nation-key-second")
        if row.key.state != NationKeyState.IN_FORCE.value:
            raise Refused("earlier-key", _("The key this was asked for is no longer in force. Take it back, ask anew."))
        row.wanted = left_of(nation).to_seal
        _answer(row, actor, SealingState.RUNNING, now)
        jobs.defer(tasks.seal_earlier, sealing_id=row.id)


def withdraw(actor: Actor, nation: str, sealing_id: str, now: datetime) -> None:
    """The wish comes to nothing. What runs already is not stopped by this: ending the key stops it.

    Raises:
        Denied: not a lead of the nation's own agency; nothing waits.
    """
    event = audit.Event.NATION_SEALING_WITHDRAWN
    with audit.audited(actor, now, event, subject_id=sealing_id, details={"nation": nation}):
        _answer(_waiting(actor, nation, sealing_id), actor, SealingState.WITHDRAWN, now)


def run(sealing_id: str, now: datetime) -> None:
    """Seal piece by piece, each in a transaction of its own with its entry in the journal; begun anew, it goes on.

    A piece that cannot be opened here, because its own key is missing, is left and logged: the rest is sealed, the
    count says that one was not, and it can be asked again.
    """
    with acting_as(SYSTEM):
        row = models.NationSealing.objects.filter(pk=sealing_id, state=SealingState.RUNNING.value).first()
        pieces = [one for one in _pieces(row.nation) if not one.is_wanted] if row else []
    for piece in pieces:
        try:
            goes_on = _seal(sealing_id, piece, now)
        except (vault.WrappingFault, vault.EnvelopeFault) as fault:
            told = {"sealing_id": sealing_id, "part": piece.kind, "fault": type(fault).__name__}
            _log.error("access.piece_not_opened", extra=told)
            continue
        if not goes_on:
            return
    with acting_as(SYSTEM):
        if row:
            _end(_locked(sealing_id), SealingState.DONE, now)


def _seal(sealing_id: str, piece: Piece, now: datetime) -> bool:
    """One piece, as it is now. False when the sealing must stop: its key is no longer in force."""
    with acting_as(SYSTEM):
        row = _locked(sealing_id)
        if row.state != SealingState.RUNNING.value:
            return False
        if row.key.state != NationKeyState.IN_FORCE.value:
            _end(row, SealingState.ENDED, now)
            return False
        if keeping.list_holds(piece.episode_ids):
            return True
        about = piece.episode_ids[-1] if piece.episode_ids else ""
        event, details = audit.Event.NATION_SEALED_EARLIER, {"nation": row.nation, "kind": piece.kind}
        with audit.audited(SYSTEM, now, event, episode_id=about, subject_id=row.id, details=dict(details)) as entry:
            done = _do(piece, row.nation, bytes(row.key.public_key), now)
            entry.details["sealed"] = done
        setattr(row, piece.kind, getattr(row, piece.kind) + done)
        row.save(update_fields=[piece.kind])
    return True


def _do(piece: Piece, nation: str, public_key: bytes, now: datetime) -> int:
    if piece.kind == "photos":
        return int(episodes.annex_photo(piece.file_id, public_key))
    if piece.kind == "papers":
        return int(duties.annex_paper(piece.file_id, public_key))
    [episode_id] = piece.episode_ids
    facts = _marked(episode_id=episode_id).get(episode_id, frozenset())  # a mark may have been lifted since
    lines = episodes.annex_statements(episode_id, facts, _people_of(nation), public_key)
    duties.forget_lines(episode_id, lines)
    if lines:
        episodes.tell_annexed(episode_id, now)
    return len(lines)


def _pieces(nation: str) -> Iterator[Piece]:
    """Everything of the nation's that lies open, in the order in which it is sealed."""
    staff = _people_of(nation)
    for episode_id, facts in _marked().items():
        count = episodes.count_open_statements(episode_id, facts, staff)
        if count:
            yield Piece(kind="statements", episode_ids=(episode_id,), size=count)
    for photo in episodes.list_open_photos(staff):
        yield Piece(kind="photos", episode_ids=photo.episode_ids, file_id=photo.photo_id, is_wanted=photo.is_wanted)
    for paper in duties.list_open_papers(staff):
        yield Piece(kind="papers", episode_ids=(paper.episode_id,), file_id=paper.paper_id, is_wanted=paper.is_wanted)


def _marked(**of: str) -> Mapping[EpisodeId, frozenset[str]]:
    """Each response, or the one named, with the facts that a nation marked as its own."""
    found: dict[EpisodeId, set[str]] = {}
    rows = models.Mark.objects.filter(**of, kind=MarkKind.TRIBAL_ONLY.value, lifted_at__isnull=True)
    rows = rows.order_by("at", "pk")
    for episode_id, fact_id in rows.values_list("episode_id", "fact_id"):
        found.setdefault(EpisodeId(episode_id), set()).add(fact_id)
    return {episode_id: frozenset(facts) for episode_id, facts in found.items()}


def _people_of(nation: str) -> tuple[AgencyId, ...]:
    """The nation's own agencies."""
    own = (one for one in agencies.list_agencies() if one.kind in _OF_NATIONS)
    return tuple(one.id for one in own if any(area.nation == nation for area in one.areas))


def _locked(sealing_id: str) -> models.NationSealing:
    return models.NationSealing.objects.select_for_update(of=("self",)).select_related("key").get(pk=sealing_id)


def _end(row: models.NationSealing, state: SealingState, now: datetime) -> None:
    if row.state == SealingState.RUNNING.value:
        row.state, row.ended_at = state.value, now
        row.save(update_fields=["state", "ended_at"])


def _waiting(actor: Actor, nation: str, sealing_id: str) -> models.NationSealing:
    check_lead_of_nation(actor)
    rows = models.NationSealing.objects.select_for_update(of=("self",)).select_related("key")
    row = rows.filter(pk=sealing_id, nation=nation, state=SealingState.WAITING.value).first()
    if row is None or row.agency_id != actor.agency_id:
        raise Denied("nation-key")
    return row


def _answer(row: models.NationSealing, actor: Actor, state: SealingState, now: datetime) -> None:
    row.state, row.answered_at, row.answered_by = state.value, now, actor.label
    row.answered_member_id = actor.member_id
    row.save(update_fields=["state", "answered_at", "answered_by", "answered_member", "wanted"])
