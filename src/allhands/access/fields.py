"""Many fields, one reader, one look into the policies.

A page asks about hundreds of fields, and they differ in a handful of things only: class, who stated it, which law it
carries. So each question is brought to its shape first, all shapes not met before go to Cedar in one batch, and the
answer of a shape is kept: policies are files of this release and do not change while a process runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cedarpy

from allhands.access.contracts import (
    Action,
    Asking,
    Decision,
    EpisodeAccess,
    FieldAccess,
    PublicReader,
    Recipient,
)
from allhands.access.decide import PolicyFault, decision_of, policy_set, schema
from allhands.kernel.actors import Actor, ActorKind
from allhands.kernel.ids import AgencyId

Reader = Actor | Recipient | PublicReader
Asked = tuple[FieldAccess, Asking]

_MOST_SHAPES = 50_000  # far above what one installation meets; bounds the memory of a process that runs for months
_US, _OTHERS = AgencyId("asking"), AgencyId("another")
_ENTITY_OF = {ActorKind.MEMBER: "Member", ActorKind.TOKEN: "Token", ActorKind.SYSTEM: "System"}
_ACTION_OF = {"Recipient": Action.RECEIVE_FIELD, "Public": Action.PUBLISH_FIELD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A reader as the policies know one: no person and no agency by name.

    Args:
        entity: Member, Token, System, Recipient or Public.
        owns, takes_part: the reader's agency owns the response, or is in it.
    """

    entity: str
    agency_kind: str = ""
    regime: str = ""
    role: str = ""
    owns: bool = False
    takes_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Everything a policy can tell two questions apart by. `field.holder` is us, others or None."""

    who: Who
    field: FieldAccess
    asking: Asking
    action: Action


def decide_fields(reader: Reader, episode: EpisodeAccess, asked: Sequence[Asked]) -> tuple[Decision, ...]:
    """The answer to each question, in its order, with the policies that decided.

    Raises:
        PolicyFault: a policy failed while it ran.
    """
    who = who_is(reader, episode)
    ours = "" if isinstance(reader, PublicReader) else reader.agency_id
    action = _ACTION_OF.get(who.entity, Action.SEE_FIELD)
    return decide_shapes(
        [Shape(who=who, field=_seen_from(field, ours), asking=asking, action=action) for field, asking in asked]
    )


def may_carry(fields: Iterable[FieldAccess]) -> bool:
    """Whether an e-mail, a text message or a log may hold all of these."""
    who = Who(entity="System")
    shapes = [
        Shape(who=who, field=_seen_from(field, ""), asking=Asking(), action=Action.CARRY_FIELD) for field in fields
    ]
    return all(decision.allowed for decision in decide_shapes(shapes))


def who_is(reader: Reader, episode: EpisodeAccess) -> Who:
    """The reader without a name."""
    if isinstance(reader, PublicReader):
        return Who(entity="Public")
    owns = bool(reader.agency_id) and reader.agency_id == episode.owner_agency_id
    takes_part = reader.agency_id in episode.party_agency_ids
    if isinstance(reader, Recipient):
        kind, entity, role = reader.kind.value, "Recipient", ""
    else:
        kind = reader.agency_kind.value if reader.agency_kind else ""
        entity, role = _ENTITY_OF[reader.kind], reader.role.value if reader.role else ""
    return Who(entity=entity, agency_kind=kind, regime=reader.regime, role=role, owns=owns, takes_part=takes_part)


_known: dict[Shape, Decision] = {}


def decide_shapes(shapes: Sequence[Shape]) -> tuple[Decision, ...]:
    """The answer to each shape; what was answered before is not asked again."""
    new = list(dict.fromkeys(shape for shape in shapes if shape not in _known))
    if new:
        if len(_known) + len(new) > _MOST_SHAPES:
            _known.clear()
            new = list(dict.fromkeys(shapes))
        results = evaluate(new, policy_set())
        _known.update({shape: decision_of(result) for shape, result in zip(new, results, strict=True)})
    return tuple(_known[shape] for shape in shapes)


def forget() -> None:
    """Ask every shape anew; for measurements."""
    _known.clear()


def evaluate(shapes: Sequence[Shape], policies: cedarpy.PolicySet) -> list[cedarpy.AuthzResult]:
    """One batch to Cedar, with these policies.

    Raises:
        PolicyFault: a policy failed while it ran.
    """
    readers = {who: f"reader-{number}" for number, who in enumerate(dict.fromkeys(shape.who for shape in shapes))}
    entities = [_reader_entity(who, name) for who, name in readers.items()]
    requests = []
    for number, shape in enumerate(shapes):
        target = {"type": "Field", "id": str(number)}
        entities.append({"uid": target, "attrs": _field_attributes(shape), "parents": []})
        requests.append(
            {
                "principal": {"type": shape.who.entity, "id": readers[shape.who]},
                "action": {"type": "Action", "id": shape.action.value},
                "resource": target,
                "context": _context(shape.asking),
            }
        )
    results = cedarpy.is_authorized_batch(requests, policies, entities, schema=schema())
    faults = [fault for result in results for fault in result.diagnostics.errors]
    if faults:
        raise PolicyFault("; ".join(faults[:3]))
    return results


def _seen_from(field: FieldAccess, ours: str) -> FieldAccess:
    if field.holder is None:
        return field
    return replace(field, holder=_US if field.holder == ours else _OTHERS)


def _reader_entity(who: Who, name: str) -> dict[str, object]:
    attributes: dict[str, object] = {}
    if who.entity in {"Member", "Token", "Recipient"}:
        attributes = {"agency": _agency(_US), "agency_kind": who.agency_kind, "regime": who.regime}
    if who.entity == "Member":
        attributes["role"] = who.role
    return {"uid": {"type": who.entity, "id": name}, "attrs": attributes, "parents": []}


def _field_attributes(shape: Shape) -> dict[str, object]:
    field, who = shape.field, shape.who
    attributes: dict[str, object] = {
        "owner": _agency(_US if who.owns else _OTHERS),
        "parties": [_agency(_US)] if who.takes_part else [],
        "sensitivity": field.sensitivity,
        "origins": sorted(origin.value for origin in field.origins),
        "tribal_only": field.tribal_only,
        "instruction": field.instruction,
        "suspended": field.suspended,
    }
    return attributes if field.holder is None else attributes | {"holder": _agency(field.holder)}


def _context(asking: Asking) -> dict[str, object]:
    return {
        "purpose": asking.purpose.value,
        "consents": sorted(kind.value for kind in asking.consents),
        "agreement": asking.agreement,
        "emergency": asking.emergency,
        "commanded": asking.commanded,
    }


def _agency(name: AgencyId) -> dict[str, object]:
    return {"__entity": {"type": "Agency", "id": name}}
