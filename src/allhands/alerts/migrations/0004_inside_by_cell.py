from django.db import migrations

from allhands.alerts.guards import INSIDE_BY_CELL


class Migration(migrations.Migration):
    """Who is inside an area: the index is asked cell by cell."""

    dependencies = [("alerts", "0003_inside")]
    operations = [migrations.RunSQL(INSIDE_BY_CELL, migrations.RunSQL.noop)]
