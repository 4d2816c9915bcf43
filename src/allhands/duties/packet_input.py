"""Gather what a packet may be made from: names, facts, duties, who sends and who receives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time

from django.conf import settings

from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView, RouteKind
from allhands.duties import models
from allhands.duties.packets import ChildNames, DutyLine, PacketInput, Photo, Sender, Text
from allhands.duties.packets import FactLine as PacketFact
from allhands.duties.packets.model import Bilingual
from allhands.episodes import api as episodes
from allhands.episodes.contracts import ChildView, EpisodeView, FactLine, NameKind
from allhands.geo import places
from allhands.kernel.actors import Actor
from allhands.kernel.ids import NoticeId
from allhands.platform import packs


def gather(actor: Actor, episode: EpisodeView, owner: AgencyView, now: datetime) -> PacketInput:
    """Everything but the facts that the packets of one episode may be made from, read once.

    `with_facts` adds what the walls let pass to one recipient; `address` says for whom the packet is.
    """
    return PacketInput(
        notice_id="",
        episode_id=episode.episode_id,
        child=_names(episode.child),
        facts=(),
        sender=_sender(episode, owner),
        recipient="",
        reported_at=episode.opened_at,
        as_of=now,
        duties=(),
        zone=owner.time_zone,
        world=settings.ALLHANDS_WORLD,
        photo=_photo(episode.child),
        printed_by=actor.label,
        site=settings.ALLHANDS_ORIGIN,
    )


def with_facts(given: PacketInput, passing: Iterable[PacketFact], walled: Mapping[str, Text]) -> PacketInput:
    """The same with the facts that may be judged for one recipient, and why others stay behind a wall."""
    return replace(given, facts=tuple(passing), walled=dict(walled))


def address(given: PacketInput, notice_id: NoticeId, recipient: str, duties: Iterable[models.Duty]) -> PacketInput:
    """The same for one recipient, with the duties that its packet answers; what may go in is decided at building."""
    return replace(given, notice_id=notice_id, recipient=recipient, duties=tuple(_duty(duty) for duty in duties))


def _photo(child: ChildView) -> Photo | None:
    photo = episodes.find_photo(child.child_id)
    if photo is None:
        return None
    taken_at = datetime.combine(photo.taken_on, time(12), UTC) if photo.taken_on else None
    return Photo(content=photo.content, media_type=photo.media_type, taken_at=taken_at)


def _names(child: ChildView) -> ChildNames:
    by_kind: dict[NameKind, list[str]] = {}
    for name in child.names:
        by_kind.setdefault(name.kind, []).append(name.text)
    legal = by_kind.get(NameKind.LEGAL, [])
    given, _, family = (legal[0] if legal else child.call_name).rpartition(" ")
    return ChildNames(
        given=given or family,
        family=family if given else "",
        nickname=next(iter(by_kind.get(NameKind.NICKNAME, [])), ""),
        others=tuple(by_kind.get(NameKind.OTHER, [])),
        tribal=tuple(by_kind.get(NameKind.TRIBAL, [])),
    )


def fact(line: FactLine) -> PacketFact:
    """A statement as packets tell it."""
    return PacketFact(
        fact_id=line.fact_id,
        value=line.value,
        informant=line.informant,
        certainty=line.certainty.value,
        stated_at=line.stated_at,
        supersedes=line.supersedes,
        words=_words(line),
    )


def _words(line: FactLine) -> Bilingual | None:
    if not isinstance(line.value, dict):
        return packs.choice_words(line.fact_id, line.value)
    part = {name: str(line.value.get(name) or "") for name in ("state", "county_fips", "nation")}
    return places.describe(**part, on_tribal_land=line.value.get("indian_country") is True)


def _sender(episode: EpisodeView, owner: AgencyView) -> Sender:
    member = agencies.get_member(episode.owner_member_id)
    routes = agencies.routes(episode.owner_agency_id)
    phones = [route for route in routes if route.kind is RouteKind.PHONE]
    mails = [route for route in routes if route.kind is RouteKind.EMAIL]
    return Sender(
        agency=owner.name,
        person=member.display_name,
        phone=phones[0].address if phones else "",
        after_hours=phones[1].address if len(phones) > 1 else "",
        email=mails[0].address if mails else "",
    )


def _duty(duty: models.Duty) -> DutyLine:
    source = duty.source[0] if duty.source else {"citation": "", "pin": ""}
    return DutyLine(
        rule_id=duty.rule_id,
        title=Text(en=duty.title["en"], es=duty.title["es"]),
        due_at=duty.due_at,
        due_words=Text(en=duty.due_words["en"], es=duty.due_words["es"]),
        citation=f"{source['citation']} {source['pin']}".strip(),
    )
