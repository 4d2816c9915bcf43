"""The second wall: every table says who sees its rows, or why everybody behind the first wall may."""

from __future__ import annotations

import fnmatch

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

# Tables without row security, and why. Patterns; each must match something.
REASONS = {
    "agencies_agency*": "who takes part here and how to reach them: every member needs it to send and to hand over",
    "agencies_contactroute": "as agencies: a number nobody may look up helps nobody",
    "agencies_routehours": "as agencies",
    "agencies_member": "names and roles of colleagues; read before anybody acts, to find out who acts",
    "agencies_account": "read before anybody acts, to sign in",
    "agencies_invitation": "read before anybody acts, by the hash of a one-time link",
    "agencies_signinhelp": "read before anybody acts, by the hash of a one-time link",
    "agencies_apitoken": "read before anybody acts, by the hash of a key",
    "account_*": "sign-in library: read before anybody acts",
    "mfa_*": "sign-in library: read before anybody acts",
    "usersessions_*": "sign-in library: read before anybody acts",
    "socialaccount_*": "sign-in library: read before anybody acts",
    "django_session": "read before anybody acts; holds no word about a child",
    "django_content_type": "names of tables",
    "django_migrations": "names of migrations",
    "auth_*": "groups and permissions of Django, which this house does not use",
    "audit_journal": "ids, codes and hashes; never words; append-only; read by no page, verified as a whole",
    "audit_chainhead": "the last hash of each chain",
    "procrastinate_*": "jobs carry ids only; the worker acts as the platform and must see all of them",
    "platform_counts_count": "asked before anybody acts, by a keyed digest; how often somebody tried, and until when",
    "platform_jobs_jobfailure": "the kind of an error and when; never its words",
    "platform_proof_*": "hashes and signatures for anybody who verifies the journal; no word, no id of a child",
    "platform_vault_datakey": "wrapped keys, which open nothing without the key that lies elsewhere",
    "channels_channeltest": "whether a way out worked; about no child",
}


def tables() -> dict[str, bool]:
    """Every table of ours with whether row security is on."""
    query = """SELECT c.relname, c.relrowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def policies() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE schemaname = 'public'")
        return {row[0] for row in cursor.fetchall()}


def test_every_table_has_a_policy_or_a_written_reason() -> None:
    guarded = policies()
    open_tables = {name for name, is_on in tables().items() if not (is_on and name in guarded)}
    unexplained = {name for name in open_tables if not any(fnmatch.fnmatch(name, known) for known in REASONS)}
    assert not unexplained, f"tables with neither row security nor a reason: {sorted(unexplained)}"


def test_no_reason_is_written_for_a_table_that_is_guarded_or_gone() -> None:
    guarded = policies()
    open_tables = {name for name, is_on in tables().items() if not (is_on and name in guarded)}
    idle = {known for known in REASONS if not fnmatch.filter(open_tables, known)}
    assert idle <= {"socialaccount_*"}, f"reasons for nothing: {sorted(idle)}"


def test_no_role_that_serves_walks_around_the_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        [(app,)] = cursor.fetchall()
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchall() == [(False,)]
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchall() == [(0,)], f"{app} owns a table, and an owner is not held by its policies"
        cursor.execute(
            """SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname LIKE 'allhands%%'
               AND (rolsuper OR rolbypassrls) AND has_schema_privilege(rolname, 'public', 'USAGE')"""
        )
        assert cursor.fetchall() == [], "a role of ours that signs in walks around row security"


# Functions and views that look past row security on purpose, and what they give back.
PAST_THE_WALL = {
    "allhands_owns": "true or false about the actor's own agency",
    "episodes_find_similar": "ids and which typed things agree",
    "allhands_my_episodes": "ids of the actor's own episodes",
    "allhands_my_agreements": "ids of the agreements that name the actor's agency",
    "allhands_my_children": "ids of the actor's own children",
    "alerts_subscribers_inside": "subscribers of some cells, to the platform alone; nobody else gets a row",
}


def test_what_looks_past_the_wall_is_listed_with_what_it_gives_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
               WHERE n.nspname = 'public' AND p.prosecdef"""
        )
        found = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')
                 AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)"""
        )
        found |= {row[0] for row in cursor.fetchall()}
    assert found <= set(PAST_THE_WALL), sorted(found - set(PAST_THE_WALL))
