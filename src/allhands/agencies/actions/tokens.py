"""Keys of an agency's own software: made, used, revoked."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies.commands import IssueToken
from allhands.agencies.contracts import IssuedToken, NotOnRecord, Scope
from allhands.agencies.models import ApiToken
from allhands.agencies.secret_text import digest, new_secret
from allhands.kernel.actors import Actor, ActorKind, AgencyKind
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, MemberId, new_id
from allhands.platform.audit.api import Event, audited

# What a key looks like, so that scanners of source code and logs know one when they see it.
TOKEN_MARK = "allhands"  # noqa: S105  the mark of a key, not a key
# A key lives through one budget year at most; a longer one is never looked at again.
LONGEST_LIFE = timedelta(days=366)
_PREFIX_LENGTH = 8


def issue_token(actor: Actor, command: IssueToken, now: datetime) -> IssuedToken:
    """A new key; its secret is in the answer and nowhere else.

    Raises:
        Denied: access.administer.
        Refused: token-without-scope, token-expiry.
    """
    access.check_administer(actor, command.agency_id)
    if not command.scopes:
        raise Refused("token-without-scope", _("Choose at least one thing this key may do."), field="scopes")
    if not now < command.expires_at <= now + LONGEST_LIFE:
        raise Refused("token-expiry", _("Choose an end within one year from now."), field="expires_on")
    prefix = new_id()[:_PREFIX_LENGTH]
    raw = f"{TOKEN_MARK}_{prefix}_{new_secret()}"
    with audited(actor, now, Event.TOKEN_ISSUED) as entry:
        row = ApiToken.objects.create(
            agency_id=command.agency_id,
            member_id=actor.member_id or None,
            name=command.name,
            prefix=prefix,
            digest=digest(raw),
            scopes=sorted(scope.value for scope in command.scopes),
            created_at=now,
            expires_at=command.expires_at,
        )
        entry.subject_id = row.pk
        entry.details = {"prefix": prefix, "scopes": "+".join(row.scopes)}
    return IssuedToken(id=row.pk, prefix=prefix, raw=raw)


def revoke_token(actor: Actor, token_id: str, now: datetime) -> None:
    """The key opens nothing from this instant.

    Raises:
        Denied: access.administer.
        NotOnRecord: no such key, or it is revoked already.
    """
    row = ApiToken.objects.filter(pk=token_id, revoked_at__isnull=True).first()
    if row is None:
        raise NotOnRecord(token_id)
    access.check_administer(actor, AgencyId(row.agency_id))
    with audited(actor, now, Event.TOKEN_REVOKED, subject_id=row.pk):
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])


def authenticate_token(raw: str, *, needs: Scope | None = None, now: datetime | None = None) -> Actor | None:
    """The agency's software as an actor; None for a key that is unknown, ended or revoked.

    Args:
        raw: the whole key as sent.
        needs: what the request wants to do.
        now: the instant of the request; taken here when the caller has no other use for it.
    Raises:
        Denied: token.scope, the key is good but not for this.
    """
    at = now or timezone.now()
    row = find_token(raw, at)
    if row is None:
        return None
    if needs is not None and needs.value not in row.scopes:
        raise Denied("token.scope")
    _note_use(row, at)
    return Actor(
        kind=ActorKind.TOKEN,
        member_id=MemberId(""),
        agency_id=AgencyId(row.agency_id),
        agency_kind=AgencyKind(row.agency.kind),
        role=None,
        label=row.name,
        regime=row.agency.regime,
    )


def find_token(raw: str, at: datetime) -> ApiToken | None:
    """The key as it is kept; None when it is unknown, ended or revoked."""
    # Looked up by digest: a database index leaks nothing about a secret through the time it takes.
    return (
        ApiToken.objects.select_related("agency")
        .filter(digest=digest(raw), revoked_at__isnull=True, expires_at__gt=at)
        .first()
    )


def _note_use(row: ApiToken, at: datetime) -> None:
    """Writes the day of use once a day: enough to find keys nobody uses, no write on each request."""
    today = at.astimezone(ZoneInfo(row.agency.time_zone)).date()
    if row.last_used_on != today:
        ApiToken.objects.filter(pk=row.pk).update(last_used_on=today)
