"""Setting up an agency and the ways to reach it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies.commands import AddRoute, CreateAgency
from allhands.agencies.contracts import NotOnRecord, RouteKind
from allhands.agencies.models import Agency, AgencyArea, ContactRoute, RouteHours
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.audit.api import Event, audited


def create_agency(actor: Actor, command: CreateAgency, now: datetime) -> AgencyId:
    """A new agency with the places it serves.

    Raises:
        Denied: access.operate.
        Refused: agency-name-taken, agency-unknown-zone, agency-without-area.
    """
    access.check_operate(actor)
    _check_agency(command)
    with audited(actor, now, Event.AGENCY_ADDED) as entry:
        if Agency.objects.filter(name__iexact=command.name).exists():
            raise Refused("agency-name-taken", _("An agency with this name is here already."), field="name")
        row = Agency.objects.create(
            name=command.name,
            kind=command.kind.value,
            regime=command.regime.value,
            time_zone=command.time_zone,
            is_fictional=command.is_fictional,
            is_nationwide=command.is_nationwide,
            created_at=now,
        )
        AgencyArea.objects.bulk_create(
            AgencyArea(agency=row, state=area.state, county_fips=area.county_fips, part=area.part, nation=area.nation)
            for area in command.areas
        )
        entry.subject_id = row.pk
        entry.details = {"kind": row.kind}
    return AgencyId(row.pk)


def _check_agency(command: CreateAgency) -> None:
    if command.time_zone not in available_timezones():
        raise Refused(
            "agency-unknown-zone", _("Choose a time zone by its name, such as America/Chicago."), field="time_zone"
        )
    if not command.areas and not command.is_nationwide:
        raise Refused("agency-without-area", _("Say which state, county or nation this agency serves."), field="areas")


def add_route(actor: Actor, command: AddRoute, now: datetime) -> str:
    """A new way to reach the agency; returns its id.

    Raises:
        Denied: access.administer.
        Refused: route-taken, route-address.
    """
    access.check_administer(actor, command.agency_id)
    if (command.kind is RouteKind.INBOX) == bool(command.address):
        raise Refused("route-address", _("Give an address. The inbox alone has none."), field="address")
    with audited(actor, now, Event.ROUTE_ADDED, details={"kind": command.kind.value}) as entry:
        same = ContactRoute.objects.filter(
            agency_id=command.agency_id,
            kind=command.kind.value,
            address=command.address,
            purpose=command.purpose.value,
        )
        if same.exists():
            raise Refused("route-taken", _("This way to reach the agency is on the list already."), field="address")
        row = ContactRoute.objects.create(
            agency_id=command.agency_id,
            kind=command.kind.value,
            address=command.address,
            purpose=command.purpose.value,
            is_always_open=command.is_always_open,
            verified_on=command.verified_on,
        )
        RouteHours.objects.bulk_create(
            RouteHours(route=row, weekday=hours.weekday, opens=hours.opens, closes=hours.closes)
            for hours in command.hours
        )
        entry.subject_id = row.pk
    return row.pk


def verify_route(actor: Actor, route_id: str, now: datetime) -> None:
    """Somebody tried this route today and it works.

    Raises:
        Denied: access.administer.
        NotOnRecord: no such route.
    """
    row = ContactRoute.objects.select_related("agency").filter(pk=route_id).first()
    if row is None:
        raise NotOnRecord(route_id)
    access.check_administer(actor, AgencyId(row.agency_id))
    with audited(actor, now, Event.ROUTE_VERIFIED, subject_id=row.pk):
        row.verified_on = now.astimezone(ZoneInfo(row.agency.time_zone)).date()
        row.save(update_fields=["verified_on"])
