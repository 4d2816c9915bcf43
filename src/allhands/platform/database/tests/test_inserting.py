"""Rows inserted as JSON are the rows that Django would have inserted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from pydantic_core import PydanticSerializationError

from allhands.platform.database.inserting import insert_all, update_all

pytestmark = pytest.mark.django_db


class Sample(models.Model):
    name = models.CharField(max_length=200, primary_key=True)
    count = models.BigIntegerField(null=True)
    is_true = models.BooleanField()
    day = models.DateField(null=True)
    at = models.DateTimeField(null=True)
    said = models.JSONField(null=True)
    codes = ArrayField(models.CharField(max_length=40))
    raw = models.BinaryField(null=True)

    objects: ClassVar[models.Manager[Sample]] = models.Manager()

    class Meta:
        app_label = "only_for_this_test"
        db_table = "sample_rows"
        managed = False


ROWS: tuple[dict[str, Any], ...] = (
    {"name": "a", "is_true": False, "codes": []},
    {
        "name": "Haséyaa \"Béésh\" \\ 100% 'Łigai' ليلى",
        "count": 9_007_199_254_740_993,
        "is_true": True,
        "day": date(2024, 2, 29),
        "at": datetime(2026, 11, 24, 2, 0, 0, 123_456, tzinfo=UTC),
        "said": {"en": "a {b} %s", "es": "á", "list": [1, None, {"deep": True}]},
        "codes": ["police_report_number", "a,b", '"quoted"', "{}"],
        "raw": bytes(range(256)),
    },
    {"name": "c", "is_true": True, "said": "text", "codes": ["x"]},
)


@pytest.fixture
def table(db: None) -> None:
    connection.cursor().execute(
        "CREATE TEMPORARY TABLE sample_rows (codes varchar(40)[], name varchar(200) PRIMARY KEY, count bigint, "
        "is_true boolean, day date, at timestamptz, said jsonb, raw bytea)"
    )


def test_every_value_comes_back_as_it_was_given(table: None) -> None:
    insert_all(Sample(**row) for row in ROWS)
    by_json = {row.name: row for row in Sample.objects.all()}
    Sample.objects.all().delete()
    Sample.objects.bulk_create(Sample(**row) for row in ROWS)
    for expected in Sample.objects.all():
        for field in Sample._meta.concrete_fields:
            assert _plain(getattr(by_json[expected.name], field.attname)) == _plain(getattr(expected, field.attname))
    assert len(by_json) == len(ROWS)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_nothing_is_nothing(table: None) -> None:
    insert_all(())
    assert not Sample.objects.exists()


def test_what_json_cannot_say_is_refused(table: None) -> None:
    with pytest.raises(PydanticSerializationError, match="unknown type"):
        insert_all([Sample(name="b", is_true=True, codes=[], said=object())])


def test_update_writes_the_named_columns_of_these_rows_and_nothing_else(table: None) -> None:
    insert_all(Sample(**row) for row in ROWS)
    rows = list(Sample.objects.filter(name__in=["a", "c"]))
    for row in rows:
        row.said, row.codes, row.at, row.count = {"new": [1]}, ["x,y"], datetime(2027, 1, 1, tzinfo=UTC), 5
    update_all(rows, ["said", "codes", "at"])
    after = {row.name: row for row in Sample.objects.all()}
    for name in ("a", "c"):
        one = after[name]
        assert (one.said, one.codes, one.at) == ({"new": [1]}, ["x,y"], datetime(2027, 1, 1, tzinfo=UTC))
        assert one.count is None
    assert sum(row.said == {"new": [1]} for row in after.values()) == 2
    update_all((), ["said"])
