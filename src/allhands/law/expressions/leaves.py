"""The tests that read one fact (or two). A fact that is not stated makes its test UNKNOWN, never FALSE."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allhands.law.expressions.scene import SETTLES, Expression, Levers, Scene, Trace
from allhands.law.expressions.words import value_words
from allhands.law.places import Place
from allhands.law.values import FactValue, Kleene, Number, Text, Verdict

AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class Leaf(ABC):
    """A test of one fact."""

    fact: str

    def judge(self, scene: Scene) -> Kleene:
        value = scene.values.get(self.fact)
        return None if value is None else self.test(value, scene)

    @abstractmethod
    def test(self, value: FactValue, scene: Scene) -> Kleene:
        """The verdict for a stated value."""

    @abstractmethod
    def needs(self, scene: Scene) -> Text | None:
        """The condition in words, after "needs"; None when the fact's own label says it all."""

    def levers(self, scene: Scene) -> Levers:
        return {self.fact: SETTLES}

    def trace(self, scene: Scene) -> Trace:
        """Shared by every rule that holds the same node: packs repeat the same few tests hundreds of times."""
        key = (id(self), False)
        known = scene.traces.get(key)
        return known or scene.keep_trace(self, key, self._trace(scene))

    def _trace(self, scene: Scene) -> Trace:
        """Most facts are not known yet, and most others are yes or no: those words are made once for all episodes."""
        value = scene.values.get(self.fact)
        if not (value is None or isinstance(value, bool)) or self.follows_settings():
            return self._new_trace(scene)
        key = (id(self), value)
        known = scene.plain.get(key)
        if known is None:
            known = scene.plain[key] = (self, self._new_trace(scene))  # the leaf too: its number stays its own
        return known[1]

    def follows_settings(self) -> bool:
        """Whether what it needs depends on the packs that speak."""
        return False

    def _new_trace(self, scene: Scene) -> Trace:
        stated = scene.stated.get(self.fact)
        if stated is None:
            stated = scene.stated[self.fact] = _stated_words(self.fact, scene)
        needs = self.needs(scene)
        en, es = stated.en, stated.es
        if needs is not None:
            en, es = f"{en} (needs {needs.en})", f"{es} (se necesita {needs.es})"
        return Trace(text=Text(en, es), verdict=Verdict.of(self.judge(scene)), fact=self.fact)

    def parts(self) -> tuple[Expression, ...]:
        return ()


def _stated_words(fact: str, scene: Scene) -> Text:
    declaration = scene.declarations[fact]
    label, value = declaration.label, value_words(scene.values.get(fact), declaration)
    return Text(f"{label.en}: {value.en}", f"{label.es}: {value.es}")


@dataclass(frozen=True, slots=True)
class Equals(Leaf):
    """The fact has this very value."""

    value: FactValue

    def test(self, value: FactValue, scene: Scene) -> Kleene:
        return value == self.value

    def needs(self, scene: Scene) -> Text | None:
        return None if self.value is True else value_words(self.value, scene.declarations[self.fact])


@dataclass(frozen=True, slots=True)
class IsIn(Leaf):
    """The fact has one of these values."""

    values: tuple[FactValue, ...]

    def test(self, value: FactValue, scene: Scene) -> Kleene:
        return value in self.values

    def needs(self, scene: Scene) -> Text:
        words = [value_words(value, scene.declarations[self.fact]) for value in self.values]
        return Text(" or ".join(word.en for word in words), " o ".join(word.es for word in words))


@dataclass(frozen=True, slots=True)
class Contains(Leaf):
    """The fact is a list of codes and this code is one of them."""

    value: str

    def test(self, value: FactValue, scene: Scene) -> Kleene:
        return isinstance(value, tuple) and self.value in value

    def needs(self, scene: Scene) -> Text:
        return value_words((self.value,), scene.declarations[self.fact])


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that a pack sets, such as the age a State elected."""

    name: str


@dataclass(frozen=True, slots=True)
class SettingIs:
    """A pack's setting has this number; UNKNOWN while no pack sets it. Reads no fact, so no answer settles it."""

    name: str
    value: Number

    def judge(self, scene: Scene) -> Kleene:
        found = scene.settings.get(self.name)
        return None if found is None else found == self.value

    def levers(self, scene: Scene) -> Levers:
        return {}

    def trace(self, scene: Scene) -> Trace:
        found = scene.settings.get(self.name)
        en, es = (
            f"Setting {self.name}: {found} (needs {self.value})",
            f"Ajuste {self.name}: {found} (se necesita {self.value})",
        )
        return Trace(text=Text(en, es), verdict=Verdict.of(self.judge(scene)))

    def parts(self) -> tuple[Expression, ...]:
        return ()


_COMPARISONS: dict[str, tuple[str, str]] = {
    "at_least": ("at least", "al menos"),
    "above": ("more than", "más de"),
    "at_most": ("at most", "como máximo"),
    "below": ("less than", "menos de"),
}


