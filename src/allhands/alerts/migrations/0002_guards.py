from django.db import migrations

from allhands.alerts.guards import FORWARD


class Migration(migrations.Migration):
    """Row security and what never changes."""

    dependencies = [
        ("alerts", "0001_initial"),
        ("episodes", "0005_rules_by_lookup"),
        ("platform_database", "0002_append_only"),
    ]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
