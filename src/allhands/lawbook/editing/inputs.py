"""The inputs of a rule's form, named by the paths that findings use: each finding lands beside its field. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from allhands.law import FactType, Library, Text, codes
from allhands.law.code_words import code_words
from allhands.law.packs.strict_yaml import Yaml
from allhands.lawbook.editing.form import Choices, Input, Section, shown
from allhands.lawbook.editing.paths import get
from allhands.lawbook.editing.permissions import permission_inputs
from allhands.lawbook.words import READ

UNITS = ("hours", "days", "months", "business_days")
NO_LIMIT = "none"
_LIMIT = "then.clock"


WORDS: Mapping[str, Text] = {
    "title": Text("Title", "Título"),
    "plain": Text("In plain words", "En palabras sencillas"),
    "starts_when": Text("That event in words", "Ese hecho en palabras"),
    "en": Text("English", "inglés"),
    "es": Text("Spanish", "español"),
    "then.actor": Text("Who must act", "Quién debe actuar"),
    "then.action": Text("What they must do", "Qué debe hacer"),
    "then.recipient": Text("Towards whom", "Ante quién"),
    "then.clock.starts": Text("The clock starts when we know", "El plazo empieza cuando se conoce"),
    "then.clock.number": Text("Within", "En un plazo de"),
    "then.clock.unit": Text("Unit", "Unidad"),
    "then.clock.immediate": Text("The text says “immediately”", "El texto dice «de inmediato»"),
    "then.clock.policy": Text("The number is ours, not the law's", "El número es nuestro, no de la ley"),
    "then.clock.repeat_every_days": Text("Comes back every so many days", "Vuelve cada tantos días"),
    "then.evidence": Text("What proves it", "Qué lo prueba"),
    "then.never_a_wait": Text(
        "After this time it is a crime: never show it as a wait", "Después es delito: nunca mostrarlo como espera"
    ),
    "then.alert": Text("Alert", "Alerta"),
    "then.activator": Text("Who switches it on", "Quién la activa"),
    "then.tier": Text("Raises the urgency to", "Eleva la urgencia a"),
    "then.needs": Text("What it needs", "Qué necesita"),
    "then.conditions": Text("Condition", "Condición"),
    "short": Text("Short name (small letters and dashes; empty takes it away)", "Nombre corto (minúsculas y guiones)"),
    "tests_missing": Text("This is a test of “missing”", "Es una prueba de «desaparición»"),
    "from": Text("First day in force (empty: not given)", "Primer día en vigor (vacío: no indicado)"),
    "to": Text("First day no longer in force", "Primer día sin vigor"),
    "id": Text("Source", "Fuente"),
    "pin": Text("Where in it", "En qué parte"),
    "quote": Text("Its words, at most one sentence", "Sus palabras, una oración como máximo"),
    "confidence": Text("How it was read", "Cómo se leyó"),
    "reviewed.on": Text("Compared with its source on", "Comparada con su fuente el"),
    "reviewed.by": Text("By whom", "Por quién"),
    "notes": Text("Note for the next reader", "Nota para quien lea después"),
}
_HEADINGS = {
    "law": Text("The text of the law", "El texto de la ley"),
    "rule": Text("The rule in words", "La regla en palabras"),
    "terms": Text("What follows", "Lo que sigue"),
    "force": Text("When it is in force", "Cuándo está en vigor"),
}
_UNIT_WORDS = {
    "hours": Text("hours", "horas"),
    "days": Text("days", "días"),
    "months": Text("months", "meses"),
    "business_days": Text("working days", "días hábiles"),
    NO_LIMIT: Text("no time limit in the text", "el texto no fija plazo"),
}


def sections_of(
    value: Mapping[str, Yaml], library: Library, sources: Mapping[str, str], lang: str
) -> tuple[Section, ...]:
    """The form of a rule, without its conditions.

    Args:
        sources: id to citation, as in the draft's sources.
    """
    maker = _Maker(dict(value), library, sources, lang)
    return (
        maker.section("law", [*maker.sources(), *maker.reading()]),
        maker.section("rule", maker.words()),
        maker.section("terms", maker.terms()),
        maker.section("force", maker.periods()),
    )


def with_faults(section: Section, faults: Mapping[str, tuple[str, ...]]) -> Section:
    """The section with what is wrong beside each input."""
    return replace(section, inputs=tuple(replace(one, faults=faults.get(one.name, ())) for one in section.inputs))


class _Maker:
    def __init__(self, value: dict[str, Yaml], library: Library, sources: Mapping[str, str], lang: str) -> None:
        self._value, self._library, self._sources, self._lang = value, library, sources, lang

    def section(self, key: str, inputs: Iterable[Input]) -> Section:
        return Section(key=key, heading=_HEADINGS[key].get(self._lang), inputs=tuple(inputs))

    def _input(self, name: str, kind: str = "text", *, label: str = "", **more: object) -> Input:
        stated = get(self._value, name)
        values = tuple(shown(one) for one in stated) if isinstance(stated, list) else (shown(stated),)
        words = label or WORDS[name].get(self._lang)
        made = replace(Input(name=name, label=words, kind=kind, values=values), **more)  # type: ignore[arg-type]  # fields of Input
        # Without an empty choice a browser would show the first one as if somebody had chosen it, and send it.
        is_open = kind == "choose" and not made.value and not any(code == "" for code, _words in made.choices)
        return replace(made, choices=(("", "—"), *made.choices)) if is_open else made

    def _both(self, path: str, kind: str, most: int) -> Iterator[Input]:
        label = WORDS[path.rpartition(".")[2]].get(self._lang)
        for lang in ("en", "es"):
            words = f"{label} ({WORDS[lang].get(self._lang)})"
            yield self._input(f"{path}.{lang}", kind, label=words, lang=lang, most=most)

    def words(self) -> Iterator[Input]:
        yield from self._both("title", "text", 200)
        yield from self._both("plain", "long", 1000)
        if self._value.get("kind") == "definition":
            yield self._input("tests_missing", "check")
        yield self._input("notes", "long", most=4000)

    def reading(self) -> Iterator[Input]:
        choices = tuple((level, words.get(self._lang)) for level, words in READ.items())
        yield self._input("confidence", "choose", choices=choices)
        yield self._input("reviewed.on", "day")
        yield self._input("reviewed.by", most=200)

    def sources(self) -> Iterator[Input]:
        """Those that are cited, and one empty line."""
        known = (("", "—"), *self._sources.items())
        for number in range(self._rows("source") + 1):
            for part in ("id", "pin", "quote"):
                name, label = f"source[{number}].{part}", _numbered(WORDS[part].get(self._lang), number)
                kind = {"id": "choose", "quote": "long"}.get(part, "text")
                yield self._input(name, kind, label=label, choices=known if part == "id" else (), most=600)

    def periods(self) -> Iterator[Input]:
        for number in range(max(self._rows("periods"), 1)):
            for part in ("from", "to"):
                label = _numbered(WORDS[part].get(self._lang), number)
                yield self._input(f"periods[{number}].{part}", "day", label=label)

    def _named_rows(self, path: str, words: str) -> Iterator[Input]:
        """Each need or condition, by a short name and in words, and one empty line."""
        label = WORDS[path].get(self._lang)
        for number in range(self._rows(path) + 1):
            name = f"{path}[{number}]"
            short = f"{_numbered(label, number)}: {WORDS['short'].get(self._lang)}"
            yield self._input(f"{name}.id", label=short, most=60)
            for lang in ("en", "es"):
                said = f"{_numbered(label, number)} ({WORDS[lang].get(self._lang)})"
                yield self._input(f"{name}.{words}.{lang}", label=said, lang=lang, most=300)

    def _rows(self, path: str) -> int:
        listed = get(self._value, path)
        return len(listed) if isinstance(listed, list) else 0

    def terms(self) -> Iterator[Input]:
        kind = self._value.get("kind")
        if kind == "duty":
            yield from self._duty()
        elif kind == "criterion":
            yield self._input("then.alert", "choose", choices=self._codes({*codes.ALERTS, *self._stated("then.alert")}))
            yield self._input("then.activator", "choose", choices=self._codes(codes.ACTORS))
            yield from self._named_rows("then.needs", "title")
        elif kind == "permission":
            yield from permission_inputs(self._value, self._lang)
            yield from self._named_rows("then.conditions", "words")
        elif kind == "threshold":
            yield self._input("then.tier", "choose", choices=(("T1", "T1"), ("T2", "T2")))

    def _duty(self) -> Iterator[Input]:
        actors = self._codes(codes.ACTORS)
        yield self._input("then.actor", "choose", choices=actors)
        yield self._input("then.action", "choose", choices=self._codes({*codes.ACTIONS, *self._stated("then.action")}))
        yield self._input("then.recipient", "choose", choices=actors)
        starts = [fact for fact in self._library.facts.values() if fact.type is FactType.INSTANT]
        labels = sorted((fact.id, fact.label.get(self._lang)) for fact in starts)
        yield self._input("then.clock.starts", "choose", choices=(("", "—"), *sorted(labels, key=lambda one: one[1])))
        yield from self._both("then.clock.starts_when", "text", 300)
        yield from self._limit()
        yield self._input("then.clock.immediate", "check")
        yield self._input("then.clock.policy", "check")
        yield self._input("then.clock.repeat_every_days", "number")
        yield self._input("then.never_a_wait", "check")
        yield self._input("then.evidence", "many", choices=self._codes(codes.EVIDENCE))

    def _limit(self) -> Iterator[Input]:
        clock = get(self._value, _LIMIT)
        stated = clock if isinstance(clock, dict) else {}
        unit = next((one for one in UNITS if stated.get(one) is not None), NO_LIMIT)
        number = "" if unit == NO_LIMIT else shown(stated.get(unit))
        label = WORDS["then.clock.number"].get(self._lang)
        yield Input(name="then.clock.number", label=label, kind="number", values=(number,))
        units = tuple((one, words.get(self._lang)) for one, words in _UNIT_WORDS.items())
        label = WORDS["then.clock.unit"].get(self._lang)
        yield Input(name="then.clock.unit", label=label, kind="choose", values=(unit,), choices=units)

    def _stated(self, path: str) -> tuple[str, ...]:
        value = get(self._value, path)
        return (value,) if isinstance(value, str) and value else ()

    def _codes(self, known: Iterable[str]) -> Choices:
        worded = [(code, code_words(code).get(self._lang)) for code in known]
        return tuple(sorted(worded, key=lambda one: one[1]))


def _numbered(label: str, number: int) -> str:
    return label if number == 0 else f"{label} ({number + 1})"
