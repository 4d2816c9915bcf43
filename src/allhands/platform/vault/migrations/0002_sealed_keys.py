from django.db import migrations, models

from allhands.platform.vault.guards import SEALED


class Migration(migrations.Migration):
    """A sealed record's key lies out of reach, and can come back by another order."""

    dependencies = [("platform_vault", "0001_initial")]

    operations = [
        migrations.AddField("datakey", "sealed_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "datakey",
            models.CheckConstraint(
                condition=models.Q(("sealed_at__isnull", True), ("wrapped", b""), _connector="OR"),
                name="vault_sealed_means_out_of_reach",
            ),
        ),
        migrations.CreateModel(
            name="SealedKey",
            fields=[
                ("record_id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                ("wrapped_by", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                ("order_ref", models.CharField(max_length=200)),
            ],
        ),
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
    ]
