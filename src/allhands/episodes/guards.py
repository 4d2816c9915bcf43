"""The promises of the episodes tables that Django's models cannot say: who sees which row, and what never changes."""

from allhands.platform.database.guards import MINE, freeze, protect

# Row security asks once a query which episodes are the actor's; the function runs as the owner of the tables, so that
# the policy on the table of parties does not ask itself.
SEEN = """
CREATE FUNCTION allhands_my_episodes() RETURNS SETOF varchar LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT episode_id FROM episodes_party WHERE agency_id = allhands_actor_agency()
$$;
CREATE FUNCTION allhands_my_children() RETURNS SETOF varchar LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT child_id FROM episodes_episode e JOIN episodes_party p ON p.episode_id = e.id
   WHERE p.agency_id = allhands_actor_agency()
  UNION
  SELECT id FROM episodes_child WHERE created_by_agency_id = allhands_actor_agency()
$$;
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


CHILD = "child_id IN (SELECT allhands_my_children())"

FORWARD = "".join(
    [
        SEEN,
        FIND_SIMILAR,
        protect(
            "episodes_episode",
            "id IN (SELECT allhands_my_episodes())",
            "(owner_agency_id = allhands_actor_agency() OR id IN (SELECT allhands_my_episodes()))",
        ),
        protect(
            "episodes_party",
            f"(agency_id = allhands_actor_agency() OR {MINE})",
            f"((agency_id = allhands_actor_agency() AND allhands_owns(episode_id)) OR {MINE})",
        ),
        protect(
            "episodes_child",
            "(created_by_agency_id = allhands_actor_agency() OR id IN (SELECT allhands_my_children()))",
        ),
        protect("episodes_childname", CHILD),
        protect("episodes_childtribe", CHILD),
        *(protect(f"episodes_{name}", MINE) for name in ("report", "statement", "offer", "timelineitem", "look")),
        protect("episodes_draft", "member_id = allhands_actor_member()"),
        *(freeze(f"episodes_{name}") for name in ("report", "statement", "timelineitem")),
    ]
)

PHOTOS = protect("episodes_photo", CHILD) + freeze("episodes_photo")
