"""SQL that keeps promises below Django: rows only for those who may see them, rows that never change."""

from __future__ import annotations

APPEND_ONLY = """
CREATE FUNCTION allhands_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: add a new row that supersedes the old one', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

# What every table with an `episode_id` asks; the function comes with the episodes.
MINE = "episode_id IN (SELECT allhands_my_episodes())"


def protect(table: str, rule: str, check: str | None = None) -> str:
    """SQL that lets the app role see and write only rows for which `rule` holds, or the system acts."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"CREATE POLICY {table}_seen ON {table} USING (allhands_is_system() OR {rule}) "
        f"WITH CHECK (allhands_is_system() OR {check or rule});\n"
    )


def freeze(table: str) -> str:
    """SQL that refuses every change and removal of a row."""
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION allhands_append_only();\n"
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();\n"
    )
