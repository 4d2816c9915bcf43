"""One good alert and, for every rule, the smallest change that breaks it."""

from __future__ import annotations

import math
from dataclasses import dataclass

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>EX-1</identifier>
  <sender>amber@example.gov</sender>
  <sent>2026-03-07T21:14:05-07:00</sent>
  <status>Exercise</status>
  <msgType>Alert</msgType>
  <scope>Public</scope>
  <code>IPAWSv1.0</code>
  <info>
    <language>en-US</language>
    <category>Rescue</category>
    <event>Missing and Endangered Persons</event>
    <urgency>Immediate</urgency>
    <severity>Severe</severity>
    <certainty>Observed</certainty>
    <eventCode><valueName>SAME</valueName><value>MEP</value></eventCode>
    <expires>2026-03-08T03:14:05-07:00</expires>
    <headline>EXERCISE</headline>
    <description>EXERCISE. Green coat.</description>
    <instruction>If seen, call 911.</instruction>
    <web>https://alerts.example.gov/p/1</web>
    <parameter><valueName>EAS-ORG</valueName><value>CIV</value></parameter>
    <parameter><valueName>CMAMtext</valueName><value>EXERCISE</value></parameter>
    <parameter><valueName>CMAMlongtext</valueName><value>EXERCISE. If seen, call 911.</value></parameter>
    <resource><resourceDesc>Photo</resourceDesc><mimeType>image/jpeg</mimeType><uri>https://example.gov/p.jpg</uri></resource>
    <area>
      <areaDesc>Apache County, AZ</areaDesc>
      <polygon>35.0,-110.0 36.9,-110.0 36.9,-109.05 35.0,-109.05 35.0,-110.0</polygon>
      <geocode><valueName>SAME</valueName><value>004001</value></geocode>
    </area>
  </info>
