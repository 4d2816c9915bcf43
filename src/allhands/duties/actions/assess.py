"""Follow the facts: assess again and carry the ledger along. Runs inside the transaction that changed the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from allhands import law
from allhands.duties import domain, judging, models, routing
from allhands.duties.actions import notices
from allhands.duties.contracts import HOUSE_PACK, PERIOD_ACTIONS, Applies, DutyState, Sent
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView, FactLine, FactsChanged, Fresh, TimelineLine
from allhands.kernel.actors import Actor
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.inserting import insert_all, update_all
from allhands.platform.vault import api as vault

REFRESHED = (
    "pack_id", "title", "plain", "actor_code", "recipient_code", "action", "agency_id", "applies", "starts_fact",
    "starts_when", "due_words", "clock_starts_at", "due_at", "period_ends_at", "governs", "covered_by", "policy",
    "evidence_kinds", "source", "confidence",
)  # fmt: skip


def on_facts_changed(actor: Actor, change: FactsChanged) -> None:
    """Listener of the episodes slice: the ledger is never older than the facts."""
    reassess(actor, change.episode_id, change.at, fresh=change.fresh)


def reassess(
    actor: Actor,
    episode_id: EpisodeId,
    now: datetime,
    *,
    routes: routing.Routes | None = None,
    fresh: Fresh | None = None,
) -> law.Assessment:
    """The new assessment, stored with its packs, facts and traces; duties opened, refreshed or superseded by it.

    Args:
        routes: agencies found for other episodes in the same look at many.
        fresh: given when the episode was made in this very transaction: it has no duties and no packets yet.
    """
    with audit.audited(actor, now, audit.Event.ASSESSED, episode_id=episode_id) as entry, vault.at_hand():
        given = fresh or Fresh(episode=_episode(episode_id), statements=episodes.statements_of(episode_id))
        episode, statements = given.episode, given.statements
        assessment = judging.assess_statements(statements, as_of=now)
        record = assessment_row(episode_id, statements, assessment, now)
        insert_all([record])
        route = routing.Router(episode, statements, routes)
        plan, ledger = _follow(episode, assessment, route, now, held={} if fresh else _held(episode_id))
        frozen = notices.freeze_new(actor, episode, statements, ledger, route, now, first=fresh is not None)
        _tell_parties(episode, ledger, frozen, now)
        _tell_timeline(actor, episode, plan, frozen, now, first=fresh is not None)
        entry.subject_id = str(record.id)
        entry.details.update({"opened": len(plan.open), "superseded": len(plan.supersede), "tier": record.tier})
    return assessment


def _episode(episode_id: EpisodeId) -> EpisodeView:
    episode = episodes.find_episode(episode_id)
    if episode is None:
        raise LookupError(episode_id)
    return episode


def assessment_row(
    episode_id: EpisodeId, statements: Iterable[FactLine], assessment: law.Assessment, now: datetime
) -> models.Assessment:
    """An assessment as the table keeps it, not saved yet."""
    result = assessment.to_json()
    return models.Assessment(
        episode_id=episode_id,
        as_of=assessment.as_of,
        made_at=now,
        packs=result["packs"],
        facts=judging.said(statements),
        result=result,
        tier=assessment.tier.level,
        tier_reasons=[{"rule": why.rule_id, "en": why.text.en, "es": why.text.es} for why in assessment.tier.reasons],
        holds_until=assessment.holds_until,
    )


def _follow(
    episode: EpisodeView,
    assessment: law.Assessment,
    route: routing.Router,
    now: datetime,
    held: Mapping[str, models.Duty],
) -> tuple[domain.Plan, list[models.Duty]]:
    """Carry the ledger along; what was planned, and every duty of the episode as it is now."""
    asked = {duty.rule_id: duty for duty in assessment.duties if routing.is_for_the_ledger(duty)}
    plan = domain.plan_changes(
        (domain.Held(rule_id=duty.rule_id, state=DutyState(duty.state)) for duty in held.values()), asked
    )
    fresh = [_duty(episode, asked[rule], route, now) for rule in plan.open]
    insert_all(fresh)
    changed = []
    for rule in (*plan.refresh, *plan.reopen):
        if _refresh(held[rule], _duty(episode, asked[rule], route, now), reopened=rule in plan.reopen):
            changed.append(held[rule])
    for rule in plan.supersede:
        held[rule].state = domain.decide_duty(DutyState.OPEN, "supersede").value
        held[rule].reason = "facts-changed"
        changed.append(held[rule])
    update_all(changed, [*REFRESHED, "state", "reason"])
    return plan, [*fresh, *held.values()]


def _held(episode_id: EpisodeId) -> dict[str, models.Duty]:
    """What law asks on the ledger as it stands, locked until the transaction ends."""
    by_law = models.Duty.objects.exclude(pack_id=HOUSE_PACK).filter(episode_id=episode_id)
    return {duty.rule_id: duty for duty in by_law.select_for_update()}


def _duty(episode: EpisodeView, asked: law.DutyResult, route: routing.Router, now: datetime) -> models.Duty:
    return models.Duty(
        episode_id=episode.episode_id,
        rule_id=asked.rule_id,
        agency_id=route.agency_owing(asked),
        sent=Sent.NOT_SENT.value,
        opened_at=now,
        **said_by_law(asked),
    )


def said_by_law(asked: law.DutyResult) -> dict[str, Any]:
    """The part of a row of the ledger that is the law's, by field."""
    return {
        **moved_by_time(asked),
        "pack_id": asked.pack_id,
        "title": {"en": asked.title.en, "es": asked.title.es},
        "plain": {"en": asked.plain.en, "es": asked.plain.es},
        "actor_code": asked.actor,
        "recipient_code": asked.recipient,
        "action": asked.action,
        "starts_fact": asked.clock.starts_fact,
        "starts_when": {"en": asked.clock.starts_when.en, "es": asked.clock.starts_when.es},
        "due_words": {"en": asked.due_words.en, "es": asked.due_words.es},
        "policy": asked.clock.policy,
        "evidence_kinds": list(asked.evidence),
        "source": [
            {
                "citation": source.citation,
                "pin": source.pin,
                "quote": source.quote,
                "address": source.address or "",
                "confidence": source.confidence.value,
                "read_on": str(source.read_on or ""),
            }
            for source in asked.source
        ],
        "confidence": asked.confidence.value,
    }


