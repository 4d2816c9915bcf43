"""From the values of the slices to the shapes of the API: nothing beyond what the door lets this actor see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allhands.agencies import api as agencies
from allhands.duties import api as duties
from allhands.duties.api import Knowing
from allhands.duties.contracts import DutyView
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView, FactLine, NameKind, NewName, Reported
from allhands.exchange.web import schemas
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId


def show_report(actor: Actor, reported: Reported) -> schemas.ReportOut:
    """The answer to a report: the episode with its clocks."""
    episode = episodes.get_episode(actor, reported.episode_id)
    knowing = knowing_of(actor, episode)
    return schemas.ReportOut(
        episode_id=reported.episode_id,
        child_id=reported.child_id,
        received_at=reported.received_at,
        created=reported.created,
        owner=_owner(episode),
        tier=show_tier(episode.episode_id, knowing),
        duties=show_duties(episode.episode_id, knowing),
        ask_next=_questions(episode.episode_id, knowing),
    )


def show_episode(actor: Actor, episode: EpisodeView, now: datetime) -> schemas.EpisodeOut:
    """The episode, without what is not this actor's to see. What is of the case goes to the disclosure ledger."""
    statements = episodes.statements_of(episode.episode_id)
    knowing = duties.know(actor, episode, statements, now)
    duties.tell_page(actor, episode, statements, knowing, now)
    return schemas.EpisodeOut(
        episode_id=episode.episode_id,
        state=episode.state,
        child=_child(episode, knowing),
        owner=_owner(episode),
        owner_since=episode.owner_since,
        opened_at=episode.opened_at,
        missing_since=episode.missing_since,
        returned_at=episode.returned_at,
        party_agency_ids=sorted(episode.party_agency_ids),
        tier=show_tier(episode.episode_id, knowing),
        facts=[_fact(line, knowing) for line in statements if line.current and knowing.sees(line)],
    )


def show_statements(actor: Actor, episode: EpisodeView, ids: list[str]) -> schemas.StatementsOut:
    """What was kept, with the ledger as it is now."""
    knowing = knowing_of(actor, episode)
    return schemas.StatementsOut(
        statement_ids=ids,
        tier=show_tier(episode.episode_id, knowing),
        duties=show_duties(episode.episode_id, knowing),
    )


def knowing_of(actor: Actor, episode: EpisodeView) -> Knowing:
    """What this actor may know of the episode as it is now."""
    return duties.know(actor, episode, episodes.statements_of(episode.episode_id))


def show_duties(episode_id: EpisodeId, knowing: Knowing) -> list[schemas.DutyOut]:
    """The ledger, governing and unproved first, by deadline; without duties that would give a hidden fact away."""
    ledger = duties.list_duties([episode_id]).get(episode_id, ())
    return [show_duty(knowing.told(duty)) for duty in ledger if knowing.sees_duty(duty)]


def show_proved(actor: Actor, duty: DutyView) -> schemas.DutyOut:
    """The duty that was just proved; another agency's words in it stay that agency's."""
    knowing = knowing_of(actor, episodes.get_episode(actor, duty.episode_id))
    return show_duty(knowing.told(duty))


def show_duty(duty: DutyView) -> schemas.DutyOut:
    """One duty with its proofs, as far as the reader may know them: `Knowing.told`."""
    return schemas.DutyOut(
        duty_id=duty.duty_id,
        rule_id=duty.rule_id,
        title=_words(duty.title),
        plain=_words(duty.plain),
        actor=duty.actor_code,
        recipient=duty.recipient_code,
        action=duty.action,
        agency_id=duty.agency_id,
        applies=duty.applies,
        state=duty.state,
        clock_starts_at=duty.clock_starts_at,
        due_at=duty.due_at,
        period_ends_at=duty.period_ends_at,
        due_words=_words(duty.due_words),
        starts_when=_words(duty.starts_when),
        governs=duty.governs,
        covered_by=duty.covered_by,
        evidence_kinds=list(duty.evidence_kinds),
        evidence=[schemas.EvidenceOut.model_validate(proof) for proof in duty.evidence],
        settled_at=duty.settled_at,
        settled_by=duty.settled_by,
        source=[dict(one) for one in duty.source],
    )


def show_tier(episode_id: EpisodeId, knowing: Knowing) -> schemas.TierOut | None:
    """How fast to act. Its reasons are case information (P2), and some rest on facts that are hidden."""
    tier = knowing.tier(duties.list_tiers([episode_id]).get(episode_id))
    if tier is None:
        return None
    reasons = [_words(reason) for reason in tier.reasons] if "P2" in knowing.of_others else []
    return schemas.TierOut(level=tier.level, reasons=reasons)


def _questions(episode_id: EpisodeId, knowing: Knowing) -> list[schemas.QuestionOut]:
    assessment = duties.explain(episode_id, but_for=knowing.hidden)
    return [
        schemas.QuestionOut(
            fact=one.fact, question=schemas.Words(en=one.question.en, es=one.question.es), settles=one.settles
        )
        for one in (assessment.ask_next if assessment else ())
        if knowing.may_ask(one.fact)
    ]


def _owner(episode: EpisodeView) -> schemas.OwnerOut:
    return schemas.OwnerOut(
        agency_id=episode.owner_agency_id,
        agency=agencies.get_agency(episode.owner_agency_id).name,
        member=agencies.get_member(episode.owner_member_id).display_name,
    )


def _child(episode: EpisodeView, knowing: Knowing) -> schemas.ChildOut:
    child = episode.child
    return schemas.ChildOut(
        child_id=child.child_id,
        call_name=child.call_name,
        names=[_name(name) for name in child.names if _name_class(name) in knowing.of_others],
        born_on=child.born_on if "P1" in knowing.of_others else None,
    )


def _name(name: NewName) -> schemas.NameOut:
    return schemas.NameOut(kind=name.kind, text=name.text)


def _name_class(name: NewName) -> str:
    """As the facts are declared that names come from: a name in a tribal language belongs to the case."""
    return "P2" if name.kind is NameKind.TRIBAL else "P1"


def _fact(line: FactLine, knowing: Knowing) -> schemas.FactOut:
    classes = knowing.of_ours if line.agency_id == knowing.agency_id else knowing.of_others
    return schemas.FactOut(
        statement_id=line.statement_id,
        fact=line.fact_id,
        value=line.value,
        informant=line.informant if "P2" in classes else "",
        certainty=line.certainty,
        stated_at=line.stated_at,
        recorded_by=line.recorded_by,
        under_nation_key=line.annex is not None,
    )


def _words(text: Mapping[str, str]) -> schemas.Words:
    return schemas.Words(en=text.get("en", ""), es=text.get("es", ""))
