from django.db import migrations

from allhands.agencies.guards import AGREEMENTS


class Migration(migrations.Migration):
    """Who reads an agreement, and that it is written once."""

    dependencies = [("agencies", "0002_agreements"), ("platform_database", "0001_actor_functions")]
    operations = [migrations.RunSQL(AGREEMENTS, migrations.RunSQL.noop)]
