"""What a changed set of policies would change: who gains or loses what, and which wall of law it would break.

By evaluation, like the matrix; but asked further than the matrix: also what a law or a nation closes, what a packet
carries, what is published, and those who see no child at all. What policies say of acts other than reading is not asked
here; so every policy that was added, taken out or written otherwise is named.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import cedarpy
from django.utils.translation import gettext as _

from allhands.access.contracts import Action, Asking, ConsentKind, FieldAccess, InformationClass, Origin, Purpose
from allhands.access.decide import PolicyFault, policy_text, schema_text
from allhands.access.fields import Shape, Who, decide_shapes, evaluate
from allhands.access.matrix import CLASSES
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import AgencyId

WALL: Final = "wall-"
"""How the id of a policy begins that no setting lifts."""

_ANNOTATIONS: Final = ("id", "cite", "plain", "plain_es")
_OTHERS, _OURS = AgencyId("another"), AgencyId("asking")
_WORK: Final = (Purpose.RESPONSE, Purpose.CARE, Purpose.COURT, Purpose.STATISTICS)
# Every ground on which something may open; "yes" is without any.
_GROUNDS: Final[Mapping[str, Asking]] = {
    "yes": Asking(),
    "agreement": Asking(agreement=True),
    "steward": Asking(consents=frozenset({ConsentKind.STEWARD})),
    "youth": Asking(consents=frozenset({ConsentKind.YOUTH})),
    "guardian": Asking(consents=frozenset({ConsentKind.GUARDIAN})),
    "release": Asking(consents=frozenset({ConsentKind.YOUTH, ConsentKind.GUARDIAN})),
    "youth_alone": Asking(consents=frozenset({ConsentKind.YOUTH_ALONE})),
    "agency": Asking(consents=frozenset({ConsentKind.AGENCY})),
    "order": Asking(consents=frozenset({ConsentKind.COURT})),
    "mandated": Asking(consents=frozenset({ConsentKind.MANDATED})),
    "glass": Asking(emergency=True),
    "commanded": Asking(commanded=True),
}
_PLAIN: Final = ("yes", "agreement", "steward", "release", "order", "glass")
_AT_WALLS: Final = tuple(name for name in _GROUNDS if name not in {"agreement", "commanded"})
# P1 is open to most and P2 to those in need: whoever would come through a wall shows at one of them.
_AT_WALL_CLASSES: Final[tuple[InformationClass, ...]] = ("P1", "P2")
# What closes a field whatever its class.
_CLOSED: Final[Mapping[str, FieldAccess]] = {
    **{origin.value: FieldAccess(sensitivity="P0", origins=frozenset({origin})) for origin in Origin},
    "TRIBAL_ONLY": FieldAccess(sensitivity="P0", tribal_only=True),
    "SUSPENDED": FieldAccess(sensitivity="P0", suspended=True),
}


class PoliciesUnreadable(ValueError):
    """The text is no set of policies that fits the schema and says of itself what it must; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Somebody would gain or lose something.

    Args:
        reader: Member, Token, Recipient or Public.
        kind: None for the public.
        role: None for software, recipients and the public.
        holds: whose information it is: `own` or `others`.
        closed_by: the law or word that the field carries; empty for a plain one.
        ground: as in the matrix, and more.
        wall: the policy of a wall that keeps it closed today; empty where none does.
    """

    reader: str
    kind: AgencyKind | None
    role: Role | None
    purpose: Purpose
    sensitivity: InformationClass
    holds: str
    closed_by: str
    ground: str
    gains: bool
    wall: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a changed set of policies would do.

    Args:
        broken: ids of the walls that it would take out, turn around, or open where they close today.
        added, removed, rewritten: ids of policies.
    """

    changes: tuple[Change, ...]
    broken: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    rewritten: tuple[str, ...]


