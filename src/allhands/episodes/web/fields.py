"""Form fields made from the declarations of facts, so that a new fact in a pack is a new field here without Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allhands import law
from allhands.episodes.contracts import Json
from allhands.episodes.intake import answers as reading
from allhands.episodes.intake.answers import text_of
from allhands.episodes.web import place_fields
from allhands.episodes.web.place_fields import Home, Option, Part
from allhands.ui.wording import Lang

__all__ = ["Field", "Home", "Option", "Part", "make"]

# More choices than this are a list to choose from, not buttons to read aloud.
MOST_BUTTONS = 10
FEW_BUTTONS = 2
LONG_TEXTS = frozenset(
    {
        "description.circumstances", "description.companions", "description.clothing", "description.people_to_ask",
        "description.likely_destinations", "description.approach_advice", "description.suspect",
    }
)  # fmt: skip
# Said by the form itself: "I don't know", or by leaving the question open.
NOT_CHOICES = {"child.tribal_status": frozenset({"unknown_asked", "not_asked"})}
# A choice that says "I don't know" already, and says more: that it happened, and nobody knows who.
UNKNOWN_CHOICE = {"child.taken_by": "unknown_person"}
# Asked of every child: that nobody has asked yet is shown, and is not the same as that nobody knows.
ASKED_OF_EVERY_CHILD = frozenset({"child.tribal_tie_possible"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question as a form shows it, with what was typed, right or wrong.

    Args:
        kind: buttons, boxes, select, names, text, long, number, day, parts.
        label: the question in two words, for a page where many stand together.
        values: the separate answers of a field that takes several names.
        sure: certainty as typed; who: informant as typed.
        fault: what is wrong, or empty.
        not_asked: nobody has asked yet, and that has to be seen.
        zone: the name of the zone for "now", or empty.
    """

    fact: str
    name: str
    kind: str
    question: str
    label: str = ""
    hint: str = ""
    unit: str = ""
    value: str = ""
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    unknown: bool = False
    unknown_words: str = ""
    who: str = ""
    who_fault: str = ""
    sure: str = "TOLD"
    fault: str = ""
    not_asked: bool = False
    zone: str = ""

    @property
    def id(self) -> str:
        return self.fact.replace(".", "-")

    @property
    def first_id(self) -> str:
        """The id of the first control, where a summary of problems leads."""
        return f"{self.id}-1" if self.kind in {"buttons", "boxes", "names", "parts"} else f"{self.id}-value"

    @property
    def is_row(self) -> bool:
        """Short answers stand side by side where there is room."""
        return self.kind == "buttons" and len(self.options) <= FEW_BUTTONS

    @property
    def is_group(self) -> bool:
        """Several controls under one legend."""
        return self.kind in {"buttons", "boxes", "names", "parts"}


def make(
    declared: law.FactDeclaration,
    answers: Mapping[str, Json],
    *,
    lang: Lang,
    faults: Mapping[str, str],
    home: Home,
    zone: str = "",
) -> Field:
    """The field of a fact with what was typed so far, right or wrong."""
    kind = _kind(declared)
    unknown = reading.is_unknown(answers, declared.id)
    everywhere = declared.id in ASKED_OF_EVERY_CHILD
    return Field(
        fact=declared.id,
        name=declared.id,
        kind=kind,
        question=declared.question.get(lang),
        label=declared.label.get(lang),
        hint=_hint(kind),
        unit=_unit(declared),
        value=_shown(_typed(answers, declared.id)),
        values=_names(declared, answers, lang) if kind == "names" else (),
        options=_options(declared, answers, lang),
        parts=_parts(declared, answers, home, lang),
        unknown=unknown,
        unknown_words=_unknown_words(declared),
        who=_typed(answers, f"{declared.id}.who"),
        who_fault=faults.get(f"{declared.id}.who", ""),
        sure=text_of(answers, f"{declared.id}.sure").upper() or "TOLD",
        fault=faults.get(declared.id, ""),
        not_asked=everywhere and not reading.is_answered(answers, declared),
        zone=zone if declared.type.value == "instant" else "",
    )


