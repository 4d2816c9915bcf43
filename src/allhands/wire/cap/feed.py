"""Lists of alerts: Atom, RSS, EDXL-DE, and the list IPAWS answers with.

Each alert is read on its own, so that one bad alert never loses the rest.
"""

from __future__ import annotations

import copy
import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from allhands.kernel.findings import Finding
from allhands.wire.cap.decode import Decoded, decode_element
from allhands.wire.cap.errors import CapError
from allhands.wire.cap.model import CapVersion
from allhands.wire.cap.schemas import MOST_ELEMENTS, file_errors
from allhands.wire.hardened_xml import ONE_FEED, Limits, parse
from allhands.wire.reports import Report

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_EDXL: Final = "{urn:oasis:names:tc:emergency:EDXL:DE:1.0}"
_IPAWS: Final = "{http://gov.fema.ipaws.services/feed}"
# The schema looks at so many objects of one distribution; each alert in all of them is judged. With too many elements
# of other kinds it is not asked at all: see `schemas.MOST_ELEMENTS`.
_MOST_OBJECTS: Final = 1_000
_CAP_TYPE: Final = "application/cap+xml"
_ALERTS: Final = frozenset(f"{{{version.value}}}alert" for version in CapVersion)


class FeedKind(enum.Enum):
    """How the list is written."""

    ATOM = "atom"
    RSS = "rss"
    EDXL_DE = "edxl-de"
    IPAWS = "ipaws"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry.

    Args:
        path: of the entry in the list.
        link: address of the alert, when it is not inside.
        decoded: the alert inside; with its path.
        data: the alert inside as bytes of its own, as it was before it was put into the list; `verify` these.
    """

    path: str
    title: str = ""
    link: str = ""
    decoded: Decoded | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of alerts and what is wrong with the list itself; each alert carries its own findings."""

    kind: FeedKind
    title: str
    entries: tuple[FeedEntry, ...]
    findings: tuple[Finding, ...]


def decode_feed(data: bytes, *, limits: Limits = ONE_FEED) -> Feed:
    """The alerts, or the links to alerts, in a list.

    Raises:
        CapError: not XML, none of the kinds we know, or not safe to read.
    """
    root = parse(data, limits=limits, error=CapError, prefix="cap")
    return read_feed(root)


def is_feed(root: etree._Element) -> bool:
    """Whether a document is one of the lists we read."""
    return root.tag in _READERS


def read_feed(root: etree._Element) -> Feed:
    """As `decode_feed`, for a document that was parsed already.

    Raises:
        CapError: none of the kinds we know.
    """
    if not is_feed(root):
        report = Report("cap")
        report.error("/", "not-a-feed", f"<{etree.QName(root).localname}> starts no list of alerts that we read.")
        raise CapError(report.findings()[0])
    return _READERS[root.tag](root, Report("cap.feed"))


def _read_atom(root: etree._Element, report: Report) -> Feed:
    _check_present(root, ("id", "title", "updated"), _ATOM, report, "/feed", "RFC 4287 4.1.1")
    entries: list[FeedEntry] = []
    for number, entry in enumerate(root.findall(f"{_ATOM}entry"), start=1):
        path = f"/feed/entry[{number}]"
        _check_present(entry, ("id", "title", "updated"), _ATOM, report, path, "RFC 4287 4.1.2")
        if root.find(f"{_ATOM}author") is None and entry.find(f"{_ATOM}author") is None:
            report.warn(path, "author-missing", "Neither the entry nor the feed says who wrote it.", "RFC 4287 4.1.2")
        link = _atom_link(entry)
        inside = tuple(
            _inside(entry.findall(f"{_ATOM}content"), f"{path}/content", _text(entry, f"{_ATOM}title"), link)
        )
        if not inside and not link:
            report.error(path, "no-alert", "The entry holds no alert and no link to one.")
        entries.extend(inside or (FeedEntry(path=path, title=_text(entry, f"{_ATOM}title"), link=link),))
    return _feed(FeedKind.ATOM, _text(root, f"{_ATOM}title"), entries, report)


def _read_rss(root: etree._Element, report: Report) -> Feed:
    channel = root.find("channel")
    if channel is None:
        report.error("/rss", "element-missing", "<channel> is required.", "RSS 2.0")
        return _feed(FeedKind.RSS, "", [], report)
    _check_present(channel, ("title", "link", "description"), "", report, "/rss/channel", "RSS 2.0")
    entries: list[FeedEntry] = []
    for number, item in enumerate(channel.findall("item"), start=1):
        path = f"/rss/channel/item[{number}]"
        if not _text(item, "title") and not _text(item, "description"):
            report.error(path, "element-missing", "An item needs a <title> or a <description>.", "RSS 2.0")
        if not _text(item, "link"):
            report.error(path, "no-alert", "The item has no <link> to an alert.")
        if not _text(item, "guid"):
            report.warn(path, "guid-missing", "The item should carry a <guid>, so that it is not taken twice.")
        entries.append(FeedEntry(path=path, title=_text(item, "title"), link=_text(item, "link")))
    return _feed(FeedKind.RSS, _text(channel, "title"), entries, report)


