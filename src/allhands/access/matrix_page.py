"""The matrix as people read it, by evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from allhands.access.contracts import Action, Asking, ConsentKind, FieldAccess, InformationClass, Purpose
from allhands.access.fields import Shape, Who, decide_shapes
from allhands.access.matrix import CLASSES
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import AgencyId

PURPOSES: Final = (Purpose.RESPONSE, Purpose.CARE, Purpose.COURT, Purpose.STATISTICS)
# On what ground a class opens, weakest first: the first that opens it stands in the cell.
GROUNDS: Final[Mapping[str, Asking]] = {
    "yes": Asking(),
    "agreement": Asking(agreement=True),
    "steward": Asking(consents=frozenset({ConsentKind.STEWARD})),
    "release": Asking(consents=frozenset({ConsentKind.YOUTH, ConsentKind.GUARDIAN})),
    "order": Asking(consents=frozenset({ConsentKind.COURT})),
    "glass": Asking(emergency=True),
}
_HOLDERS: Final = (AgencyId("another"), AgencyId("asking"))
REFERENCE_HEAD: Final = """# Who may see what

Written by `allhands policies matrix` from the policies in `src/allhands/access/policies/`, by asking them; a test
compares it. A changed policy shows here as a changed table. Rows are the kinds of agency, for somebody who works on a
response that the agency takes part in. Classes: P0 poster, P1 response, P2 case, P3 restricted, P4 privileged.

`yes` without more · `own` only what the agency stated itself · `instruction` what to do for the child's health, not
why · `agreement` with the nation's agreement on records ·
`steward` when the nation's data steward decides · `release` when the young person and whoever is responsible agreed ·
`order` when a court ordered it · `glass` in an emergency that two people opened · `–` never. Walls of law (shelters,
victim services, treatment, school records, CyberTip, a nation's own) close a field whatever stands here.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One kind of agency for one purpose: a ground for each class, in the order of the classes."""

    kind: AgencyKind
    purpose: Purpose
    cells: tuple[tuple[str, ...], ...]


@cache
def rows() -> tuple[MatrixRow, ...]:
    """The whole matrix; asked once a process, since the policies are files of this release."""
    wanted = [(kind, purpose) for purpose in PURPOSES for kind in AgencyKind]
    asked = [_shape(kind, Role.SUPERVISOR, purpose, level, holder, ground) for kind, purpose in wanted
             for level in CLASSES for ground in GROUNDS for holder in _HOLDERS]  # fmt: skip
    asked += [_instruction(kind, purpose) for kind, purpose in wanted]
    allowed = {shape: answer.allowed for shape, answer in zip(asked, decide_shapes(asked), strict=True)}
    return tuple(
        MatrixRow(kind=kind, purpose=purpose, cells=tuple(_cell(kind, purpose, level, allowed) for level in CLASSES))
        for kind, purpose in wanted
    )


def as_markdown() -> str:
    """The page docs/reference/access-matrix.md."""
    lines = [REFERENCE_HEAD]
    found = rows()
    for purpose in PURPOSES:
        lines += [f"\n## {purpose.value}\n", f"| Agency | {' | '.join(CLASSES)} |", "|---" * 6 + "|"]
        lines += [
            f"| {row.kind.value} | {' | '.join(', '.join(cell) or '–' for cell in row.cells)} |"
            for row in found
            if row.purpose is purpose
        ]
    return "\n".join([*lines, ""])


def _shape(
    kind: AgencyKind, role: Role | None, purpose: Purpose, level: InformationClass, holder: AgencyId, ground: str
) -> Shape:
    asking = GROUNDS[ground]
    who = Who(
        entity="Member" if role else "Token",
        agency_kind=kind.value,
        role=role.value if role else "",
        takes_part=True,
    )
    return Shape(
        who=who,
        field=FieldAccess(sensitivity=level, holder=holder),
        asking=Asking(
            purpose=purpose,
            consents=asking.consents,
            agreement=asking.agreement,
            emergency=asking.emergency,
        ),
        action=Action.SEE_FIELD,
    )


def _cell(
    kind: AgencyKind, purpose: Purpose, level: InformationClass, allowed: Mapping[Shape, bool]
) -> tuple[str, ...]:
    opens = [
        ground for ground in GROUNDS if allowed[_shape(kind, Role.SUPERVISOR, purpose, level, _HOLDERS[0], ground)]
    ]
    if "yes" in opens:
        return ("yes",)
    own = allowed[_shape(kind, Role.SUPERVISOR, purpose, level, _HOLDERS[1], "yes")]
    told = level == "P1" and allowed[_instruction(kind, purpose)]
    return (*(["own"] if own else []), *(["instruction"] if told else []), *opens)


def _instruction(kind: AgencyKind, purpose: Purpose) -> Shape:
    """What to do for the child's health, not why: the one thing of the response that a school may have."""
    plain = _shape(kind, Role.SUPERVISOR, purpose, "P1", _HOLDERS[0], "yes")
    return replace(plain, field=replace(plain.field, instruction=True))
