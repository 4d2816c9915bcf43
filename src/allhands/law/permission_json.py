"""An answer about sharing as plain data, for the ledger, for programs and for the API."""

from __future__ import annotations

from allhands.law.permission import Condition, PermissionReason, PermissionResult
from allhands.law.values import JSON


def permission_json(result: PermissionResult, lang: str = "en") -> dict[str, JSON]:
    """The shape that `allhands may-share --json` prints."""
    return {
        "holder": result.holder,
        "data_classes": list(result.data_classes),
        "recipient": result.recipient,
        "purpose": result.purpose,
        "verdict": result.verdict.value,
        "conditions": [_condition(condition, lang) for condition in result.conditions],
        "minimum": list(result.minimum),
        "basis": [
            {
                "citation": source.citation,
                "pin": source.pin,
                "quote": source.quote,
                "address": source.address,
                "confidence": source.confidence.value,
            }
            for source in result.basis
        ],
        "rules": list(result.rule_ids),
        "because": [_reason(reason, lang) for reason in result.because],
        "missing": list(result.missing),
    }


def _condition(condition: Condition, lang: str) -> JSON:
    return {
        "rule": condition.rule_id,
        "id": condition.id,
        "text": condition.text.get(lang),
        "met": condition.met.value,
        "missing": list(condition.missing),
    }


def _reason(reason: PermissionReason, lang: str) -> JSON:
    return {
        "rule": reason.rule_id,
        "pack": reason.pack_id,
        "title": reason.title.get(lang),
        "plain": reason.plain.get(lang),
        "effect": reason.effect.value,
        "wall": reason.wall,
        "confidence": reason.confidence.value,
        "stale": reason.stale,
    }
