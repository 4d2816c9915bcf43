from django.db import migrations

from allhands.access.guards import FORWARD


class Migration(migrations.Migration):
    """Who sees what the door keeps, and what of it never changes."""

    dependencies = [
        ("access", "0001_initial"),
        ("episodes", "0005_rules_by_lookup"),
        ("platform_database", "0002_append_only"),
    ]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
