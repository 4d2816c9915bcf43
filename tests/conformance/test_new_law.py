"""A new law followed episode by episode, and all at once: the ledger ends the same, and so does every packet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from allhands.duties import api as duties
from allhands.duties import models as ledger_models
from allhands.duties.actions.assess import reassess
from allhands.duties.tests.conftest import Reporting
from allhands.duties.tests.conftest import maya as maya
from allhands.duties.tests.conftest import reported_at as reported_at
from allhands.duties.tests.conftest import reporting as reporting
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.law.packs.strict_yaml import read_yaml
from allhands.lawbook import queries
from allhands.lawbook.actions import drafts, review
from allhands.lawbook.actions.drafts import SaveFile
from allhands.lawbook.contracts import DraftView
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.tests.conftest import STATE
from allhands.lawbook.tests.conftest import few_packs as few_packs
from allhands.lawbook.tests.conftest import key as key
from allhands.lawbook.tests.conftest import law_of_its_own as law_of_its_own
from allhands.lawbook.tests.conftest import reader as reader
from allhands.lawbook.tests.conftest import writer as writer
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
NEW = f"{STATE}.care-report-anew"


@pytest.fixture(autouse=True)
def somebody_acts(writer: Actor) -> Iterator[None]:
    with acting_as(writer):
        yield


@pytest.fixture
def three(cast: Cast, maya: EpisodeId, reporting: Reporting) -> list[EpisodeId]:
    with acting_as(cast.caseworker):
        return [maya, reporting("Lena", child__suicidal=True), reporting("Iris", child__age_years=17)]


def edit_of(way: str, writer: Actor, draft: DraftView) -> None:
    path = "duties/care-report-ncmec-12h.yaml"
    value: Any = read_yaml((queries.texts_of(draft.id)[path] or "").encode(), path).value
    if way == "notes":
        value["notes"] = "Read again."
    elif way == "words":
        value["plain"] = {"en": "Call NCMEC at once.", "es": "Llame a NCMEC de inmediato."}
    elif way == "deadline":
        value["then"]["clock"]["hours"] = 6
    elif way == "recipient":
        value["then"]["recipient"] = "court"
    else:
        value["id"] = NEW
        path = "duties/care-report-anew.yaml"
    revision = 0 if way == "new" else 1
    text = write_yaml(value)
    drafts.save_file(writer, SaveFile(draft_id=draft.id, path=path, text=text, revision=revision), timezone.now())
    for name in [name for name in queries.texts_of(draft.id) if name.startswith("cases/")]:
        drafts.save_file(writer, SaveFile(draft_id=draft.id, path=name, text=None, revision=1), timezone.now())


def state_of(ids: list[EpisodeId]) -> Any:
    """Everything that a new law may change, as the tables have it, without ids and moments of writing."""
    with acting_as(SYSTEM):
        duty_rows = [
            {name: value for name, value in row.items() if name not in ("id", "opened_at")}
            for row in ledger_models.Duty.objects.filter(episode_id__in=ids).order_by("episode_id", "rule_id").values()
        ]
        packets = sorted(ledger_models.Notice.objects.filter(episode_id__in=ids).values_list("episode_id", "digest"))
        return duty_rows, packets


@pytest.mark.parametrize("way", ["notes", "words", "deadline", "recipient", "new"])
def test_following_the_law_together_is_judging_every_episode_anew(
    cast: Cast, three: list[EpisodeId], writer: Actor, reader: Actor, key: str, way: str
) -> None:
    """What is skipped or written in one go ends as if each episode had been judged whole."""
    now = timezone.now()
    draft = drafts.start_draft(writer, STATE, None, now)
    edit_of(way, writer, draft)
    before = state_of(three)
    review.ask_reader(writer, draft.id, None, now)
    review.publish(reader, draft.id, now)
    with transaction.atomic():
        for one in three:
            reassess(SYSTEM, one, now)
        wanted = state_of(three)
        transaction.set_rollback(True)
    assert duties.follow_law(three, now) == (0 if way == "notes" else len(three))
    assert state_of(three) == wanted
    assert (wanted == before) is (way == "notes")
    assert audit.verify_all() == []
    for one in three:
        again, stored = duties.explain(one), newest_result(one)
        assert again is not None
        assert said_again(again.to_json(), stored) == stored  # by its own packs, also those shipped before any release
        assert ("amends" in stored) is (way in ("words", "deadline"))
    assert duties.follow_law(three, now) == 0


def newest_result(episode_id: EpisodeId) -> dict[str, Any]:
    with acting_as(SYSTEM):
        row = ledger_models.Assessment.objects.filter(episode_id=episode_id).latest("pk")
    assert isinstance(row.result, dict)
    return row.result


def said_again(whole: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """Of an assessment run again, what a stored one says: all of it, or the duties that amended an earlier one."""
    if "amends" not in stored:
        return whole
    rules = stored["rules"]
    duties_said = [one for one in whole["duties"] if one["rule_id"] in rules]
    as_it_was = {name: whole[name] for name in ("as_of", "world", "packs", "holds_until")}
    return {**as_it_was, "rules": rules, "duties": duties_said, "amends": stored["amends"]}
