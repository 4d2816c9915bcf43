"""The slot where proof of one duty is given. Pure.

The form posts `kind` (a code), and per kind: `number`, `person`, `at` · `file` · `person`, `at`, `reason` (refused).
Field names carry the kind as prefix: `police_report_number-number`, `document-file`, `refused-reason`.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from allhands.ui.wording import Moment


class Takes(enum.Enum):
    """What a kind of evidence needs."""

    NUMBER = "number"
    FILE = "file"
    REFUSAL = "refusal"
    WORDS = "words"


class Scan(enum.Enum):
    """Whether a file was looked at for viruses. NOT_HERE: this house has no scanner, and says so."""

    CLEAN = "clean"
    NOT_HERE = "not-here"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKind:
    """One accepted kind.

    Args:
        code: as in the rule: police_report_number, ncmec_case_number, document, refused_by_recipient.
        number_label: what the number is called: "Case number".
        hint: where to find it.
    """

    code: str
    label: str
    takes: Takes
    number_label: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedProof:
    """What was given: in words, by whom, when."""

    words: str
    by: str
    at: Moment
    scan: Scan | None = None
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSlot:
    """The slot ready to draw.

    Args:
        uid: prefix of element ids, unique on the page.
        kinds: the first is chosen unless `values` says otherwise.
        values: what was typed, by field name, after an error; never lost.
        errors: words by field name; the same words stand in the error summary.
        now_local: value of the time fields, `YYYY-MM-DDTHH:MM` in the agency's zone.
        may_waive_href: empty when the reader may not waive.
    """

    uid: str
    action: str
    kinds: tuple[EvidenceKind, ...]
    now_local: str
    zone: str
    saved: tuple[SavedProof, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    ask_href: str = ""
    may_waive_href: str = ""
    scans_files: bool = False

    @property
    def options(self) -> tuple[EvidenceOption, ...]:
        chosen = self.values.get("kind") or (self.kinds[0].code if self.kinds else "")
        return tuple(self._option(kind, chosen) for kind in self.kinds)

    def _option(self, kind: EvidenceKind, chosen: str) -> EvidenceOption:
        def typed(name: str) -> EvidenceField:
            key = f"{kind.code}-{name}"
            return EvidenceField(
                name=key, id=f"{self.uid}-{key}", value=self.values.get(key, ""), error=self.errors.get(key, "")
            )

        return EvidenceOption(
            kind=kind,
            id=f"{self.uid}-kind-{kind.code}",
            chosen=kind.code == chosen,
            number=typed("number"),
            person=typed("person"),
            at=typed("at"),
            file=typed("file"),
            reason=typed("reason"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceField:
    name: str
    id: str
    value: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceOption:
    """One kind with its fields; the template draws those the kind takes."""

    kind: EvidenceKind
    id: str
    chosen: bool
    number: EvidenceField
    person: EvidenceField
    at: EvidenceField
    file: EvidenceField
    reason: EvidenceField
