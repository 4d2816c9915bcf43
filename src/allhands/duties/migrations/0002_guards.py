from django.db import migrations

from allhands.duties.guards import FORWARD


class Migration(migrations.Migration):
    """Row security and what never changes."""

    dependencies = [("duties", "0001_initial"), ("episodes", "0002_guards")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
