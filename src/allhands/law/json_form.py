"""An assessment as plain data, for programs and for the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from allhands.law.expressions.scene import Trace
from allhands.law.facts.known import Stated
from allhands.law.places import Place
from allhands.law.values import JSON, FactValue, Text

if TYPE_CHECKING:  # the values offer `to_json`, so they import this module
    from allhands.law import assessment as form
    from allhands.law.amending import Amendment


def assessment_json(assessment: form.Assessment, lang: str) -> dict[str, JSON]:
    """The shape that `allhands assess --json` prints."""
    writer = _Writer(lang)
    return {
        "as_of": assessment.as_of.isoformat(),
        "world": assessment.world,
        "packs": [writer.pack(pack) for pack in assessment.packs],
        "definitions": [writer.definition(result) for result in assessment.definitions],
        "duties": [writer.duty(result) for result in assessment.duties],
        "criteria": [writer.criterion(result) for result in assessment.criteria],
        "conflicts": [writer.conflict(conflict) for conflict in assessment.conflicts],
        "tier": {
            "level": assessment.tier.level,
            "reasons": [
                {"rule_id": reason.rule_id, "tier": reason.tier, "text": writer.text(reason.text)}
                for reason in assessment.tier.reasons
            ],
        },
        "ask_next": [
            {"fact": question.fact, "question": writer.text(question.question), "settles": question.settles}
            for question in assessment.ask_next
        ],
        "facts_used": list(assessment.facts_used),
        "holds_until": _instant(assessment.holds_until),
    }


def amendment_json(amendment: Amendment, lang: str) -> dict[str, JSON]:
    """What was judged anew, in the shapes of `assessment_json`."""
    writer = _Writer(lang)
    return {
        "as_of": amendment.as_of.isoformat(),
        "world": amendment.world,
        "packs": [writer.pack(pack) for pack in amendment.packs],
        "rules": [*sorted(amendment.rules)],
        "duties": [writer.duty(result) for result in amendment.duties],
        "holds_until": _instant(amendment.holds_until),
    }


def value_json(value: FactValue | None) -> JSON:
    """A fact's value as JSON writes it.

    Example:
        >>> value_json(Place(state="ND"))
        {'state': 'ND'}
    """
    if isinstance(value, Place):
        parts = (("state", value.state), ("county_fips", value.county_fips), ("nation", value.nation))
        place: dict[str, JSON] = {key: part for key, part in parts if part is not None}
        if value.indian_country is not None:
            place["indian_country"] = value.indian_country
        return place
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _instant(value: date | None) -> JSON:
    return None if value is None else value.isoformat()


class _Writer:
    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._traces: dict[int, JSON] = {}  # by the identity of traces that live as long as the assessment does

    def text(self, text: Text) -> str:
        return text.get(self._lang)

    def trace(self, trace: Trace) -> JSON:
        """Written once where rules share it: packs repeat the same few tests hundreds of times."""
        known = self._traces.get(id(trace))
        if known is None:
            known = self._traces[id(trace)] = self._new_trace(trace)
        return known

    def _new_trace(self, trace: Trace) -> JSON:
        written: dict[str, JSON] = {"text": self.text(trace.text), "verdict": trace.verdict.value}
        if trace.fact is not None:
            written["fact"] = trace.fact
        if trace.parts:
            written["parts"] = [self.trace(part) for part in trace.parts]
        return written

    def sources(self, sources: tuple[form.SourceRef, ...]) -> JSON:
        return [
            {
                "citation": source.citation,
                "pin": source.pin,
                "quote": source.quote,
                "address": source.address,
                "confidence": source.confidence.value,
                "read_on": _instant(source.read_on),
            }
            for source in sources
        ]

    def pack(self, pack: form.PackRef) -> JSON:
        status = None if pack.status is None else self.text(pack.status)
        title = self.text(pack.title)
        return {
            "id": pack.id,
            "title": title,
            "version": pack.version,
            "sha256": pack.sha256,
            "status": status,
            "stale": pack.stale,
        }

    def definition(self, result: form.DefinitionResult) -> JSON:
        return {
            "id": result.id,
            "title": self.text(result.title),
            "tests_missing": result.tests_missing,
            "verdict": result.verdict.value,
            "because": self.trace(result.because),
            "missing": list(result.missing),
            "source": self.sources(result.source),
            "plain": self.text(result.plain),
            "confidence": result.confidence.value,
            "stale": result.stale,
        }

    def duty(self, result: form.DutyResult) -> JSON:
        return {
            "rule_id": result.rule_id,
            "title": self.text(result.title),
            "applies": result.applies.value,
            "assumed": list(result.assumed),
            "actor": result.actor,
            "recipient": result.recipient,
            "action": result.action,
            "clock_starts_at": _instant(result.clock_starts_at),
            "starts_when": self.text(result.clock.starts_when),
            "due_at": _instant(result.due_at),
            "due_words": self.text(result.due_words),
            "immediate": result.clock.immediate,
            "policy": result.clock.policy,
            "repeat_every_days": result.clock.repeat_every_days,
            "never_a_wait": result.never_a_wait,
            "governs": result.governs,
            "covered_by": result.covered_by,
            "evidence": list(result.evidence),
            "because": self.trace(result.because),
            "missing": list(result.missing),
            "source": self.sources(result.source),
            "plain": self.text(result.plain),
            "confidence": result.confidence.value,
            "stale": result.stale,
        }

    def criterion(self, result: form.CriterionResult) -> JSON:
        needs: list[JSON] = [
            {
                "id": need.id,
                "title": self.text(need.title),
                "verdict": need.verdict.value,
                "missing": list(need.missing),
            }
            for need in result.needs
        ]
        return {
            "id": result.id,
            "title": self.text(result.title),
            "alert": result.alert,
            "activator": result.activator,
            "verdict": result.verdict.value,
            "needs": needs,
            "because": self.trace(result.because),
            "missing": list(result.missing),
            "source": self.sources(result.source),
            "plain": self.text(result.plain),
            "confidence": result.confidence.value,
            "stale": result.stale,
        }

    def conflict(self, conflict: form.Conflict) -> JSON:
        return {
            "kind": conflict.kind,
            "text": self.text(conflict.text),
            "rules": list(conflict.rules),
            "fact": conflict.fact,
            "stated": [self.stated(one) for one in conflict.stated],
            "governs": value_json(conflict.governs),
        }

    def stated(self, one: Stated) -> JSON:
        return {
            "value": value_json(one.value),
            "informant": one.informant,
            "certainty": one.certainty.value,
            "at": _instant(one.at),
        }
