"""One question to the policies: may this actor do this to that? Cedar answers; nothing here knows a rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cedarpy

from allhands.access.contracts import (
    Action,
    AgencyAccess,
    AlertAccess,
    Decision,
    DutyAccess,
    EpisodeAccess,
    Installation,
    LawDraftAccess,
    OfferAccess,
    Resource,
)
from allhands.kernel.actors import Actor, ActorKind
from allhands.kernel.ids import AgencyId

POLICY_FOLDER = Path(__file__).parent / "policies"

_Entity = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyNote:
    """What a policy says about itself, in its annotations."""

    policy_id: str
    cite: str
    plain: str
    plain_es: str


class PolicyFault(Exception):
    """A policy could not be evaluated. A bug of ours: it crashes instead of answering."""


def decide(action: Action, actor: Actor, resource: Resource) -> Decision:
    """Yes or no, with the policies that decided. No policy speaking means no.

    Raises:
        PolicyFault: the action does not fit the resource, or a policy failed while it ran.
    """
    who, target = _actor_entity(actor), _resource_entity(resource)
    request = {"principal": _uid_text(who), "action": f'Action::"{action.value}"', "resource": _uid_text(target)}
    entities = [who] if who["uid"] == target["uid"] else [who, target]
    result = cedarpy.is_authorized(request, policy_set(), entities, schema=schema())
    if result.diagnostics.errors:
        raise PolicyFault(f"{action.value}: {'; '.join(result.diagnostics.errors)}")
    return decision_of(result)


def decision_of(result: cedarpy.AuthzResult) -> Decision:
    """The answer of the engine with what its policies say about themselves."""
    notes = [policy_notes()[name] for name in sorted(result.diagnostics.id_annotations_by_reason.values())]
    return Decision(
        allowed=result.allowed,
        policy_ids=tuple(note.policy_id for note in notes),
        cites=tuple(note.cite for note in notes),
        reason=" ".join(note.plain for note in notes),
        reason_es=" ".join(note.plain_es for note in notes),
    )


@cache
def policy_notes() -> Mapping[str, PolicyNote]:
    """Every policy's annotations by its id, in the order of the files."""
    parsed = json.loads(cedarpy.policies_to_json_str(policy_text()))
    annotations = [policy.get("annotations", {}) for policy in parsed["staticPolicies"].values()]
    notes = [
        PolicyNote(
            policy_id=note.get("id", ""),
            cite=note.get("cite", ""),
            plain=note.get("plain", ""),
            plain_es=note.get("plain_es", ""),
        )
        for note in annotations
    ]
    return {note.policy_id: note for note in notes}


@cache
def policy_text() -> str:
    """All policies as one text, files in alphabetical order."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(POLICY_FOLDER.glob("*.cedar")))


@cache
def schema_text() -> str:
    """The schema the policies are checked against."""
    return (POLICY_FOLDER / "schema.cedarschema").read_text(encoding="utf-8")


@cache
def policy_set() -> cedarpy.PolicySet:
    return cedarpy.PolicySet.from_str(policy_text())


@cache
def schema() -> cedarpy.Schema:
    return cedarpy.Schema.from_str(schema_text())


def _actor_entity(actor: Actor) -> _Entity:
    agency_kind = actor.agency_kind.value if actor.agency_kind else ""
    match actor.kind:
        case ActorKind.SYSTEM:
            return _entity("System", "system", {})
        case ActorKind.TOKEN:
            # Never by its label: that is free text, and the policies ask for nothing but its agency.
            return _entity("Token", actor.agency_id, _works_for(actor, agency_kind))
        case ActorKind.MEMBER:
            role = actor.role.value if actor.role else ""
            return _entity("Member", actor.member_id, _works_for(actor, agency_kind) | {"role": role})


def _works_for(actor: Actor, agency_kind: str) -> dict[str, object]:
    return {"agency": _agency(actor.agency_id), "agency_kind": agency_kind, "regime": actor.regime}


def _resource_entity(resource: Resource) -> _Entity:
    match resource:
        case EpisodeAccess():
            return _entity("Episode", resource.episode_id, _response(resource))
        case DutyAccess(episode=episode, owed_by=owed_by):
            owed = {} if owed_by is None else {"owed_by": _agency(owed_by)}
            return _entity("Duty", episode.episode_id, _response(episode) | owed)
        case OfferAccess(episode=episode, offered_to=offered_to):
            return _entity("Offer", episode.episode_id, _response(episode) | {"offered_to": _agency(offered_to)})
        case AlertAccess(episode=episode):
            return _entity("Alert", episode.episode_id, _response(episode) | _alert(resource))
        case AgencyAccess(agency_id=agency_id):
            return _entity("Agency", agency_id, {})
        case Installation():
            return _entity("Installation", "here", {})
        case LawDraftAccess():
            return _entity("LawDraft", resource.draft_id, _law_draft(resource))


def _response(episode: EpisodeAccess) -> dict[str, object]:
    parties = [_agency(agency_id) for agency_id in sorted(episode.party_agency_ids)]
    return {"owner": _agency(episode.owner_agency_id), "parties": parties}


def _law_draft(draft: LawDraftAccess) -> dict[str, object]:
    writers = [{"__entity": {"type": "Member", "id": member_id}} for member_id in sorted(draft.writer_ids)]
    nation = [_agency(agency_id) for agency_id in sorted(draft.nation_agency_ids or ())]
    return {"writers": writers, "of_nation": draft.nation_agency_ids is not None, "nation_agencies": nation}


def _alert(alert: AlertAccess) -> dict[str, object]:
    writers = [{"__entity": {"type": "Member", "id": member_id}} for member_id in sorted(alert.writer_ids)]
    authorities = [_agency(agency_id) for agency_id in sorted(alert.authority_ids)]
    return {"authorities": authorities, "writers": writers, "emergency": alert.is_emergency}


def _entity(kind: str, name: str, attributes: Mapping[str, object]) -> _Entity:
    return {"uid": {"type": kind, "id": name}, "attrs": dict(attributes), "parents": []}


def _agency(agency_id: AgencyId) -> dict[str, object]:
    return {"__entity": {"type": "Agency", "id": agency_id}}


def _uid_text(entity: _Entity) -> str:
    uid = entity["uid"]
    assert isinstance(uid, dict)
    return f"{uid['type']}::{json.dumps(uid['id'], ensure_ascii=False)}"
