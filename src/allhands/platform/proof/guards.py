"""What the database itself refuses: a tree that does anything but grow."""

from __future__ import annotations

from allhands.platform.database.guards import freeze

# The rows hold places, hashes and signatures, nothing about anybody: every role of the app may read them.
ONLY_GROWS = """
CREATE FUNCTION proof_tile_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.level = OLD.level AND NEW.index = OLD.index
     AND substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) = OLD.hashes THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a tile of the journal''s tree only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER proof_tile_only_grows BEFORE UPDATE OR DELETE ON platform_proof_tile
  FOR EACH ROW EXECUTE FUNCTION proof_tile_only_grows();
CREATE TRIGGER proof_tile_never_emptied BEFORE TRUNCATE ON platform_proof_tile
  FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();
"""
FORWARD = ONLY_GROWS + freeze("platform_proof_leaf") + freeze("platform_proof_signedcheckpoint")
BACKWARD = "DROP FUNCTION proof_tile_only_grows() CASCADE"
