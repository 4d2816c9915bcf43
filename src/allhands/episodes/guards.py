"""The promises of the episodes tables that Django's models cannot say: who sees which row, and what never changes."""

from collections.abc import Mapping

from allhands.access import api as access
from allhands.platform.database.guards import freeze, mine, protect, protect_anew
from allhands.platform.vault.guards import only_forgotten

# What row security asks. A view reads as its owner, so that the policy on the table of parties does not ask itself,
# and opens up to the planner, which a function does not. Nobody writes through it.
SEEN = """
CREATE OR REPLACE VIEW allhands_my_episodes AS
SELECT episode_id FROM episodes_party WHERE agency_id = allhands_actor_agency();
CREATE OR REPLACE VIEW allhands_my_children AS
SELECT e.child_id FROM episodes_episode e JOIN episodes_party p ON p.episode_id = e.id
 WHERE p.agency_id = allhands_actor_agency()
UNION ALL
SELECT id FROM episodes_child WHERE created_by_agency_id = allhands_actor_agency();
REVOKE ALL ON allhands_my_episodes, allhands_my_children FROM allhands_app;
GRANT SELECT ON allhands_my_episodes, allhands_my_children TO allhands_app;
"""

OWNS = """
CREATE FUNCTION allhands_owns(episode varchar) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM episodes_episode WHERE id = episode AND owner_agency_id = allhands_actor_agency())
$$;
"""

# Looks past row security on purpose, and gives back nothing that was not typed: ids, which typed things agree, and
# whether the asking agency already takes part. Five rows at most; only children with an open episode.
FIND_SIMILAR = """
CREATE FUNCTION episodes_find_similar(typed text, born date, agency text)
RETURNS TABLE (child_id varchar, episode_id varchar, by_name boolean, by_birth boolean, visible boolean, owner varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, e.id, max(similarity(n.search_key, typed)) >= 0.45, coalesce(c.born_on = born, false),
         bool_or(EXISTS (SELECT 1 FROM episodes_party p WHERE p.episode_id = e.id AND p.agency_id = agency)),
         e.owner_agency_id
    FROM episodes_childname n
    JOIN episodes_child c ON c.id = n.child_id
    JOIN episodes_episode e ON e.child_id = c.id AND e.state = 'OPEN'
   WHERE n.search_key % typed
   GROUP BY c.id, e.id
  HAVING max(similarity(n.search_key, typed)) >= 0.45
      OR (coalesce(c.born_on = born, false) AND max(similarity(n.search_key, typed)) >= 0.3)
   ORDER BY coalesce(c.born_on = born, false) DESC, max(similarity(n.search_key, typed)) DESC
   LIMIT 5
$$;
"""


def _child(table: str, column: str = "child_id") -> str:
    return f"EXISTS (SELECT 1 FROM allhands_my_children mine WHERE mine.child_id = {table}.{column})"  # noqa: S608  names of our own


# Table to who sees its rows and, where it is not the same, who may write them.
RULES: Mapping[str, tuple[str, str | None]] = {
    "episodes_episode": (
        mine("episodes_episode", "id"),
        f"(owner_agency_id = allhands_actor_agency() OR {mine('episodes_episode', 'id')})",
    ),
    "episodes_party": (
        f"(agency_id = allhands_actor_agency() OR {mine('episodes_party')})",
        f"((agency_id = allhands_actor_agency() AND allhands_owns(episode_id)) OR {mine('episodes_party')})",
    ),
    "episodes_child": (
        f"(created_by_agency_id = allhands_actor_agency() OR {_child('episodes_child', 'id')})",
        None,
    ),
    "episodes_childname": (_child("episodes_childname"), None),
    "episodes_childtribe": (_child("episodes_childtribe"), None),
    **{
        table: (mine(table), None)
        for table in (
            "episodes_report",
            "episodes_statement",
            "episodes_offer",
            "episodes_timelineitem",
            "episodes_look",
        )
    },
}

FORWARD = "".join(
    [
        SEEN,
        OWNS,
        FIND_SIMILAR,
        *(protect(table, seen, written) for table, (seen, written) in RULES.items()),
        protect("episodes_draft", "member_id = allhands_actor_member()"),
        *(freeze(f"episodes_{name}") for name in ("report", "statement", "timelineitem")),
    ]
)

PHOTOS = protect("episodes_photo", _child("episodes_photo")) + freeze("episodes_photo")

# Databases made before the rules were asked by EXISTS.
BY_LOOKUP = "".join(
    [
        SEEN,
        *(protect_anew(table, seen, written) for table, (seen, written) in RULES.items()),
        protect_anew("episodes_photo", _child("episodes_photo")),
    ]
)

# A part in a record that is sealed or gone opens nothing any more; names of such a child are the platform's alone.
SEALING = (
    """
CREATE OR REPLACE VIEW allhands_my_episodes AS
SELECT episode_id FROM episodes_party WHERE agency_id = allhands_actor_agency() AND shut_at IS NULL;
CREATE OR REPLACE VIEW allhands_my_children AS
SELECT e.child_id FROM episodes_episode e JOIN episodes_party p ON p.episode_id = e.id
 WHERE p.agency_id = allhands_actor_agency() AND p.shut_at IS NULL
UNION ALL
SELECT id FROM episodes_child WHERE created_by_agency_id = allhands_actor_agency();
"""
    + protect("episodes_sealedchild", "false")
    + only_forgotten("episodes_report", "episode_id", "reporter_name", "reporter_relation", "reporter_phone")
)

# What a nation alone can open goes with the record too.
ANNEX_FORGOTTEN = only_forgotten("episodes_statement", "episode_id", "annex")

# And what was said before the nation's key may move into its box.
EARLIER_TO_ANNEX = access.only_to_annex(
    "episodes_statement", emptied=["value"], others=["informant"], record="episode_id", forgets=["annex"]
) + access.only_to_annex("episodes_photo", emptied=["content"], record="child_id", forgets=["annex"])
