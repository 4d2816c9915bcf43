from django.db import migrations

from allhands.platform.vault.guards import FORGETTING


class Migration(migrations.Migration):
    """What lies open in rows that never change can be emptied once the record's key is destroyed."""

    dependencies = [("platform_vault", "0002_sealed_keys")]
    operations = [migrations.RunSQL(FORGETTING, "DROP FUNCTION vault_only_forgotten() CASCADE")]
