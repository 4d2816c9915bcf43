"""The promises of the channels' tables that Django's models cannot say."""

from __future__ import annotations

from allhands.platform.database.guards import freeze, protect
from allhands.platform.vault.guards import only_forgotten

MINE = "sender_agency_id = allhands_actor_agency() OR recipient_agency_id = allhands_actor_agency()"
SENT_BY_ME = "sender_agency_id = allhands_actor_agency()"
# The sub-select is itself under the policy of deliveries: whoever sees a delivery sees what belongs to it.
OF_MINE = "EXISTS (SELECT 1 FROM channels_delivery d WHERE d.id = delivery_id)"

# What moves; every other column was frozen when the delivery was queued.
FROZEN_DELIVERY = """
CREATE FUNCTION channels_delivery_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moving text[] := ARRAY['state', 'claimed_at', 'changed_at', 'attempts'];
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
    RAISE EXCEPTION 'a delivery is frozen before it is sent: queue a new one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER channels_delivery_frozen BEFORE UPDATE OR DELETE ON channels_delivery
FOR EACH ROW EXECUTE FUNCTION channels_delivery_frozen();
CREATE TRIGGER channels_delivery_never_emptied BEFORE TRUNCATE ON channels_delivery
FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();
"""

# The recipient may move a delivery (open, acknowledge), but only the sender may make one.
QUEUED_BY_SENDER = f"""
CREATE POLICY channels_delivery_queued ON channels_delivery AS RESTRICTIVE FOR INSERT
WITH CHECK (allhands_is_system() OR {SENT_BY_ME});
"""

FORWARD = "".join(
    [
        protect("channels_delivery", f"({MINE})"),
        QUEUED_BY_SENDER,
        *(protect(f"channels_{name}", OF_MINE) for name in ("deliverypart", "deliverystatus")),
        FROZEN_DELIVERY,
        *(freeze(f"channels_{name}") for name in ("deliverypart", "deliverystatus", "channeltest")),
    ]
)

# What moves on a copy, and what may be forgotten once it is old: set to nothing, never to something else.
FROZEN_BROADCASTS = """
CREATE FUNCTION channels_broadcast_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'fetched') IS DISTINCT FROM (to_jsonb(OLD) - 'fetched') THEN
    RAISE EXCEPTION 'a broadcast is frozen before it is sent: make a new transmission'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER channels_broadcast_frozen BEFORE UPDATE OR DELETE ON channels_broadcast
FOR EACH ROW EXECUTE FUNCTION channels_broadcast_frozen();
CREATE FUNCTION channels_sending_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (NEW.id, NEW.broadcast_id, NEW."group", NEW.label, NEW.recipient_key, NEW.language)
        IS DISTINCT FROM (OLD.id, OLD.broadcast_id, OLD."group", OLD.label, OLD.recipient_key, OLD.language)
     OR NEW.address NOT IN (OLD.address, '') OR NEW.stop_url NOT IN (OLD.stop_url, '') THEN
    RAISE EXCEPTION 'who gets a copy and where is frozen; it may only be forgotten'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER channels_sending_frozen BEFORE UPDATE OR DELETE ON channels_sending
FOR EACH ROW EXECUTE FUNCTION channels_sending_frozen();
""" + "".join(
    f"CREATE TRIGGER channels_{name}_never_emptied BEFORE TRUNCATE ON channels_{name} "
    "FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();\n"
    for name in ("broadcast", "sending")
)

# Subscribers are nobody's to look through: the machine alone sees their rows, people see counts.
ONLY_THE_MACHINE = ("broadcast", "frozenartefact", "sending", "sendingstatus", "providerreceipt")

BROADCASTS = "".join(
    [
        *(protect(f"channels_{name}", "false") for name in ONLY_THE_MACHINE),
        protect("channels_webhookendpoint", "agency_id = allhands_actor_agency()"),
        protect("channels_roadsign", "true", "false"),
        FROZEN_BROADCASTS,
        *(freeze(f"channels_{name}") for name in ("frozenartefact", "sendingstatus", "providerreceipt")),
    ]
)

# Files that were published about a record that was destroyed: name, digest and time stay, the file does not.
FORGETTING = only_forgotten("channels_frozenartefact", "broadcast_id", "content", "text")
