from django.db import migrations

from allhands.duties.guards import BY_LOOKUP


class Migration(migrations.Migration):
    """Row security by a lookup of the one row, as in the episodes."""

    dependencies = [("episodes", "0005_rules_by_lookup"), ("duties", "0004_tier_guards")]
    operations = [migrations.RunSQL(BY_LOOKUP, migrations.RunSQL.noop)]