def _kind(declared: law.FactDeclaration) -> str:
    match declared.type.value:
        case "boolean":
            return "buttons"
        case "code" if len(declared.choices) > MOST_BUTTONS:
            return "names" if declared.many else "select"
        case "code":
            return "boxes" if declared.many else "buttons"
        case "instant" | "place":
            return "parts"
        case "integer" | "quantity":
            return "number"
        case "date":
            return "day"
        case _:
            return "long" if declared.id in LONG_TEXTS else "text"


def _unknown_words(declared: law.FactDeclaration) -> str:
    if declared.id in UNKNOWN_CHOICE:
        return ""
    return _("We asked. Nobody knows yet") if declared.id in ASKED_OF_EVERY_CHILD else _("I don't know")


def _hint(kind: str) -> str:
    if kind == "day":
        return _("For example 3/14/2011 or Mar 14 2011.")
    return (
        _("Write the name as the family says it. A name that is not on our list is kept too.")
        if kind == "names"
        else ""
    )


def _unit(declared: law.FactDeclaration) -> str:
    words = {"years": _("years"), "hours": _("hours"), "count": _("times"), "cm": "cm", "kg": "kg"}
    return words.get(declared.unit or "", "")


def _options(declared: law.FactDeclaration, answers: Mapping[str, Json], lang: Lang) -> tuple[Option, ...]:
    typed = set(reading.typed_list(answers, declared.id))
    if declared.type.value == "boolean":
        yes = text_of(answers, declared.id).casefold()
        pairs = [("yes", _("Yes"), yes in reading.YES), ("no", _("No"), yes in reading.NO)]
        return tuple(Option(value=value, words=words, chosen=chosen) for value, words, chosen in pairs)
    shown = [one for one in place_fields.here(declared.choices) if one.code not in NOT_CHOICES.get(declared.id, ())]
    shown.sort(key=lambda one: one.code == UNKNOWN_CHOICE.get(declared.id))
    return tuple(Option(value=one.code, words=one.words.get(lang), chosen=one.code in typed) for one in shown)


def _names(declared: law.FactDeclaration, answers: Mapping[str, Json], lang: Lang) -> tuple[str, ...]:
    """What was typed, codes in words, and room for one more; two rooms at first."""
    words = {choice.code: choice.words.get(lang) for choice in declared.choices}
    typed = reading.typed_list(answers, declared.id)
    shown = [words.get(name, name) for name in typed if not reading.is_unknown_word(name)]
    return (*shown, *[""] * max(1, 2 - len(shown)))


def _parts(declared: law.FactDeclaration, answers: Mapping[str, Json], home: Home, lang: Lang) -> tuple[Part, ...]:
    match declared.type.value:
        case "instant":
            day_hint = _("Empty means today. You can write “yesterday”, “Monday” or 11/24.")
            time_hint = _("For example 14:05 or 2:05 pm.")
            return (
                _part(answers, f"{declared.id}.date", _("Day"), "day", day_hint),
                _part(answers, f"{declared.id}.time", _("Time"), "time", time_hint),
            )
        case "place":
            return place_fields.parts(declared.id, answers, home, lang)
        case _:
            return ()


def _part(answers: Mapping[str, Json], name: str, label: str, kind: str, hint: str) -> Part:
    value = _shown(_typed(answers, name))
    return Part(name=name, label=label, kind=kind, value=value, hint=hint, unknown_value="?" if kind == "time" else "")


def _shown(text: str) -> str:
    """What stands in the input: the sign for "I don't know" is drawn by whoever draws the field."""
    return "" if reading.is_unknown_word(text.strip()) else text


def _typed(answers: Mapping[str, Json], name: str) -> str:
    """What was typed, to the letter, so that it stands in the form again."""
    value = answers.get(name)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return value if isinstance(value, str) else ""
