"""A court's order opens what it names, for whom, and nothing beside it: a subpoena out of scope finds a closed door."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allhands.access.actions import consents
from allhands.access.contracts import AbuserCheck, ConsentKind, ConsentState, HowGiven, Purpose
from allhands.access.domain import Answer
from allhands.access.tests.conftest import Response, State
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
NAMED, BESIDE = "description.medical_conditions", "circumstances.immigration_threat"  # P3 both


def test_an_order_opens_what_it_names_and_nothing_beside_it(response: Response, state: State, cast: Cast) -> None:
    state(cast.caseworker, NAMED, "asthma")
    state(cast.caseworker, BESIDE, True)
    assert not {NAMED, BESIDE} & response.seen_by(cast.officer)
    card = consents.write(
        cast.caseworker,
        response.access(cast.caseworker),
        consents.NewConsent(
            kind=ConsentKind.COURT, giver="District Court", giver_relation="", facts=(NAMED,),
            to_agency=cast.officer.agency_id, to_label="Sheriff", purpose=Purpose.RESPONSE, language="English",
            words="Order 38-2026-JV-1", authority="38-2026-JV-1", abuser_check=AbuserCheck.NOT_ASKED,
            starts_at=response.at, ends_at=response.at + timedelta(days=7),
        ),
        response.at,
    )  # fmt: skip
    consents.answer(cast.caseworker, card, Answer(state=ConsentState.AGREED, how=HowGiven.ORDER), response.at)
    seen = response.seen_by(cast.officer)
    assert NAMED in seen
    assert BESIDE not in seen
    assert NAMED not in response.seen_by(response.nurse), "nor anybody whom it does not name"
    assert NAMED not in response.seen_by(cast.officer, response.at + timedelta(days=8)), "nor after its end"
