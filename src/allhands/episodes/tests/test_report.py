"""A report is taken whole or not at all, once, with an owner, and only its parties see it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from allhands.episodes import api as episodes
from allhands.episodes import listeners, models
from allhands.episodes.actions.checks import FactsRefused
from allhands.episodes.contracts import FactsChanged
from allhands.episodes.tests.reports import NOW, report, said
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_report_has_an_owner_its_statements_and_a_journal_entry(cast: Cast) -> None:
    reported = episodes.report_missing(cast.caseworker, report(), NOW)
    with acting_as(cast.caseworker):
        episode = episodes.get_episode(cast.caseworker, reported.episode_id)
        facts = {line.fact_id: line.value for line in episodes.statements_of(reported.episode_id)}
    assert episode.owner_member_id == cast.caseworker.member_id
    assert episode.child.call_name == "Maya"
    assert facts["child.age_years"] == 14
    assert facts["time.agency_informed_at"] == NOW.isoformat()
    assert audit.verify_all() == []


@pytest.mark.parametrize("known", [False, True])
def test_whoever_listens_is_given_what_the_tables_say(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, *, known: bool
) -> None:
    told = list[FactsChanged]()
    monkeypatch.setattr(listeners, "_listeners", [lambda _actor, change: told.append(change)])
    first = report(child__tribal_affiliation=["tmbci", "sample"], child__tribal_status="eligible")
    reported = episodes.report_missing(cast.caseworker, first, NOW)
    if known:
        with acting_as(SYSTEM):
            models.Episode.objects.update(state="CLOSED", returned_at=NOW, closed_at=NOW)
        second = replace(report(key="key-2"), child_id=reported.child_id)
        reported = episodes.report_missing(cast.caseworker, second, NOW)
    fresh = told[-1].fresh
    assert fresh is not None
    with acting_as(cast.caseworker):
        assert fresh.episode == episodes.find_episode(reported.episode_id)
        assert fresh.statements == episodes.statements_of(reported.episode_id)


def test_the_same_key_and_content_answer_with_the_first_report(cast: Cast) -> None:
    first = episodes.report_missing(cast.caseworker, report(), NOW)
    again = episodes.report_missing(cast.caseworker, report(), NOW)
    assert again.episode_id == first.episode_id
    assert first.created
    assert not again.created


def test_the_same_key_with_other_content_is_refused(cast: Cast) -> None:
    episodes.report_missing(cast.caseworker, report(), NOW)
    with pytest.raises(Refused) as refused:
        episodes.report_missing(cast.caseworker, report(child__age_years=15), NOW)
    assert refused.value.code == "idempotency-key-reused"


def test_a_child_has_one_open_episode(cast: Cast) -> None:
    first = episodes.report_missing(cast.caseworker, report(), NOW)
    with pytest.raises(Refused) as refused:
        episodes.report_missing(cast.caseworker, replace(report(key="key-2"), child_id=first.child_id), NOW)
    assert refused.value.code == "open-episode"


def test_wrong_fields_are_all_named_and_nothing_is_stored(cast: Cast) -> None:
    wrong = report(
        child__date_of_birth="2027-01-01",
        time__last_seen_at="2027-01-01T00:00:00+00:00",
        place__last_seen={"state": "ZZ"},
    )
    wrong = replace(wrong, statements=(*wrong.statements, said("child.shoe_sise", 5)))
    with pytest.raises(FactsRefused) as refused:
        episodes.report_missing(cast.caseworker, wrong, NOW)
    fields = {found.path.split(":")[0] for found in refused.value.findings}
    assert any("date_of_birth" in field for field in fields)
    assert any("last_seen" in field for field in fields)
    assert any("shoe_sise" in field for field in fields)
    with acting_as(cast.caseworker):
        assert models.Episode.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    ["Haséyaa Béésh Łigai", "Wičháȟpi Wašté Wiŋ", "Kealohapauʻole", "ᎠᏓᏅᏙ", "Íñigo Peña", "ליאור", "ليلى"],
)
def test_names_of_every_script_are_stored_exactly(cast: Cast, name: str) -> None:
    reported = episodes.report_missing(cast.caseworker, report(name, child__given_name=name), NOW)
    with acting_as(cast.caseworker):
        assert episodes.get_episode(cast.caseworker, reported.episode_id).child.call_name == name


def test_an_outsider_finds_nothing(cast: Cast) -> None:
    reported = episodes.report_missing(cast.caseworker, report(), NOW)
    with acting_as(cast.outsider):
        assert models.Episode.objects.count() == 0
        assert models.Statement.objects.count() == 0
        assert models.Child.objects.count() == 0
        with pytest.raises(Denied):
            episodes.get_episode(cast.outsider, reported.episode_id)


def test_the_search_for_the_same_child_tells_an_outsider_nothing_but_that_one_exists(cast: Cast) -> None:
    episodes.report_missing(cast.caseworker, report("Maya Kessler"), NOW)
    with acting_as(cast.outsider):
        found = episodes.find_similar(cast.outsider, "maya kesler", None)
    assert len(found) == 1
    assert found[0].matched == ("name",)
    assert found[0].episode_id is None
    assert found[0].owner_agency_id is None


def test_statements_cannot_be_changed_or_removed_even_by_the_app(cast: Cast) -> None:
    reported = episodes.report_missing(cast.caseworker, report(), NOW)
    with acting_as(cast.caseworker):
        for sql in (
            "UPDATE episodes_statement SET value = '1' WHERE episode_id = %s",
            "DELETE FROM episodes_statement WHERE episode_id = %s",
        ):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                connection.cursor().execute(sql, [reported.episode_id])


def test_the_owner_can_never_be_emptied(cast: Cast) -> None:
    reported = episodes.report_missing(cast.caseworker, report(), NOW)
    with acting_as(cast.caseworker), pytest.raises(IntegrityError), transaction.atomic():
        models.Episode.objects.filter(pk=reported.episode_id).update(owner_member=None)


def test_a_correction_supersedes_and_both_stay(cast: Cast) -> None:
    reported = episodes.report_missing(cast.caseworker, report(), NOW)
    with acting_as(cast.caseworker):
        first = next(line for line in episodes.statements_of(reported.episode_id) if line.fact_id == "child.age_years")
    later = episodes.state_fact(
        cast.caseworker, reported.episode_id, said("child.age_years", 15), NOW, supersedes=first.statement_id
    )
    with acting_as(cast.caseworker):
        lines = {line.statement_id: line for line in episodes.statements_of(reported.episode_id)}
    assert lines[later].current
    assert not lines[first.statement_id].current
    with pytest.raises(Refused) as refused:
        episodes.state_fact(
            cast.caseworker, reported.episode_id, said("child.age_years", 16), NOW, supersedes=first.statement_id
        )
    assert refused.value.code == "superseded"
