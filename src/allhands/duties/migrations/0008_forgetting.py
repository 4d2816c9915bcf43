from django.db import migrations

from allhands.duties.guards import FORGETTING


class Migration(migrations.Migration):
    """Proofs and reasons of a record whose key was destroyed can be emptied."""

    dependencies = [("duties", "0007_closed"), ("platform_vault", "0003_forgetting")]
    operations = [migrations.RunSQL(FORGETTING, migrations.RunSQL.noop)]
