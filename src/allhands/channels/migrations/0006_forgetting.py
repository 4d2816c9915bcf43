from django.db import migrations

from allhands.channels.guards import FORGETTING


class Migration(migrations.Migration):
    """Published files of a record whose key was destroyed can be emptied."""

    dependencies = [("channels", "0005_closed"), ("platform_vault", "0004_forgets"), ("alerts", "0006_spans")]
    operations = [migrations.RunSQL(FORGETTING, migrations.RunSQL.noop)]
