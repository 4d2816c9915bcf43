"""The promises of the alerts tables that Django's models cannot say: who sees which row, and what never changes."""

from __future__ import annotations

from allhands.platform.database.guards import freeze, mine, protect
from allhands.platform.vault.guards import forgetting, only_forgotten

# An authority that is asked sees the request and its alert without being let into the child's record.
ASKED = (
    f"({mine('alerts_alertrequest')} OR primary_id = allhands_actor_agency() OR allhands_actor_agency() = ANY (others))"
)
OF_REQUEST = "EXISTS (SELECT 1 FROM alerts_alertrequest r WHERE r.id = request_id)"
OF_ALERT = "EXISTS (SELECT 1 FROM alerts_alert a WHERE a.id = alert_id)"
# Subscribers belong to no agency: only the platform itself looks at them.
NOBODY = "false"


def _moves_only(table: str, columns: str, words: str) -> str:
    """SQL that lets only these columns of a row move, and keeps every row."""
    return f"""
CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moving text[] := ARRAY[{columns}];
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
    RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_frozen();
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION allhands_append_only();
"""  # names of our own


# An answer is given once: afterwards a request never changes.
ANSWERED_ONCE = """
CREATE FUNCTION alerts_alertrequest_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'ASKED' THEN
    RAISE EXCEPTION 'a request is answered once: ask again or appeal' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER alerts_alertrequest_answered BEFORE UPDATE ON alerts_alertrequest
FOR EACH ROW EXECUTE FUNCTION alerts_alertrequest_answered();
"""

# A transmission never goes backwards: its number follows the newest one of the alert.
IN_SEQUENCE = """
CREATE FUNCTION alerts_transmission_sequence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest integer;
BEGIN
  SELECT coalesce(max(number), 0) INTO newest FROM alerts_transmission WHERE alert_id = NEW.alert_id;
  IF NEW.number <> newest + 1 THEN
    RAISE EXCEPTION 'a transmission follows the newest one' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER alerts_transmission_sequence BEFORE INSERT ON alerts_transmission
FOR EACH ROW EXECUTE FUNCTION alerts_transmission_sequence();
"""

_ANSWER = (
    "'state', 'decided_by', 'decided_member', 'decided_agency_id', 'decided_at', 'reason_codes', 'reason', "
    "'escalated_at'"
)

_ASKED_STAYS = "what was asked stays as it was asked: only the answer is added"

FORWARD = "".join(
    [
        protect("alerts_authority", "true", "false"),
        protect("alerts_alertrequest", ASKED),
        protect("alerts_alert", OF_REQUEST),
        *(protect(f"alerts_{name}", OF_ALERT) for name in ("transmission", "alertreview", "takedown", "tally")),
        *(protect(f"alerts_{name}", NOBODY) for name in ("subscription", "signuptry")),
        _moves_only("alerts_alertrequest", _ANSWER, _ASKED_STAYS),
        ANSWERED_ONCE,
        _moves_only(
            "alerts_takedown", "'done_at', 'done_by', 'words'", "a take-down keeps its clock: only the proof is added"
        ),
        *(freeze(f"alerts_{name}") for name in ("transmission", "alertreview", "tally")),
        IN_SEQUENCE,
    ]
)

_REQUEST_FORGETS = ("OLD.episode_id", "child", "needs", "words", "reason")
# What was published about a record that was destroyed: when, by whom, how many and the digest stay; no word of it does.
FORGETTING = "".join(
    [
        forgetting(_moves_only("alerts_alertrequest", _ANSWER, _ASKED_STAYS), *_REQUEST_FORGETS),
        forgetting(ANSWERED_ONCE, *_REQUEST_FORGETS),
        only_forgotten("alerts_transmission", "episode_id", "content"),
        only_forgotten("alerts_alertreview", "alert_id", "words"),
    ]
)

# Row security would be asked of every row. The function asks once who acts, then the index, and looks past row security
# on purpose. All cells inside a coarser one are a span of numbers, the spans of an area do not overlap, and a
# subscription is in one place, so that nobody is found twice.
# The index holds all that is told: the table, whose rows lie anywhere, is not opened.
_INSIDE = """
{create} alerts_subscribers_inside({asked}, counties text[], by text)
RETURNS TABLE (id varchar, address varchar, language varchar, stop_key varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.address, s.language, s.stop_key FROM {cells}
   WHERE allhands_is_system()
     AND s.state = 'ACTIVE' AND s.paused_until IS NULL AND (by = '' OR s.channel = by)
  UNION ALL
  SELECT s.id, s.address, s.language, s.stop_key FROM alerts_subscription s
   WHERE allhands_is_system() AND s.county_fips <> '' AND s.county_fips = ANY (counties)
     AND s.state = 'ACTIVE' AND s.paused_until IS NULL AND (by = '' OR s.channel = by)
$$;
"""
INSIDE = _INSIDE.format(
    create="CREATE FUNCTION",
    asked="lows bigint[], highs bigint[]",
    cells="""unnest(lows, highs) AS span(low, high)
    JOIN alerts_subscription s ON s.cell BETWEEN span.low AND span.high""",
)
# As it was while each subscription held its cell and the coarser ones around it; only older migrations ask for it.
INSIDE_BY_CELL = _INSIDE.format(
    create="CREATE OR REPLACE FUNCTION",
    asked="wanted bigint[]",
    cells="""unnest(wanted) AS w(cell)
    JOIN alerts_subscription s ON s.cells @> ARRAY[w.cell]""",
)
