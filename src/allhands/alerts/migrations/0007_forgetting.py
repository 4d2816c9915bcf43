from django.db import migrations

from allhands.alerts.guards import FORGETTING


class Migration(migrations.Migration):
    """Requests, messages and reviews of a record whose key was destroyed can be emptied."""

    dependencies = [("alerts", "0006_spans"), ("platform_vault", "0004_forgets")]
    operations = [migrations.RunSQL(FORGETTING, migrations.RunSQL.noop)]
