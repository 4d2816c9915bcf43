"""The promises of the agencies' tables that Django's models cannot say."""

from allhands.platform.database.guards import protect

# An agreement is read and written by those whom it names. The view reads as its owner, so that the policy on the
# table of parties does not ask itself; nobody writes through it.
MY_AGREEMENTS = """
CREATE VIEW allhands_my_agreements AS
SELECT agreement_id FROM agencies_agreementparty WHERE agency_id = allhands_actor_agency();
REVOKE ALL ON allhands_my_agreements FROM allhands_app;
GRANT SELECT ON allhands_my_agreements TO allhands_app;
"""

# What was agreed is written once; only the last day may be set, and each party's yes.
WRITTEN_ONCE = """
CREATE FUNCTION agencies_agreement_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - TG_ARGV[0]::text[]) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV[0]::text[]) THEN
    RAISE EXCEPTION 'an agreement is written once: end it and record the new one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agencies_agreement_written_once BEFORE UPDATE OR DELETE ON agencies_agreement
FOR EACH ROW EXECUTE FUNCTION agencies_agreement_written_once('{ends_on}');
CREATE TRIGGER agencies_agreementparty_written_once BEFORE UPDATE OR DELETE ON agencies_agreementparty
FOR EACH ROW EXECUTE FUNCTION agencies_agreement_written_once('{confirmed_at,confirmed_by_id}');
"""


def _named(table: str, column: str) -> str:
    return f"EXISTS (SELECT 1 FROM allhands_my_agreements mine WHERE mine.agreement_id = {table}.{column})"  # noqa: S608  names of our own


# Writing the parties comes first with one's own agency, so that the rows of the others are then one's own agreement's.
AGREEMENTS = "".join(
    [
        MY_AGREEMENTS,
        protect("agencies_agreement", _named("agencies_agreement", "id"), "allhands_actor_agency() <> ''"),
        protect(
            "agencies_agreementparty",
            f"(agency_id = allhands_actor_agency() OR {_named('agencies_agreementparty', 'agreement_id')})",
        ),
        WRITTEN_ONCE,
    ]
)
