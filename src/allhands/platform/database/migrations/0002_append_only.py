from django.db import migrations

from allhands.platform.database.guards import APPEND_ONLY


class Migration(migrations.Migration):
    """The trigger function of every table that only grows."""

    dependencies = [("platform_database", "0001_actor_functions")]
    operations = [migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION allhands_append_only()")]
