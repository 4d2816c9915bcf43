"""The CAP 1.2 document of an alert in the IPAWS profile: one `info` a language, all areas in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allhands.alerts.contracts import AlertArea, AlertMessage, EventCode, Language, LatLon
from allhands.channels.artefacts import words
from allhands.channels.contracts import Artefact, Way
from allhands.channels.ipaws.wireless import wireless
from allhands.channels.ipaws.zone import in_place
from allhands.wire import cap, wea
from allhands.wire.errors import EncodeRefused

PROFILE_CODE: Final = "IPAWSv1.0"
NAME: Final = "alert.cap.xml"
MEDIA_TYPE: Final = "application/cap+xml"
_LOCALE: Final[Mapping[Language, str]] = {"en": "en-US", "es": "es-US"}
# For AMBER the handling is known from general knowledge only, for MEP no source was found: it is left out there.
_HANDLING: Final[Mapping[EventCode, str]] = {EventCode.CAE: "Child Abduction"}
_URGENCY: Final = {True: cap.Urgency.PAST, False: cap.Urgency.IMMEDIATE}


def alert_of(message: AlertMessage) -> cap.Alert:
    """The message in the standard's terms. Times carry the local offset."""
    return cap.Alert(
        identifier=message.identifier,
        sender=message.sender,
        sent_at=in_place(message.sent_at, message.area).replace(microsecond=0),
        status=cap.Status(message.status.value),
        msg_type=cap.MsgType(message.kind.value),
        scope=cap.Scope.PUBLIC,
        codes=(PROFILE_CODE,),
        note=words.mark(message, "en"),
        references=tuple(
            cap.Reference(
                sender=one.sender,
                identifier=one.identifier,
                sent_at=in_place(one.sent_at, message.area).replace(microsecond=0),
            )
            for one in message.references
        ),
        infos=tuple(_info(message, language) for language in words.languages(message)),
    )


def artefact(message: AlertMessage, way: Way) -> Artefact:
    """The document with everything both profiles and our own rules find; one that breaks the standard has no bytes."""
    alert = alert_of(message)
    text = "\n\n".join(f"{info.headline}\n{info.description}\n{info.instruction}".strip() for info in alert.infos)
    try:
        content = cap.encode(alert)
        findings = cap.check(content, profile=cap.PROFILES["ipaws10"]).findings
    except EncodeRefused as refusal:
        content, findings = b"", refusal.findings
    return Artefact(
        way=way,
        name=NAME,
        media_type=MEDIA_TYPE,
        languages=words.languages(message),
        content=content,
        text=text,
        findings=findings,
    )


def _info(message: AlertMessage, language: Language) -> cap.Info:
    is_over = words.is_over(message)
    text = message.texts[language]
    opening = words.opening(message, language)
    details = (words.who(text), *words.details(text, language))
    return cap.Info(
        language=_LOCALE[language],
        categories=(cap.Category.RESCUE,),
        event=words.EVENT[message.event][language],
        response_types=(cap.ResponseType.ALL_CLEAR if is_over else cap.ResponseType.MONITOR,),
        urgency=_URGENCY[is_over],
        severity=cap.Severity.SEVERE,
        certainty=cap.Certainty.OBSERVED,
        event_codes=(cap.ValuePair(name="SAME", value=message.event.value),),
        expires_at=in_place(message.expires_at, message.area).replace(microsecond=0),
        sender_name=message.sender_name,
        headline=(opening + (words.OVER[language] if is_over else text.headline))[:160],
        description=opening + (words.OVER[language] if is_over else " ".join(words.sentence(one) for one in details)),
        instruction=words.TAKE_DOWN[language] if is_over else text.instruction or words.call(message, language),
        web=message.public_url,
        contact="" if is_over else words.call(message, language),
        parameters=_parameters(message, language),
        areas=(_area(message.area, language),),
    )


def _parameters(message: AlertMessage, language: Language) -> tuple[cap.ValuePair, ...]:
    handling = _HANDLING.get(message.event)
    named = [("EAS-ORG", "CIV"), *([("WEAHandling", handling)] if handling else [])]
    texts = [("CMAMtext", wea.SHORT_LIMIT), ("CMAMlongtext", wea.LONG_LIMIT)]
    named += [(name, wireless(message, language, limit).text) for name, limit in texts]
    return tuple(cap.ValuePair(name=name, value=value) for name, value in named)


def _area(area: AlertArea, language: Language) -> cap.Area:
    return cap.Area(
        description=area.words.get(language) or area.words.get("en", ""),
        polygons=tuple(tuple(_point(point) for point in ring) for ring in area.polygons),
        circles=tuple(cap.Circle(center=_point(one.centre), radius_km=one.radius_km) for one in area.circles),
        geocodes=tuple(cap.ValuePair(name="SAME", value=f"0{fips}") for fips in area.county_fips),
    )


def _point(point: LatLon) -> cap.LonLat:
    return cap.LonLat(lon=round(point[1], 5), lat=round(point[0], 5))