def _read_edxl(root: etree._Element, report: Report) -> Feed:
    entries: list[FeedEntry] = []
    objects = root.findall(f"{_EDXL}contentObject")
    _check_edxl_schema(root, report)
    if not objects:
        report.error("/EDXLDistribution", "no-alert", "The distribution holds no <contentObject>.")
    for number, content in enumerate(objects, start=1):
        path = f"/EDXLDistribution/contentObject[{number}]"
        title = _text(content, f"{_EDXL}contentDescription")
        found = tuple(_inside(content.findall(f".//{_EDXL}embeddedXMLContent"), path, title, ""))
        link = _edxl_link(content)
        if not found and not link:
            report.error(path, "no-alert", "The content object holds no alert and no link to one.")
        entries.extend(found or (FeedEntry(path=path, title=title, link=link),))
    return _feed(FeedKind.EDXL_DE, _text(root, f"{_EDXL}distributionID"), entries, report)


def _check_edxl_schema(root: etree._Element, report: Report) -> None:
    shell = _edxl_shell(root)
    if sum(1 for _ in shell.iter()) > MOST_ELEMENTS:
        message = f"More than {MOST_ELEMENTS:,} elements around the alerts: the schema was not asked about them."
        report.warn("/EDXLDistribution", "schema-not-asked", message, "EDXL-DE 1.0")
        return
    for at, message in file_errors(shell, "edxlde-1_0.xsd", "/EDXLDistribution"):
        report.error(at, "schema", message, "EDXL-DE 1.0")


def _edxl_shell(root: etree._Element) -> etree._Element:
    """The distribution as its schema sees it: its first hundreds of objects, and nothing inside what is not its own."""
    shell = copy.deepcopy(root)
    for element in list(shell.iter(f"{_EDXL}*")):
        for child in element:
            if etree.QName(child).namespace != _EDXL.strip("{}"):
                child.clear()
    objects = shell.findall(f"{_EDXL}contentObject")
    if len(objects) > _MOST_OBJECTS:
        del shell[shell.index(objects[_MOST_OBJECTS - 1]) + 1 :]
    return shell


def _read_ipaws(root: etree._Element, report: Report) -> Feed:
    return _feed(FeedKind.IPAWS, "", list(_inside([root], "/alerts", "", "")), report)


_READERS: Final[Mapping[str, Callable[[etree._Element, Report], Feed]]] = {
    f"{_ATOM}feed": _read_atom,
    "rss": _read_rss,
    f"{_EDXL}EDXLDistribution": _read_edxl,
    f"{_IPAWS}alerts": _read_ipaws,
}


def _feed(kind: FeedKind, title: str, entries: list[FeedEntry], report: Report) -> Feed:
    return Feed(kind=kind, title=title, entries=tuple(entries), findings=report.findings())


def _inside(parents: list[etree._Element], path: str, title: str, link: str) -> Iterator[FeedEntry]:
    alerts = [child for parent in parents for child in parent if child.tag in _ALERTS]
    for number, alert in enumerate(alerts, start=1):
        at = f"{path}/alert[{number}]" if len(alerts) > 1 else f"{path}/alert"
        yield FeedEntry(path=at, title=title, link=link, decoded=decode_element(alert, at), data=_alone(alert))


def _alone(alert: etree._Element) -> bytes:
    """An alert without the prefixes that only the list around it declares.

    IPAWS signs in the inclusive canonical form, in which each declaration in scope counts: one too many, and a true
    signature does not fit. Those on the alert itself stay, used or not; of the others those it uses.
    """
    parent = alert.getparent()
    around = {} if parent is None else parent.nsmap
    elements = list(alert.iter("*"))
    used = {element.prefix for element in elements}
    in_attributes = {etree.QName(name).namespace for element in elements for name in element.attrib}
    nsmap = {
        prefix: uri
        for prefix, uri in alert.nsmap.items()
        if prefix in used or uri in in_attributes or around.get(prefix) != uri
    }
    whole = etree.Element(alert.tag, nsmap=nsmap)  # type: ignore[arg-type]  # None is the default
    for name, value in alert.attrib.items():
        whole.set(name, value)
    whole.text = alert.text
    whole.extend(copy.deepcopy(child) for child in alert)
    return etree.tostring(whole, encoding="UTF-8")


def _atom_link(entry: etree._Element) -> str:
    """The link that says it is CAP; else the only one that could be."""
    links = [link for link in entry.findall(f"{_ATOM}link") if link.get("href")]
    typed = [link for link in links if _is_cap(link.get("type") or "")]
    open_type = [link for link in links if not (link.get("type") or "").startswith(("image", "audio", "video"))]
    chosen = typed[0] if typed else open_type[0] if len(open_type) == 1 else None
    return (chosen.get("href") or "") if chosen is not None else ""


def _edxl_link(content: etree._Element) -> str:
    outside = content.find(f"{_EDXL}nonXMLContent")
    if outside is None or not _is_cap(_text(outside, f"{_EDXL}mimeType")):
        return ""
    return _text(outside, f"{_EDXL}uri")


def _is_cap(media_type: str) -> bool:
    """Whether a media type is CAP's, with or without parameters such as a character set."""
    return media_type.partition(";")[0].strip().lower() == _CAP_TYPE


def _check_present(
    parent: etree._Element, names: tuple[str, ...], namespace: str, report: Report, path: str, source: str
) -> None:
    for name in names:
        if parent.find(f"{namespace}{name}") is None:
            report.error(path, "element-missing", f"<{name}> is required.", source)


def _text(parent: etree._Element, name: str) -> str:
    return (parent.findtext(name) or "").strip()
