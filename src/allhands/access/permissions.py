"""The checks of the door. Each one returns nothing, or raises Denied with its code."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from allhands.access.contracts import (
    Action,
    AgencyAccess,
    AlertAccess,
    DutyAccess,
    EpisodeAccess,
    Installation,
    LawDraftAccess,
    OfferAccess,
    Resource,
)
from allhands.access.decide import decide
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId

P = ParamSpec("P")


def can(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Whether the check lets this pass; for hiding an act that would be refused.

    Example:
        `can(check_waive_duty, actor, access, owed_by)`
    """
    try:
        check(*args, **kwargs)
    except Denied:
        return False
    return True


def check_report(actor: Actor) -> None:
    """May report a child missing. Denied: access.report."""
    _check(Action.REPORT, actor, Installation())


def check_view_episode(actor: Actor, episode: EpisodeAccess) -> None:
    """May open the child's page. Denied: access.view-episode."""
    _check(Action.VIEW_EPISODE, actor, episode)


def check_edit_facts(actor: Actor, episode: EpisodeAccess) -> None:
    """May state a fact or correct one. Denied: access.edit-facts."""
    _check(Action.EDIT_FACTS, actor, episode)


def check_prove_duty(actor: Actor, episode: EpisodeAccess, duty_actor_agency: AgencyId | None) -> None:
    """May attach proof to a duty. Denied: access.prove-duty.

    Args:
        duty_actor_agency: who owes the duty; None when nobody has told us.
    """
    _check(Action.PROVE_DUTY, actor, DutyAccess(episode=episode, owed_by=duty_actor_agency))


def check_waive_duty(actor: Actor, episode: EpisodeAccess, duty_actor_agency: AgencyId | None) -> None:
    """May waive a duty in their own name. Denied: access.waive-duty.

    Args:
        duty_actor_agency: who owes the duty; None when nobody has told us.
    """
    _check(Action.WAIVE_DUTY, actor, DutyAccess(episode=episode, owed_by=duty_actor_agency))


def check_offer(actor: Actor, episode: EpisodeAccess) -> None:
    """May offer the episode to another agency. Denied: access.offer."""
    _check(Action.OFFER, actor, episode)


def check_answer_offer(actor: Actor, episode: EpisodeAccess, offered_to: AgencyId) -> None:
    """May accept or decline a hand-off. Denied: access.answer-offer."""
    _check(Action.ANSWER_OFFER, actor, OfferAccess(episode=episode, offered_to=offered_to))


def check_ask_alert(actor: Actor, alert: AlertAccess) -> None:
    """May ask for an alert. Denied: access.ask-alert."""
    _check(Action.ASK_ALERT, actor, alert)


def check_write_alert(actor: Actor, alert: AlertAccess) -> None:
    """May write an alert's words and area. Denied: access.write-alert."""
    _check(Action.WRITE_ALERT, actor, alert)


def check_view_alert(actor: Actor, alert: AlertAccess) -> None:
    """May see a request, an alert and what became of it. Denied: access.view-alert."""
    _check(Action.VIEW_ALERT, actor, alert)


def check_decide_alert(actor: Actor, alert: AlertAccess) -> None:
    """May answer a request for an alert. Denied: access.decide-alert."""
    _check(Action.DECIDE_ALERT, actor, alert)


def check_approve_alert(actor: Actor, alert: AlertAccess) -> None:
    """May send an alert out; never one's own words, but in an emergency. Denied: access.approve-alert."""
    _check(Action.APPROVE_ALERT, actor, alert)


def check_take_back_alert(actor: Actor, alert: AlertAccess) -> None:
    """May take an alert back everywhere. Denied: access.take-back-alert."""
    _check(Action.TAKE_BACK_ALERT, actor, alert)


def check_administer(actor: Actor, agency_id: AgencyId) -> None:
    """May change an agency's people, routes and tokens. Denied: access.administer."""
    _check(Action.ADMINISTER, actor, AgencyAccess(agency_id=agency_id))


def check_provision(actor: Actor, agency_id: AgencyId) -> None:
    """May say that somebody left the agency. Denied: access.provision."""
    _check(Action.PROVISION, actor, AgencyAccess(agency_id=agency_id))


def check_operate(actor: Actor) -> None:
    """May see and repair the machinery. Denied: access.operate."""
    _check(Action.OPERATE, actor, Installation())


def check_draft_law(actor: Actor) -> None:
    """May write a draft of a rule pack and ask for a second reader. Denied: access.draft-law."""
    _check(Action.DRAFT_LAW, actor, Installation())


def check_publish_law(actor: Actor, draft: LawDraftAccess) -> None:
    """May publish or return a draft that somebody else wrote. Denied: access.publish-law."""
    _check(Action.PUBLISH_LAW, actor, draft)


def check_write_consent(actor: Actor, episode: EpisodeAccess) -> None:
    """May write down who agreed to what. Denied: access.write-consent."""
    _check(Action.WRITE_CONSENT, actor, episode)


def check_ask_field(actor: Actor, episode: EpisodeAccess) -> None:
    """May ask the holder of a field for it. Denied: access.ask-field."""
    _check(Action.ASK_FIELD, actor, episode)


def check_mark_field(actor: Actor, episode: EpisodeAccess) -> None:
    """May mark a fact with the law it came under. Denied: access.mark-field."""
    _check(Action.MARK_FIELD, actor, episode)


def check_break_glass(actor: Actor, episode: EpisodeAccess) -> None:
    """May ask to open in an emergency. Denied: access.break-glass."""
    _check(Action.BREAK_GLASS, actor, episode)


def check_second_glass(actor: Actor, episode: EpisodeAccess) -> None:
    """May be the second person who opens in an emergency. Denied: access.second-glass."""
    _check(Action.SECOND_GLASS, actor, episode)


def check_review_glass(actor: Actor, episode: EpisodeAccess) -> None:
    """May review an emergency opening. Denied: access.review-glass."""
    _check(Action.REVIEW_GLASS, actor, episode)


def check_view_ledger(actor: Actor, episode: EpisodeAccess) -> None:
    """May read who learned what of this child. Denied: access.view-ledger."""
    _check(Action.VIEW_LEDGER, actor, episode)


def check_recall_copy(actor: Actor, episode: EpisodeAccess) -> None:
    """May call back what was sent. Denied: access.recall-copy."""
    _check(Action.RECALL_COPY, actor, episode)


def check_steward(actor: Actor) -> None:
    """May decide for the nation about its members' records. Denied: access.steward."""
    _check(Action.STEWARD, actor, AgencyAccess(agency_id=actor.agency_id))


def check_decide_objection(actor: Actor, agency_id: AgencyId) -> None:
    """May decide on a wish to correct that this agency was asked. Denied: access.decide-objection."""
    _check(Action.DECIDE_OBJECTION, actor, AgencyAccess(agency_id=agency_id))


def check_try_policies(actor: Actor) -> None:
    """May try changed policies. Denied: access.try-policies."""
    _check(Action.TRY_POLICIES, actor, Installation())


def check_keep_records(actor: Actor, agency_id: AgencyId) -> None:
    """May enter and confirm orders to seal, open or expunge, holds, and disposal. Denied: access.keep-records."""
    _check(Action.KEEP_RECORDS, actor, AgencyAccess(agency_id=agency_id))


def _check(action: Action, actor: Actor, resource: Resource) -> None:
    if not decide(action, actor, resource).allowed:
        raise Denied(f"access.{action.value.replace('_', '-')}")
