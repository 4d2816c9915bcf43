from django.db import migrations

from allhands.platform.vault.guards import FORGETS


class Migration(migrations.Migration):
    """Forgetting reaches rows that hang on a record through an alert, and rows that triggers of their own hold."""

    dependencies = [("platform_vault", "0003_forgetting")]
    operations = [migrations.RunSQL(FORGETS, migrations.RunSQL.noop)]
