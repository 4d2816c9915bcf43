from django.db import migrations

from allhands.episodes.guards import ANNEX_FORGOTTEN


class Migration(migrations.Migration):
    """What a nation alone can open of a record whose key was destroyed can be emptied."""

    dependencies = [("episodes", "0009_annex"), ("platform_vault", "0004_forgets")]
    operations = [migrations.RunSQL(ANNEX_FORGOTTEN, migrations.RunSQL.noop)]
