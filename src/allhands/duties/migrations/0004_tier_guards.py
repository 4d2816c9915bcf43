from django.db import migrations

from allhands.duties.guards import LOWERINGS


class Migration(migrations.Migration):
    """Who sees a lowered tier, and that it never changes."""

    dependencies = [("duties", "0003_tier_lowering")]
    operations = [migrations.RunSQL(LOWERINGS, migrations.RunSQL.noop)]
