from django.db import migrations

from allhands.episodes.guards import PHOTOS


class Migration(migrations.Migration):
    """Who sees a photo, and that it never changes."""

    dependencies = [("episodes", "0003_photo")]
    operations = [migrations.RunSQL(PHOTOS, migrations.RunSQL.noop)]
