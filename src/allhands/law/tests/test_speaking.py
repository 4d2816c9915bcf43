"""Which packs speak, beside the plain reading of the rule: any place or nation that fits, unless all say otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from allhands.law import Facts, Library, assess
from allhands.law.places import Place
from allhands.law.rules import Applies
from allhands.law.speaking import AFFILIATION, PLACE_FACTS, Whereabouts
from allhands.law.tests.conftest import NOON
from allhands.law.values import FactValue, Kleene

STATES, NATIONS = ("ND", "MT"), ("one", "two")
maybe = st.none
places = st.builds(
    Place,
    state=maybe() | st.sampled_from(STATES),
    county_fips=maybe() | st.sampled_from(("38079", "30001")),
    nation=maybe() | st.sampled_from(NATIONS),
    indian_country=maybe() | st.booleans(),
)
facts = st.fixed_dictionaries(
    {}, optional={**dict.fromkeys(PLACE_FACTS, places), AFFILIATION: st.lists(st.sampled_from(NATIONS)).map(tuple)}
)
ways = st.sampled_from(
    (Applies(always=True), *(Applies(state=one) for one in STATES), *(Applies(nation=one) for one in NATIONS))
)


def plainly(way: Applies, values: Mapping[str, FactValue]) -> Kleene:
    """The rule as it is written, place by place."""
    if way.always:
        return True
    known = [place if isinstance(place := values.get(fact), Place) else None for fact in PLACE_FACTS]
    if way.state is not None:
        tests: list[Kleene] = [None if place is None else place.is_in_state(way.state) for place in known]
    else:
        assert way.nation is not None
        tests = [None if place is None else place.is_with_nation(way.nation) for place in known]
        tied = values.get(AFFILIATION)
        tests.append(way.nation in tied if isinstance(tied, tuple) else None)
    return True if True in tests else None if None in tests else False


@given(facts, ways)
def test_a_pack_speaks_as_the_places_say(values: Mapping[str, FactValue], way: Applies) -> None:
    assert Whereabouts(values, "live")._brings(way) is plainly(way, values)


@given(facts)
def test_what_applies_is_what_an_assessment_names(library: Library, values: Mapping[str, FactValue]) -> None:
    """Open episodes are passed over by the first, so it must never say less than the second."""
    stated = Facts.of(values)
    named = [pack.id for pack in assess(stated, library, as_of=NOON).packs]
    assert [pack.id for pack in library.applying(stated)] == named
