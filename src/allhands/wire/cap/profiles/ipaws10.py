"""The IPAWS profile of CAP 1.2, and what IPAWS, EAS and wireless alerts are known to refuse beyond it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from allhands.wire import same, wea
from allhands.wire.cap.model import Alert, Area, CapVersion, Info, MsgType, Status
from allhands.wire.cap.profiles.profile import Profile
from allhands.wire.reports import Report

PROFILE_CODE: Final = "IPAWSv1.0"
_DOCUMENT: Final = "OASIS cap-v1.2-ipaws-profile-v1.0"
# "Fewer than 100 vertices, others say up to 100" (implementers' notes): 100 is let through with a warning. The true
# limit is FEMA's to change; a change here changes one number.
MAX_VERTICES: Final = 100
# Stations read headline, description and instruction aloud, 1,800 characters at most (notes of two EAS makers).
MAX_BROADCAST_CHARACTERS: Final = 1_800
# 47 CFR 11.31(c): a SAME header holds 31 locations.
MAX_SAME_LOCATIONS: Final = 31
# Seen in real alerts; FEMA publishes no list.
_HANDLINGS: Final = frozenset(
    {"Imminent Threat", "Public Safety", "Child Abduction", "Presidential", "National Alert", "WEA Test"}
)
_BLOCKS: Final = frozenset({"CAPEXCH", "CMAS", "EAS", "NWEM", "PUBLIC"})
# No land of the United States lies south of American Samoa, north of Alaska, or between the Virgin Islands and Guam.
_SOUTHMOST, _NORTHMOST, _EASTMOST, _WESTMOST = -15.0, 72.0, -64.0, 144.0
_TEXT_LIMITS: Final[Mapping[str, int]] = {"CMAMtext": 90, "CMAMlongtext": 360}
_PARAMETERS: Final = ("EAS-ORG", "BLOCKCHANNEL", "WEAHandling", "EAS-Must-Carry", *_TEXT_LIMITS)
_EVENT: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_LOCATION: Final = re.compile(r"\d{6}", re.ASCII)


def _check(alert: Alert, version: CapVersion, report: Report, path: str) -> None:
    if version is not CapVersion.V1_2:
        report.warn(path, "ipaws.version", "The profile is written for CAP 1.2; IPAWS takes no older alert.")
    _check_offset(alert.sent_at, report, f"{path}/sent", "sent-offset")
    if PROFILE_CODE not in alert.codes:
        report.error(path, "ipaws.code-missing", f"<code>{PROFILE_CODE}</code> is required.")
    if alert.msg_type in {MsgType.UPDATE, MsgType.CANCEL} and not alert.references:
        message = "An Update or Cancel must name in <references> all messages of the same event that have not expired."
        report.error(f"{path}/msgType", "ipaws.references-required", message)
    if not alert.infos and alert.msg_type in {MsgType.ALERT, MsgType.UPDATE}:
        report.error(path, "ipaws.info-required", "At least one <info> is required.")
    if alert.status is Status.DRAFT:
        report.error(f"{path}/status", "ipaws.draft", "IPAWS takes no drafts; use Exercise or Test.")
    _check_same_everywhere(alert, report, path)
    for number, info in enumerate(alert.infos, start=1):
        _check_info(info, report, f"{path}/info[{number}]")


def _check_offset(instant: datetime, report: Report, path: str, code: str) -> None:
    if instant.utcoffset() == timedelta(0):
        message = "The time must carry the local offset from UTC; an offset of zero is no place in the United States."
        report.error(path, f"ipaws.{code}", message)


def _check_same_everywhere(alert: Alert, report: Report, path: str) -> None:
    for number, info in enumerate(alert.infos[1:], start=2):
        at = f"{path}/info[{number}]"
        if set(info.event_codes) != set(alert.infos[0].event_codes):
            report.error(at, "ipaws.event-codes-differ", "Every <info> must carry the same event codes.")
        if set(info.categories) != set(alert.infos[0].categories):
            report.error(at, "ipaws.categories-differ", "Every <info> must carry the same categories.")


def _check_info(info: Info, report: Report, path: str) -> None:
    if info.expires_at is None:
        report.error(path, "ipaws.expires-required", "<expires> is required.")
    else:
        _check_offset(info.expires_at, report, f"{path}/expires", "expires-offset")
    for name, instant in (("effective", info.effective_at), ("onset", info.onset_at)):
        if instant is not None:
            message = f"<{name}> is ignored: the alert counts from when it is sent."
            report.info(f"{path}/{name}", f"ipaws.{name}-ignored", message)
    for name, text in (("description", info.description), ("instruction", info.instruction)):
        if not text.strip():
            report.warn(path, f"ipaws.{name}-recommended", f"<{name}> should say something.")
    characters = len(info.headline) + len(info.description) + len(info.instruction)
    if characters > MAX_BROADCAST_CHARACTERS:
        message = f"{characters:,} characters to read aloud; stations cut off after {MAX_BROADCAST_CHARACTERS:,}."
        report.warn(path, "ipaws.broadcast-text-long", message)
    _check_event_code(info, report, path)
    _check_parameters(info, report, path)
    _check_wireless_texts(info, report, path)
    _check_areas(info.areas, report, path)


def _check_event_code(info: Info, report: Report, path: str) -> None:
    codes = [pair.value for pair in info.event_codes if pair.name == "SAME"]
    if len(codes) != 1 or not _EVENT.fullmatch(codes[0]):
        message = "Exactly one <eventCode> named SAME with three capital letters is required, such as CAE or MEP."
        report.error(path, "ipaws.same-event-required", message)
    elif codes[0] not in same.EVENT_NAMES:
        report.warn(
            f"{path}/eventCode", "ipaws.same-event-unknown", f"“{codes[0]}” is no event code of 47 CFR 11.31(e)."
        )


def _check_parameters(info: Info, report: Report, path: str) -> None:
    _check_names(info, report, path)
    blocked = set(info.parameter_values("BLOCKCHANNEL"))
    organisations = info.parameter_values("EAS-ORG")
    if not organisations and not {"EAS", "NWEM"} <= blocked:
        message = "EAS-ORG is required for broadcast (EAS) and weather radio (NWEM); civil authorities write CIV."
        report.warn(path, "ipaws.eas-org-missing", message)
    for value in organisations:
        if value not in same.ORIGINATORS:
            report.error(
                f"{path}/parameter",
                "ipaws.eas-org",
                f"“{value[:20]}” is no originator; allowed: {_listed(same.ORIGINATORS)}.",
            )
    for value in sorted(blocked - _BLOCKS):
        report.warn(
            f"{path}/parameter", "ipaws.block-channel", f"“{value[:20]}” is no channel; known: {_listed(_BLOCKS)}."
        )
    for value in info.parameter_values("WEAHandling"):
        if value not in _HANDLINGS:
            report.warn(
                f"{path}/parameter", "ipaws.wea-handling", f"“{value[:40]}” is not known; seen: {_listed(_HANDLINGS)}."
            )


def _check_names(info: Info, report: Report, path: str) -> None:
    """A name in other capitals is another name, and what stands under it is lost."""
    known = {name.lower(): name for name in _PARAMETERS}
    for name in sorted({pair.name for pair in info.parameters} - set(_PARAMETERS)):
        meant = known.get(name.strip().lower())
        if meant:
            message = f"“{name[:20]}” is not read; write {meant}, spelled exactly so."
            report.warn(f"{path}/parameter", "ipaws.parameter-name", message)
        elif text := next((one for one in _TEXT_LIMITS if name.lower().startswith(one.lower())), None):
            message = f"“{name[:30]}” is not read. Each language has its own <info>, and {text} in it."
            report.warn(f"{path}/parameter", "ipaws.wea-text-suffixed", message)


def _check_wireless_texts(info: Info, report: Report, path: str) -> None:
    for name, limit in _TEXT_LIMITS.items():
        texts = info.parameter_values(name)
        if len(texts) > 1:
            report.warn(
                f"{path}/parameter", "ipaws.wea-text-repeated", f"{name} stands {len(texts)} times; phones show one."
            )
        for text in texts:
            report.extend(wea.validate(text, limit=limit, path=f"{path}/parameter[{name}]"))
    short, long = (bool(info.parameter_values(name)) for name in _TEXT_LIMITS)
    if short != long:
        report.info(
            path, "ipaws.wea-both-texts", "Send CMAMtext and CMAMlongtext together: old phones show the short one only."
        )


def _check_areas(areas: tuple[Area, ...], report: Report, path: str) -> None:
    if not areas:
        report.error(path, "ipaws.area-required", "At least one <area> is required.")
    for number, area in enumerate(areas, start=1):
        at = f"{path}/area[{number}]"
        _check_locations(area, report, at)
        _check_country(area, report, at)
        for place, ring in enumerate(area.polygons, start=1):
            _check_vertices(len(ring), report, f"{at}/polygon[{place}]")
    locations = {pair.value for area in areas for pair in area.geocodes if pair.name == "SAME"}
    if len(locations) > MAX_SAME_LOCATIONS:
        message = (
            f"{len(locations)} SAME locations; a broadcast header holds {MAX_SAME_LOCATIONS}, the rest is cut off."
        )
        report.warn(path, "ipaws.same-locations-many", message)


def _check_country(area: Area, report: Report, path: str) -> None:
    points = [*(circle.center for circle in area.circles), *(point for ring in area.polygons for point in ring)]
    for point in points:
        if not _SOUTHMOST <= point.lat <= _NORTHMOST or _EASTMOST < point.lon < _WESTMOST:
            message = (
                f"Latitude {point.lat}, longitude {point.lon} lies far from the United States. "
                "CAP writes latitude first; west is negative."
            )
            report.warn(path, "ipaws.area-abroad", message)
            return


def _check_vertices(count: int, report: Report, path: str) -> None:
    if count > MAX_VERTICES:
        report.error(
            path, "ipaws.polygon-vertices", f"The polygon has {count} points; phones take {MAX_VERTICES} at most."
        )
    elif count == MAX_VERTICES:
        report.warn(
            path, "ipaws.polygon-vertices-edge", "100 points is the edge: some gateways ask for fewer than 100."
        )


def _check_locations(area: Area, report: Report, path: str) -> None:
    locations = [pair.value for pair in area.geocodes if pair.name == "SAME"]
    if not any(_LOCATION.fullmatch(value) for value in locations):
        message = "The area should carry at least one <geocode> named SAME with six digits: county broadcasts go by it."
        report.warn(path, "ipaws.same-location-recommended", message)
    for value in locations:
        if _LOCATION.fullmatch(value) and not same.is_known_location(value):
            report.warn(
                f"{path}/geocode", "ipaws.same-location-unknown", f"“{value}” is not in our table of counties (2016)."
            )
        elif not _LOCATION.fullmatch(value):
            report.warn(
                f"{path}/geocode", "ipaws.same-location-form", f"“{value[:20]}” has no six digits; it will be ignored."
            )


def _listed(words: frozenset[str] | Mapping[str, str]) -> str:
    return ", ".join(sorted(words))


IPAWS10: Final = Profile(name="ipaws10", version="1.0", document=_DOCUMENT, check=_check)
