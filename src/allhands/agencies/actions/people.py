"""Inviting people, making them members, ending a role."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies.accounts import check_password
from allhands.agencies.commands import AcceptInvitation, EndMembership, InviteMember
from allhands.agencies.contracts import InvitationView, IssuedInvitation, NotOnRecord
from allhands.agencies.models import Account, Agency, Invitation, Member
from allhands.agencies.queries.routes import invitation_view
from allhands.agencies.secret_text import digest, new_secret
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId, MemberId
from allhands.platform.audit.api import Event, audited

# Long enough for a week's leave begun on the day of the invitation, short enough that a lost letter soon opens nothing.
INVITATION_HOLDS_FOR = timedelta(days=7)


def invite_member(actor: Actor, command: InviteMember, now: datetime) -> IssuedInvitation:
    """An invitation whose one-time link is in the answer and nowhere else.

    Raises:
        Denied: access.administer.
        Refused: agency-unknown, invitation-ends-before-start.
    """
    access.check_administer(actor, command.agency_id)
    agency = Agency.objects.filter(pk=command.agency_id).first()
    if agency is None:
        raise Refused("agency-unknown", _("No agency has this id."), field="agency")
    if command.ends_on is not None and command.ends_on <= _today(agency, now):
        raise Refused(
            "invitation-ends-before-start",
            _("The role would end before it begins. Choose a later day."),
            field="ends_on",
        )
    raw = new_secret()
    with audited(actor, now, Event.MEMBER_INVITED, details={"role": command.role.value}) as entry:
        row = Invitation.objects.create(
            agency=agency,
            invited_by_id=actor.member_id or None,
            email=command.email.strip().lower(),
            display_name=command.display_name,
            role=command.role.value,
            ends_on=command.ends_on,
            digest=digest(raw),
            created_at=now,
            expires_at=now + INVITATION_HOLDS_FOR,
        )
        entry.subject_id = row.pk
    return IssuedInvitation(id=row.pk, raw=raw)


def withdraw_invitation(actor: Actor, invitation_id: str, now: datetime) -> None:
    """The link opens nothing any more.

    Raises:
        Denied: access.administer.
        NotOnRecord: no such invitation waits.
    """
    row = Invitation.objects.filter(pk=invitation_id, accepted_at__isnull=True, withdrawn_at__isnull=True).first()
    if row is None:
        raise NotOnRecord(invitation_id)
    access.check_administer(actor, AgencyId(row.agency_id))
    with audited(actor, now, Event.INVITATION_WITHDRAWN, subject_id=row.pk):
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])


def find_invitation(raw: str, now: datetime) -> InvitationView | None:
    """The invitation this link belongs to, while it holds."""
    row = Invitation.objects.filter(
        digest=digest(raw), accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).first()
    return invitation_view(row) if row else None


def accept_invitation(command: AcceptInvitation, now: datetime) -> MemberId:
    """The hat the invitation promised, on the person's own account, made now when there is none.

    Raises:
        Refused: invitation-over, invitation-other-account, invitation-sign-in-first, password-weak, member-already.
    """
    with audited(SYSTEM, now, Event.MEMBER_ADDED) as entry:
        row = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("agency")
            .filter(digest=digest(command.raw), accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
            .first()
        )
        if row is None:
            raise Refused("invitation-over", _("This link has been used or has run out. Ask for a new one."))
        account = _account_for(row, command, now)
        member = _add_member(row, account, now)
        row.accepted_at = now
        row.save(update_fields=["accepted_at"])
        entry.subject_id = member.pk
        entry.details = {"agency": row.agency_id, "role": row.role, "invitation": row.pk}
    return MemberId(member.pk)


def _account_for(row: Invitation, command: AcceptInvitation, now: datetime) -> Account:
    account = Account.objects.filter(email=row.email).first()
    if account is not None:
        if not command.account_id:
            raise Refused("invitation-sign-in-first", _("You have an account here. Sign in, then open the link again."))
        if account.pk != command.account_id:
            raise Refused("invitation-other-account", _("This invitation was sent to another e-mail address."))
        return account
    if command.account_id:
        raise Refused("invitation-other-account", _("This invitation was sent to another e-mail address."))
    check_password(command.password or "", row.email)
    account = Account.objects.create_account(row.email, password=command.password, now=now)
    EmailAddress.objects.create(user=account, email=row.email, verified=True, primary=True)
    return account


def _add_member(row: Invitation, account: Account, now: datetime) -> Member:
    today = _today(row.agency, now)
    holds = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    if Member.objects.filter(holds, account=account, agency=row.agency, role=row.role).exists():
        raise Refused("member-already", _("You have this role in this agency already."))
    return Member.objects.create(
        account=account,
        agency=row.agency,
        role=row.role,
        display_name=row.display_name,
        starts_on=today,
        ends_on=row.ends_on,
    )


def end_membership(actor: Actor, command: EndMembership, now: datetime) -> None:
    """The role ends; what the person did under it stays in their name.

    Raises:
        Denied: access.administer.
        NotOnRecord: no such role.
        Refused: member-ends-before-start, member-last-administrator.
    """
    row = Member.objects.select_related("agency").filter(pk=command.member_id).first()
    if row is None:
        raise NotOnRecord(command.member_id)
    access.check_administer(actor, AgencyId(row.agency_id))
    if command.ends_on < row.starts_on:
        raise Refused(
            "member-ends-before-start", _("The role would end before it began. Choose a later day."), field="ends_on"
        )
    with audited(actor, now, Event.MEMBER_ENDED, subject_id=row.pk, details={"ends_on": command.ends_on.isoformat()}):
        Agency.objects.select_for_update().get(pk=row.agency_id)
        if row.role == Role.ADMINISTRATOR.value and not _other_administrators(row, command.ends_on).exists():
            raise Refused(
                "member-last-administrator",
                _("Nobody would be left to invite people. Invite another administrator first."),
            )
        row.ends_on = command.ends_on
        row.save(update_fields=["ends_on"])


def _other_administrators(row: Member, day: date) -> QuerySet[Member]:
    holds = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    same = Member.objects.filter(holds, agency_id=row.agency_id, role=Role.ADMINISTRATOR.value, starts_on__lte=day)
    return same.exclude(pk=row.pk)


def _today(agency: Agency, now: datetime) -> date:
    return now.astimezone(ZoneInfo(agency.time_zone)).date()
