"""Reference pages made from packs: one page a pack, every rule in plain words with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from allhands.law.code_words import code_words
from allhands.law.facts.declarations import FactDeclaration
from allhands.law.library import Library
from allhands.law.rules import CriterionTerms, DutyTerms, Pack, Period, PermissionTerms, Rule, RuleKind, ThresholdTerms
from allhands.law.sharing_words import DATA_CLASSES, PARTIES, PURPOSES
from allhands.law.values import Text

_HEADINGS = {
    RuleKind.DEFINITION: "Definitions",
    RuleKind.DUTY: "Duties",
    RuleKind.CRITERION: "Alert criteria",
    RuleKind.PERMISSION: "Permissions to share",
    RuleKind.THRESHOLD: "Urgency",
}
_CONFIDENCE = {"A": "read in its own text", "B": "read in part or in an older copy", "C": "secondary source or memory"}


def pack_page(library: Library, name: str) -> str:
    """A pack or one rule as Markdown.

    Raises:
        KeyError: neither a pack nor a rule has this id.
    """
    if name in library.rules:
        rule = library.rules[name]
        return "\n".join(_rule_lines(rule, library.pack(rule.pack_id)))
    return "\n".join(_pack_lines(library.pack(name), library)) + "\n"


def pages(library: Library) -> dict[str, str]:
    """File name to content of every reference page."""
    index = ["# Packs", "", "Made from the packs by `allhands packs docs`. Do not edit.", ""]
    found = {}
    for pack in library.packs:
        found[f"{pack.id}.md"] = pack_page(library, pack.id)
        index.append(f"- [{pack.title.en}]({pack.id}.md): {len(pack.rules)} rules, version {pack.version}")
    index.append("- [Alert criteria](alert-criteria.md): which alerts are known where")
    found["index.md"] = "\n".join(index) + "\n"
    found["alert-criteria.md"] = "\n".join(_alert_lines(library)) + "\n"
    return found


def _alert_lines(library: Library) -> Iterator[str]:
    yield from ("# Alert criteria", "", "Made from the packs by `allhands packs docs`. Do not edit.", "")
    yield from ("| Kind | Rule | Name there | Started by | Read | Needs |", "|---|---|---|---|---|---|")
    rows = []
    for pack in library.packs:
        for rule in pack.rules:
            if isinstance(rule.terms, CriterionTerms):
                needs = ", ".join(f"`{need.id}`" for need in rule.terms.needs)
                who = code_words(rule.terms.activator).en
                rows.append(
                    f"| {rule.terms.alert} | [`{rule.id}`]({pack.id}.md) | {rule.title.en} | {who} "
                    f"| {rule.confidence.value} | {needs} |"
                )
    yield from sorted(rows)


def changed_pages(library: Library, folder: Path) -> list[Path]:
    """The pages that differ from what the packs say now, those to be removed included."""
    wanted = pages(library)
    changed = []
    for name, content in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            changed.append(path)
    return changed + [path for path in sorted(folder.glob("*.md")) if path.name not in wanted]


def write_pages(library: Library, folder: Path) -> None:
    """Makes the pages in `folder` say what the packs say."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages(library)
    for path in changed_pages(library, folder):
        if path.name in wanted:
            path.write_text(wanted[path.name], encoding="utf-8")
        else:
            path.unlink()


def _pack_lines(pack: Pack, library: Library) -> Iterator[str]:
    yield f"# {pack.title.en}"
    yield ""
    yield "Made from the packs by `allhands packs docs`. Do not edit."
    yield ""
    if pack.status is not None:
        yield f"**{pack.status.en}**"
        yield ""
    yield f"`{pack.id}` · {pack.jurisdiction} · version {pack.version} · {_CONFIDENCE[pack.confidence.value]}"
    for kind, heading in _HEADINGS.items():
        rules = [rule for rule in pack.rules if rule.kind is kind]
        if rules:
            yield from ("", f"## {heading}")
        for rule in rules:
            yield ""
            yield from _rule_lines(rule, pack)
    facts = [fact for fact in library.facts.values() if fact.pack_id == pack.id]
    if facts:
        yield from ("", "## Facts", "", "| Fact | Type | Question | Class |", "|---|---|---|---|")
        yield from (_fact_line(fact) for fact in facts)


