from django.db import migrations

from allhands.platform.vault.api import ClosedTextField, Column, close_columns

CLOSED = (
    Column(table="access_objection", name="words", kind="text", record="t.id"),
    Column(table="access_objection", name="reach", kind="text", record="t.id", text_length=200),
)


class Migration(migrations.Migration):
    """What the person named wrote, and how to reach them, lies closed from now on; what is there is carried over."""

    dependencies = [("access", "0002_guards"), ("platform_vault", "0002_sealed_keys")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[close_columns(*CLOSED)],
            state_operations=[
                migrations.AlterField("objection", "words", ClosedTextField(blank=True)),
                migrations.AlterField("objection", "reach", ClosedTextField(blank=True)),
            ],
        )
    ]
