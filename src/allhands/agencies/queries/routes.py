"""Reads of what an agency keeps for itself: routes, open invitations, keys."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch

from allhands.agencies.contracts import HoursView, InvitationView, RouteKind, RoutePurpose, RouteView, Scope, TokenView
from allhands.agencies.models import ApiToken, ContactRoute, Invitation, RouteHours
from allhands.kernel.actors import Role
from allhands.kernel.ids import AgencyId


def routes(agency_id: AgencyId, kind: RouteKind | None = None) -> tuple[RouteView, ...]:
    """Ways to reach an agency, those answered day and night first, then the last verified."""
    rows = ContactRoute.objects.filter(agency_id=agency_id).prefetch_related(
        Prefetch("hours", queryset=RouteHours.objects.order_by("weekday", "opens"))
    )
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    views = [_route_view(row) for row in rows]
    return tuple(sorted(views, key=_route_order))


def list_invitations(agency_id: AgencyId, now: datetime) -> tuple[InvitationView, ...]:
    """Invitations nobody has answered yet and that still hold, next to end first."""
    rows = Invitation.objects.filter(
        agency_id=agency_id, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).order_by("expires_at", "pk")
    return tuple(invitation_view(row) for row in rows)


def list_tokens(agency_id: AgencyId) -> tuple[TokenView, ...]:
    """The agency's keys, newest first, ended ones included; never their secrets."""
    rows = ApiToken.objects.filter(agency_id=agency_id).select_related("member").order_by("-created_at", "pk")
    return tuple(_token_view(row) for row in rows)


def _route_order(route: RouteView) -> tuple[bool, int, str]:
    return (not route.is_always_open, -route.verified_on.toordinal() if route.verified_on else 0, route.id)


def _route_view(row: ContactRoute) -> RouteView:
    return RouteView(
        id=row.pk,
        agency_id=AgencyId(row.agency_id),
        kind=RouteKind(row.kind),
        address=row.address,
        purpose=RoutePurpose(row.purpose),
        is_always_open=row.is_always_open,
        hours=tuple(
            HoursView(weekday=hours.weekday, opens=hours.opens, closes=hours.closes) for hours in row.hours.all()
        ),
        verified_on=row.verified_on,
    )


def invitation_view(row: Invitation) -> InvitationView:
    """An invitation as a contract."""
    return InvitationView(
        id=row.pk,
        agency_id=AgencyId(row.agency_id),
        email=row.email,
        display_name=row.display_name,
        role=Role(row.role),
        ends_on=row.ends_on,
        expires_at=row.expires_at,
    )


def _token_view(row: ApiToken) -> TokenView:
    return TokenView(
        id=row.pk,
        agency_id=AgencyId(row.agency_id),
        name=row.name,
        prefix=row.prefix,
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        made_by=row.member.display_name if row.member else "",
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_on=row.last_used_on,
    )
