"""Somebody leaves an agency, at its identity provider's word: roles, sessions and keys end, and who is told what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q

from allhands.access import api as access
from allhands.agencies.contracts import NotOnRecord
from allhands.agencies.models import Agency, ApiToken, Invitation, Member, SignInHelp
from allhands.agencies.queries.people import is_current_at, today_at
from allhands.agencies.scim import Person
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import AgencyId
from allhands.platform.audit.api import Event, audited
from allhands.platform.database.acting import acting_as

SUBJECT = "Somebody left your agency / Alguien dejó su institución"
BODY = """\
{name} no longer works with us: their roles, sessions and keys have ended. Keys of software that ended: {keys}.
Responses that still name them as the owner: {count}. Your agency owns them as before; name somebody else for each:

{name} ya no trabaja aquí: terminaron sus funciones, sesiones y llaves. Llaves de programas que terminaron: {keys}.
Respuestas que todavía le nombran como responsable: {count}. Siguen siendo de su institución; asigne a otra persona:

{links}
"""


def people_of(actor: Actor, now: datetime, *, user_name: str = "", account_id: str = "") -> tuple[Person, ...]:
    """Everybody who has or had a role in the key's own agency and was not deleted since, by work e-mail.

    Args:
        user_name, account_id: only this person.
    Raises:
        Denied: access.provision.
    """
    access.check_provision(actor, actor.agency_id)
    rows = Member.objects.select_related("account", "agency").filter(agency_id=actor.agency_id, unlisted=False)
    if user_name:
        rows = rows.filter(account__email=user_name)
    if account_id:
        rows = rows.filter(account_id=account_id)
    found: dict[str, Person] = {}
    for row in rows.order_by("account__email", "starts_on", "id"):
        earlier = found.get(row.account_id)
        active = is_current_at(row, now) or (earlier is not None and earlier.active)
        found[row.account_id] = Person(
            id=row.account_id, user_name=row.account.email, display_name=row.display_name, active=active
        )
    return tuple(found.values())


def get_person(actor: Actor, account_id: str, now: datetime) -> Person:
    """One of them.

    Raises:
        Denied: access.provision.
        NotOnRecord: nobody of this agency.
    """
    found = people_of(actor, now, account_id=account_id)
    if not found:
        raise NotOnRecord(account_id)
    return found[0]


def leave(actor: Actor, account_id: str, now: datetime, *, but_key: str, unlist: bool = False) -> None:
    """End this person's roles in the key's own agency, all their sessions, and the keys they made.

    A role in another agency is that agency's to end; its person signs in anew. The last administrator may leave: an
    operator then invites another.

    Args:
        but_key: digest of the key that asks, which goes on.
        unlist: also no longer shown to the identity provider.
    Raises:
        Denied: access.provision.
        NotOnRecord: nobody of this agency.
    """
    person = get_person(actor, account_id, now)
    mine = Q(account_id=account_id, agency_id=actor.agency_id)
    with audited(actor, now, Event.MEMBER_ENDED, subject_id=account_id, details={"by": "scim"}) as entry:
        Agency.objects.select_for_update().get(pk=actor.agency_id)
        hats = list(Member.objects.select_related("agency").filter(mine))
        ending = [hat for hat in hats if hat.ends_on is None or hat.ends_on > today_at(hat, now)]
        for hat in ending:
            hat.ends_on = max(hat.starts_on, today_at(hat, now))
            hat.save(update_fields=["ends_on"])
        if unlist:
            Member.objects.filter(mine).update(unlisted=True)
        keys = _end_keys([hat.pk for hat in hats], but_key, now)
        _close_ways_in(account_id, person.user_name, actor.agency_id, now)
        sessions = _end_sessions(account_id)
        entry.details.update({"roles": len(ending), "keys": len(keys), "sessions": sessions})
        if ending:
            _tell(actor, person, [hat.pk for hat in ending], keys, now)


def _end_keys(member_ids: Collection[str], but_key: str, now: datetime) -> list[str]:
    rows = ApiToken.objects.filter(member_id__in=member_ids, revoked_at__isnull=True).exclude(digest=but_key)
    names = [row.name for row in rows]
    rows.update(revoked_at=now)
    return names


def _close_ways_in(account_id: str, email: str, agency_id: AgencyId, now: datetime) -> None:
    """Links that are on their way open nothing any more."""
    SignInHelp.objects.filter(account_id=account_id, used_at__isnull=True).delete()
    waiting = Invitation.objects.filter(email=email, agency_id=agency_id, accepted_at__isnull=True)
    waiting.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)


def _end_sessions(account_id: str) -> int:
    rows = list(UserSession.objects.filter(user_id=account_id))
    for row in rows:
        row.end()
    return len(rows)


def _tell(actor: Actor, person: Person, member_ids: Collection[str], keys: list[str], now: datetime) -> None:
    """One item in the agency's inbox: which responses still name the person. No child's name is in it."""
    from allhands.channels import api as channels  # these slices stand above this one; imported when somebody leaves
    from allhands.channels.contracts import Channel, Outgoing
    from allhands.episodes import api as episodes
    from allhands.episodes.contracts import EpisodeState

    with acting_as(actor):
        open_ones = episodes.list_episodes([EpisodeState.OPEN, EpisodeState.RETURNED])
    theirs = [one.episode_id for one in open_ones if one.owner_member_id in member_ids]
    origin, agency = settings.ALLHANDS_ORIGIN.rstrip("/"), Agency.objects.get(pk=actor.agency_id)
    body = BODY.format(
        name=person.display_name,
        keys=", ".join(keys) or "0",
        count=len(theirs),
        links="\n".join(f"{origin}/e/{one}" for one in theirs) or "–",
    )
    about = f"left-{person.id}"
    outgoing = Outgoing(
        channel=Channel.INBOX,
        sender_agency=actor.agency_id,
        sender_label=agency.name,
        recipient_agency=actor.agency_id,
        recipient_label=agency.name,
        address="",
        subject=SUBJECT,
        body=body,
        sensitivity="P0",
        refers_to=about,
        idempotency_key=f"{about}-{now.isoformat()}",
        episode_id=None,
    )
    channels.queue(SYSTEM, outgoing, now)
