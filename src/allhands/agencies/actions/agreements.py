"""Recording an agreement between agencies, confirming it for one's own agency, ending it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies.commands import EndAgreement, RecordAgreement
from allhands.agencies.contracts import AgreementKind, NotOnRecord
from allhands.agencies.models import Agency, Agreement, AgreementParty
from allhands.kernel.actors import Actor, AgencyKind
from allhands.kernel.errors import Refused
from allhands.platform.audit.api import Event, audited


def record_agreement(actor: Actor, command: RecordAgreement, now: datetime) -> str:
    """The id of the new agreement. The recording agency has confirmed it thereby; it holds once the others have too.

    Raises:
        Denied: access.administer.
        Refused: agreement-parties, agreement-nation, agreement-period, agreement-covers.
    """
    access.check_administer(actor, actor.agency_id)
    _check(actor, command)
    with audited(actor, now, Event.AGREEMENT_RECORDED, details={"kind": command.kind.value}) as entry:
        row = Agreement.objects.create(
            kind=command.kind.value,
            title=command.title.strip(),
            document=command.document.strip(),
            covers=sorted(cover.value for cover in command.covers),
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            recorded_at=now,
            recorded_by_id=actor.member_id or None,
        )
        AgreementParty.objects.create(
            agreement=row, agency_id=actor.agency_id, confirmed_at=now, confirmed_by_id=actor.member_id or None
        )
        AgreementParty.objects.bulk_create(
            AgreementParty(agreement=row, agency_id=one) for one in sorted(command.with_agencies)
        )
        entry.subject_id = row.pk
    return row.pk


def _check(actor: Actor, command: RecordAgreement) -> None:
    known = dict(Agency.objects.filter(pk__in=command.with_agencies).values_list("pk", "kind"))
    if not command.with_agencies or actor.agency_id in command.with_agencies or len(known) < len(command.with_agencies):
        raise Refused("agreement-parties", _("Choose the other agencies it names."), field="with_agencies")
    kinds = {*known.values(), actor.agency_kind.value if actor.agency_kind else ""}
    if command.kind is AgreementKind.NATION and AgencyKind.TRIBAL_GOVERNMENT.value not in kinds:
        raise Refused("agreement-nation", _("An agreement with a nation names the nation's government."), field="kind")
    if not command.covers:
        raise Refused("agreement-covers", _("Choose at least one thing it covers."), field="covers")
    if command.ends_on is not None and command.ends_on <= command.starts_on:
        raise Refused("agreement-period", _("The last day comes before the first one."), field="last_day")


def confirm_agreement(actor: Actor, agreement_id: str, now: datetime) -> None:
    """The actor's agency says that the agreement is as recorded. Saying it twice changes nothing.

    Raises:
        Denied: access.administer.
        NotOnRecord: no such agreement, or it does not name the actor's agency.
    """
    access.check_administer(actor, actor.agency_id)
    with audited(actor, now, Event.AGREEMENT_CONFIRMED, subject_id=agreement_id):
        row = AgreementParty.objects.filter(agreement_id=agreement_id, agency_id=actor.agency_id).first()
        if row is None:
            raise NotOnRecord(agreement_id)
        if row.confirmed_at is None:
            row.confirmed_at, row.confirmed_by_id = now, actor.member_id or None
            row.save(update_fields=["confirmed_at", "confirmed_by"])


def end_agreement(actor: Actor, command: EndAgreement, now: datetime) -> None:
    """The agreement holds until the day before `ends_on`. Any party may end it; nobody makes it longer.

    Raises:
        Denied: access.administer.
        NotOnRecord: no such agreement, or it does not name the actor's agency.
        Refused: agreement-period.
    """
    access.check_administer(actor, actor.agency_id)
    with audited(actor, now, Event.AGREEMENT_ENDED, subject_id=command.agreement_id):
        row = Agreement.objects.select_for_update().filter(pk=command.agreement_id).first()
        if row is None or not row.parties.filter(agency_id=actor.agency_id).exists():
            raise NotOnRecord(command.agreement_id)
        _check_end(row, command.ends_on)
        row.ends_on = command.ends_on
        row.save(update_fields=["ends_on"])


def _check_end(row: Agreement, ends_on: date) -> None:
    if ends_on < row.starts_on:
        raise Refused("agreement-period", _("The last day comes before the first one."), field="last_day")
    if row.ends_on is not None and ends_on > row.ends_on:
        raise Refused(
            "agreement-period", _("It ends sooner already. Record a new agreement for longer."), field="last_day"
        )
