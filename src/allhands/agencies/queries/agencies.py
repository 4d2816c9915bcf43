"""Reads of agencies: one, all, those that serve a place, the one a rule means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from django.db.models import Prefetch, Q, QuerySet

from allhands.agencies import domain
from allhands.agencies.contracts import AgencyView, AreaView, NotOnRecord, Regime
from allhands.agencies.models import Agency, AgencyArea
from allhands.agencies.queries.people import members_on
from allhands.kernel.actors import Actor, AgencyKind
from allhands.kernel.ids import AgencyId


def get_agency(agency_id: AgencyId) -> AgencyView:
    """The agency.

    Raises:
        NotOnRecord: no agency has this id.
    """
    row = _agencies().filter(pk=agency_id).first()
    if row is None:
        raise NotOnRecord(agency_id)
    return _agency_view(row)


def word_of(agency_id: AgencyId, field: Literal["name", "time_zone"]) -> str:
    """One word of the agency. Every page asks for two of them, and for nothing else of it.

    Raises:
        NotOnRecord: no agency has this id.
    """
    found: str | None = Agency.objects.filter(pk=agency_id).values_list(field, flat=True).first()
    if found is None:
        raise NotOnRecord(agency_id)
    return found


def list_agencies(ids: Iterable[AgencyId] | None = None) -> tuple[AgencyView, ...]:
    """Every agency of this installation, by name; with ids, only these."""
    rows = _agencies() if ids is None else _agencies().filter(pk__in=list(ids))
    return tuple(_agency_view(row) for row in rows.order_by("name", "pk"))


def agencies_under(regimes: Iterable[str]) -> dict[AgencyId, str]:
    """The agencies whose own records live under one of these laws, with the law's code."""
    rows = Agency.objects.filter(regime__in=list(regimes))
    return {AgencyId(pk): regime for pk, regime in rows.values_list("pk", "regime")}


def agencies_serving(
    place_state: str | None, county_fips: str | None, nation: str | None, kinds: Iterable[AgencyKind]
) -> tuple[AgencyView, ...]:
    """Agencies of these kinds that serve a place, nearest first: county, part of it, nation, state, whole country.

    Args:
        place_state, county_fips, nation: None or empty where not known; an unknown part matches nothing.
    """
    return tuple(view for _, view in _serving(place_state or "", county_fips or "", nation or "", kinds))


def agencies_touching(
    *, states: Iterable[str], counties: Iterable[str], nations: Iterable[str], kinds: Iterable[AgencyKind]
) -> tuple[AgencyView, ...]:
    """Agencies of these kinds with an area in any of these states as a whole, counties or nations, or nationwide."""
    here = (
        Q(is_nationwide=True)
        | Q(areas__state__in=list(states), areas__county_fips="")
        | Q(areas__county_fips__in=list(counties))
        | Q(areas__nation__in=list(nations))
    )
    rows = _agencies().filter(here, kind__in=[kind.value for kind in kinds]).distinct().order_by("name", "pk")
    return tuple(_agency_view(row) for row in rows)


def recipient_for(
    code: str, *, state: str | None, county_fips: str | None, nation: str | None, on: date
) -> AgencyView | None:
    """The agency a rule's actor or recipient code stands for at a place; None when nobody is on record.

    Args:
        on: day on which a needed role must be filled.
    """
    return recipients_at(state=state, county_fips=county_fips, nation=nation, on=on).get(code)


def recipients_at(
    *, state: str | None, county_fips: str | None, nation: str | None, on: date
) -> Mapping[str, AgencyView]:
    """The agency that each actor or recipient code of the rules stands for at a place; without those nobody is for.

    Args:
        on: day on which a needed role must be filled.
    """
    kinds = {kind for rule in domain.RECIPIENTS.values() for kind in rule.kinds}
    serving = _serving(state or "", county_fips or "", nation or "", kinds)
    filled = staffed([view.id for _, view in serving], on)
    chosen = {code: _choose(serving, filled, rule) for code, rule in domain.RECIPIENTS.items()}
    return {code: view for code, view in chosen.items() if view is not None}


def _choose(
    serving: Iterable[tuple[domain.Reach, AgencyView]], staffed: set[tuple[str, str]], rule: domain.RecipientRule
) -> AgencyView | None:
    found = [
        (reach, view)
        for reach, view in serving
        if reach in rule.reaches and (rule.with_role is None or (view.id, rule.with_role.value) in staffed)
    ]
    for kind in rule.kinds:
        of_kind = [(reach, view) for reach, view in found if view.kind is kind]
        if not of_kind:
            continue
        nearest = [view for reach, view in of_kind if reach == of_kind[0][0]]
        return None if rule.only_if_one and len(nearest) > 1 else nearest[0]
    return None


def _serving(
    state: str, county_fips: str, nation: str, kinds: Iterable[AgencyKind]
) -> list[tuple[domain.Reach, AgencyView]]:
    here = Q(is_nationwide=True)
    if state:
        here |= Q(areas__state=state, areas__county_fips="")
    if county_fips:
        here |= Q(areas__county_fips=county_fips)
    if nation:
        here |= Q(areas__nation=nation)
    rows = _agencies().filter(here, kind__in=[kind.value for kind in kinds]).distinct()
    ranked = []
    for view in map(_agency_view, rows):
        reach = domain.nearest_reach(
            view.areas, is_nationwide=view.is_nationwide, state=state, county_fips=county_fips, nation=nation
        )
        if reach is not None:
            ranked.append((reach, view))
    return sorted(ranked, key=lambda pair: (pair[0], pair[1].name, pair[1].id))


def staffed(agency_ids: Iterable[AgencyId], on: date) -> set[tuple[str, str]]:
    """Pairs of agency and role that somebody fills, of the roles that some rule needs."""
    needed = {rule.with_role.value for rule in domain.RECIPIENTS.values() if rule.with_role is not None}
    rows = members_on(on).filter(role__in=needed, agency_id__in=list(agency_ids))
    return set(rows.values_list("agency_id", "role"))


def hand_off_targets(actor: Actor, on: date) -> tuple[AgencyView, ...]:
    """Agencies that could take a child on from this actor's agency: able to own, and with somebody there now."""
    rows = (
        _agencies()
        .filter(kind__in=[kind.value for kind in domain.OWNING_KINDS], members__in=members_on(on))
        .exclude(pk=actor.agency_id)
        .distinct()
        .order_by("name", "pk")
    )
    return tuple(_agency_view(row) for row in rows)


def _agencies() -> QuerySet[Agency]:
    areas = AgencyArea.objects.order_by("state", "county_fips", "part", "nation")
    return Agency.objects.prefetch_related(Prefetch("areas", queryset=areas))


def _agency_view(row: Agency) -> AgencyView:
    return AgencyView(
        id=AgencyId(row.pk),
        name=row.name,
        kind=AgencyKind(row.kind),
        regime=Regime(row.regime),
        time_zone=row.time_zone,
        is_fictional=row.is_fictional,
        is_nationwide=row.is_nationwide,
        areas=tuple(
            AreaView(state=area.state, county_fips=area.county_fips, part=area.part, nation=area.nation)
            for area in row.areas.all()
        ),
    )
