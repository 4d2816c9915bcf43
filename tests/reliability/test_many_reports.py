"""Two hundred reports at once, each sent again and again with its key: none lost, none doubled.

A run of the suite sends forty; `script/bench reliability` sends them all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from allhands.channels.models import Delivery
from allhands.duties.models import Assessment, Duty, Notice
from allhands.episodes.models import Child, Episode, Report, Statement
from allhands.exchange.tests.program import Answer, Program, maya, software_of
from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.audit.models import Journal
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

REPORTS = 200
AT_ONCE = 16
TAKEN = {200, 201}


def send(key: str, program: str, body: dict[str, Any]) -> tuple[str, Answer]:
    """One sending of one report, in a thread with a connection of its own, as a web process has."""
    try:
        return key, Program(program).report({**body, "call_name": f"Maya {key}"}, idempotency=key)
    finally:
        connections.close_all()


def send_all(program: str, reports: int) -> Mapping[str, list[Answer]]:
    """Each report twice, every tenth five times; the sendings of a report follow each other and meet each other."""
    keys = [f"report-{number}" for number in range(reports) for _ in range(2 if number % 10 else 5)]
    answers: dict[str, list[Answer]] = defaultdict(list)
    body = maya()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for key, answer in pool.map(lambda key: send(key, program, body), keys):
            answers[key].append(answer)
    return answers


def test_none_is_lost_and_none_doubled(cast: Cast, share: float) -> None:
    reports = round(REPORTS * share)
    answers = send_all(software_of(cast.caseworker).key, reports)
    assert {answer.status for given in answers.values() for answer in given} == TAKEN
    episode_of = {key: given[0].body["episode_id"] for key, given in answers.items()}
    assert len(set(episode_of.values())) == reports
    for key, given in answers.items():
        assert {answer.body["episode_id"] for answer in given} == {episode_of[key]}
        assert Counter(answer.status for answer in given)[201] == 1, f"{key} was created more than once, or never"
    check_stored(episode_of, reports)


def check_stored(episode_of: Mapping[str, str], reports: int) -> None:
    with acting_as(SYSTEM):
        stored = dict(Report.objects.values_list("idempotency_key", "episode_id"))
        assert stored == dict(episode_of)
        assert Episode.objects.count() == Child.objects.count() == Assessment.objects.count() == reports
        assert not Delivery.objects.exists()  # no worker ran
        for model, field in ((Duty, "rule_id"), (Notice, "kind"), (Statement, "fact_id")):
            found = Counter(tuple(row) for row in model.objects.values_list("episode_id", field))
            per_episode = Counter(episode for episode, _ in found)
            assert max(found.values()) == 1
            assert set(per_episode) == set(episode_of.values())
            assert len(set(per_episode.values())) == 1, f"not every report has the same {model.__name__}"
        told = Counter(Journal.objects.filter(event=audit.Event.REPORT_SUBMITTED.value).values_list("chain", flat=True))
    assert told[audit.NODE_CHAIN] == sum(told.values()) - reports
    assert {chain for chain in told if chain != audit.NODE_CHAIN} == set(episode_of.values())
    assert audit.verify_all() == []
