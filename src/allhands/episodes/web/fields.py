"""Form fields made from the declarations of facts, so that a new fact in a pack is a new field here without Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from allhands import law
from allhands.episodes.contracts import Json
from allhands.episodes.intake import answers as reading
from allhands.geo.counties import list_counties
from allhands.geo.states import STATE_NAMES
from allhands.ui.wording import Lang

# More choices than this are a list to choose from, not buttons to read aloud.
MOST_BUTTONS = 10
LONG_TEXTS = frozenset(
    {
        "description.circumstances", "description.companions", "description.clothing", "description.people_to_ask",
        "description.likely_destinations", "description.approach_advice", "description.suspect",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One input of a field that has several: the day and the time, the state and the county."""

    name: str
    label: str
    kind: str
    value: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question as a form shows it.

    Args:
        kind: buttons, boxes, select, text, long, number, date, parts.
        sure: certainty as typed; who: informant as typed.
        fault: what is wrong, or empty.
    """

    fact: str
    name: str
    kind: str
    question: str
    unit: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    unknown: bool = False
    who: str = ""
    sure: str = "TOLD"
    fault: str = ""

    @property
    def id(self) -> str:
        return self.fact.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the asking agency is at home: offered, never assumed. It is chosen in the form, and the caller sees it."""

    state: str = ""
    county_fips: str = ""


def make(
    declared: law.FactDeclaration, answers: Mapping[str, Json], *, lang: Lang, faults: Mapping[str, str], home: Home
) -> Field:
    """The field of a fact with what was typed so far, right or wrong."""
    kind = _kind(declared)
    return Field(
        fact=declared.id,
        name=declared.id,
        kind=kind,
        question=declared.question.get(lang),
        unit=declared.unit or "",
        value=_typed(answers, declared.id),
        options=_options(declared, answers, lang) if kind in {"buttons", "boxes", "select"} else (),
        parts=_parts(declared, answers, home),
        unknown=reading.is_unknown(answers, declared.id),
        who=_typed(answers, f"{declared.id}.who"),
        sure=_typed(answers, f"{declared.id}.sure").upper() or "TOLD",
        fault=faults.get(declared.id, ""),
    )


def _kind(declared: law.FactDeclaration) -> str:
    match declared.type.value:
        case "boolean":
            return "buttons"
        case "code" if declared.many:
            return "boxes"
        case "code":
            return "buttons" if len(declared.choices) <= MOST_BUTTONS else "select"
        case "instant" | "place":
            return "parts"
        case "integer" | "quantity":
            return "number"
        case "date":
            return "date"
        case _:
            return "long" if declared.id in LONG_TEXTS else "text"


def _options(declared: law.FactDeclaration, answers: Mapping[str, Json], lang: Lang) -> tuple[Option, ...]:
    typed = answers.get(declared.id)
    chosen = set(typed) if isinstance(typed, list) else {typed}
    if declared.type.value == "boolean":
        pairs = [("yes", _("Yes")), ("no", _("No"))]
    else:
        pairs = [(choice.code, choice.words.get(lang)) for choice in declared.choices]
    return tuple(Option(value=value, words=words, chosen=value in chosen) for value, words in pairs)


def _parts(declared: law.FactDeclaration, answers: Mapping[str, Json], home: Home) -> tuple[Part, ...]:
    match declared.type.value:
        case "instant":
            return (
                Part(
                    name=f"{declared.id}.date",
                    label=_("Day"),
                    kind="date",
                    value=_typed(answers, f"{declared.id}.date"),
                ),
                Part(
                    name=f"{declared.id}.time",
                    label=_("Time"),
                    kind="time",
                    value=_typed(answers, f"{declared.id}.time"),
                ),
            )
        case "place":
            return _place_parts(declared, answers, home)
        case _:
            return ()


def _typed_part(answers: Mapping[str, Json], name: str, label: str, kind: str) -> Part:
    return Part(name=name, label=label, kind=kind, value=_typed(answers, name))


def _place_parts(declared: law.FactDeclaration, answers: Mapping[str, Json], home: Home) -> tuple[Part, ...]:
    untouched = not reading.is_answered(answers, declared)
    state = home.state if untouched else _typed(answers, f"{declared.id}.state").upper()
    county = home.county_fips if untouched else _typed(answers, f"{declared.id}.county_fips")
    land = _typed(answers, f"{declared.id}.indian_country")
    names = sorted(STATE_NAMES.items(), key=lambda pair: pair[1])
    counties = list_counties(state, with_invented=settings.ALLHANDS_WORLD != "live") if state else ()
    return (
        Part(name=f"{declared.id}.state", label=_("State"), kind="select", options=_choose(names, state)),
        Part(
            name=f"{declared.id}.county_fips",
            label=_("County"),
            kind="select",
            options=_choose([(one.fips, one.name) for one in counties], county),
        ),
        Part(
            name=f"{declared.id}.indian_country",
            label=_("On tribal land?"),
            kind="select",
            options=_choose([("yes", _("Yes")), ("no", _("No"))], land),
        ),
    )


def _choose(pairs: list[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    first = Option(value="", words=_("Not known yet"), chosen=not chosen)
    return (first, *(Option(value=value, words=words, chosen=value == chosen) for value, words in pairs))


def _typed(answers: Mapping[str, Json], name: str) -> str:
    value = answers.get(name)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return value if isinstance(value, str) else ""
