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

# Words that lie open in a row that never changes: they may be emptied once the record's key is destroyed, and nothing
# else ever. Arguments: the column that names the record (or the duty that does), then the columns that may be emptied.
FORGETTING = """
CREATE FUNCTION vault_only_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE about text := to_jsonb(OLD) ->> TG_ARGV[0];
        names text[] := TG_ARGV[1:];
        is_now jsonb;
BEGIN
  IF TG_ARGV[0] = 'duty_id' THEN SELECT episode_id INTO about FROM duties_duty WHERE id = about; END IF;
  IF TG_OP = 'UPDATE'
     AND EXISTS (SELECT 1 FROM platform_vault_datakey WHERE record_id = about AND destroyed_at IS NOT NULL) THEN
    is_now := to_jsonb(NEW);
    IF (is_now - names) = (to_jsonb(OLD) - names)
       AND NOT EXISTS (SELECT 1 FROM unnest(names) name WHERE is_now ->> name <> '') THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only: add a new row that supersedes the old one', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


GONE = "expunged"
"""What is left in a column that may not be empty, after its record was destroyed."""

# Whether a row is being forgotten: its record's key is destroyed, and the named columns are emptied, nothing else. A
# column that may not be empty keeps one word, `GONE`. Asked by the triggers that hold a row to what it was.
FORGETS = r"""
CREATE FUNCTION vault_forgets(about text, before jsonb, after jsonb, names text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM platform_vault_datakey WHERE record_id = about AND destroyed_at IS NOT NULL)
     AND (after - names) = (before - names)
     AND NOT EXISTS (SELECT 1 FROM unnest(names) name
                      WHERE coalesce(after ->> name, '') NOT IN ('', '[]', '{}', '\x', 'expunged'))
$$;
CREATE OR REPLACE FUNCTION vault_only_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE about text := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
  IF TG_ARGV[0] = 'duty_id' THEN SELECT episode_id INTO about FROM duties_duty WHERE id = about;
  ELSIF TG_ARGV[0] = 'alert_id' THEN SELECT episode_id INTO about FROM alerts_alert WHERE id = about;
  ELSIF TG_ARGV[0] = 'broadcast_id' THEN
    SELECT t.episode_id INTO about FROM channels_broadcast b JOIN alerts_transmission t ON t.id = b.transmission_id
     WHERE b.id = about;
  END IF;
  IF TG_OP = 'UPDATE' AND vault_forgets(about, to_jsonb(OLD), to_jsonb(NEW), TG_ARGV[1:]) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only: add a new row that supersedes the old one', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def _forgets(record: str, *columns: str) -> str:
    """PL/pgSQL, for the head of a trigger: a row whose record was destroyed may have these columns emptied.

    Args:
        record: SQL for the record's id.
    """
    names = ", ".join(f"'{name}'" for name in columns)
    return (
        f"IF TG_OP = 'UPDATE' AND vault_forgets({record}, to_jsonb(OLD), to_jsonb(NEW), ARRAY[{names}]) THEN "
        "RETURN NEW; END IF;"
    )


def forgetting(sql: str, record: str, *columns: str) -> str:
    """SQL that gives the function of a trigger that is there already leave to forget, before anything else.

    Args:
        sql: that made the function and its trigger.
    """
    function = sql.partition("CREATE TRIGGER")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return function.replace("BEGIN\n", f"BEGIN\n  {_forgets(record, *columns)}\n", 1)


def only_forgotten(table: str, record: str, *columns: str) -> str:
    """SQL that lets these columns of an append-only table be emptied once the record's key is destroyed."""
    arguments = ", ".join(f"'{name}'" for name in (record, *columns))
    return (
        f"DROP TRIGGER {table}_append_only ON {table};\n"
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION vault_only_forgotten({arguments});\n"
    )
