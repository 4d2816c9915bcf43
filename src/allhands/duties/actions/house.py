"""Duties that no law asks: another slice opens them when something happens here, and the act itself closes them."""

from __future__ import annotations

from datetime import datetime

from allhands.duties import models
from allhands.duties.actions import receipts
from allhands.duties.contracts import HOUSE_ACT, HOUSE_PACK, Applies, DutyState, HouseDuty
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.live import api as live

DONE_HERE = "done_here"  # the kind of evidence that such an act is
_NOBODY = "everyone"  # no rule's code: the agency itself stands on the duty


def open_duty(asked: HouseDuty, now: datetime) -> bool:
    """Whether a duty was opened; False where one of the stem is open, or was waived by a named person."""
    with acting_as(SYSTEM):
        before = models.Duty.objects.filter(episode_id=asked.episode_id, rule_id__startswith=f"{asked.stem}.")
        if before.filter(state__in=[DutyState.OPEN.value, DutyState.WAIVED.value]).exists():
            return False
        rule_id = f"{asked.stem}.{before.count() + 1}"
        with audit.audited(SYSTEM, now, audit.Event.DUTY_OPENED, episode_id=asked.episode_id) as entry:
            # Two workers at once: the second finds the first one's row by the ledger's own constraint.
            row, is_new = models.Duty.objects.get_or_create(
                episode_id=asked.episode_id, rule_id=rule_id, defaults={"opened_at": now, **_said(asked, now)}
            )
            entry.subject_id = row.id
            entry.details["rule"] = rule_id
    return is_new


def _said(asked: HouseDuty, now: datetime) -> dict[str, object]:
    return {
        "pack_id": HOUSE_PACK,
        "title": dict(asked.title),
        "plain": dict(asked.plain),
        "actor_code": _NOBODY,
        "recipient_code": _NOBODY,
        "action": f"{HOUSE_ACT}{asked.act_path}",
        "agency_id": asked.agency_id,
        "applies": Applies.TRUE.value,
        "starts_fact": "",
        "starts_when": dict(asked.starts_when),
        "due_words": dict(asked.due_words),
        "clock_starts_at": now,
        "due_at": now + asked.within,
        "policy": True,
        "evidence_kinds": [],
        "source": [],
        "confidence": "A",
    }


def close_duties(episode_id: EpisodeId, stem: str, words: str, by: str, now: datetime) -> int:
    """How many open duties of this stem the act proved; late is judged by now."""
    with acting_as(SYSTEM):
        is_open = models.Duty.objects.filter(
            episode_id=episode_id, pack_id=HOUSE_PACK, rule_id__startswith=stem, state=DutyState.OPEN.value
        )
        if not is_open.exists():
            return 0
        with audit.audited(SYSTEM, now, audit.Event.DUTY_DONE, episode_id=episode_id, subject_id=stem) as entry:
            rows = list(is_open.select_for_update())
            entry.details["rule"] = stem
            for row in rows:
                receipts.attach(row, DONE_HERE, words, by, now)
        episode = episodes.find_episode(episode_id)
        live.publish("board", episode.party_agency_ids if episode else ())
    return len(rows)


def list_house(stem: str, *, agency_id: AgencyId | None = None) -> tuple[tuple[EpisodeId, str], ...]:
    """Episode and rule id of each open house duty that begins so, of one agency or of all the actor may see."""
    rows = models.Duty.objects.filter(pack_id=HOUSE_PACK, rule_id__startswith=stem, state=DutyState.OPEN.value)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    return tuple((EpisodeId(one), rule_id) for one, rule_id in rows.values_list("episode_id", "rule_id"))