def try_out(text: str) -> Tried:
    """Who would gain or lose what if these policies took the place of all that are in force.

    Raises:
        PoliciesUnreadable: not Cedar, not fitting the schema, a policy that does not say what it is, or two of one id.
    """
    old, new = _by_id(policy_text()), _by_id(text)
    differ = [one for one in old.keys() | new.keys() if old.get(one) != new.get(one)]
    about_fields = any("_field" in json.dumps(each.get(one, {})) for one in differ for each in (old, new))
    changes = _changes(text) if about_fields else ()
    return Tried(
        changes=changes,
        broken=tuple(sorted(_fallen(old, new) | {one.wall for one in changes if one.wall})),
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        rewritten=tuple(sorted(one for one in old.keys() & new.keys() if old[one] != new[one])),
    )


def fallen_walls(text: str) -> frozenset[str]:
    """Walls in force that are not among these policies, or forbid nothing any more.

    Raises:
        PoliciesUnreadable: as `try_out`.
    """
    return _fallen(_by_id(policy_text()), _by_id(text))


def _fallen(old: Mapping[str, Mapping[str, object]], new: Mapping[str, Mapping[str, object]]) -> frozenset[str]:
    walls = (one for one in old if one.startswith(WALL))
    return frozenset(one for one in walls if one not in new or new[one]["effect"] != "forbid")


def _by_id(text: str) -> dict[str, dict[str, object]]:
    """Each policy by its id."""
    try:
        checked = cedarpy.validate_policies(text, schema_text())
        errors = [str(error) for error in checked.errors[:3]] if not checked.validation_passed else []
        parsed = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"] if not errors else {}
    except ValueError as error:
        raise PoliciesUnreadable(str(error)) from error
    if errors:
        raise PoliciesUnreadable("; ".join(errors))
    found: dict[str, dict[str, object]] = {}
    for policy in sorted(parsed.items(), key=lambda pair: int(pair[0].removeprefix("policy"))):
        name = _checked(policy[1].get("annotations", {}), after=next(reversed(found), ""), known=found)
        found[name] = policy[1]
    return found


def _checked(said: Mapping[str, str | None], *, after: str, known: Collection[str]) -> str:
    """The policy's id, once it says of itself what every policy must."""
    name = said.get("id") or ""
    missing = [f"@{one}" for one in _ANNOTATIONS if not (said.get(one) or "").strip()]
    if missing:
        where = name or (_("the one after %(policy)s") % {"policy": after} if after else _("the first one"))
        words = _("%(policy)s does not say its %(what)s. A permission nobody can explain does not exist.")
        raise PoliciesUnreadable(words % {"policy": where, "what": ", ".join(missing)})
    if name in known:
        words = _("two policies are called %(policy)s; give one of them its own @id")
        raise PoliciesUnreadable(words % {"policy": name})
    return name


def _changes(text: str) -> tuple[Change, ...]:
    asked = list(dict.fromkeys(everything()))
    before = decide_shapes(asked)
    try:
        after = evaluate(asked, cedarpy.PolicySet.from_str(text))
    except PolicyFault as fault:
        raise PoliciesUnreadable(str(fault)) from fault
    found = []
    for shape, old, new in zip(asked, before, after, strict=True):
        if old.allowed != new.allowed:
            walls = [one for one in old.policy_ids if one.startswith(WALL)]
            found.append(change_of(shape, gains=new.allowed, wall=walls[0] if walls and new.allowed else ""))
    # What changes without more ground changes with each: once is enough to read.
    plain = {replace(one, ground="yes") for one in found if one.ground == "yes"}
    return tuple(one for one in found if one.ground == "yes" or replace(one, ground="yes") not in plain)


def everything() -> Iterable[Shape]:
    """Every question whose answer a change of policies should not change unnoticed."""
    for kind in AgencyKind:
        yield from _plain_fields(kind)
        yield from _closed_fields(kind)
        yield from _nobodys(kind)
        yield from _packets(kind)
    for level in CLASSES:
        for ground in ("yes", "agency", "guardian", "release", "order"):
            public = Who(entity="Public")
            yield _shape(public, FieldAccess(sensitivity=level), Purpose.RESPONSE, ground, Action.PUBLISH_FIELD)
        yield _shape(Who(entity="System"), FieldAccess(sensitivity=level), Purpose.RESPONSE, "yes", Action.CARRY_FIELD)


