"""The promises of the door's tables that Django's models cannot say: who sees which row, and what never changes."""

from collections.abc import Sequence

from allhands.platform.database.guards import freeze, mine, protect
from allhands.platform.vault.guards import forgetting

ME = "allhands_actor_agency()"


def _between(*columns: str) -> str:
    return "(" + " OR ".join(f"{column} = {ME}" for column in columns) + ")"


# A consent is for whoever recorded it and whoever it speaks to; that it exists is nobody else's business.
CONSENTS = protect("access_consent", _between("by_agency_id", "to_agency_id"), f"by_agency_id = {ME}")

# What was answered stays as it was answered; afterwards it can only end.
CONSENT_STAYS = """
CREATE FUNCTION access_consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moving text[] := ARRAY['state', 'stopped_at', 'stopped_by', 'stopped_why'];
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.state <> 'DRAFT' AND (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving))
     OR OLD.state IN ('STOPPED', 'DECLINED') THEN
    RAISE EXCEPTION 'an answered consent stays as it is: stop it, or make a new one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER access_consent_stays BEFORE UPDATE OR DELETE ON access_consent
FOR EACH ROW EXECUTE FUNCTION access_consent_stays();
"""

# The ledger of an episode is read by everybody in it; it is written only about what the writer's own agency sends or
# reads.
LEDGER = protect("access_disclosure", mine("access_disclosure"), _between("from_agency_id", "to_agency_id")) + freeze(
    "access_disclosure"
)

LEASES = protect("access_lease", f"({mine('access_lease')} OR to_agency_id = {ME})")

EXCEPTIONS = "".join(
    [
        protect("access_mark", mine("access_mark"), f"agency_id = {ME}"),
        protect("access_glass", mine("access_glass"), f"(agency_id = {ME} OR {mine('access_glass')})"),
        protect("access_ask", _between("from_agency_id", "holder_id")),
        # Everybody must know that a nation stopped secondary use; only the nation says so.
        protect("access_stewardship", "true", f"agency_id = {ME}"),
        freeze("access_stewardship"),
    ]
)

CORRECTING = "".join(
    [
        protect("access_objection", f"agency_id = {ME}"),
        # A fingerprint must stop every import, whoever imports; it says nothing about whom it is of.
        protect("access_suppression", "true", "allhands_is_system()"),
        freeze("access_suppression"),
    ]
)

FORWARD = "".join([CONSENTS, CONSENT_STAYS, LEDGER, LEASES, EXCEPTIONS, CORRECTING])

# Whoever writes for the nation must find its key, whichever agency of the nation it works for. What was offered stays
# what it was: nobody puts another key under a confirmation. An ended or withdrawn one never comes back.
NATION_KEYS = (
    protect("access_nationkey", "true", f"agency_id = {ME}")
    + """
CREATE FUNCTION access_nation_key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moving text[] := ARRAY['state', 'answered_member_id', 'answered_by', 'answered_at'];
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving)
     OR OLD.state IN ('ENDED', 'WITHDRAWN')
     OR (OLD.state = 'IN_FORCE' AND (NEW.state <> 'ENDED' OR NEW.answered_member_id <> OLD.answered_member_id)) THEN
    RAISE EXCEPTION 'a key that was offered stays what it was: offer another one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER access_nation_key_stays BEFORE UPDATE OR DELETE ON access_nationkey
FOR EACH ROW EXECUTE FUNCTION access_nation_key_stays();
CREATE TRIGGER access_nationkey_never_emptied BEFORE TRUNCATE ON access_nationkey
FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();
"""
)

# A card of a record that was destroyed keeps what it covered and when, and no word of whose it was.
FORGETTING = forgetting(
    CONSENT_STAYS, "OLD.episode_id",
    "giver", "giver_relation", "to_label", "words", "witness", "authority", "stopped_by", "stopped_why",
)  # fmt: skip

# What was said before a nation's key moves into its box: as the platform, while two people of the nation have it done,
# into an empty box, and out of the columns it stood in. `emptied` come out of it empty, `others` take another word.
SEALS_EARLIER = """
CREATE FUNCTION access_seals_earlier() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT allhands_is_system() AND EXISTS (SELECT 1 FROM access_nationsealing WHERE state = 'RUNNING')
$$;
CREATE FUNCTION access_moves_to_annex(before jsonb, after jsonb, emptied text[], others text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT access_seals_earlier() AND before ->> 'annex' IS NULL AND after ->> 'annex' IS NOT NULL
     AND (after - emptied - others - 'annex') = (before - emptied - others - 'annex')
     AND NOT EXISTS (SELECT 1 FROM unnest(emptied) name WHERE after ->> name IS NOT NULL)
$$;
CREATE FUNCTION access_nation_sealing_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked text[] := ARRAY['id', 'nation', 'agency_id', 'key_id', 'reason', 'asked_member_id', 'asked_by',
                              'asked_at'];
        answered text[] := ARRAY['answered_member_id', 'answered_by', 'answered_at', 'wanted'];
        name text;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state IN ('WAITING', 'RUNNING') THEN
    IF OLD.state = 'RUNNING' THEN asked := asked || answered; END IF;
    FOREACH name IN ARRAY asked LOOP
      IF to_jsonb(NEW) -> name IS DISTINCT FROM to_jsonb(OLD) -> name THEN
        RAISE EXCEPTION 'what was asked stays what it was: ask anew' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
    END LOOP;
    IF OLD.state = 'WAITING' OR NEW.state IN ('RUNNING', 'DONE', 'ENDED') THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'what was asked stays what it was: ask anew' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER access_nation_sealing_stays BEFORE UPDATE OR DELETE ON access_nationsealing
FOR EACH ROW EXECUTE FUNCTION access_nation_sealing_stays();
CREATE TRIGGER access_nationsealing_never_emptied BEFORE TRUNCATE ON access_nationsealing
FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();
"""
EARLIER = protect("access_nationsealing", f"agency_id = {ME}") + SEALS_EARLIER


# The one change that a row which never changes allows: what it says moves into a nation's own box. Each slice gives its
# own tables this leave in a migration, after the table of sealings is there.


def only_to_annex(
    table: str, *, emptied: Sequence[str], others: Sequence[str] = (), record: str = "", forgets: Sequence[str] = ()
) -> str:
    """SQL that lets a row of an append-only table be sealed to a nation's key, and be forgotten as before.

    Args:
        emptied: columns that come out empty.
        others: columns that take another word.
        record, forgets: what may be emptied once the record's key is destroyed, as `vault.guards.only_forgotten`.
    """
    moves = f"access_moves_to_annex(to_jsonb(OLD), to_jsonb(NEW), {_array(emptied)}, {_array(others)})"
    forgotten = f"vault_forgets(OLD.{record}, to_jsonb(OLD), to_jsonb(NEW), {_array(forgets)})" if forgets else "false"
    return _trigger(table, f"({moves} OR {forgotten})")


def only_redacted(table: str, *columns: str) -> str:
    """SQL that lets these columns of an append-only table be written anew while a nation has what was said sealed."""
    same = f"(to_jsonb(NEW) - {_array(columns)}) = (to_jsonb(OLD) - {_array(columns)})"
    return _trigger(table, f"(access_seals_earlier() AND {same})")


def _trigger(table: str, allowed: str) -> str:
    return f"""
CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND {allowed} THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only: add a new row that supersedes the old one', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_stays();
"""


def _array(names: Sequence[str]) -> str:
    return "ARRAY[" + ", ".join(f"'{name}'" for name in names) + "]::text[]"
