"""Alerts made by chance: every part of the model, values that the standard allows."""

from __future__ import annotations

import dataclasses
import math
import random
from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from allhands.wire.cap import (
    Alert,
    Area,
    Category,
    Certainty,
    Circle,
    Info,
    LonLat,
    MsgType,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
    ValuePair,
)

names = st.text(alphabet="abcdefXYZ0123456789.-_@", min_size=1, max_size=20)
texts = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), max_size=40)
words = texts.filter(lambda text: bool(text.strip()))
times = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
).map(lambda value: value.replace(microsecond=0))
degrees = st.integers(-80_000, 80_000).map(lambda thousandths: thousandths / 1000)
points = st.builds(LonLat, lon=degrees, lat=degrees)
pairs = st.builds(ValuePair, name=words, value=texts)


@st.composite
def rings(draw: st.DrawFn) -> tuple[LonLat, ...]:
    """Rectangles: never crossing themselves."""
    west, south = draw(degrees), draw(degrees)
    wide, high = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    corners = ((west, south), (west + wide, south), (west + wide, south + high), (west, south + high), (west, south))
    return tuple(LonLat(lon=lon, lat=lat) for lon, lat in corners)


areas = st.builds(
    Area,
    description=words,
    polygons=st.lists(rings(), max_size=2).map(tuple),
    circles=st.lists(st.builds(Circle, center=points, radius_km=st.integers(0, 900).map(float)), max_size=2).map(tuple),
    geocodes=st.lists(pairs, max_size=3).map(tuple),
    altitude_ft=st.none(),
    ceiling_ft=st.none(),
)
resources = st.builds(
    Resource,
    description=words,
    mime_type=st.sampled_from(["image/jpeg", "text/plain", "application/pdf"]),
    size_bytes=st.none() | st.integers(0, 10**9),
    uri=st.sampled_from(["", "https://alerts.example.gov/p.jpg"]),
    deref_uri=st.sampled_from(["", "SGVsbG8="]),
    digest=names,
)


def infos(sent_at: datetime) -> st.SearchStrategy[Info]:
    return st.builds(
        Info,
        language=st.sampled_from(["", "en-US", "es-US"]),
        categories=st.lists(st.sampled_from(Category), min_size=1, max_size=3).map(tuple),
        event=words,
        response_types=st.lists(st.sampled_from(ResponseType), max_size=2).map(tuple),
        urgency=st.sampled_from(Urgency),
        severity=st.sampled_from(Severity),
        certainty=st.sampled_from(Certainty),
        audience=texts,
        event_codes=st.lists(pairs, max_size=2).map(tuple),
        effective_at=st.none() | times,
        onset_at=st.none() | times,
        expires_at=st.none() | st.integers(1, 10**6).map(lambda seconds: sent_at + timedelta(seconds=seconds)),
        sender_name=texts,
        headline=texts,
        description=texts,
        instruction=texts,
        web=st.sampled_from(["", "https://alerts.example.gov/a"]),
        contact=texts,
        parameters=st.lists(pairs, max_size=3).map(tuple),
        resources=st.lists(resources, max_size=2).map(tuple),
        areas=st.lists(areas, max_size=2).map(tuple),
    )


@st.composite
def alerts(draw: st.DrawFn) -> Alert:
    sent_at = draw(times)
    scope = draw(st.sampled_from(Scope))
    reference = st.builds(Reference, sender=names, identifier=st.just("earlier"), sent_at=times)
    return Alert(
        identifier=draw(names),
        sender=draw(names),
        sent_at=sent_at,
        status=draw(st.sampled_from(Status)),
        msg_type=draw(st.sampled_from(MsgType)),
        source=draw(texts),
        scope=scope,
        restriction=draw(words) if scope is Scope.RESTRICTED else "",
        addresses=draw(st.lists(names, min_size=1, max_size=3).map(tuple)),
        codes=draw(st.lists(texts, max_size=2).map(tuple)),
        note=draw(texts),
        references=draw(st.lists(reference, max_size=2).map(tuple)),
        incidents=draw(st.lists(names, max_size=2).map(tuple)),
        infos=draw(st.lists(infos(sent_at), max_size=2).map(tuple)),
    )


