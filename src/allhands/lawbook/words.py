"""Rules in words: conditions as a nested list, terms as short lines. Pure; both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from allhands.law import Library, Rule, Text
from allhands.law.clocks import due_words
from allhands.law.clocks import limit_words as clock_words
from allhands.law.code_words import code_words
from allhands.law.expressions.branches import Always, Not, RuleHolds
from allhands.law.expressions.leaves import Known, Leaf, SettingIs
from allhands.law.expressions.scene import Expression, Scene
from allhands.law.facts.known import Facts
from allhands.law.judge import Judge
from allhands.law.rules import Citation, CriterionTerms, DutyTerms, Pack, Period, PermissionTerms, ThresholdTerms
from allhands.law.sharing_words import DATA_CLASSES, PARTIES, PURPOSES

READ = {
    "A": Text("read in its own text", "leída en su propio texto"),
    "B": Text("read in part or in an older copy", "leída en parte o en una copia anterior"),
    "C": Text("known from a summary only", "conocida solo por un resumen"),
}
KINDS = {
    "definition": Text("Definition", "Definición"),
    "duty": Text("Duty", "Deber"),
    "criterion": Text("Alert", "Alerta"),
    "permission": Text("Sharing", "Compartir"),
    "threshold": Text("Urgency", "Urgencia"),
}
_YES = Text("yes", "sí")
_ANYTHING = Text("is known", "se conoce")
_CHOICE = Text("the choice made here: {name} is {value}", "la opción elegida aquí: {name} es {value}")
_NO_RULE = Text("a rule that is in no pack", "una regla que no está en ningún paquete")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition with those below it."""

    text: str
    below: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One labelled line of a rule; `key` names it whatever the language."""

    key: str
    label: str
    text: str


def condition_of(expression: Expression, library: Library, lang: str) -> Condition:
    """The expression as people would read it."""
    return _condition(expression, library, lang, _scene(library))


def _scene(library: Library) -> Scene:
    """A scene in which nothing is known: the words of a test do not depend on an episode."""
    return Judge(library, Facts.of({}), as_of=datetime(2000, 1, 1, tzinfo=UTC), world="live").scene


def _condition(expression: Expression, library: Library, lang: str, scene: Scene) -> Condition:
    if isinstance(expression, Always):
        return Condition(text=expression.trace(scene).text.get(lang))
    if isinstance(expression, RuleHolds):
        rule = library.rules.get(expression.rule)
        return Condition(text=(rule.title if rule else _NO_RULE).get(lang))
    if isinstance(expression, SettingIs):
        name = expression.name.replace("_", " ")
        return Condition(text=_CHOICE.get(lang).format(name=name, value=expression.value))
    if isinstance(expression, Leaf):
        return Condition(text=_leaf(expression, library, lang, scene))
    words = getattr(expression, "words", Not.words)
    below = tuple(_condition(part, library, lang, scene) for part in expression.parts())
    return Condition(text=words.get(lang), below=below)


def _leaf(leaf: Leaf, library: Library, lang: str, scene: Scene) -> str:
    label = library.facts[leaf.fact].label.get(lang)
    if isinstance(leaf, Known):
        return f"{label}: {_ANYTHING.get(lang)}"
    needs = leaf.needs(scene)
    return f"{label}: {(needs or _YES).get(lang)}"


def flat(condition: Condition, depth: int = 0) -> Iterator[str]:
    """The condition as indented lines."""
    yield "  " * depth + condition.text
    for part in condition.below:
        yield from flat(part, depth + 1)


_LABELS: Mapping[str, Text] = {
    "title": Text("Title", "Título"),
    "plain": Text("In plain words", "En palabras sencillas"),
    "kind": Text("Kind", "Tipo"),
    "when": Text("Applies when", "Se aplica cuando"),
    "who": Text("Who must do what", "Quién debe hacer qué"),
    "limit": Text("By when", "Hasta cuándo"),
    "only_after": Text("The clock waits until", "El plazo espera hasta que"),
    "proof": Text("Proof", "Prueba"),
    "activator": Text("Switched on by", "La activa"),
    "needs": Text("It needs", "Requisitos"),
    "sharing": Text("Who may tell whom what", "Quién puede contar qué a quién"),
    "conditions": Text("Conditions", "Condiciones"),
    "tier": Text("Raises the urgency to", "Eleva la urgencia a"),
    "periods": Text("In force", "En vigor"),
    "sources": Text("Rests on", "Se basa en"),
    "confidence": Text("How we read it", "Cómo la leímos"),
    "reviewed": Text("Last compared with its source", "Última comparación con su fuente"),
    "notes": Text("Note", "Nota"),
}


def rule_parts(rule: Rule, pack: Pack, library: Library, lang: str) -> tuple[Part, ...]:
    """Everything a rule says, line by line."""
    found: dict[str, str] = {
        "title": rule.title.get(lang),
        "plain": rule.plain.get(lang),
        "kind": KINDS[rule.kind.value].get(lang),
        "when": "\n".join(flat(condition_of(rule.when, library, lang))),
        **dict(_terms(rule, library, lang)),
        "periods": "; ".join(period_words(period, lang) for period in rule.periods),
        "sources": "\n".join(citation_words(citation, pack) for citation in rule.citations),
        "confidence": READ[rule.confidence.value].get(lang),
        "reviewed": f"{rule.reviewed.on.isoformat()}, {rule.reviewed.by}" if rule.reviewed else "",
        "notes": rule.notes.strip(),
    }
    return tuple(Part(key=key, label=_LABELS[key].get(lang), text=text) for key, text in found.items() if text)


def citation_words(citation: Citation, pack: Pack) -> str:
    """A citation with its quote."""
    source = pack.sources.get(citation.source_id)
    name = f"{source.citation if source else citation.source_id} {citation.pin}".strip()
    return f"{name}: “{citation.quote}”" if citation.quote else name


def period_words(period: Period, lang: str) -> str:
    """When a rule speaks, in words."""
    start = period.start.isoformat() if period.start else ""
    end = period.end.isoformat() if period.end else ""
    if lang == "es":
        return " ".join(
            filter(None, [f"desde {start}" if start else "inicio no indicado", f"hasta {end}" if end else ""])
        )
    return " ".join(filter(None, [f"from {start}" if start else "start not given", f"until {end}" if end else ""]))


def _terms(rule: Rule, library: Library, lang: str) -> Iterator[tuple[str, str]]:
    terms = rule.terms
    if isinstance(terms, DutyTerms):
        who = (code_words(code).get(lang) for code in (terms.actor, terms.recipient))
        yield "who", f"{' → '.join(who)}: {code_words(terms.action).get(lang)}"
        yield "limit", limit_words(terms, lang)
        if terms.only_after is not None:
            yield "only_after", "\n".join(flat(condition_of(terms.only_after, library, lang)))
        yield "proof", ", ".join(code_words(code).get(lang) for code in terms.evidence)
    elif isinstance(terms, CriterionTerms):
        yield "activator", code_words(terms.activator).get(lang)
        yield (
            "needs",
            "\n".join(
                f"{need.title.get(lang)}\n" + "\n".join(flat(condition_of(need.when, library, lang), 1))
                for need in terms.needs
            ),
        )
    elif isinstance(terms, PermissionTerms):
        yield from _sharing(terms, lang)
    elif isinstance(terms, ThresholdTerms):
        yield "tier", terms.tier


_OUTCOMES = {
    "permit": Text("may be shared", "se puede compartir"),
    "conditions": Text("only if all conditions hold", "solo si se cumplen todas las condiciones"),
    "deny": Text("may not be shared", "no se puede compartir"),
}


def _sharing(terms: PermissionTerms, lang: str) -> Iterator[tuple[str, str]]:
    def words(codes: tuple[str, ...], known: Mapping[str, Text]) -> str:
        return ", ".join(known[code].get(lang) if code in known else code for code in codes)

    who = f"{words(terms.holders, PARTIES)} → {words(terms.recipients, PARTIES)}"
    what = f"{words(terms.data_classes, DATA_CLASSES)} ({words(terms.purposes, PURPOSES)})"
    yield "sharing", f"{who}: {what}: {_OUTCOMES[terms.outcome].get(lang)}"
    yield "conditions", "\n".join(condition.text.get(lang) for condition in terms.conditions)


def limit_words(terms: DutyTerms, lang: str) -> str:
    """A duty's time in words; a caretaker's limit is never a time to wait."""
    clock = terms.clock
    words = due_words(clock_words(clock), None, UTC, policy=clock.policy, never_a_wait=terms.never_a_wait)
    return words.get(lang)
