"""What is known of one episode, and what people disagree about."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from allhands.kernel.findings import Finding
from allhands.law.values import FactValue


class Certainty(enum.Enum):
    """How sure an informant is."""

    SEEN = "seen"
    TOLD = "told"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One value somebody gave for a fact."""

    value: FactValue
    informant: str
    certainty: Certainty
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A fact for which different values were given, and the one that governs."""

    fact: str
    stated: tuple[Stated, ...]
    governs: FactValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Facts by id. A fact that is not here is UNKNOWN. Build with `Facts.of`.

    Args:
        key: equal for equal facts; fit for a cache.
    """

    values: Mapping[str, FactValue]
    disagreements: tuple[Disagreement, ...]
    key: tuple[tuple[str, FactValue], ...]

    @classmethod
    def of(cls, values: Mapping[str, FactValue], disagreements: tuple[Disagreement, ...] = ()) -> Facts:
        """Facts from already typed values."""
        key = tuple(sorted(values.items(), key=lambda item: item[0]))
        return cls(values=MappingProxyType(dict(values)), disagreements=disagreements, key=key)


class FactsError(Exception):
    """What was stated cannot be; `findings` name each field, what was wrong and what is allowed."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(f"{finding.path}: {finding.message}" for finding in findings))
        self.findings = findings