def _plain_fields(kind: AgencyKind) -> Iterable[Shape]:
    """People who work on a case, dispatchers and software: what carries no law of its own."""
    for role in (Role.SUPERVISOR, Role.DISPATCHER, None):
        for purpose in _WORK:
            for level in CLASSES:
                for holder in (_OTHERS, _OURS):
                    # Neither dispatchers nor software are released anything: their plain view says all.
                    for ground in _PLAIN if role is Role.SUPERVISOR else ("yes",):
                        yield _shape(_who(kind, role), FieldAccess(sensitivity=level, holder=holder), purpose, ground)
    instruction = FieldAccess(sensitivity="P1", holder=_OTHERS, instruction=True)
    yield _shape(_who(kind, Role.SUPERVISOR), instruction, Purpose.RESPONSE, "yes")


def _closed_fields(kind: AgencyKind) -> Iterable[Shape]:
    """What a law or a nation closes, on every ground."""
    for name, closed in _CLOSED.items():
        purpose = Purpose.STATISTICS if name == "SUSPENDED" else Purpose.RESPONSE
        for level in _AT_WALL_CLASSES:
            field = replace(closed, sensitivity=level, holder=_OTHERS)
            for ground in _AT_WALLS:
                yield _shape(_who(kind, Role.SUPERVISOR), field, purpose, ground)
            yield _shape(_who(kind, Role.SUPERVISOR), replace(field, holder=_OURS), purpose, "yes")
            yield _shape(_who(kind, None), field, purpose, "yes")


def _nobodys(kind: AgencyKind) -> Iterable[Shape]:
    """Those who run the house, those who are not in the response, and purposes that nothing permits."""
    for level in CLASSES:
        field = FieldAccess(sensitivity=level, holder=_OTHERS)
        for role in (Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR):
            yield _shape(_who(kind, role), field, Purpose.RESPONSE, "yes")
        yield _shape(replace(_who(kind, Role.SUPERVISOR), takes_part=False), field, Purpose.RESPONSE, "yes")
        yield _shape(replace(_who(kind, Role.SUPERVISOR), owns=True), field, Purpose.STATISTICS, "yes")
        yield _shape(_who(kind, Role.SUPERVISOR), field, Purpose.OTHER, "yes")


def _packets(kind: AgencyKind) -> Iterable[Shape]:
    """What a packet may carry, commanded by a statute or not."""
    who = Who(entity="Recipient", agency_kind=kind.value)
    plain = [FieldAccess(sensitivity=level, holder=_OTHERS) for level in CLASSES]
    closed = [replace(one, sensitivity="P1", holder=_OTHERS) for one in _CLOSED.values()]
    for field in (*plain, *closed):
        for ground in ("yes", "release", "order", "commanded"):
            yield _shape(who, field, Purpose.RESPONSE, ground, Action.RECEIVE_FIELD)


def _who(kind: AgencyKind, role: Role | None) -> Who:
    entity = "Member" if role else "Token"
    return Who(entity=entity, agency_kind=kind.value, role=role.value if role else "", takes_part=True)


def _shape(who: Who, field: FieldAccess, purpose: Purpose, ground: str, action: Action = Action.SEE_FIELD) -> Shape:
    return Shape(who=who, field=field, asking=replace(_GROUNDS[ground], purpose=purpose), action=action)


def change_of(shape: Shape, *, gains: bool, wall: str) -> Change:
    """One question whose answer changed, as people read it."""
    field, who = shape.field, shape.who
    grounds = {replace(asking, purpose=shape.asking.purpose): name for name, asking in _GROUNDS.items()}
    bare = replace(field, sensitivity="P0", holder=None, instruction=False)
    closed = {one: name for name, one in _CLOSED.items()}
    return Change(
        reader=who.entity,
        kind=AgencyKind(who.agency_kind) if who.agency_kind else None,
        role=Role(who.role) if who.role else None,
        purpose=shape.asking.purpose,
        sensitivity=field.sensitivity,
        holds="own" if field.holder == _OURS else "others",
        closed_by=closed.get(bare, ""),
        ground=grounds[shape.asking],
        gains=gains,
        wall=wall,
    )
