"""SQL that keeps promises below Django: rows only for those who may see them, rows that never change."""

from __future__ import annotations

APPEND_ONLY = """
CREATE FUNCTION allhands_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: add a new row that supersedes the old one', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def mine(table: str, column: str = "episode_id") -> str:
    """The rule that an agency sees the rows of its own episodes; the view comes with the episodes.

    EXISTS, because PostgreSQL then chooses by what a query asks: one index probe for a row, or all of the agency's
    episodes in memory for a board. `IN (SELECT …)` always does the second, so that each statement of a report took
    longer with every episode the agency ever had.
    """
    return f"EXISTS (SELECT 1 FROM allhands_my_episodes mine WHERE mine.episode_id = {table}.{column})"  # noqa: S608  names of our own


def protect(table: str, rule: str, check: str | None = None) -> str:
    """SQL that lets the app role see and write only rows for which `rule` holds, or the system acts."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"CREATE POLICY {table}_seen ON {table} {_who_sees(rule, check)};\n"
    )


def protect_anew(table: str, rule: str, check: str | None = None) -> str:
    """SQL that gives a table that is protected already another rule."""
    return f"ALTER POLICY {table}_seen ON {table} {_who_sees(rule, check)};\n"


def _who_sees(rule: str, check: str | None) -> str:
    return f"USING (allhands_is_system() OR {rule}) WITH CHECK (allhands_is_system() OR {check or rule})"


def freeze(table: str) -> str:
    """SQL that refuses every change and removal of a row."""
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION allhands_append_only();\n"
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();\n"
    )