@dataclass(frozen=True, slots=True)
class Compare(Leaf):
    """The fact's number stands on the named side of a bound."""

    side: str
    bound: Number | Setting

    def follows_settings(self) -> bool:
        return isinstance(self.bound, Setting)

    def number(self, scene: Scene) -> Number | None:
        return scene.settings.get(self.bound.name) if isinstance(self.bound, Setting) else self.bound

    def test(self, value: FactValue, scene: Scene) -> Kleene:
        bound = self.number(scene)
        if bound is None or not isinstance(value, int | float):
            return None
        if self.side == "below":
            return value < bound
        if self.side == "at_least":
            return value >= bound
        return value > bound if self.side == "above" else value <= bound

    def levers(self, scene: Scene) -> Levers:
        return {self.fact: SETTLES} if self.fact not in scene.values and self.number(scene) is not None else {}

    def needs(self, scene: Scene) -> Text:
        en, es = _COMPARISONS[self.side]
        bound = self.number(scene)
        if bound is None:
            return Text(f"{en} an age or number no pack has set", f"{es} una edad o número que ningún paquete fija")
        return Text(f"{en} {bound}", f"{es} {bound}")


def _moment(value: FactValue | None) -> date | datetime | None:
    return value if isinstance(value, date) else None  # a datetime is a date


@dataclass(frozen=True, slots=True)
class Order(Leaf):
    """The fact's instant (or day) comes before or after another one: a fixed one, another fact, or `as_of`."""

    before: bool
    bound: date | datetime | str

    def _bound(self, scene: Scene) -> date | datetime | None:
        if isinstance(self.bound, str):
            return scene.as_of if self.bound == AS_OF else _moment(scene.values.get(self.bound))
        return self.bound

    def test(self, value: FactValue, scene: Scene) -> Kleene:
        moment, bound = _moment(value), self._bound(scene)
        if moment is None or bound is None:
            return None
        return moment < bound if self.before else moment > bound

    def levers(self, scene: Scene) -> Levers:
        other = self.bound if isinstance(self.bound, str) else AS_OF
        return _levers_of_two(self.fact, other, scene)

    def needs(self, scene: Scene) -> Text:
        bound = _bound_words(self.bound, scene)
        return (
            Text(f"before {bound.en}", f"antes de {bound.es}")
            if self.before
            else Text(f"after {bound.en}", f"después de {bound.es}")
        )


@dataclass(frozen=True, slots=True)
class Within(Leaf):
    """The fact's instant lies at most (or less than) so many hours from another one or `as_of`, on either side."""

    of: str
    hours: Number
    open_end: bool = False

    def test(self, value: FactValue, scene: Scene) -> Kleene:
        other = scene.as_of if self.of == AS_OF else scene.values.get(self.of)
        if not isinstance(value, datetime) or not isinstance(other, datetime):
            return None
        apart, limit = abs(value - other), timedelta(hours=self.hours)
        return apart < limit if self.open_end else apart <= limit

    def levers(self, scene: Scene) -> Levers:
        return _levers_of_two(self.fact, self.of, scene)

    def needs(self, scene: Scene) -> Text:
        bound = _bound_words(self.of, scene)
        return Text(f"within {self.hours} hours of {bound.en}", f"a no más de {self.hours} horas de {bound.es}")


def _levers_of_two(fact: str, other: str, scene: Scene) -> Levers:
    unknown = [name for name in (fact, other) if name != AS_OF and name not in scene.values]
    return {name: SETTLES if len(unknown) == 1 else 0 for name in unknown}


def _bound_words(bound: date | datetime | str, scene: Scene) -> Text:
    if bound == AS_OF:
        return Text("now", "ahora")
    if isinstance(bound, str):
        label = scene.declarations[bound].label
        return Text(f"“{label.en}”", f"«{label.es}»")
    return Text(bound.isoformat(), bound.isoformat())


@dataclass(frozen=True, slots=True)
class Known(Leaf):
    """Whether the fact is stated at all; the one test that is never UNKNOWN."""

    def judge(self, scene: Scene) -> Kleene:
        return self.fact in scene.values

    def test(self, value: FactValue, scene: Scene) -> Kleene:
        return True

    def levers(self, scene: Scene) -> Levers:
        return {}

    def needs(self, scene: Scene) -> Text:
        return Text("any answer", "cualquier respuesta")


@dataclass(frozen=True, slots=True)
class PlaceIs(Leaf):
    """The fact is a place with these parts; a part that is not known makes it UNKNOWN."""

    state: str | None = None
    county_fips: str | None = None
    nation: str | None = None
    indian_country: bool | None = None

    def test(self, value: FactValue, scene: Scene) -> Kleene:
        if not isinstance(value, Place):
            return None
        verdict: Kleene = True
        for part in self._tests(value):
            if part is False:
                return False
            if part is None:
                verdict = None
        return verdict

    def _tests(self, place: Place) -> list[Kleene]:
        tests: list[Kleene] = []
        if self.state is not None:
            tests.append(place.is_in_state(self.state))
        if self.county_fips is not None:
            tests.append(place.is_in_county(self.county_fips))
        if self.nation is not None:
            tests.append(place.is_with_nation(self.nation))
        if self.indian_country is not None:
            in_country = place.is_indian_country()
            tests.append(None if in_country is None else in_country == self.indian_country)
        return tests

    def needs(self, scene: Scene) -> Text:
        wanted = Place(
            state=self.state, county_fips=self.county_fips, nation=self.nation, indian_country=self.indian_country
        )
        return value_words(wanted, scene.declarations[self.fact])
