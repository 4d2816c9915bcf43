"""One alert of the demo county, through the actions that people use. It is an exercise, and says so everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from allhands.agencies import api as agencies
from allhands.agencies.contracts import RouteKind
from allhands.alerts import areas, domain, drafting, ladder, models, queries
from allhands.alerts.actions import asking, sending, writing
from allhands.alerts.contracts import AlertState, Ending, Rank
from allhands.channels import api as channels
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, EpisodeView
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as

_CHILD: Final = "Maya K."
_SOURCE: Final = "Invented plan of the demo county"
# Agency of the demo world, rank, land, minutes for an answer.
_AUTHORITIES: Final[tuple[tuple[str, Rank, dict[str, str], int], ...]] = (
    ("prairie-sheriff", Rank.PRIMARY, {"state": "ND", "county_fips": "38990"}, 60),
    ("red-willow-sheriff", Rank.PRIMARY, {"state": "ND", "county_fips": "38991"}, 60),
    ("state-clearinghouse", Rank.BACKUP, {"state": "ND"}, 60),
    ("sample-police", Rank.PRIMARY, {"nation": "sample"}, 30),
    ("red-willow-sheriff", Rank.NEIGHBOR, {"nation": "sample"}, 60),
)
_SPANISH: Final = {
    "clothing": "abrigo verde, sin gorro",
    "seen_place": "parada de autobuses de Harwell, calle Tercera",
}
# One that a person sets and one whose traffic centre polls the feed; both inside the circle, none with an address.
_SIGNS: Final = Path(__file__).with_name("signs.csv")
_CIRCLE: Final = drafting.DraftArea(county_fips=("38990",), centre=(47.45, -99.1), radius_km=40)


def tell(now: datetime, fresh: bool) -> None:
    """Authorities, two road signs, Maya's alert. What ran before is taken back first, so that one is out."""
    channels.import_signs(SYSTEM, _SIGNS.read_bytes(), now)
    with acting_as(SYSTEM):
        for key, rank, land, minutes in _AUTHORITIES:
            _authority(agencies.demo_agency_id(key), key, rank, land, minutes, now)
        running = queries.list_alerts([AlertState.LIVE])
    cole = agencies.demo_actor("cole", now)
    if fresh:
        for alert in running:
            with acting_as(cole):
                sending.take_back(cole, alert.alert_id, Ending.FOUND, now)
    maya = _find(_CHILD, now)
    if maya is not None and not _was_asked(maya):
        _send(maya, cole, now)


def _was_asked(maya: EpisodeView) -> bool:
    """Whether somebody asked for an alert for her already."""
    with acting_as(SYSTEM):
        return bool(queries.list_requests(maya.episode_id))


def _send(maya: EpisodeView, cole: Actor, now: datetime) -> None:
    """Ruth asks and writes, Sgt. Cole refuses what does not fit and sends what does."""
    ruth = agencies.demo_actor("ruth", now)
    asked_at = now - timedelta(minutes=12)
    with acting_as(ruth):
        request_id = asking.ask(ruth, maya.episode_id, ladder.LOCAL, "", asked_at)
        alert_id = writing.start(ruth, request_id, asked_at)
        found = queries.find_alert(alert_id)
        assert found is not None
        first = drafting.from_json(found.draft)
        texts = {**first.texts, "es": {**first.texts.get("es", {}), **_SPANISH}}
        draft = replace(
            first,
            name="Maya",
            texts=texts,
            consent_by="Sgt. Cole, Harwell Police: life is in danger",
            police_decided=True,
            consents=("name",),
            route_id=_number(cole.agency_id),
            area=_CIRCLE,
        )
        version = writing.save(ruth, alert_id, draft, found.version, now - timedelta(minutes=9))
        writing.offer(ruth, alert_id, now - timedelta(minutes=8))
    at = now - timedelta(minutes=4)
    zone = agencies.zone_of(cole)
    reach = areas.reach_of(draft.area, local_hour=at.astimezone(zone).hour)
    approval = sending.Approval(version=version, looked=True, second_looks=domain.second_looks(reach))
    with acting_as(cole):
        sending.send(cole, alert_id, approval, at)


def _find(name: str, now: datetime) -> EpisodeView | None:
    ruth = agencies.demo_actor("ruth", now)
    with acting_as(ruth):
        running = episodes.list_episodes([EpisodeState.OPEN])
    return next((one for one in running if one.child.call_name == name), None)


def _number(agency_id: AgencyId) -> str:
    return agencies.routes(agency_id, RouteKind.PHONE)[0].id


def _authority(agency_id: AgencyId, key: str, rank: Rank, land: dict[str, str], minutes: int, now: datetime) -> None:
    models.Authority.objects.get_or_create(
        agency_id=agency_id,
        ended_at=None,
        **{"state": "", "county_fips": "", "nation": "", **land},
        defaults={
            "rank": rank.value,
            "answer_minutes": minutes,
            "sender": f"{key}@demo.example.org",
            "source": _SOURCE,
            "added_at": now,
            "added_by": SYSTEM.label,
        },
    )
