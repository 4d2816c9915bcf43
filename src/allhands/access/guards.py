"""The promises of the door's tables that Django's models cannot say: who sees which row, and what never changes."""

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