def moved_by_time(asked: law.DutyResult) -> dict[str, Any]:
    """What of it facts and the hour may move while the rule stays what it is, by field."""
    is_period = asked.action in PERIOD_ACTIONS
    return {
        "applies": Applies.TRUE.value if asked.applies is law.Verdict.TRUE else Applies.UNKNOWN.value,
        "clock_starts_at": asked.clock_starts_at,
        "due_at": None if is_period else asked.due_at,
        "period_ends_at": asked.due_at if is_period else None,
        "governs": asked.governs,
        "covered_by": asked.covered_by or "",
    }


def _refresh(held: models.Duty, fresh: models.Duty, *, reopened: bool) -> bool:
    """Whether the row has changed: writing fifty rows that stay the same is most of what a new law costs."""
    before = [getattr(held, name) for name in REFRESHED]
    for name in REFRESHED:
        setattr(held, name, getattr(fresh, name))
    if reopened:
        held.state = domain.decide_duty(DutyState.SUPERSEDED, "reopen").value
        held.reason = ""
    return reopened or before != [getattr(held, name) for name in REFRESHED]


def _tell_parties(
    episode: EpisodeView, ledger: Iterable[models.Duty], frozen: Iterable[models.Notice], now: datetime
) -> None:
    """An agency that owes a certain duty takes part: it must see what it owes. So does one that gets a packet.

    One that is asked to take the child over takes part for the offer alone; with a duty of its own, for that too. To
    answer the offer is none.
    """
    owing = {AgencyId(one.agency_id) for one in ledger if one.agency_id and _is_of_its_own(one)}
    asked = {episode.offer.to_agency_id} if episode.offer else set()
    if new := (owing | notices.recipients_of(frozen)) - (episode.party_agency_ids - asked):
        episodes.add_parties(episode.episode_id, new, "DUTY", now)


def _is_of_its_own(duty: models.Duty) -> bool:
    return duty.applies == Applies.TRUE.value and duty.action != routing.HAND_OFF_ANSWER


def _tell_timeline(
    actor: Actor,
    episode: EpisodeView,
    plan: domain.Plan,
    frozen: Iterable[models.Notice],
    now: datetime,
    *,
    first: bool,
) -> None:
    counts = {"duties.opened": len(plan.open) + len(plan.reopen), "duties.superseded": len(plan.supersede)}
    lines: list[TimelineLine] = [(code, {"count": str(count)}) for code, count in counts.items() if count]
    lines += notices.lines_of(frozen)
    if lines:
        episodes.add_timelines(episode.episode_id, actor.label, now, lines, first=first)
