import django.db.models.deletion
from django.db import migrations, models

from allhands.episodes.guards import SEALING
from allhands.platform.vault.api import ClosedJSONField


class Migration(migrations.Migration):
    """A record can be sealed or expunged: nobody's part in it opens anything any more."""

    dependencies = [("episodes", "0006_closed"), ("platform_vault", "0003_forgetting")]
    operations = [
        migrations.AddField("episode", "sealed_at", models.DateTimeField(null=True)),
        migrations.AddField("party", "shut_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="SealedChild",
            fields=[
                (
                    "child",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="episodes.child",
                    ),
                ),
                ("content", ClosedJSONField()),
            ],
        ),
        migrations.RunSQL(SEALING, migrations.RunSQL.noop),
    ]
