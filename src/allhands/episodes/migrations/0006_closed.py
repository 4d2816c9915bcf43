from django.db import migrations

from allhands.platform.vault.api import ClosedBytesField, ClosedJSONField, ClosedTextField, Column, close_columns

CLOSED = (
    Column(table="episodes_statement", name="value", kind="json", record="t.episode_id", may_be_null=True),
    Column(table="episodes_statement", name="informant", kind="text", record="t.episode_id", text_length=200),
    Column(table="episodes_photo", name="content", kind="bytes", record="t.child_id"),
    Column(table="episodes_draft", name="answers", kind="json", record="t.id"),
)


class Migration(migrations.Migration):
    """What was stated, pictures and drafts lie closed from now on; what is there is carried over."""

    dependencies = [("episodes", "0005_rules_by_lookup"), ("platform_vault", "0002_sealed_keys")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[close_columns(*CLOSED)],
            state_operations=[
                migrations.AlterField("statement", "value", ClosedJSONField(null=True)),
                migrations.AlterField("statement", "informant", ClosedTextField()),
                migrations.AlterField("photo", "content", ClosedBytesField()),
                migrations.AlterField("draft", "answers", ClosedJSONField(default=dict)),
            ],
        )
    ]
