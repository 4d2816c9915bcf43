"""What a reader is told of a proof: its words by their class and the law of whoever gave them, its paper the same way.

That a duty is proved, and when, is everybody's who sees the duty. What a number or a sentence says, and who at a
shelter wrote it down, is a piece of information like any other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from allhands.access.contracts import InformationClass
from allhands.duties.contracts import DutyState, DutyView, EvidenceView
from allhands.kernel.ids import AgencyId

WORDS: Final[InformationClass] = "P1"
PAPER: Final[InformationClass] = "P2"
"""The classes of `Evidence.value` and of `Document.content`; a test compares them with the tables."""

REFUSAL: Final = "refused_by_recipient"
"""That the recipient would not take it: kept beside the proofs, and proves nothing."""

Holder = tuple[AgencyId | None, InformationClass]


def holders_in(duty: DutyView) -> Collection[Holder]:
    """Whose words and papers stand in this duty."""
    words: set[Holder] = {(one.agency_id, WORDS) for one in duty.evidence}
    papers: set[Holder] = {(one.agency_id, PAPER) for one in duty.evidence if one.has_document}
    waived: set[Holder] = {(duty.agency_id, WORDS)} if duty.state is DutyState.WAIVED else set()
    return words | papers | waived


def narrowed(duty: DutyView, open_to_reader: Collection[Holder]) -> DutyView:
    """The duty with the words of those only whose words this reader may have."""
    if (duty.agency_id, WORDS) not in open_to_reader and duty.state is DutyState.WAIVED:
        duty = replace(duty, settled_by="", reason="", is_told=False)
    evidence = tuple(_narrowed(one, open_to_reader) for one in duty.evidence)
    proving = [one for one in evidence if one.kind != REFUSAL]
    proved = duty.state in {DutyState.PROVED, DutyState.PROVED_LATE}
    settled_by = "" if proved and proving and not proving[-1].is_told else duty.settled_by
    return replace(duty, evidence=evidence, settled_by=settled_by)


def _narrowed(one: EvidenceView, open_to_reader: Collection[Holder]) -> EvidenceView:
    if (one.agency_id, PAPER) not in open_to_reader:
        one = replace(one, has_document=False)
    if (one.agency_id, WORDS) not in open_to_reader:
        one = replace(one, value="", taken_by="", recorded_by="", is_told=False)
    return one
