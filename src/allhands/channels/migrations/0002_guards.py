from django.db import migrations

from allhands.channels.guards import FORWARD


class Migration(migrations.Migration):
    """Row security and what never changes."""

    dependencies = [("channels", "0001_initial"), ("platform_database", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
