"""The escalation ladder: half of the time used, four fifths, over. Named people are told; nothing climbs in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allhands.agencies import api as agencies
from allhands.agencies.contracts import MemberView
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, Outgoing
from allhands.duties import domain, models
from allhands.duties.contracts import HOUSE_PACK, Applies, DutyState, Rung
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, EpisodeView
from allhands.kernel.actors import SYSTEM, Role
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

# Who hears at which rung. The first role that has somebody on record hears; the next rung adds, never replaces.
ROLES: Mapping[Rung, tuple[Role, ...]] = {
    Rung.HALF: (Role.CASEWORKER, Role.OFFICER, Role.TRIBAL_LIAISON, Role.COURT_CLERK, Role.CLEARINGHOUSE_ANALYST),
    Rung.NEAR: (Role.SUPERVISOR, Role.DISPATCHER, Role.DIRECTOR),
    Rung.OVER: (Role.DIRECTOR, Role.SUPERVISOR),
}


def climb_all(now: datetime) -> int:
    """How many duties climbed a rung at `now`. Called each minute by the worker; safe to call at any time."""
    climbed = 0
    with acting_as(SYSTEM):
        running = _running(now)
    for duty_id in running:
        with audit.audited(SYSTEM, now, audit.Event.DUTY_ESCALATED, subject_id=duty_id) as entry:
            duty = models.Duty.objects.select_for_update().get(pk=duty_id)
            rung = domain.rung_at(clock_starts_at=duty.clock_starts_at, due_at=duty.due_at, now=now)
            entry.episode_id = EpisodeId(duty.episode_id)
            entry.details.update({"rule": duty.rule_id, "rung": int(rung)})
            episode = episodes.find_episode(duty.episode_id)
            if episode is not None and _still_runs(episode, duty) and rung > duty.rung:
                climb(duty, episode, rung, now)
                climbed += 1
    return climbed


def _still_runs(episode: EpisodeView, duty: models.Duty) -> bool:
    return episode.state is not EpisodeState.CLOSED and duty.state == DutyState.OPEN.value


def climb(duty: models.Duty, episode: EpisodeView, rung: Rung, now: datetime) -> None:
    """Tell the people of this rung and write it down; telling the same person twice for one rung is impossible."""
    for member in _people(duty, episode, rung):
        _, new = models.LadderStep.objects.get_or_create(
            duty=duty,
            rung=rung.value,
            member_id=member.id,
            defaults={"at": now, "told": member.display_name, "role": member.role.value},
        )
        if new:
            channels.queue(SYSTEM, _message(duty, episode, member, rung), now)
    duty.rung = max(duty.rung, rung.value)
    duty.save(update_fields=["rung"])
    params = {"duty": duty.id, **named(duty), "rung": str(rung.value)}
    episodes.add_timeline(EpisodeId(duty.episode_id), "duty.escalated", SYSTEM.label, now, params)


def named(duty: models.Duty) -> dict[str, str]:
    """What a line of the timeline needs to name the duty: its rule, or the words of one that no rule asks."""
    if duty.pack_id != HOUSE_PACK:
        return {"rule": duty.rule_id}
    return {"title_en": duty.title["en"], "title_es": duty.title["es"]}


def _running(now: datetime) -> list[str]:
    rows = models.Duty.objects.filter(
        state=DutyState.OPEN.value,
        applies=Applies.TRUE.value,
        governs=True,
        clock_starts_at__lte=now,
        due_at__isnull=False,
        rung__lt=Rung.OVER.value,
    )
    return [
        row.id
        for row in rows.only("id", "clock_starts_at", "due_at", "rung").iterator()
        if domain.rung_at(clock_starts_at=row.clock_starts_at, due_at=row.due_at, now=now) > row.rung
    ]


def _people(duty: models.Duty, episode: EpisodeView, rung: Rung) -> tuple[MemberView, ...]:
    agency_id = AgencyId(duty.agency_id) if duty.agency_id else episode.owner_agency_id
    if rung is Rung.HALF and agency_id == episode.owner_agency_id:
        return (agencies.get_member(episode.owner_member_id),)
    for role in ROLES[rung]:
        members = agencies.list_members(agency_id, roles=(role,))
        if members:
            return members
    return (agencies.get_member(episode.owner_member_id),)


def _message(duty: models.Duty, episode: EpisodeView, member: MemberView, rung: Rung) -> Outgoing:
    """A word to the agency's inbox that names the duty, never the child's condition."""
    words = {
        Rung.HALF: ("Half of the time used, no proof", "Pasó la mitad del plazo, sin prueba"),
        Rung.NEAR: ("Four fifths of the time used, no proof", "Pasaron cuatro quintos del plazo, sin prueba"),
        Rung.OVER: ("Time over, no proof", "Plazo vencido, sin prueba"),
        Rung.NONE: ("", ""),
    }[rung]
    en, es = (f"{said}: {duty.title[lang]}" for said, lang in zip(words, ("en", "es"), strict=True))
    return Outgoing(
        channel=Channel.INBOX,
        sender_agency=episode.owner_agency_id,
        sender_label="Allhands",
        recipient_agency=member.agency_id,
        recipient_member=member.id,
        recipient_label=member.display_name,
        address="",
        subject=f"{en} / {es}",
        body=f"{en}\n{es}\n\n/e/{episode.episode_id}/d/{duty.id}",
        sensitivity="P1",
        refers_to=duty.id,
        idempotency_key=f"{duty.id}-{rung.value}-{member.id}",
        episode_id=episode.episode_id,
    )
