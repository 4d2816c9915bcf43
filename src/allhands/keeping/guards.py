"""The promises of the tables of keeping that Django's models cannot say."""

from allhands.platform.database.guards import freeze, mine, protect
from allhands.platform.vault.guards import forgetting

MINE = "agency_id = allhands_actor_agency()"

# A decided step stays as it was decided; nothing is ever removed.
DECIDED_ONCE = """
CREATE FUNCTION keeping_step_decided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moving text[] := ARRAY['state', 'second_id', 'second_by', 'decided_at', 'why_not'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'WAITING'
     OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
    RAISE EXCEPTION 'an order is decided once: enter another one' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeping_step_decided BEFORE UPDATE OR DELETE ON keeping_step
FOR EACH ROW EXECUTE FUNCTION keeping_step_decided();
"""

# Whoever moves a sealed key back: only while an order to open, decided by two people, came after the sealing. The key
# of a child or of a draft follows the record of that order.
OPENED_BY_ORDER = """
CREATE FUNCTION keeping_opened_by_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM keeping_step s JOIN episodes_episode e ON e.id = s.episode_id
     WHERE s.kind = 'OPEN' AND s.state = 'DONE' AND s.second_id IS NOT NULL AND s.decided_at >= OLD.sealed_at
       AND (OLD.record_id IN (s.episode_id, e.child_id)
            OR EXISTS (SELECT 1 FROM episodes_episode o LEFT JOIN episodes_draft d ON d.episode_id = o.id
                        WHERE OLD.record_id IN (o.id, d.id)
                          AND (o.id = s.episode_id OR s.scope = 'CHILD' AND o.child_id = e.child_id)))
  ) THEN
    RAISE EXCEPTION 'a sealed key comes back by an order to open it, entered and confirmed by two people'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER keeping_opened_by_order BEFORE DELETE ON platform_vault_sealedkey
FOR EACH ROW EXECUTE FUNCTION keeping_opened_by_order();
"""

# A hold is lifted, never edited or removed.
HELD = """
CREATE FUNCTION keeping_hold_lifted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moving text[] := ARRAY['lifted_at', 'lifted_by'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.lifted_at IS NOT NULL
     OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
    RAISE EXCEPTION 'a hold is lifted, never changed: set another one' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeping_hold_lifted BEFORE UPDATE OR DELETE ON keeping_hold
FOR EACH ROW EXECUTE FUNCTION keeping_hold_lifted();
"""

FORWARD = "".join(
    [
        protect("keeping_step", MINE),
        protect("keeping_hold", f"({MINE} OR {mine('keeping_hold')})", MINE),
        protect("keeping_period", MINE),
        DECIDED_ONCE,
        OPENED_BY_ORDER,
        HELD,
        freeze("keeping_period"),
    ]
)

# The order itself stays: court, docket, day, and who decided. What a hold was about, and why somebody said no, goes.
FORGETTING = forgetting(HELD, "OLD.episode_id", "matter") + forgetting(DECIDED_ONCE, "OLD.episode_id", "why_not")
