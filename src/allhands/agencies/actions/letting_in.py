"""A second person lets somebody in who lost password or device."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies import queries
from allhands.agencies.accounts import check_password
from allhands.agencies.commands import HelpSignIn, UseSignInHelp
from allhands.agencies.contracts import IssuedInvitation, NotOnRecord
from allhands.agencies.models import Account, Member, SignInHelp
from allhands.agencies.secret_text import digest, new_secret
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId, MemberId
from allhands.platform.audit.api import Event, audited

# The two people talk to each other while it is used: one working night is plenty.
HELP_HOLDS_FOR = timedelta(hours=12)
SUBJECT = "Somebody is being let in again / Se da acceso de nuevo a alguien"
BODY = """\
{helper} made a link with which {name} chooses a new password. It works once, for twelve hours; sessions and second
steps of before end when it is used.
{name}: if you did not ask for it, call your supervisor and the operator of this installation now.

{helper} creó un enlace para que {name} elija una contraseña nueva. Sirve una vez, por doce horas; al usarlo terminan
las sesiones y los segundos pasos de antes.
{name}: si usted no lo pidió, llame ahora a su supervisión y a quien opera esta instalación.
"""


def help_sign_in(actor: Actor, command: HelpSignIn, now: datetime) -> IssuedInvitation:
    """A one-time link for a colleague; it sets a new password and takes the old second step away.

    Raises:
        Denied: access.administer.
        NotOnRecord: no such member.
        Refused: help-oneself, help-other-hats.
    """
    row = Member.objects.select_related("account").filter(pk=command.member_id).first()
    if row is None:
        raise NotOnRecord(command.member_id)
    access.check_administer(actor, AgencyId(row.agency_id))
    _check_may_help(actor, row, now)
    raw = new_secret()
    with audited(actor, now, Event.SIGN_IN_HELPED, subject_id=row.account_id) as entry:
        Account.objects.select_for_update().get(pk=row.account_id)  # two helpers at once leave one link, not two
        SignInHelp.objects.filter(account=row.account, used_at__isnull=True).delete()
        help_row = SignInHelp.objects.create(
            account=row.account,
            helped_by_id=actor.member_id,
            digest=digest(raw),
            created_at=now,
            expires_at=now + HELP_HOLDS_FOR,
        )
        entry.details = {"help": help_row.pk}
        _tell(actor, row, help_row.pk, now)
    return IssuedInvitation(id=help_row.pk, raw=raw)


def _check_may_help(actor: Actor, row: Member, now: datetime) -> None:
    helper = Member.objects.get(pk=actor.member_id)
    if helper.account_id == row.account_id:
        raise Refused("help-oneself", _("Change your own password on your account page."))
    hats = queries.list_hats(row.account_id, now)
    if any(hat.agency_id != row.agency_id for hat in hats) and actor.agency_id == row.agency_id:
        # Letting somebody in is as good as acting for them: nobody gets power over another agency's hats that way.
        raise Refused(
            "help-other-hats", _("This person also works for another agency. Ask the operator to let them in.")
        )


def is_help_open(raw: str, now: datetime) -> bool:
    """Whether this link still lets somebody in."""
    row = SignInHelp.objects.filter(digest=digest(raw), used_at__isnull=True, expires_at__gt=now).first()
    return row is not None and _helper_still_works_here(row, now)


def use_sign_in_help(command: UseSignInHelp, now: datetime) -> None:
    """A new password; every second step of before is gone and must be set up again.

    Raises:
        Refused: help-over, password-weak.
    """
    with audited(SYSTEM, now, Event.PASSWORD_CHANGED) as entry:
        row = (
            SignInHelp.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(digest=digest(command.raw), used_at__isnull=True, expires_at__gt=now)
            .first()
        )
        if row is None or not _helper_still_works_here(row, now):
            raise Refused("help-over", _("This link has been used or has run out. Ask for a new one."))
        check_password(command.password, row.account.email)
        row.account.set_password(command.password)
        row.account.save(update_fields=["password"])
        Authenticator.objects.filter(user=row.account).delete()
        SocialAccount.objects.filter(user=row.account).delete()  # the organisation's sign-in too shows anew who it is
        row.used_at = now
        row.save(update_fields=["used_at"])
        entry.subject_id = row.account_id
        entry.details = {"help": row.pk}


def _helper_still_works_here(row: SignInHelp, now: datetime) -> bool:
    """A link of somebody whose role has ended since lets nobody in."""
    try:
        queries.actor_for_member(MemberId(row.helped_by_id), now)
    except NotOnRecord:
        return False
    return True


def _tell(actor: Actor, row: Member, help_id: str, now: datetime) -> None:
    """The person by e-mail, and the whole agency in its inbox: nobody is let in behind anybody's back."""
    from allhands.channels import api as channels  # stands above this slice; imported when somebody is helped
    from allhands.channels.contracts import Channel, Outgoing

    agency = queries.get_agency(AgencyId(row.agency_id))
    for channel, address in ((Channel.INBOX, ""), (Channel.EMAIL, row.account.email)):
        outgoing = Outgoing(
            channel=channel,
            sender_agency=agency.id,
            sender_label=agency.name,
            recipient_agency=agency.id,
            recipient_label=row.display_name if address else agency.name,
            address=address,
            subject=SUBJECT,
            body=BODY.format(name=row.display_name, helper=actor.label),
            sensitivity="P0",
            refers_to=f"let-in-{help_id}",
            idempotency_key=f"let-in-{help_id}-{channel.value.lower()}",
            episode_id=None,
        )
        channels.queue(SYSTEM, outgoing, now)


def get_account_of(member_id: str) -> Account:
    """The account behind a hat, for signing its person in.

    Raises:
        NotOnRecord: no such hat.
    """
    row = Member.objects.select_related("account").filter(pk=member_id).first()
    if row is None:
        raise NotOnRecord(member_id)
    return row.account
