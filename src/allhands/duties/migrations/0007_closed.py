from django.db import migrations

from allhands.platform.vault.api import ClosedBytesField, ClosedJSONField, ClosedTextField, Column, close_columns

CLOSED = (
    Column(table="duties_assessment", name="facts", kind="json", record="t.episode_id"),
    Column(table="duties_assessment", name="result", kind="json", record="t.episode_id"),
    Column(table="duties_document", name="filename", kind="text", record="t.episode_id", text_length=200),
    Column(table="duties_document", name="content", kind="bytes", record="t.episode_id"),
    Column(table="duties_notice", name="content", kind="bytes", record="t.episode_id"),
)


class Migration(migrations.Migration):
    """Frozen facts, assessments, packets and documents lie closed from now on; what is there is carried over."""

    dependencies = [("duties", "0006_period_ends"), ("platform_vault", "0002_sealed_keys")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[close_columns(*CLOSED)],
            state_operations=[
                migrations.AlterField("assessment", "facts", ClosedJSONField()),
                migrations.AlterField("assessment", "result", ClosedJSONField()),
                migrations.AlterField("document", "filename", ClosedTextField()),
                migrations.AlterField("document", "content", ClosedBytesField()),
                migrations.AlterField("notice", "content", ClosedBytesField()),
            ],
        )
    ]
