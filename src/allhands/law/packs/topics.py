"""How far each subject of each pack was read: what the coverage map colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from allhands.law.library import Library
from allhands.law.packs.coverage import CoverageEntry
from allhands.law.rules import CriterionTerms, DutyTerms, Pack, Rule, RuleKind
from allhands.law.values import JSON

_INDIGENOUS = frozenset({"feather", "turquoise", "mipa", "kasey"})
_CARE = frozenset({"child_welfare_agency", "care_provider", "caregiver"})


def _duty(rule: Rule, fits: Callable[[DutyTerms], bool]) -> bool:
    return isinstance(rule.terms, DutyTerms) and fits(rule.terms)


def _alert(rule: Rule, fits: Callable[[str], bool]) -> bool:
    return isinstance(rule.terms, CriterionTerms) and fits(rule.terms.alert)


TOPICS: Mapping[str, Callable[[Rule], bool]] = {
    "definition": lambda rule: rule.kind is RuleKind.DEFINITION,
    "police_entry": lambda rule: _duty(rule, lambda duty: duty.action in ("enter_national_file", "report_to_namus")),
    "waiting_ban": lambda rule: _duty(rule, lambda duty: duty.action == "accept_report"),
    "care_duties": lambda rule: _duty(rule, lambda duty: duty.actor in _CARE),
    "caretaker": lambda rule: _duty(rule, lambda duty: duty.actor == "caretaker_responsible"),
    "school": lambda rule: _duty(rule, lambda duty: "school" in (duty.actor, duty.recipient)),
    "tell_tribe": lambda rule: _duty(rule, lambda duty: duty.recipient in ("tribal_government", "tribal_icwa_agent")),
    "amber": lambda rule: _alert(rule, lambda alert: alert == "amber"),
    "indigenous_alert": lambda rule: _alert(rule, lambda alert: alert in _INDIGENOUS),
    "other_alerts": lambda rule: _alert(rule, lambda alert: alert != "amber" and alert not in _INDIGENOUS),
    "hand_off": lambda rule: _duty(rule, lambda duty: duty.action == "hand_off_answer"),
    "sharing": lambda rule: rule.kind is RuleKind.PERMISSION,
}
"""Topic to the test of whether a rule is about it."""


def coverage_by_topic(library: Library, entries: Iterable[CoverageEntry], *, as_of: date) -> JSON:
    """Each pack of a jurisdiction with its topics.

    A topic is `read` where a rule is about it, with the best reading of any of them; `not_read` where nothing of the
    jurisdiction was read; and otherwise a `gap`: the jurisdiction was read, this topic was not found or not written.
    """
    listed: dict[str, list[CoverageEntry]] = {}
    for entry in entries:
        listed.setdefault(entry.pack, []).append(entry)
    local = [pack for pack in library.packs if pack.kind in ("federal", "state", "tribe")]
    return [_pack(pack, listed.get(pack.id, []), as_of) for pack in local]


def _pack(pack: Pack, entries: list[CoverageEntry], as_of: date) -> JSON:
    is_read = bool(pack.rules)
    return {
        "pack": pack.id,
        "jurisdiction": pack.jurisdiction,
        "kind": pack.kind,
        "title": {"en": pack.title.en, "es": pack.title.es},
        "confidence": pack.confidence.value,
        "reviewed_on": pack.reviewed.on.isoformat() if pack.reviewed else None,
        "stale": pack.is_stale(as_of),
        "topics": {topic: _topic(pack, is_about, is_read=is_read) for topic, is_about in TOPICS.items()},
        "subjects": [
            {
                "subject": {"en": entry.subject.en, "es": entry.subject.es},
                "coverage": entry.coverage,
                "verified_on": entry.verified_on.isoformat() if entry.verified_on else None,
                "gaps": [{"en": gap.en, "es": gap.es} for gap in entry.gaps],
            }
            for entry in entries
        ],
    }


def _topic(pack: Pack, is_about: Callable[[Rule], bool], *, is_read: bool) -> JSON:
    rules = [rule for rule in pack.rules if is_about(rule)]
    if rules:
        best = min(rule.confidence.value for rule in rules)
        return {"state": "read", "rules": len(rules), "confidence": best}
    return {"state": "gap" if is_read else "not_read", "rules": 0, "confidence": None}
