from django.db import migrations

from allhands.episodes.guards import FORWARD


class Migration(migrations.Migration):
    """Row security and what never changes."""

    dependencies = [("episodes", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
