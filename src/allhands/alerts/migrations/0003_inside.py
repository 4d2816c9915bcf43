from django.db import migrations

from allhands.alerts.guards import INSIDE_BY_CELL


class Migration(migrations.Migration):
    """Who is inside an area, by the index of cells."""

    dependencies = [("alerts", "0002_guards")]
    operations = [migrations.RunSQL(INSIDE_BY_CELL, "DROP FUNCTION alerts_subscribers_inside(bigint[], text[], text)")]