def _fact_line(fact: FactDeclaration) -> str:
    unit = f" ({fact.unit})" if fact.unit else ""
    return f"| `{fact.id}` | {fact.type.value}{unit} | {fact.question.en} | {fact.sensitivity} |"


def _rule_lines(rule: Rule, pack: Pack) -> Iterator[str]:
    yield f"### {rule.title.en}"
    yield ""
    yield f"`{rule.id}` · {', '.join(_period_words(period) for period in rule.periods)}"
    yield ""
    yield rule.plain.en
    yield ""
    yield f"*{rule.plain.es}*"
    yield from ("", *(f"- {line}" for line in _terms_lines(rule)))
    for citation in rule.citations:
        source = pack.sources[citation.source_id]
        name = f"[{source.citation}]({source.address})" if source.address else source.citation
        quote = f": “{citation.quote}”" if citation.quote else ""
        yield f"- {name} {citation.pin}".rstrip() + quote
    reviewed = f"reviewed {rule.reviewed.on} by {rule.reviewed.by}" if rule.reviewed else "not reviewed"
    yield f"- Confidence {rule.confidence.value} ({_CONFIDENCE[rule.confidence.value]}); {reviewed}"
    if rule.notes:
        yield f"- Note: {rule.notes.strip()}"


def _period_words(period: Period) -> str:
    start = f"from {period.start}" if period.start else "start not given"
    return f"{start} until {period.end}" if period.end else start


def _terms_lines(rule: Rule) -> Iterator[str]:
    terms = rule.terms
    if isinstance(terms, DutyTerms):
        yield f"{code_words(terms.actor).en} → {code_words(terms.recipient).en}: {code_words(terms.action).en}"
        policy = " (policy, not law)" if terms.clock.policy else ""
        yield f"Limit: {terms.clock.limit_words.en}{policy}. Counted from: {terms.clock.starts_when.en}"
        yield f"Proof: {', '.join(code_words(code).en for code in terms.evidence) or 'none named'}"
    elif isinstance(terms, CriterionTerms):
        yield f"Switched on by: {code_words(terms.activator).en}"
        yield from (f"Needs: {need.title.en}" for need in terms.needs)
    elif isinstance(terms, PermissionTerms):
        yield from _permission_lines(terms)
    elif isinstance(terms, ThresholdTerms):
        yield f"Raises to {terms.tier}"


_OUTCOMES = {"permit": "may share", "conditions": "may share only if all of this holds", "deny": "may not share"}


def _permission_lines(terms: PermissionTerms) -> Iterator[str]:
    what = f"{_codes(terms.data_classes, DATA_CLASSES)}, for: {_codes(terms.purposes, PURPOSES)}"
    yield f"{_codes(terms.holders, PARTIES)} → {_codes(terms.recipients, PARTIES)}: {what}"
    kind = "; a hard wall" if terms.wall else "; binds beside every other basis" if terms.restricts else ""
    yield f"Outcome: {_OUTCOMES[terms.outcome]}{kind}"
    yield from (f"Condition: {condition.text.en}" for condition in terms.conditions)
    exempt = terms.exempt
    outside = [
        _codes(codes, words)
        for codes, words in (
            (exempt.recipients, PARTIES),
            (exempt.purposes, PURPOSES),
            (exempt.data_classes, DATA_CLASSES),
        )
        if codes
    ]
    if outside:
        yield f"Says nothing about: {'; '.join(outside)}"
    if terms.minimum:
        yield f"At most: {', '.join(word.replace('_', ' ') for word in terms.minimum)}"


def _codes(codes: tuple[str, ...], words: Mapping[str, Text]) -> str:
    return ", ".join(words[code].en for code in codes)