def missing_child_alert(seed: int) -> Alert:
    """An exercise alert for a child who does not exist, different for every seed, as the platform would send it."""
    dice = random.Random(seed)
    zone = timezone(timedelta(hours=dice.choice([-10, -9, -8, -7, -6, -5, -4])))
    sent_at = datetime(2026, 1, 1, tzinfo=zone) + timedelta(seconds=dice.randrange(3 * 365 * 86400))
    infos = tuple(_info(dice, sent_at, language) for language in ("en-US", "es-US")[: dice.choice([1, 2])])
    first = infos[0]
    same_codes = tuple(dataclasses.replace(info, event_codes=first.event_codes) for info in infos)
    msg_type = dice.choice([MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL])
    earlier = Reference(sender="amber@example.gov", identifier=f"EX-{seed}.0", sent_at=sent_at - timedelta(hours=2))
    return Alert(
        identifier=f"EX-{seed}.1",
        sender="amber@example.gov",
        sent_at=sent_at,
        status=dice.choice([Status.EXERCISE, Status.TEST]),
        msg_type=msg_type,
        scope=Scope.PUBLIC,
        codes=("IPAWSv1.0",),
        references=() if msg_type is MsgType.ALERT else (earlier,),
        infos=same_codes,
    )


def _info(dice: random.Random, sent_at: datetime, language: str) -> Info:
    english = language == "en-US"
    plate = f"ABC{dice.randrange(1000):03}"
    return Info(
        language=language,
        categories=(Category.RESCUE,),
        event="Missing and Endangered Persons" if english else "Persona desaparecida y en peligro",
        response_types=(ResponseType.MONITOR,),
        urgency=dice.choice(list(Urgency)),
        severity=dice.choice(list(Severity)),
        certainty=dice.choice(list(Certainty)),
        event_codes=(ValuePair(name="SAME", value=dice.choice(["CAE", "MEP"])),),
        expires_at=sent_at + timedelta(minutes=dice.randrange(15, 24 * 60)),
        sender_name="Example State Clearinghouse",
        headline=f"EXERCISE {plate}" if english else f"SIMULACRO {plate}",
        description=f"Green coat, plate {plate}." if english else f"Abrigo verde, placa {plate}.",
        instruction="If seen, call 911." if english else "Si lo ve, llame al 911.",
        web=f"https://alerts.example.gov/p/{plate}",
        contact="Example State Clearinghouse, 555-0100",
        parameters=(
            ValuePair(name="EAS-ORG", value="CIV"),
            ValuePair(name="CMAMtext", value=f"EXERCISE plate {plate}. Check media."),
            ValuePair(name="CMAMlongtext", value=f"EXERCISE child last seen near plate {plate}. If seen call 911."),
        ),
        areas=(_area(dice),),
    )


def _area(dice: random.Random) -> Area:
    """A star around a point: its corners go round once, so it never crosses itself."""
    lon, lat = dice.uniform(-120, -70), dice.uniform(28, 48)
    steps = dice.randrange(3, 60)
    ring = [_corner(dice, lon, lat, step / steps) for step in range(steps)]
    circles = (Circle(center=LonLat(lon=round(lon, 4), lat=round(lat, 4)), radius_km=round(dice.uniform(1, 50), 1)),)
    return Area(
        description="Example County",
        polygons=((*ring, ring[0]),),
        circles=circles if dice.random() < 0.3 else (),
        geocodes=(ValuePair(name="SAME", value=dice.choice(["004001", "038079", "053033", "048201"])),),
    )


def _corner(dice: random.Random, lon: float, lat: float, turn: float) -> LonLat:
    reach = dice.uniform(0.3, 0.9)
    angle = 2 * math.pi * turn
    return LonLat(lon=round(lon + reach * math.cos(angle), 5), lat=round(lat + reach * math.sin(angle), 5))
