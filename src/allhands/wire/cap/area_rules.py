"""Rules about where: rings, circles, heights."""

from __future__ import annotations

from typing import Final

from allhands.wire.cap import geometry
from allhands.wire.cap.model import Alert, Area, LonLat
from allhands.wire.reports import Report

# Real alerts stay far below; a hostile one shall not be looked at for minutes.
MAX_POINTS_IN_ALL: Final = 10_000
_HALFWAY_ROUND_KM: Final = 20_038
_HIGHEST_FT: Final = 1_000_000


def check_detail(alert: Alert, report: Report, path: str) -> bool:
    """Whether the polygons of all areas together are few enough to be judged; an error when not."""
    points = sum(len(ring) for info in alert.infos for area in info.areas for ring in area.polygons)
    if points > MAX_POINTS_IN_ALL:
        message = f"The areas have {points:,} points; at most {MAX_POINTS_IN_ALL:,} are judged."
        report.error(path, "area-too-detailed", message)
    return points <= MAX_POINTS_IN_ALL


def check_areas(areas: tuple[Area, ...], report: Report, path: str, *, crossings: bool) -> None:
    """All rules of 3.2.4 for the areas of one <info>.

    Args:
        crossings: whether to look for polygons that cross themselves.
    """
    for number, area in enumerate(areas, start=1):
        at = f"{path}/area[{number}]"
        if not area.description.strip():
            report.warn(f"{at}/areaDesc", "area-description", "Say in words where: people hear this, not the polygon.")
        if any(not pair.name.strip() for pair in area.geocodes):
            message = "A coded place has no <valueName>: nobody knows its list."
            report.warn(f"{at}/geocode", "value-name-empty", message)
        _check_heights(area, report, at)
        _check_circles(area, report, at)
        for place, ring in enumerate(area.polygons, start=1):
            _check_ring(ring, report, f"{at}/polygon[{place}]", crossings=crossings)


def _check_heights(area: Area, report: Report, path: str) -> None:
    if area.ceiling_ft is not None and area.altitude_ft is None:
        report.error(f"{path}/ceiling", "ceiling-alone", "<ceiling> needs <altitude>: the height where it begins.")
    if area.ceiling_ft is not None and area.altitude_ft is not None and area.ceiling_ft < area.altitude_ft:
        report.error(f"{path}/ceiling", "ceiling-below", "<ceiling> is below <altitude>.")
    for name, height_ft in (("altitude", area.altitude_ft), ("ceiling", area.ceiling_ft)):
        if height_ft is not None and not 0 <= height_ft <= _HIGHEST_FT:
            report.error(f"{path}/{name}", "height-form", "Heights are feet above mean sea level, from 0 to 1,000,000.")


def _check_circles(area: Area, report: Report, path: str) -> None:
    for number, circle in enumerate(area.circles, start=1):
        at = f"{path}/circle[{number}]"
        _check_points((circle.center,), report, at, "circle-form")
        if not 0 <= circle.radius_km <= _HALFWAY_ROUND_KM:
            report.error(at, "circle-form", "The radius is in kilometres, from 0 to half the way around the Earth.")


def _check_ring(ring: tuple[LonLat, ...], report: Report, path: str, *, crossings: bool) -> None:
    if not _check_points(ring, report, path, "polygon-form"):
        return
    if len(ring) < 4:
        report.error(path, "polygon-too-few", f"A polygon needs at least four points, this has {len(ring)}.")
        return
    if not geometry.is_closed(ring):
        report.error(path, "polygon-open", "The polygon is not closed: repeat the first point at the end.")
    if geometry.crosses_antimeridian(ring):
        message = (
            "The polygon crosses the 180th meridian; many receivers draw it around the whole Earth. Split it in two."
        )
        report.warn(path, "polygon-antimeridian", message)
    crossing = _crossing_words(ring) if crossings else ""
    if crossing:
        report.error(path, "polygon-crossing", crossing)
    elif geometry.area_square_degrees(ring) == 0:
        report.warn(path, "polygon-flat", "The polygon has no inside: all its points stand in a line.")


def _crossing_words(ring: tuple[LonLat, ...]) -> str:
    """How the ring crosses itself; empty when it does not."""
    if len(ring) > geometry.MOST_NAMED_POINTS:
        return "The polygon crosses itself." if geometry.crosses_itself(ring) else ""
    crossing = geometry.find_crossing(ring)
    return f"The polygon crosses itself: sides {crossing[0]} and {crossing[1]} meet." if crossing else ""


def _check_points(points: tuple[LonLat, ...], report: Report, path: str, code: str) -> bool:
    for point in points:
        if not (abs(point.lat) <= 90 and abs(point.lon) <= 180):
            report.error(path, code, "A point lies off the globe: latitude up to 90, longitude up to 180 degrees.")
            return False
    return True
