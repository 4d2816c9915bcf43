from django.db import migrations

from allhands.keeping.guards import FORWARD


class Migration(migrations.Migration):
    """Who sees which row, that an order is decided once, and that a sealed key comes back by an order alone."""

    dependencies = [("keeping", "0001_initial"), ("platform_vault", "0003_forgetting")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
