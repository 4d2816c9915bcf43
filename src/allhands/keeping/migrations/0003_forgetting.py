from django.db import migrations

from allhands.keeping.guards import FORGETTING


class Migration(migrations.Migration):
    """What a hold on a destroyed record was about, and why an order was refused, can be emptied."""

    dependencies = [("keeping", "0002_guards"), ("platform_vault", "0004_forgets")]
    operations = [migrations.RunSQL(FORGETTING, migrations.RunSQL.noop)]
