"""Every remark about a folder of packs, errors first."""

from __future__ import annotations

from pathlib import Path

from allhands.kernel.findings import Finding, Level
from allhands.law.expressions.walk import facts_of_rule
from allhands.law.library import build_library
from allhands.law.packs.case_cover import uncovered
from allhands.law.packs.cases import read_cases, run_case
from allhands.law.packs.coverage import INDEX, read_coverage
from allhands.law.packs.directory import PackSet, iter_rules, read_directory
from allhands.law.packs.fields import nearest
from allhands.law.packs.floor import below_the_floor
from allhands.law.packs.linking import check_links


def lint_packs(root: Path) -> tuple[Finding, ...]:
    """What is wrong (ERROR), unfinished (WARNING) or less than the federal floor (INFO) in the packs under `root`."""
    found = read_directory(root, with_cases=True)
    check_links(found)
    _check_use(found)
    _check_index(root, found)
    found.findings.extend(below_the_floor(found.packs))
    if not any(finding.level is Level.ERROR for finding in found.findings):
        _check_cases(found)
    order = (Level.ERROR, Level.WARNING, Level.INFO)
    return tuple(sorted(found.findings, key=lambda finding: (order.index(finding.level), finding.path, finding.code)))


def _check_use(found: PackSet) -> None:
    """Facts and sources that nothing uses. Core facts may serve packets only, so they are left alone."""
    used = {fact for rule in iter_rules(found.packs) for fact in facts_of_rule(rule)}
    core = {pack.id for pack in found.packs if pack.kind == "core"}
    for fact in found.facts:
        if fact.id not in used and fact.pack_id not in core:
            path = f"{fact.pack_id.replace('.', '/')}/facts.yaml"
            found.warn(path, "pack.unused-fact", f"no rule reads the fact {fact.id}; remove it or write the rule")
    for pack in found.packs:
        cited = {citation.source_id for rule in pack.rules for citation in rule.citations}
        for source in sorted(set(pack.sources) - cited):
            path = f"{pack.id.replace('.', '/')}/sources.yaml:{source}"
            found.warn(path, "pack.unused-source", f"no rule cites the source {source}; remove it or cite it")


def _check_index(root: Path, found: PackSet) -> None:
    """The index names packs that exist, and every pack with rules."""
    entries, findings = read_coverage(root)
    if any(finding.code == "pack.no-index" for finding in findings):
        found.warn(INDEX, "pack.no-index", findings[0].message)
        return
    found.findings.extend(findings)
    listed = {entry.pack for entry in entries}
    known = {pack.id for pack in found.packs}
    for name in sorted(listed - known):
        found.error(INDEX, "pack.unknown-pack", f"the pack {name!r} is not here{nearest(name, known)}")
    for pack in found.packs:
        if pack.rules and pack.id not in listed:
            found.warn(INDEX, "pack.not-in-index", f"the pack {pack.id} is not listed; say how far it goes")


def _check_cases(found: PackSet) -> None:
    """Runs every case; only packs that fit together can be run."""
    library = build_library(found)
    cases = list(read_cases(found, library))
    for case in cases:
        for difference in run_case(case, library):
            found.error(case.path, "pack.case-fails", f'the case "{case.name}" does not come out: {difference}')
    for path, code, message in uncovered(library.rules.values(), cases):
        found.warn(path, code, message)
