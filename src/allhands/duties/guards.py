"""The promises of the ledger's tables that Django's models cannot say."""

from allhands.access import api as access
from allhands.platform.database.guards import freeze, mine, protect, protect_anew
from allhands.platform.vault.guards import only_forgotten

OF_DUTY = "EXISTS (SELECT 1 FROM duties_duty d WHERE d.id = duty_id)"

# A packet's words and bytes never change; only the instant at which it was issued is filled in, once.
FROZEN_NOTICE = """
CREATE FUNCTION duties_notice_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.issued_at IS NOT NULL
     OR (to_jsonb(NEW) - 'issued_at') IS DISTINCT FROM (to_jsonb(OLD) - 'issued_at') THEN
    RAISE EXCEPTION 'a notice is frozen before it is sent: make a new one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER duties_notice_frozen BEFORE UPDATE OR DELETE ON duties_notice
FOR EACH ROW EXECUTE FUNCTION duties_notice_frozen();
"""

# A duty is never removed, whoever asks.
NEVER_REMOVED = """
CREATE TRIGGER duties_duty_never_removed BEFORE DELETE ON duties_duty
FOR EACH ROW EXECUTE FUNCTION allhands_append_only();
"""

LOWERINGS = protect("duties_tierlowering", mine("duties_tierlowering")) + freeze("duties_tierlowering")

OF_EPISODES = ("duties_duty", "duties_assessment", "duties_document", "duties_notice")

FORWARD = "".join(
    [
        *(protect(table, mine(table)) for table in OF_EPISODES),
        *(protect(f"duties_{name}", OF_DUTY) for name in ("evidence", "ladderstep")),
        *(freeze(f"duties_{name}") for name in ("assessment", "evidence", "ladderstep", "document")),
        FROZEN_NOTICE,
        NEVER_REMOVED,
    ]
)

# Databases made before the rule was asked by EXISTS; afterwards nothing asks the functions any more.
BY_LOOKUP = (
    "".join(protect_anew(table, mine(table)) for table in (*OF_EPISODES, "duties_tierlowering"))
    + "DROP FUNCTION IF EXISTS allhands_my_episodes(), allhands_my_children();"
)

FORGETTING = only_forgotten("duties_evidence", "duty_id", "value", "taken_by") + only_forgotten(
    "duties_tierlowering", "episode_id", "reason"
)

# What was said before a nation's key may move into its box, and out of what was worked out from it.
EARLIER_TO_ANNEX = access.only_to_annex(
    "duties_document", emptied=["content", "filename"], record="episode_id", forgets=["annex"]
) + access.only_redacted("duties_assessment", "facts", "result")
