from django.db import migrations

from allhands.access.guards import FORGETTING


class Migration(migrations.Migration):
    """Answered cards of a record whose key was destroyed can be emptied."""

    dependencies = [("access", "0004_nation_keys"), ("platform_vault", "0004_forgets")]
    operations = [migrations.RunSQL(FORGETTING, migrations.RunSQL.noop)]
