from django.db import migrations, models

from allhands.platform.vault.guards import BACKWARD, FORWARD


class Migration(migrations.Migration):

    initial = True
    dependencies = [("platform_database", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("record_id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                ("wrapped_by", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("order_ref", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at__isnull", True), ("order_ref", "")),
                            models.Q(("destroyed_at__isnull", False), ("wrapped", b"")),
                            _connector="OR",
                        ),
                        name="vault_destroyed_means_gone",
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
