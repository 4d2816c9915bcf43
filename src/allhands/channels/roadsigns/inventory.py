"""Which signs there are: imported from a table, chosen by area, never written by hand into code."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from allhands.access import api as access
from allhands.alerts.contracts import AlertArea, AlertMessage
from allhands.channels import models
from allhands.channels.rooms import Recipient
from allhands.kernel.actors import SYSTEM, Actor, ActorKind
from allhands.kernel.errors import Refused
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.wire import multi

COLUMNS = ("name", "road", "direction", "lat", "lon", "sign_type", "owner", "contact", "delivery", "address")
_KM_A_DEGREE = 111.2
_LARGEST_TABLE = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many rows were written, and what is wrong with the others, by line."""

    written: int
    problems: tuple[str, ...]


def is_configured() -> bool:
    """Whether any sign is known."""
    with acting_as(SYSTEM):
        return models.RoadSign.objects.filter(ended_at__isnull=True).exists()


def signs_in(area: AlertArea) -> tuple[Recipient, ...]:
    """Signs in the area, by name: those a worker reaches, and those a person puts up."""
    shapes = _shapes(area)
    with acting_as(SYSTEM):
        rows = models.RoadSign.objects.filter(ended_at__isnull=True).order_by("name", "pk")
        inside = [row for row in rows if any(shape.covers(Point(row.lon, row.lat)) for shape in shapes)]
    return tuple(
        Recipient(
            key=row.id,
            group=f"sign:{row.name}"[:64],
            label=", ".join(part for part in (row.name, f"{row.road} {row.direction}".strip()) if part),
            address=row.address,
            by_person=row.delivery != "SNMP",
        )
        for row in inside
    )


def recipients(message: AlertMessage) -> tuple[Recipient, ...]:
    """The signs in the message's area."""
    return signs_in(message.area)


def type_of(sign_id: str) -> str:
    """The sign's type of `wire.multi.SIGNS`; empty when its size is unknown."""
    with acting_as(SYSTEM):
        return models.RoadSign.objects.filter(pk=sign_id).values_list("sign_type", flat=True).first() or ""


def import_signs(actor: Actor, data: bytes, now: datetime) -> Imported:
    """Adds and changes signs by name from a CSV table; a row with a fault is told and left out, the others count.

    Raises:
        Denied: not an operator.
        Refused: `table-large`, `table-columns`.
    """
    if len(data) > _LARGEST_TABLE:
        raise Refused("table-large", "The table is larger than 5 MB. Split it.")
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace")))
    missing = [name for name in ("name", "lat", "lon") if name not in (reader.fieldnames or ())]
    if missing:
        words = _("The first line must name %(columns)s; missing: %(missing)s.")
        raise Refused("table-columns", words % {"columns": ", ".join(COLUMNS), "missing": ", ".join(missing)})
    problems: list[str] = []
    written = 0
    if actor.kind is not ActorKind.SYSTEM:  # the node's own command line
        access.check_operate(actor)
    with audit.audited(actor, now, audit.Event.AGENCY_CHANGED) as entry, acting_as(SYSTEM):
        for line, row in enumerate(reader, start=2):
            fault = _write(row, now)
            written += not fault
            problems += [f"line {line}: {fault}"] if fault else []
        entry.details = {"signs": written, "refused": len(problems)}
    return Imported(written=written, problems=tuple(problems))


def _write(row: dict[str, str], now: datetime) -> str:
    """Empty when it was written, else the fault."""
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    fault = _fault(values)
    if fault:
        return fault
    delivery = values["delivery"].upper() or "QUEUE"
    models.RoadSign.objects.update_or_create(
        name=values["name"][:64],
        defaults={
            **{name: values[name] for name in ("road", "direction", "sign_type", "owner", "contact")},
            "lat": float(values["lat"]),
            "lon": float(values["lon"]),
            "delivery": delivery,
            "address": values["address"] if delivery == "SNMP" else "",
            "changed_at": now,
            "ended_at": None,
        },
    )
    return ""


def _fault(values: dict[str, str]) -> str:
    try:
        lat, lon = float(values["lat"]), float(values["lon"])
    except ValueError:
        return "lat and lon are numbers of degrees, such as 48.63 and -99.75"
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return "lat is from -90 to 90, lon from -180 to 180"
    if not values["name"]:
        return "a sign needs a name"
    if values["sign_type"] and values["sign_type"] not in multi.SIGNS:
        return f"sign_type is one of {', '.join(multi.SIGNS)}, or empty when the size is not known"
    return _delivery_fault(values)


def _delivery_fault(values: dict[str, str]) -> str:
    delivery = values["delivery"].upper() or "QUEUE"
    if delivery not in {"QUEUE", "FEED", "SNMP"}:
        return "delivery is QUEUE (a person puts it up), FEED (the traffic centre polls) or SNMP"
    host, _, port = values["address"].rpartition(":")
    if delivery == "SNMP" and not (host and port.isdecimal() and 0 < int(port) < 65_536):
        return "a sign reached by SNMP needs an address such as 10.1.2.3:161"
    return ""


def _shapes(area: AlertArea) -> list[BaseGeometry]:
    rings = [Polygon([(lon, lat) for lat, lon in ring]) for ring in area.polygons]
    circles: list[BaseGeometry] = []
    for circle in area.circles:
        lat, lon = circle.centre
        circles.append(Point(lon, lat).buffer(circle.radius_km / _KM_A_DEGREE / _narrowing(lat)))
    return [*rings, *circles]


def _narrowing(lat: float) -> float:
    """A degree of longitude is shorter away from the equator; the circle is drawn wide enough in both directions."""
    return max(0.2, math.cos(math.radians(lat)))
