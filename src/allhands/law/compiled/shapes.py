"""Which classes a library is made of, and how each of their fields is written.

Kinds: p plain · c Confidence · k RuleKind · f FactType · d day · v value of a fact · V values of a fact ·
o object or None · O objects · s words · S set of words · m mapping of plain values · M mapping of objects ·
K objects by kind of rule · b bound of a comparison · B bound in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allhands.law import assessment, rules
from allhands.law.expressions import branches, leaves
from allhands.law.facts.declarations import Choice, FactDeclaration
from allhands.law.library import Chapter, RuleCard
from allhands.law.places import Place
from allhands.law.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The first leaf of a compiled library: all that is needed before a rule is judged.

    Args:
        packs: in the library's order, their bodies still closed.
        rule_ids: the names of each pack's rules.
    """

    facts: Mapping[str, FactDeclaration]
    packs: tuple[rules.Pack, ...]
    rule_ids: list[list[str]]
    sha256: str


SHAPES: tuple[tuple[type, str], ...] = (
    (Text, "en:p es:p"),
    (Place, "state:p county_fips:p nation:p indian_country:p"),
    (Choice, "code:p words:o"),
    (
        FactDeclaration,
        (
            "id:p pack_id:p type:f unit:p question:o label:o sensitivity:p choices:O many:p dangerous:V minimum:p "
            "maximum:p ask:p future:p"
        ),
    ),
    (leaves.Setting, "name:p"),
    (leaves.Equals, "fact:p value:v"),
    (leaves.IsIn, "fact:p values:V"),
    (leaves.Contains, "fact:p value:p"),
    (leaves.Compare, "fact:p side:p bound:b"),
    (leaves.Order, "fact:p before:p bound:B"),
    (leaves.Within, "fact:p of:p hours:p open_end:p"),
    (leaves.Known, "fact:p"),
    (leaves.PlaceIs, "fact:p state:p county_fips:p nation:p indian_country:p"),
    (leaves.SettingIs, "name:p value:p"),
    (branches.Always, ""),
    (branches.RuleHolds, "rule:p"),
    (branches.All, "children:O"),
    (branches.AnyOf, "children:O"),
    (branches.Not, "child:o"),
    (rules.Source, "id:p citation:p title:p address:p read:p confidence:c retrieved_on:d sha256:p"),
    (rules.Citation, "source_id:p pin:p quote:p"),
    (rules.Period, "start:d end:d"),
    (rules.Review, "on:d by:p"),
    (
        rules.Clock,
        (
            "starts_fact:p starts_when:o limit_words:o immediate:p policy:p hours:p days:p months:p business_days:p "
            "repeat_every_days:p"
        ),
    ),
    (rules.DutyTerms, "actor:p recipient:p action:p clock:o evidence:s only_after:o never_a_wait:p"),
    (rules.Need, "id:p title:o when:o"),
    (rules.CriterionTerms, "alert:p activator:p needs:O"),
    (rules.Condition, "id:p text:o when:o"),
    (rules.Exempt, "recipients:s purposes:s data_classes:s"),
    (
        rules.PermissionTerms,
        "holders:s data_classes:s recipients:s purposes:s exempt:o outcome:p restricts:p wall:p conditions:O minimum:s",
    ),
    (rules.ThresholdTerms, "tier:p"),
    (rules.Applies, "always:p state:p nation:p"),
    (
        rules.Rule,
        (
            "id:p pack_id:p kind:k title:o tests_missing:p when:o terms:o periods:O citations:O confidence:c "
            "reviewed:o notes:p plain:o path:p"
        ),
    ),
    (
        rules.Pack,
        (
            "id:p title:o kind:p jurisdiction:p version:p applies:O worlds:S zone:p steward:p licence:p depends_on:s "
            "confidence:c status:o reviewed:o settings:m sha256:p"
        ),
    ),
    (assessment.SourceRef, "citation:p pin:p quote:p address:p confidence:c read_on:d"),
    (RuleCard, "sources:O tests:s limit:o"),
    (rules.PackBody, "sources:M rules:O"),
    (Chapter, "body:o kinds:K cards:M facts:S"),
    (Contents, "facts:M packs:O rule_ids:p sha256:p"),
)


def fields_of(shape: str) -> tuple[tuple[str, str], ...]:
    """Field and kind, in order.

    Example:
        >>> fields_of("en:p es:p")
        (('en', 'p'), ('es', 'p'))
    """
    return tuple((name, kind) for name, _, kind in (part.partition(":") for part in shape.split()))
