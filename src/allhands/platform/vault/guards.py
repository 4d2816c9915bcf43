"""What the database itself refuses: bringing a destroyed key back, or losing the trace that one was destroyed."""

from allhands.platform.database.guards import protect

FORWARD = """
CREATE FUNCTION vault_destroyed_stays_so() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.record_id = OLD.record_id AND NEW.made_at = OLD.made_at
     AND (OLD.destroyed_at IS NULL OR NEW = OLD) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a destroyed key stays destroyed, and no key is forgotten' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER vault_destroyed_stays_so BEFORE UPDATE OR DELETE ON platform_vault_datakey
  FOR EACH ROW EXECUTE FUNCTION vault_destroyed_stays_so();
CREATE TRIGGER vault_never_emptied BEFORE TRUNCATE ON platform_vault_datakey
  FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();
"""
BACKWARD = "DROP FUNCTION vault_destroyed_stays_so() CASCADE"

# A sealed key is nobody's to see; the platform moves it, and what keeps orders says when it may come back.
SEALED = protect("platform_vault_sealedkey", "false")
