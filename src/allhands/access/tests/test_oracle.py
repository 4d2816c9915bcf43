"""The policies and the table they were written from agree, whatever is asked: no leak, no wrong refusal."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from allhands.access.contracts import (
    Action,
    Asking,
    ConsentKind,
    FieldAccess,
    InformationClass,
    Origin,
    Purpose,
)
from allhands.access.fields import Shape, Who, decide_shapes
from allhands.access.matrix import CLASSES
from allhands.access.tests import oracle
from allhands.agencies.contracts import Regime
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import AgencyId

_DOORS = {"member": "Member", "token": "Token", "packet": "Recipient"}
_HOLDERS = {"us": AgencyId("asking"), "others": AgencyId("another"), "": None}
HOW_MANY = 1_000


def some_case(dice: random.Random) -> oracle.Case:
    """Anything may meet anything; walls and releases come often enough that each is met."""
    door = dice.choice(tuple(_DOORS))
    return oracle.Case(
        door=door,
        kind=dice.choice(list(AgencyKind)).value,
        regime=dice.choice(list(Regime)).value,
        role=dice.choice(list(Role)).value if door == "member" else "",
        relation=dice.choice(("owner", "party", "party", "stranger")),
        level=dice.randrange(5),
        holder=dice.choice(tuple(_HOLDERS)),
        origins=frozenset(dice.sample([origin.value for origin in Origin], dice.choice((0, 0, 0, 1, 1, 2)))),
        tribal_only=dice.random() < 0.15,
        instruction=dice.random() < 0.2,
        suspended=dice.random() < 0.2,
        purpose=dice.choice([*Purpose, Purpose.RESPONSE, Purpose.RESPONSE]).value,
        consents=frozenset(dice.sample([kind.value for kind in ConsentKind], dice.choice((0, 0, 0, 1, 2, 3)))),
        agreement=dice.random() < 0.3,
        emergency=dice.random() < 0.2,
        commanded=dice.random() < 0.2,
    )


def shape_of(case: oracle.Case) -> Shape:
    sensitivity: InformationClass = CLASSES[case.level]
    return Shape(
        who=Who(
            entity=_DOORS[case.door],
            agency_kind=case.kind,
            regime=case.regime,
            role=case.role,
            owns=case.relation == "owner",
            takes_part=case.relation == "party",
        ),
        field=FieldAccess(
            sensitivity=sensitivity,
            holder=_HOLDERS[case.holder],
            origins=frozenset(Origin(code) for code in case.origins),
            tribal_only=case.tribal_only,
            instruction=case.instruction,
            suspended=case.suspended,
        ),
        asking=Asking(
            purpose=Purpose(case.purpose),
            consents=frozenset(ConsentKind(code) for code in case.consents),
            agreement=case.agreement,
            emergency=case.emergency,
            commanded=case.commanded,
        ),
        action=Action.RECEIVE_FIELD if case.door == "packet" else Action.SEE_FIELD,
    )


def disagreements(cases: list[oracle.Case]) -> list[tuple[str, oracle.Case]]:
    """Each case in which the policies and the table differ, as a leak or as a wrong refusal."""
    decisions = decide_shapes([shape_of(case) for case in cases])
    return [
        ("leak" if decision.allowed else "wrong refusal", case)
        for case, decision in zip(cases, decisions, strict=True)
        if decision.allowed != oracle.may(case)
    ]


@settings(max_examples=3, deadline=None)
@given(st.integers(min_value=0))
def test_policies_agree_with_the_table_they_were_written_from(seed: int) -> None:
    dice = random.Random(seed)
    assert disagreements([some_case(dice) for _ in range(HOW_MANY)]) == []


def test_cases_meet_every_wall_and_every_permit() -> None:
    dice = random.Random(7)
    decisions = decide_shapes([shape_of(some_case(dice)) for _ in range(4 * HOW_MANY)])
    met = {policy for decision in decisions for policy in decision.policy_ids}
    about_fields = {
        "field-poster", "field-response", "field-instruction-school", "field-case-child-welfare", "field-case-need",
        "field-case-agreement", "field-own", "field-own-plain", "field-statistics-owner", "release-case",
        "release-restricted", "release-steward", "break-glass", "commanded-by-statute", "wall-basic-center",
        "wall-transitional-living", "wall-victim-services", "wall-substance-treatment", "wall-clinic-to-police",
        "wall-school-records", "wall-cybertip", "wall-tribal-only", "wall-secondary-use-suspended",
        "wall-no-other-use", "wall-machine-hats-see-no-child",
    }  # fmt: skip
    assert about_fields <= met
