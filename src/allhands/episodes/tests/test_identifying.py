"""Who the child is, said or corrected after the report, reaches the child's record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from allhands.episodes import api as episodes
from allhands.episodes import models
from allhands.episodes.contracts import ChildView, Json, NameKind, NewName, NewTribe, TribeStatus
from allhands.episodes.tests.reports import NOW, report, said
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId, StatementId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def child_of(cast: Cast, episode_id: EpisodeId) -> ChildView:
    with acting_as(cast.caseworker):
        found = episodes.find_episode(episode_id)
    assert found is not None
    return found.child


def state(cast: Cast, episode_id: EpisodeId, fact: str, value: Json, corrects: str | None = None) -> StatementId:
    supersedes = StatementId(corrects) if corrects else None
    return episodes.state_fact(cast.caseworker, episode_id, said(fact, value), LATER, supersedes=supersedes)


@pytest.fixture
def maya(cast: Cast) -> EpisodeId:
    return episodes.report_missing(cast.caseworker, report(), NOW).episode_id


def test_a_nation_said_later_is_a_tie_of_the_child(cast: Cast, maya: EpisodeId) -> None:
    state(cast, maya, "child.tribal_affiliation", ["tmbci"])
    assert child_of(cast, maya).tribes == (NewTribe(nation="tmbci", status=TribeStatus.UNKNOWN_ASKED),)
    state(cast, maya, "child.tribal_status", "enrolled")
    assert child_of(cast, maya).tribes == (NewTribe(nation="tmbci", status=TribeStatus.ENROLLED),)


def test_a_nation_sent_alone_is_one_like_any_other(cast: Cast, maya: EpisodeId) -> None:
    """Software may send `"tmbci"` for `["tmbci"]`; the law reads both, and so must the notice and the child's ties."""
    state(cast, maya, "child.tribal_affiliation", "tmbci")
    alone = report("Ana", key="key-2", child__tribal_affiliation="sample")
    ana = episodes.report_missing(cast.caseworker, alone, NOW).episode_id
    for episode_id, nation in ((maya, "tmbci"), (ana, "sample")):
        assert [tie.nation for tie in child_of(cast, episode_id).tribes] == [nation]
        with acting_as(cast.caseworker):
            lines = episodes.list_statements([episode_id], facts=["child.tribal_affiliation"])[episode_id]
        assert [line.value for line in lines] == [[nation]]


def test_a_nation_that_was_corrected_is_no_tie_any_more(cast: Cast, maya: EpisodeId) -> None:
    first = state(cast, maya, "child.tribal_affiliation", ["tmbci"])
    state(cast, maya, "child.tribal_affiliation", ["sample"], corrects=first)
    assert [tie.nation for tie in child_of(cast, maya).tribes] == ["sample"]


def test_not_knowing_is_over_once_somebody_knows(cast: Cast) -> None:
    asked = report(child__tribal_tie_possible=True)
    episode_id = episodes.report_missing(cast.caseworker, asked, NOW).episode_id
    assert [tie.nation for tie in child_of(cast, episode_id).tribes] == [""]
    state(cast, episode_id, "child.tribal_affiliation", ["tmbci"])
    assert [tie.nation for tie in child_of(cast, episode_id).tribes] == ["tmbci"]


def test_a_birthday_said_later_is_the_child_s(cast: Cast, maya: EpisodeId) -> None:
    state(cast, maya, "child.date_of_birth", "2012-02-29")
    assert child_of(cast, maya).born_on == date(2012, 2, 29)


def test_a_name_that_grows_takes_the_place_of_its_part(cast: Cast, maya: EpisodeId) -> None:
    state(cast, maya, "child.family_name", "Kestrel")
    legal = [name for name in child_of(cast, maya).names if name.kind is NameKind.LEGAL]
    assert legal == [NewName(kind=NameKind.LEGAL, text="Maya Kestrel")]


def test_an_earlier_legal_name_stays_to_be_found_by(cast: Cast, maya: EpisodeId) -> None:
    first = state(cast, maya, "child.family_name", "Kestrel")
    state(cast, maya, "child.family_name", "Heron", corrects=first)
    names = child_of(cast, maya).names
    assert NewName(kind=NameKind.LEGAL, text="Maya Heron") in names
    assert NewName(kind=NameKind.OTHER, text="Maya Kestrel") in names


def test_other_facts_leave_the_record_alone(cast: Cast, maya: EpisodeId) -> None:
    before = child_of(cast, maya)
    state(cast, maya, "description.clothing", "green parka")
    assert child_of(cast, maya) == before


def test_names_and_nations_stay_in_the_order_in_which_they_were_told(cast: Cast) -> None:
    told = report(child__tribal_affiliation=["tmbci", "sample"], child__tribal_status="eligible")
    maya = episodes.report_missing(cast.caseworker, told, NOW).episode_id
    before = child_of(cast, maya)
    assert [one.kind for one in before.names] == [NameKind.LEGAL, NameKind.NICKNAME]
    assert [one.nation for one in before.tribes] == ["tmbci", "sample"]
    with acting_as(SYSTEM), connection.cursor() as cursor:  # what is written again, PostgreSQL puts at the end
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
        models.ChildName.objects.filter(kind="LEGAL").update(child=before.child_id)
        models.ChildTribe.objects.filter(nation="tmbci").update(child=before.child_id)
    assert child_of(cast, maya) == before
