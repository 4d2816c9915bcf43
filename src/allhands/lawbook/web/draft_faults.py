"""What is wrong in a draft as a list of where, which field, and what: each line leads to the page that mends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from allhands.kernel.findings import Finding
from allhands.law.packs.rule_file import FOLDERS
from allhands.lawbook.editing.faults import case_of, fault_words, field_words
from allhands.lawbook.tree import COVERAGE
from allhands.ui.wording import Lang

_PARTS = {"sources.yaml": "law-sources", "pack.yaml": "law-pack-edit", COVERAGE: "law-gaps"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultLine:
    """One line.

    Args:
        where: the rule's title, or the part of the pack.
        href: the page on which it is mended; empty where there is none.
        field: the field of that page; may be empty.
        case: the place of a kept case that is answered differently now; empty for everything else.
    """

    where: str
    href: str
    field: str
    words: str
    case: str


def lines_of(
    findings: Iterable[Finding], draft_id: str, titles: Mapping[str, str], lang: Lang
) -> tuple[FaultLine, ...]:
    """The findings as lines; two that say the same of one field are one.

    Args:
        titles: of the draft's rules, by file.
    """
    return tuple(dict.fromkeys(_line(finding, draft_id, titles, lang) for finding in findings))


def _line(finding: Finding, draft_id: str, titles: Mapping[str, str], lang: Lang) -> FaultLine:
    path, _colon, place = finding.path.partition(":")
    folder, _slash, name = path.partition("/")
    if path in titles and folder in FOLDERS:
        where, href = titles[path], reverse("law-rule", args=[draft_id, folder, name.removesuffix(".yaml")])
    elif path in _PARTS:
        where, href = _part_words(path), reverse(_PARTS[path], args=[draft_id])
    else:
        where, href = _("Cases") if folder == "cases" else path, ""
    return FaultLine(
        where=where,
        href=href,
        field=field_words(place, lang) if href else "",
        words=fault_words(finding, lang),
        case=finding.path if case_of(finding) or finding.code == "pack.case-fails" else "",
    )


def _part_words(path: str) -> str:
    return {"sources.yaml": _("Sources"), "pack.yaml": _("The pack"), COVERAGE: _("What was not read")}[path]
