from django.db import migrations

from allhands.episodes.guards import BY_LOOKUP


class Migration(migrations.Migration):
    """Row security by a lookup of the one row, not by a list of every episode the agency ever had."""

    dependencies = [("episodes", "0004_photo_guards")]
    operations = [migrations.RunSQL(BY_LOOKUP, migrations.RunSQL.noop)]
