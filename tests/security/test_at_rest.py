"""What lies in the tables: whoever holds the database, a disk or a backup without the key learns no word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from allhands.duties import api as duties
from allhands.duties import models as duties_models
from allhands.duties import sending
from allhands.duties.contracts import NewEvidence
from allhands.episodes import api as episodes
from allhands.episodes.models import Photo
from allhands.episodes.tests.reports import NOW, report, said
from allhands.episodes.tests.test_photos import drawn
from allhands.kernel.ids import EpisodeId
from allhands.platform.database import roles
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.dump import everything, tables_with
from allhands.platform.vault import api as vault

pytestmark = pytest.mark.django_db(transaction=True)

SECRET, INFORMANT, TYPED, NAMED = "zolmitriptan-quokka", "Ms Quagga-Numbat", "draftword-axolotl", "ocelot-paper.jpg"
WORDS = (SECRET, INFORMANT, TYPED, NAMED)
JPEG = b"\xff\xd8\xff\xe0"


@pytest.fixture
def episode_id(cast: Cast) -> EpisodeId:
    """A report with a private word, a draft, a photo, a document; packets frozen and sent."""
    told = report()
    private = said("description.medical_conditions", SECRET, informant=INFORMANT)
    told = replace(told, statements=(*told.statements, private))
    draft = episodes.start_draft(cast.caseworker, NOW)
    episodes.save_draft(cast.caseworker, draft.draft_id, {"notes": TYPED}, NOW)
    found = episodes.report_missing(cast.caseworker, told, NOW).episode_id
    episodes.add_photo(cast.caseworker, found, drawn(), date(2026, 10, 1), NOW)
    with acting_as(cast.caseworker):
        [duty] = [one for one in duties.list_duties([found])[found] if one.rule_id == "us.federal.duty-ive-24h-ncmec"]
        notices = duties.list_notices(found)
    proof = NewEvidence(
        kind="ncmec_case_number", value="1234567", taken_by="Desk", happened_at=NOW, document=drawn(), filename=NAMED
    )
    duties.prove(cast.caseworker, duty.duty_id, proof, NOW)
    for notice in notices:
        if notice.recipient_agency_id:
            sending.issue(notice.notice_id, NOW)
    return found


def test_no_table_holds_a_word_of_a_private_statement_photo_draft_or_packet(
    cast: Cast, episode_id: EpisodeId, superuser: psycopg.Connection[Any]
) -> None:
    tables = everything(superuser)
    assert tables["channels_deliverypart"], "a packet left"
    assert not tables_with(WORDS, tables)
    for table in ("episodes_photo", "duties_document", "duties_notice", "channels_deliverypart"):
        assert JPEG.hex().encode() not in tables[table], table
        assert b"%PDF".hex().encode() not in tables[table], table


def test_with_its_key_all_of_it_is_there(cast: Cast, episode_id: EpisodeId) -> None:
    with acting_as(cast.caseworker):
        lines = episodes.statements_of(episode_id)
        assert SECRET in [line.value for line in lines]
        assert {line.informant for line in lines if line.value == SECRET} == {INFORMANT}
        child = episodes.get_episode(cast.caseworker, episode_id).child.child_id
        photo = episodes.find_photo(child)
        assert photo is not None
        assert photo.content.startswith(JPEG[:3])
        [draft] = episodes.list_drafts(cast.caseworker)
        assert draft.answers == {"notes": TYPED}
        packets = [duties.notice_content(one.notice_id) for one in duties.list_notices(episode_id)]
        assert all(packet and packet.startswith(b"{") for packet in packets)


def test_rows_of_before_are_carried_over_and_back(
    cast: Cast, episode_id: EpisodeId, superuser: psycopg.Connection[Any]
) -> None:
    before = everything(superuser)["duties_duty"]
    with roles.as_owner(), connection.schema_editor(atomic=True) as editor:
        for columns in closed_columns():
            vault.close_columns(*columns).reverse_code(None, editor)  # type: ignore[misc]  # it always has one
    opened = everything(superuser)
    assert SECRET.encode() in opened["episodes_statement"]
    assert SECRET.encode() in opened["duties_assessment"]
    assert TYPED.encode() in opened["episodes_draft"]
    assert NAMED.encode() in opened["duties_document"]
    assert b"%PDF".hex().encode() in opened["channels_deliverypart"]
    with roles.as_owner(), connection.schema_editor(atomic=True) as editor:
        for columns in closed_columns():
            vault.close_columns(*columns).code(None, editor)
        for rule in Photo._meta.constraints:  # they left with the column; every test after this one needs them
            editor.add_constraint(Photo, rule)
    test_with_its_key_all_of_it_is_there(cast, episode_id)
    test_no_table_holds_a_word_of_a_private_statement_photo_draft_or_packet(cast, episode_id, superuser)
    assert everything(superuser)["duties_duty"] == before


def closed_columns() -> list[tuple[vault.Column, ...]]:
    """What the migrations close, empty where today's tables may be: a later one lets go of a nation's pictures."""
    names = (
        "episodes.migrations.0006_closed",
        "duties.migrations.0007_closed",
        "channels.migrations.0005_closed",
        "access.migrations.0003_closed",
    )
    fields = {
        (model._meta.db_table, field.column): field for model in apps.get_models() for field in model._meta.fields
    }
    return [
        tuple(replace(one, may_be_null=fields[one.table, one.name].null) for one in closed)
        for closed in (import_module(f"allhands.{name}").CLOSED for name in names)
    ]


def test_a_closed_column_takes_nothing_plain(cast: Cast, episode_id: EpisodeId) -> None:
    with pytest.raises(TypeError, match="closed"), acting_as(cast.caseworker):
        duties_models.Notice.objects.filter(episode_id=episode_id).update(content=b"plain")
    with pytest.raises(TypeError, match="closed"), acting_as(cast.caseworker):
        list(duties_models.Notice.objects.filter(content=b"plain"))
