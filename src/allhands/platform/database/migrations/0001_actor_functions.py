from django.db import migrations

FORWARD = """
CREATE FUNCTION allhands_actor_agency() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('allhands.actor_agency', true), '');
CREATE FUNCTION allhands_actor_member() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('allhands.actor_member', true), '');
CREATE FUNCTION allhands_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('allhands.actor_kind', true), '') = 'SYSTEM';
"""
BACKWARD = """
DROP FUNCTION allhands_is_system();
DROP FUNCTION allhands_actor_member();
DROP FUNCTION allhands_actor_agency();
"""


class Migration(migrations.Migration):
    """What row security asks: who acts. Empty text when nobody said."""

    dependencies = []
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