</alert>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A change to GOOD: replace `old` by `new`; the finding `code` at `level` must follow."""

    code: str
    old: str
    new: str
    level: str = "error"
    profile: str = "cap12"


_RING = "35.0,-110.0 36.9,-110.0 36.9,-109.05 35.0,-109.05 35.0,-110.0"
_SCOPE = "<scope>Public</scope>"
_TYPE = "<msgType>Alert</msgType>\n  <scope>Public</scope>\n  <code>IPAWSv1.0</code>"
_EVENT_CODE = "<eventCode><valueName>SAME</valueName><value>MEP</value></eventCode>"
_RESOURCE = "<uri>https://example.gov/p.jpg</uri>"
_AREA_END = "</geocode>\n    </area>"
_MANY = " ".join(f"{35 + n / 1000},-110.0" for n in range(2001))


def _update(reference: str, kind: str = "Update") -> str:
    return (
        f"<msgType>{kind}</msgType>\n  <scope>Public</scope>\n  <code>IPAWSv1.0</code>"
        f"<references>{reference}</references>"
    )


def _second_info(**changes: str) -> str:
    """The end of the document with a further <info> before it."""
    category, event = changes.get("category", "Rescue"), changes.get("event", "MEP")
    return (
        f"<info><language>{changes.get('language', 'es-US')}</language><category>{category}</category>"
        f"<event>{changes.get('words', 'Persona desaparecida')}</event><urgency>Immediate</urgency>"
        "<severity>Severe</severity><certainty>Observed</certainty>"
        f"<eventCode><valueName>SAME</valueName><value>{event}</value></eventCode>"
        "<expires>2026-03-08T03:14:05-07:00</expires></info></alert>"
    )


def _star(corners: int) -> str:
    """A ring of so many points that is convex enough never to cross itself."""
    turns = [2 * math.pi * step / (corners - 1) for step in range(corners - 1)]
    points = [f"{35 + math.sin(turn):.6f},{-110 + math.cos(turn):.6f}" for turn in turns]
    return " ".join([*points, points[0]])


CORE = [
    Case(
        profile="ipaws10",
        code="ipaws.wea-text-suffixed",
        old="<valueName>CMAMtext</valueName>",
        new="<valueName>CMAMtext-Spanish</valueName>",
        level="warning",
    ),
    Case(
        profile="ipaws10",
        code="ipaws.wea-text-suffixed",
        old="<valueName>CMAMlongtext</valueName>",
        new="<valueName>CMAMLongText_es</valueName>",
        level="warning",
    ),
    Case(
        code="expires-before-start",
        old="<expires>",
        new="<effective>2026-03-08T10:14:06-00:00</effective><expires>",
        level="warning",
    ),
    Case(
        code="value-name-empty",
        old="<geocode><valueName>SAME</valueName>",
        new="<geocode><valueName> </valueName>",
        level="warning",
    ),
    Case(code="element-unknown", old="<code>", new="<colour>red</colour><code>"),
    Case(code="element-unknown", old="</alert>", new='<d:Stamp xmlns:d="http://www.w3.org/2000/09/xmldsig#"/></alert>'),
    Case(code="element-missing", old="<event>Missing and Endangered Persons</event>", new=""),
    Case(code="element-repeated", old=_SCOPE, new=_SCOPE + _SCOPE),
    Case(code="element-order", old="<headline>EXERCISE</headline>", new="<contact>c</contact><headline>H</headline>"),
    Case(code="text-outside", old="<area>", new="<area>here"),
    Case(code="word-unknown", old="<status>Exercise</status>", new="<status>exercise</status>"),
    Case(code="word-unknown", old="<certainty>Observed", new="<certainty>Very Likely"),
    Case(code="attribute-unknown", old="<resourceDesc>", new='<resourceDesc colour="red">'),
    Case(code="identifier-form", old="EX-1", new="EX 1"),
    Case(code="identifier-form", old="EX-1", new=""),
    Case(code="sender-form", old="amber@example.gov", new="amber,example.gov"),
    Case(code="sender-form", old="amber@example.gov", new="a&amp;b"),
    Case(code="sent-form", old="21:14:05-07:00", new="21:14:05Z"),
    Case(code="sent-form", old="21:14:05-07:00", new="21:14:05.5-07:00"),
    Case(code="sent-form", old="21:14:05-07:00", new="21:14:05,07:00"),
    Case(code="sent-form", old="21:14:05-07:00", new="21:14:05"),
    Case(code="sent-form", old="2026-03-07T", new="2026-02-30T"),
    Case(code="sent-form", old="21:14:05-07:00", new="21:14:05-15:00"),
    Case(code="sent-form", old="2026-03-07T", new="\u00a02026-03-07T"),
    Case(code="time-utc", old="21:14:05-07:00", new="21:14:05+00:00", level="warning"),
    Case(code="expires-form", old="03:14:05-07:00", new="3:14-07:00"),
    Case(code="expired-at-birth", old="2026-03-08T03:14:05-07:00", new="2026-03-07T21:14:05-07:00"),
    Case(code="restriction-scope", old=_SCOPE, new=_SCOPE + "<restriction>x</restriction>"),
    Case(code="restriction-missing", old=_SCOPE, new="<scope>Restricted</scope>"),
    Case(code="addresses-missing", old=_SCOPE, new="<scope>Private</scope>"),
    Case(code="incidents-form", old="<info>", new='<incidents>a"b</incidents><info>'),
    Case(code="references-missing", old=_TYPE, new=_TYPE.replace("Alert<", "Update<"), level="warning"),
    Case(code="references-form", old=_TYPE, new=_update("a/b")),
    Case(code="references-form", old=_TYPE, new=_update(" ")),
    Case(code="references-form", old=_TYPE, new=_update("a,b,2026-03-07T21:14:05Z")),
    Case(code="reference-itself", old=_TYPE, new=_update("amber@example.gov,EX-1,2026-03-07T21:14:05-07:00")),
    Case(code="reference-later", old=_TYPE, new=_update("a,b,2026-03-08T21:14:05-07:00"), level="warning"),
    Case(code="error-note", old=_TYPE, new=_update("a,b,2026-03-07T20:14:05-07:00", "Error"), level="warning"),
    Case(code="language-form", old="en-US", new="en_US"),
    Case(code="event-empty", old="Missing and Endangered Persons", new=" "),
    Case(code="mime-type-form", old="image/jpeg", new="jpeg"),
    Case(code="mime-type-form", old="image/jpeg", new="picture/jpeg"),
    Case(code="size-form", old=_RESOURCE, new="<size>-1</size>" + _RESOURCE),
    Case(code="size-other", old=_RESOURCE, new="<size>6</size><derefUri>SGVsbG8=</derefUri>", level="warning"),
    Case(code="digest-form", old=_RESOURCE, new=_RESOURCE + "<digest>SGVsbG8=</digest>", level="warning"),
    Case(
        code="digest-other",
        old=_RESOURCE,
        new=f"<derefUri>SGVsbG8=</derefUri><digest>{'0' * 40}</digest>",
        level="warning",
    ),
    Case(code="deref-uri-form", old=_RESOURCE, new="<derefUri>SGVsb</derefUri>"),
    Case(code="uri-form", old=_RESOURCE, new="<uri>https://example.gov/a b</uri>"),
    Case(code="uri-relative", old=_RESOURCE, new="<uri>p.jpg</uri>"),
    Case(code="deref-uri-form", old=_RESOURCE, new="<derefUri>not base64!</derefUri>"),
    Case(code="empty", old=_RESOURCE, new="<uri/>"),
    Case(code="web-form", old="https://alerts", new="alerts"),
    Case(code="web-scheme", old="https://alerts", new="ftp://alerts", level="warning"),
    Case(code="resource-description", old="<resourceDesc>Photo", new="<resourceDesc>", level="warning"),
    Case(code="value-name-empty", old="<valueName>EAS-ORG", new="<valueName>", level="warning"),
    Case(code="area-description", old="Apache County, AZ", new="", level="warning"),
    Case(code="polygon-open", old=" 35.0,-110.0</polygon>", new="</polygon>"),
    Case(code="polygon-too-few", old=_RING, new="35,-110 36,-110 35,-110"),
    Case(code="polygon-form", old=_RING, new=""),
    Case(code="polygon-form", old=_RING, new="35,-110 36,-110 36;-109 35,-110"),
    Case(code="polygon-form", old=_RING, new="-110.0,35.0 -110.0,36.9 -109.05,36.9 -110.0,35.0"),
    Case(code="polygon-form", old=_RING, new="1e1,-110 36,-110 36,-109 1e1,-110"),
    Case(code="polygon-form", old=_RING, new=_MANY),
    Case(code="polygon-form", old=_RING, new=_RING.replace(" ", "\u00a0")),
    Case(code="polygon-crossing", old=_RING, new="35,-110 36,-109 36,-110 35,-109 35,-110"),
    Case(code="polygon-crossing", old=_RING, new="0,0 2,2 4,0 4,4 2,2 0,4 0,0"),
    Case(code="polygon-antimeridian", old=_RING, new="51,179 52,179 52,-179 51,-179 51,179", level="warning"),
    Case(code="polygon-flat", old=_RING, new="35,-110 36,-110 37,-110 35,-110", level="warning"),
    Case(code="circle-form", old="<geocode>", new="<circle>35,-110</circle><geocode>"),
    Case(code="circle-form", old="<geocode>", new="<circle>35,-110 -1</circle><geocode>"),
    Case(code="circle-form", old="<geocode>", new="<circle>35,-110 30000</circle><geocode>"),
    Case(code="circle-form", old="<geocode>", new="<circle>-110,35 1</circle><geocode>"),
    Case(code="ceiling-alone", old=_AREA_END, new="</geocode><ceiling>9</ceiling></area>"),
    Case(code="ceiling-below", old=_AREA_END, new="</geocode><altitude>9</altitude><ceiling>8</ceiling></area>"),
    Case(code="height-form", old=_AREA_END, new="</geocode><altitude>-9</altitude></area>"),
    Case(code="altitude-form", old=_AREA_END, new="</geocode><altitude>high</altitude></area>"),
    Case(code="text-entity", old="Green coat", new="Green &amp;quot;coat&amp;quot;", level="warning"),
    Case(code="text-markup", old="Green coat", new="Green &lt;b&gt;coat&lt;/b&gt;", level="warning"),
    Case(code="text-direction", old="Green coat", new="Green \u202ecoat", level="warning"),
    Case(code="text-same", old="</alert>", new=_second_info(words="Missing and Endangered Persons"), level="warning"),
]

IPAWS = [
    Case(profile="ipaws10", code="ipaws.code-missing", old="<code>IPAWSv1.0</code>", new=""),
    Case(profile="ipaws10", code="ipaws.sent-offset", old="21:14:05-07:00", new="21:14:05-00:00"),
    Case(profile="ipaws10", code="ipaws.expires-offset", old="03:14:05-07:00", new="23:14:05+00:00"),
    Case(profile="ipaws10", code="ipaws.expires-required", old="<expires>2026-03-08T03:14:05-07:00</expires>", new=""),
    Case(profile="ipaws10", code="ipaws.references-required", old=_TYPE, new=_TYPE.replace("Alert<", "Cancel<")),
    Case(profile="ipaws10", code="ipaws.draft", old="<status>Exercise", new="<status>Draft"),
    Case(profile="ipaws10", code="ipaws.same-event-required", old=_EVENT_CODE, new=""),
    Case(profile="ipaws10", code="ipaws.same-event-required", old=_EVENT_CODE, new=_EVENT_CODE * 2),
    Case(profile="ipaws10", code="ipaws.same-event-required", old="<value>MEP", new="<value>MEPS"),
    Case(profile="ipaws10", code="ipaws.same-event-required", old="<value>MEP", new="<value>mep"),
    Case(profile="ipaws10", code="ipaws.same-event-unknown", old="<value>MEP", new="<value>QQQ", level="warning"),
    Case(profile="ipaws10", code="ipaws.event-codes-differ", old="</alert>", new=_second_info(event="CAE")),
    Case(profile="ipaws10", code="ipaws.categories-differ", old="</alert>", new=_second_info(category="Safety")),
    Case(profile="ipaws10", code="ipaws.area-required", old="</alert>", new=_second_info()),
    Case(profile="ipaws10", code="ipaws.eas-org", old="<value>CIV", new="<value>POLICE"),
    Case(profile="ipaws10", code="ipaws.eas-org-missing", old="EAS-ORG", new="EAS-ORGANISATION", level="warning"),
    Case(profile="ipaws10", code="ipaws.block-channel", old="EAS-ORG", new="BLOCKCHANNEL", level="warning"),
    Case(profile="ipaws10", code="ipaws.wea-handling", old="EAS-ORG", new="WEAHandling", level="warning"),
    Case(profile="ipaws10", code="ipaws.wea-text-repeated", old="CMAMlongtext", new="CMAMtext", level="warning"),
    Case(profile="ipaws10", code="ipaws.parameter-name", old="CMAMtext", new="CmamText", level="warning"),
    Case(profile="ipaws10", code="ipaws.broadcast-text-long", old="Green coat", new="x" * 1800, level="warning"),
    Case(
        profile="ipaws10",
        code="ipaws.area-abroad",
        old=_RING,
        new="-80,25 -81,25 -81,26 -80,26 -80,25",
        level="warning",
    ),
    Case(
        profile="ipaws10",
        code="ipaws.area-abroad",
        old="<geocode>",
        new="<circle>48,2 9</circle><geocode>",
        level="warning",
    ),
    Case(profile="ipaws10", code="ipaws.description-recommended", old="EXERCISE. Green coat.", new="", level="warning"),
    Case(profile="ipaws10", code="ipaws.same-location-recommended", old="004001", new="4001", level="warning"),
    Case(profile="ipaws10", code="ipaws.same-location-form", old="004001", new="4001", level="warning"),
    Case(profile="ipaws10", code="ipaws.same-location-unknown", old="004001", new="004999", level="warning"),
    Case(profile="ipaws10", code="ipaws.polygon-vertices", old=_RING, new=_star(101)),
    Case(profile="ipaws10", code="ipaws.polygon-vertices-edge", old=_RING, new=_star(100), level="warning"),
    Case(profile="ipaws10", code="ipaws.version", old="cap:1.2", new="cap:1.1", level="warning"),
    Case(
        profile="ipaws10",
        code="ipaws.effective-ignored",
        old="<expires>",
        new="<effective>2026-03-07T21:14:05-07:00</effective><expires>",
        level="info",
    ),
]
