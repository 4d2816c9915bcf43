"""Every remark about a folder of packs, errors first."""

from __future__ import annotations

from pathlib import Path

from allhands.kernel.findings import Finding, Level
from allhands.law.expressions.walk import facts_of_rule
from allhands.law.packs.directory import PackSet, iter_rules, read_directory
from allhands.law.packs.linking import check_links

MAX_RULE_LINES = 120


def lint_packs(root: Path) -> tuple[Finding, ...]:
    """What is wrong (ERROR) or unfinished (WARNING) in the packs under `root`."""
    found = read_directory(root, with_cases=True)
    check_links(found)
    _check_use(found)
    order = (Level.ERROR, Level.WARNING, Level.INFO)
    return tuple(sorted(found.findings, key=lambda finding: (order.index(finding.level), finding.path, finding.code)))


def _warn(found: PackSet, path: str, code: str, message: str) -> None:
    found.findings.append(Finding(path=path, code=code, level=Level.WARNING, message=message))


def _check_use(found: PackSet) -> None:
    """Facts and sources that nothing uses. Core facts may serve packets only, so they are left alone."""
    used = {fact for rule in iter_rules(found.packs) for fact in facts_of_rule(rule)}
    core = {pack.id for pack in found.packs if pack.kind == "core"}
    for fact in found.facts:
        if fact.id not in used and fact.pack_id not in core:
            path = f"{fact.pack_id.replace('.', '/')}/facts.yaml"
            _warn(found, path, "pack.unused-fact", f"no rule reads the fact {fact.id}; remove it or write the rule")
    for pack in found.packs:
        cited = {citation.source_id for rule in pack.rules for citation in rule.citations}
        for source in sorted(set(pack.sources) - cited):
            path = f"{pack.id.replace('.', '/')}/sources.yaml:{source}"
            _warn(found, path, "pack.unused-source", f"no rule cites the source {source}; remove it or cite it")
