"""What does not agree: definitions, the ages they use, and the people who told us."""

from __future__ import annotations

from collections.abc import Iterator

from allhands.law.assessment import Conflict, DefinitionResult
from allhands.law.expressions.leaves import Compare
from allhands.law.expressions.walk import nodes
from allhands.law.expressions.words import value_words
from allhands.law.facts.age import AGE
from allhands.law.facts.known import Disagreement
from allhands.law.judge import Judge
from allhands.law.values import Number, Text, Verdict


def find_conflicts(definitions: tuple[DefinitionResult, ...], judge: Judge) -> tuple[Conflict, ...]:
    """Every disagreement of one assessment."""
    tests = tuple(definition for definition in definitions if definition.tests_missing)
    return (*_definitions(tests), *_ages(tests, judge), *_informants(judge))


def _definitions(tests: tuple[DefinitionResult, ...]) -> Iterator[Conflict]:
    yes = [test for test in tests if test.verdict is Verdict.TRUE]
    no = [test for test in tests if test.verdict is Verdict.FALSE]
    if yes and no:
        text = Text(
            f"Missing under: {_titles(yes, 'en')}. Not under: {_titles(no, 'en')}. Each rule keeps its own test.",
            f"Desaparición según: {_titles(yes, 'es')}. No según: {_titles(no, 'es')}. Cada regla usa la suya.",
        )
        yield Conflict(kind="definitions", text=text, rules=tuple(test.id for test in (*yes, *no)))


def _titles(tests: list[DefinitionResult], lang: str) -> str:
    return "; ".join(test.title.get(lang) for test in tests)


def _age_limit(rule_id: str, judge: Judge) -> Number | None:
    """The lowest age that a definition no longer covers."""
    for node in nodes(judge.library.rules[rule_id].when):
        if isinstance(node, Compare) and node.fact == AGE and node.side in ("below", "at_most"):
            bound = node.number(judge.scene)
            if bound is not None:
                return bound if node.side == "below" else bound + 1
    return None


def _ages(tests: tuple[DefinitionResult, ...], judge: Judge) -> Iterator[Conflict]:
    """Different ages matter while the child's age lies between them or is not known."""
    limits = {test.id: limit for test in tests if (limit := _age_limit(test.id, judge)) is not None}
    age = judge.facts.values.get(AGE)
    if len(set(limits.values())) < 2:
        return
    if isinstance(age, int | float) and (age < min(limits.values()) or age >= max(limits.values())):
        return
    listed = sorted(set(limits.values()))
    words = ", ".join(str(limit) for limit in listed)
    text = Text(
        f"The definitions here end at different ages: {words}.",
        f"Las definiciones de aquí terminan a distintas edades: {words}.",
    )
    yield Conflict(kind="ages", text=text, rules=tuple(limits))


def _informants(judge: Judge) -> Iterator[Conflict]:
    for disagreement in judge.facts.disagreements:
        yield Conflict(
            kind="informants",
            text=_informant_words(disagreement, judge),
            fact=disagreement.fact,
            stated=disagreement.stated,
            governs=disagreement.governs,
        )


def _informant_words(disagreement: Disagreement, judge: Judge) -> Text:
    declaration = judge.library.facts[disagreement.fact]
    said = [(one.informant, value_words(one.value, declaration)) for one in disagreement.stated]
    governs = value_words(disagreement.governs, declaration)
    en = "; ".join(f"{informant} says {words.en}" for informant, words in said)
    es = "; ".join(f"{informant} dice {words.es}" for informant, words in said)
    return Text(
        f"{declaration.label.en}: {en}. Until it is settled, {governs.en} counts.",
        f"{declaration.label.es}: {es}. Hasta que se aclare, cuenta {governs.es}.",
    )
