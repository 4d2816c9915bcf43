"""View models of this slice's pages: frozen, with words instead of codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from allhands.agencies import domain
from allhands.agencies.contracts import AgencyView, AgreementView, AreaView, HoursView, MemberView, RouteView, TokenView
from allhands.agencies.demo.world import demo_world
from allhands.agencies.words import AGREEMENT_KINDS, COVERS, ROUTE_KINDS, ROUTE_PURPOSES, SCOPES, WEEKDAYS
from allhands.geo.counties import find_county
from allhands.kernel.ids import AgencyId
from allhands.ui.roles import role_words


@dataclass(frozen=True, slots=True, kw_only=True)
class HatLine:
    id: str
    role: str
    agency: str
    is_in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    id: int
    name: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStep:
    """What the person has beside a password."""

    has_app: bool
    has_codes: bool
    passkeys: tuple[Passkey, ...]

    @property
    def is_there(self) -> bool:
        return self.has_app or bool(self.passkeys)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    id: str
    name: str
    role: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLine:
    """Args: answered: True, False, or None when nobody has told us the hours."""

    id: str
    kind: str
    address: str
    purpose: str
    hours: tuple[str, ...]
    is_always_open: bool
    answered: bool | None
    verified_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    id: str
    name: str
    prefix: str
    may: str
    made_by: str
    ends_at: datetime
    last_used_on: date | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """An agreement as the people of one party see it.

    Args:
        last_day: the last day on which it holds; None for open.
        waits_for: the other parties that have not confirmed it.
        asks_us: it waits for the reader's own agency.
        is_over: its last day has passed.
    """

    id: str
    title: str
    kind: str
    covers: str
    others: str
    first_day: date
    last_day: date | None
    document: str
    waits_for: str
    asks_us: bool
    is_over: bool


def present_agreements(
    agreements: Iterable[AgreementView], ours: AgencyId, *, today: date
) -> tuple[AgreementLine, ...]:
    """One line an agreement: what waits for us first, what is over last."""
    lines = tuple(_agreement_line(one, ours, today) for one in agreements)
    return tuple(sorted(lines, key=lambda line: (line.is_over, not line.asks_us)))


def _agreement_line(one: AgreementView, ours: AgencyId, today: date) -> AgreementLine:
    open_parties = [party for party in one.parties if party.confirmed_on is None]
    return AgreementLine(
        id=one.id,
        title=one.title,
        kind=str(AGREEMENT_KINDS[one.kind]),
        covers="; ".join(str(COVERS[cover]) for cover in sorted(one.covers, key=lambda cover: cover.value)),
        others=", ".join(party.agency_name for party in one.parties if party.agency_id != ours),
        first_day=one.starts_on,
        last_day=one.ends_on - timedelta(days=1) if one.ends_on else None,
        document=one.document,
        waits_for=", ".join(party.agency_name for party in open_parties if party.agency_id != ours),
        asks_us=any(party.agency_id == ours for party in open_parties),
        is_over=one.ends_on is not None and one.ends_on <= today,
    )


def present_areas(agency: AgencyView) -> tuple[str, ...]:
    """Where the agency serves, in words; invented counties and nations by their invented names."""
    areas = tuple(_area_words(area) for area in agency.areas)
    return (_("the whole country"), *areas) if agency.is_nationwide else areas


def _area_words(area: AreaView) -> str:
    if area.nation:
        invented = next((nation.name for nation in demo_world().nations if nation.slug == area.nation), None)
        return (
            invented.in_language(get_language() or "en")
            if invented
            else _("nation %(nation)s") % {"nation": area.nation}
        )
    if not area.county_fips:
        return area.state
    known = find_county(area.county_fips)
    county = known.name if known else _("county %(code)s") % {"code": area.county_fips}
    return ", ".join(part for part in (area.part, county, area.state) if part)


def present_hats(hats: Iterable[MemberView], *, in_force: str) -> tuple[HatLine, ...]:
    """One line a hat, the one in force marked."""
    return tuple(
        HatLine(id=hat.id, role=role_words(hat.role), agency=hat.agency_name, is_in_force=hat.id == in_force)
        for hat in hats
    )


def present_second_step(authenticators: Iterable[Authenticator]) -> SecondStep:
    """What allauth keeps of this person, sorted by kind."""
    found = list(authenticators)
    kinds = {authenticator.type for authenticator in found}
    passkeys = [authenticator for authenticator in found if authenticator.type == Authenticator.Type.WEBAUTHN]
    return SecondStep(
        has_app=Authenticator.Type.TOTP in kinds,
        has_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        passkeys=tuple(Passkey(id=key.pk, name=key.wrap().name, since=key.created_at.date()) for key in passkeys),
    )


def present_members(members: Iterable[MemberView]) -> tuple[MemberLine, ...]:
    """One line a role, by name."""
    return tuple(
        MemberLine(id=member.id, name=member.display_name, role=role_words(member.role), until=member.ends_on)
        for member in members
    )


def present_routes(routes: Iterable[RouteView], *, time_zone: str, now: datetime) -> tuple[RouteLine, ...]:
    """One line a way to reach the agency."""
    return tuple(
        RouteLine(
            id=route.id,
            kind=str(ROUTE_KINDS[route.kind]),
            address=route.address,
            purpose=str(ROUTE_PURPOSES[route.purpose]),
            hours=tuple(_hours_words(hours) for hours in route.hours),
            is_always_open=route.is_always_open,
            answered=domain.is_answered(route, time_zone=time_zone, at=now),
            verified_on=route.verified_on,
        )
        for route in routes
    )


def present_tokens(tokens: Iterable[TokenView], *, now: datetime) -> tuple[TokenLine, ...]:
    """One line a key, never its secret."""
    return tuple(
        TokenLine(
            id=token.id,
            name=token.name,
            prefix=token.prefix,
            may="; ".join(str(SCOPES[scope]) for scope in sorted(token.scopes, key=lambda scope: scope.value)),
            made_by=token.made_by,
            ends_at=token.revoked_at or token.expires_at,
            last_used_on=token.last_used_on,
            is_open=token.revoked_at is None and now < token.expires_at,
        )
        for token in tokens
    )


def _hours_words(hours: HoursView) -> str:
    return _("%(weekday)s %(opens)s to %(closes)s") % {
        "weekday": WEEKDAYS[hours.weekday],
        "opens": time_format(hours.opens, "H:i"),
        "closes": time_format(hours.closes, "H:i"),
    }
