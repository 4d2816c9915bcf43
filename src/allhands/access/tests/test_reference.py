"""The matrix on paper is what the policies say, and a changed policy shows who would gain or lose what."""

from __future__ import annotations

from pathlib import Path

import pytest

from allhands.access import matrix_page
from allhands.access.contracts import Purpose
from allhands.access.decide import policy_text
from allhands.kernel.actors import AgencyKind

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "access-matrix.md"


def test_matrix_is_written_anew_when_policies_change() -> None:
    assert PAGE.read_text(encoding="utf-8") == matrix_page.as_markdown(), (
        "run: allhands policies matrix > docs/reference/access-matrix.md"
    )


def test_trying_says_who_gains_and_who_loses() -> None:
    assert matrix_page.try_out(policy_text()) == ()
    wider = policy_text().replace(
        '"CLEARINGHOUSE"].contains(principal.agency_kind)) ||', '"SCHOOL"].contains(principal.agency_kind)) ||'
    )
    changes = {(one.kind, one.gains) for one in matrix_page.try_out(wider) if one.purpose is Purpose.RESPONSE}
    assert changes == {(AgencyKind.SCHOOL, True), (AgencyKind.CLEARINGHOUSE, False)}


@pytest.mark.parametrize("text", ["permit (", 'permit (principal, action == Action::"fly", resource);'])
def test_policies_that_do_not_fit_are_refused_with_a_place(text: str) -> None:
    with pytest.raises(matrix_page.PoliciesUnreadable):
        matrix_page.try_out(text)
