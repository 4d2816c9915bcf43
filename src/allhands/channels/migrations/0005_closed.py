from django.db import migrations

from allhands.platform.vault.api import ClosedBytesField, ClosedTextField, Column, close_columns

OF_DELIVERY = "coalesce(t.episode_id, t.id)"
OF_PART = "(SELECT coalesce(d.episode_id, d.id) FROM channels_delivery d WHERE d.id = t.delivery_id)"
CLOSED = (
    Column(table="channels_delivery", name="subject", kind="text", record=OF_DELIVERY, text_length=200),
    Column(table="channels_delivery", name="body", kind="bytes", record=OF_DELIVERY),
    Column(table="channels_deliverypart", name="content", kind="bytes", record=OF_PART),
)


class Migration(migrations.Migration):
    """Frozen words and files lie closed from now on; what is there is carried over."""

    dependencies = [("channels", "0004_broadcast_guards"), ("platform_vault", "0002_sealed_keys")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[close_columns(*CLOSED)],
            state_operations=[
                migrations.AlterField("delivery", "subject", ClosedTextField()),
                migrations.AlterField("delivery", "body", ClosedBytesField()),
                migrations.AlterField("deliverypart", "content", ClosedBytesField()),
            ],
        )
    ]
