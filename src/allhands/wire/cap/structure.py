"""Whether a document has the elements its CAP version asks for, in their order, with words from the lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from allhands.wire.cap.grammar import GRAMMAR, SIGNATURE, WORDS, Child, words_of
from allhands.wire.cap.model import CapVersion
from allhands.wire.reports import Report

_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_SCHEMA_LOCATIONS: Final = frozenset({f"{_INSTANCE}schemaLocation", f"{_INSTANCE}noNamespaceSchemaLocation"})
_ALWAYS_NUMBERED: Final = frozenset({"info", "area", "resource"})


def check_structure(root: etree._Element, version: CapVersion, report: Report, path: str = "/alert") -> None:
    """Reports unknown, missing, repeated and misplaced elements and words outside the lists, at every level."""
    _check_attributes(root, report, path)
    _check_children(root, version, report, path)


def local_name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def numbered(parent: etree._Element, path: str) -> Iterator[tuple[etree._Element, str]]:
    """Each child with its path; a child whose name occurs again carries its number: `/alert/info[2]`."""
    counts: dict[str, int] = {}
    for child in parent:
        counts[child.tag] = counts.get(child.tag, 0) + 1
    seen: dict[str, int] = {}
    for child in parent:
        seen[child.tag] = seen.get(child.tag, 0) + 1
        name = local_name(child)
        many = counts[child.tag] > 1 or name in _ALWAYS_NUMBERED
        yield child, f"{path}/{name}[{seen[child.tag]}]" if many else f"{path}/{name}"


def step_of(element: etree._Element) -> str:
    """The last step of the path that `numbered` gives an element."""
    name = local_name(element)
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    many = before > 0 or next(element.itersiblings(element.tag), None) is not None or name in _ALWAYS_NUMBERED
    return f"{name}[{before + 1}]" if many else name


def _check_children(parent: etree._Element, version: CapVersion, report: Report, path: str) -> None:
    allowed = GRAMMAR[version][local_name(parent)]
    order = {child.name: place for place, child in enumerate(allowed)}
    furthest = -1
    met: list[str] = []
    for element, at in numbered(parent, path):
        if element.tag == SIGNATURE and local_name(parent) == "alert":
            # The schema of 1.2 has its place at the end; 1.1 names none.
            furthest = len(order) if version is CapVersion.V1_2 else furthest
            continue
        name = local_name(element)
        if element.tag != f"{{{version.value}}}{name}" or name not in order:
            report.error(
                at, "element-unknown", f"<{name}> does not belong into <{local_name(parent)}> of this version."
            )
            continue
        if order[name] < furthest:
            report.error(at, "element-order", f"<{name}> stands too late; the order is {_in_words(allowed)}.")
        furthest = max(furthest, order[name])
        met.append(name)
        _check_one(element, version, report, at)
    _check_counts(allowed, met, report, path)


def _check_one(element: etree._Element, version: CapVersion, report: Report, path: str) -> None:
    name = local_name(element)
    _check_attributes(element, report, path)
    if name in GRAMMAR[version]:
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            report.error(path, "text-outside", f"<{name}> holds elements only; text stands between them.")
        _check_children(element, version, report, path)
        return
    if len(element):
        report.error(path, "element-unknown", f"<{name}> holds text only, no elements.")
    elif name in WORDS:
        _check_word(name, element.text or "", version, report, path)


def _check_attributes(element: etree._Element, report: Report, path: str) -> None:
    """CAP has none; a document may say where its schema lies."""
    for name in map(str, element.attrib):
        if name not in _SCHEMA_LOCATIONS:
            report.error(path, "attribute-unknown", f"<{local_name(element)}> has no attribute; remove {name}.")
            return


def _check_word(name: str, text: str, version: CapVersion, report: Report, path: str) -> None:
    if name == "certainty" and text == "Very Likely" and version is CapVersion.V1_0:
        report.info(path, "certainty-very-likely", "“Very Likely” is an old word and is read as “Likely”.")
    elif text not in words_of(version, name):
        allowed = ", ".join(words_of(version, name))
        report.error(path, "word-unknown", f"“{text[:40]}” is no <{name}>. Allowed, spelled exactly so: {allowed}.")


def _check_counts(allowed: tuple[Child, ...], met: list[str], report: Report, path: str) -> None:
    for child in allowed:
        count = met.count(child.name)
        if child.required and not count:
            report.error(path, "element-missing", f"<{child.name}> is required here.")
        if count > 1 and not child.many:
            report.error(f"{path}/{child.name}", "element-repeated", f"<{child.name}> may stand here once only.")


def _in_words(allowed: tuple[Child, ...]) -> str:
    return ", ".join(child.name for child in allowed)
