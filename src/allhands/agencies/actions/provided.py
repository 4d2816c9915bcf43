"""A person comes in through their organisation's sign-in: the account, and the roles that the groups give or end."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from allhands.agencies import queries
from allhands.agencies.models import Account, Agency, Member
from allhands.agencies.sign_in.provider import Hat, Person, ProviderRules, changes
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.platform.audit.api import Event, audited


def come_in(person: Person, rules: ProviderRules, now: datetime) -> Account:
    """The person's account with the roles of this hour; made when the groups give at least one.

    Raises:
        Refused: provider-nobody, when neither an invitation nor a group lets this person in.
    """
    account = Account.objects.filter(email=person.email).first()
    if account is None:
        if not person.hats:
            raise Refused("provider-nobody", _("Nobody has given you a role here. Ask your agency's administrator."))
        account = _make_account(person.email, now)
    worn = {(hat.agency_id, hat.role): hat.id for hat in queries.list_hats(account.pk, now)}
    give, end = changes(rules, person, [(str(agency), role) for agency, role in worn])
    for hat in sorted(give, key=str):
        _give(account, person, hat, now)
    for agency_id, role in sorted(end, key=str):
        _end(next(hat_id for (agency, one), hat_id in worn.items() if (str(agency), one) == (agency_id, role)), now)
    return account


def _make_account(email: str, now: datetime) -> Account:
    account = Account.objects.create_account(email, password=None, now=now)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def _give(account: Account, person: Person, hat: Hat, now: datetime) -> None:
    agency = Agency.objects.filter(pk=hat[0]).first()
    if (
        agency is None
    ):  # the operator's mapping names an agency that is not there: a setting to mend, not a person's fault
        return
    with audited(SYSTEM, now, Event.MEMBER_ADDED, details={"by": "provider", "role": hat[1].value}) as entry:
        member = Member.objects.create(
            account=account,
            agency=agency,
            role=hat[1].value,
            display_name=person.name,
            starts_on=now.astimezone(ZoneInfo(agency.time_zone)).date(),
        )
        entry.subject_id = member.pk


def _end(member_id: str, now: datetime) -> None:
    member = Member.objects.select_related("agency").get(pk=member_id)
    with audited(SYSTEM, now, Event.MEMBER_ENDED, subject_id=member.pk, details={"by": "provider"}):
        member.ends_on = now.astimezone(ZoneInfo(member.agency.time_zone)).date()
        member.save(update_fields=["ends_on"])
