"""The inputs of a place: one tap for here, the state from a list, the county by name, a nation's land."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from allhands import law
from allhands.episodes.contracts import Json
from allhands.episodes.intake.answers import OPEN_LISTS, text_of
from allhands.geo.counties import find_county, list_counties
from allhands.geo.states import STATE_NAMES
from allhands.platform import packs
from allhands.ui.wording import Lang

NATIONS = "child.tribal_affiliation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One input of a field that has several: the day and the time, the state and the county.

    Args:
        kind: tick, select, day, time, county.
        value: as typed; the one value of a tick.
        suggestions: names to choose from while typing.
        is_far: only asked when the place is not here.
        unknown_value: what stands in it where `?` is typed for "I don't know".
    """

    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    ticked: bool = False
    options: tuple[Option, ...] = ()
    suggestions: tuple[str, ...] = ()
    is_far: bool = False
    unknown_value: str = ""

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the asking agency is at home: offered as one tap, never assumed."""

    state: str = ""
    county_fips: str = ""

    @property
    def code(self) -> str:
        return f"{self.state}-{self.county_fips}" if self.state else ""

    @property
    def words(self) -> str:
        county = find_county(self.county_fips)
        names = [county.name if county else "", STATE_NAMES.get(self.state, "")]
        return ", ".join(name for name in names if name)


def parts(fact: str, answers: Mapping[str, Json], home: Home, lang: Lang) -> tuple[Part, ...]:
    """The inputs of one place with what was typed."""
    here = (_here(fact, answers, home),) if home.code else ()
    return (*here, _state(fact, answers), _county(fact, answers, home), _land(fact, answers, lang))


def county_names(state: str) -> tuple[str, ...]:
    """The counties of a state by name, to choose from while typing."""
    return tuple(one.name for one in list_counties(state, with_invented=has_invented())) if state else ()


def has_invented() -> bool:
    """Whether the demo county exists: everywhere but in the live world."""
    return bool(settings.ALLHANDS_WORLD != "live")


def choose(pairs: list[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    """The options of a list with "Not known yet" on top."""
    first = Option(value="", words=_("Not known yet"), chosen=not chosen)
    return (first, *(Option(value=value, words=words, chosen=value == chosen) for value, words in pairs))


def here(choices: tuple[law.Choice, ...]) -> tuple[law.Choice, ...]:
    """The choices of a list of nations without those whose pack speaks in another world only, as the sample's does."""
    elsewhere = {
        pack.id.removeprefix("tribes.")
        for pack in packs.library().packs
        if pack.id.startswith("tribes.") and settings.ALLHANDS_WORLD not in pack.worlds
    }
    return tuple(choice for choice in choices if choice.code not in elsewhere)


def _here(fact: str, answers: Mapping[str, Json], home: Home) -> Part:
    name = f"{fact}.here"
    label = _("Here: %(place)s") % {"place": home.words}
    return Part(name=name, label=label, kind="tick", value=home.code, ticked=text_of(answers, name) == home.code)


def _state(fact: str, answers: Mapping[str, Json]) -> Part:
    names = sorted(STATE_NAMES.items(), key=lambda pair: pair[1])
    chosen = text_of(answers, f"{fact}.state").upper()
    return Part(name=f"{fact}.state", label=_("State"), kind="select", options=choose(names, chosen), is_far=True)


def _county(fact: str, answers: Mapping[str, Json], home: Home) -> Part:
    typed = answers.get(f"{fact}.county") or answers.get(f"{fact}.county_fips") or ""
    known = find_county(str(typed).strip())
    return Part(
        name=f"{fact}.county",
        label=_("County, town or ZIP"),
        kind="county",
        value=known.name if known else str(typed),
        is_far=True,
        unknown_value="?",
        suggestions=county_names(text_of(answers, f"{fact}.state").upper() or home.state),
    )


def _land(fact: str, answers: Mapping[str, Json], lang: Lang) -> Part:
    declared = packs.library().facts.get(NATIONS)
    unlisted = OPEN_LISTS[NATIONS][0]
    choices = here(declared.choices) if declared else ()
    nations = [(one.code, one.words.get(lang)) for one in choices if one.code != unlisted]
    chosen = text_of(answers, f"{fact}.land") or text_of(answers, f"{fact}.nation")
    pairs = [("no", _("No")), ("yes", _("Yes, we do not know whose")), *nations]
    return Part(
        name=f"{fact}.land", label=_("On a tribal nation's land?"), kind="select", options=choose(pairs, chosen)
    )
