from django.db import migrations

from allhands.lawbook.guards import FORWARD


class Migration(migrations.Migration):
    """Row security and what never changes."""

    dependencies = [("lawbook", "0001_initial"), ("episodes", "0002_guards"), ("platform_database", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
