from django.db import migrations

# One call appends any number of links, each under the lock of its chain's head, and hashes them where the head lies: so
# an entry costs one question instead of two, and the head is written once instead of twice. Heads are locked in order,
# so that two who lock several never wait for each other.
#
# The document that is hashed is made outside, in the very form that `chain.py` says; only the two parts that nobody
# knows before the lock, the hash of the link before and the number, are put in here. `allhands journal verify` hashes
# every entry anew in Python: a difference would break every chain.
APPEND = r"""
CREATE FUNCTION audit_append(links jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE link record; last_seq bigint; last_hash bytea; new_hash bytea;
BEGIN
  FOR link IN
    SELECT * FROM jsonb_to_recordset(links) AS t(
      chain text, at timestamptz, event integer, actor_kind text, actor_member text, actor_agency text,
      episode_id text, subject_id text, details jsonb, before_hash text, before_seq text, after_seq text)
    ORDER BY chain
  LOOP
    LOOP
      SELECT seq, hash INTO last_seq, last_hash FROM audit_chainhead WHERE chain = link.chain FOR UPDATE;
      EXIT WHEN FOUND;
      INSERT INTO audit_chainhead (chain, seq, hash) VALUES (link.chain, 0, decode(repeat('00', 32), 'hex'))
      ON CONFLICT (chain) DO NOTHING;
    END LOOP;
    last_seq := last_seq + 1;
    new_hash := sha256(convert_to(
      link.before_hash || encode(last_hash, 'hex') || link.before_seq || last_seq || link.after_seq, 'UTF8'));
    INSERT INTO audit_journal (chain, seq, at, event, actor_kind, actor_member, actor_agency, episode_id, subject_id,
                               details, prev_hash, hash)
    VALUES (link.chain, last_seq, link.at, link.event, link.actor_kind, link.actor_member, link.actor_agency,
            link.episode_id, link.subject_id, link.details, last_hash, new_hash);
    UPDATE audit_chainhead SET seq = last_seq, hash = new_hash WHERE chain = link.chain;
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """Appending to the journal in one question."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(APPEND, "DROP FUNCTION audit_append(jsonb)")]
