"""Kleene's tables, the leaves with values known and unknown, and what would settle them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.law import FactValue, Library, Place
from allhands.law.expressions.branches import All, AnyOf, Not
from allhands.law.expressions.leaves import Compare, Contains, Equals, IsIn, Known, Order, PlaceIs, Setting, Within
from allhands.law.expressions.scene import Expression, Scene, missing_of
from allhands.law.facts.known import Facts
from allhands.law.judge import Judge
from allhands.law.values import Kleene

from .conftest import NOON

A, B, C = "child.in_foster_care", "child.left_without_permission", "child.believed_abducted"
VALUES: tuple[Kleene, ...] = (True, False, None)


def scene_of(library: Library, values: Mapping[str, FactValue]) -> Scene:
    return Judge(library, Facts.of(values), as_of=NOON, world="live").scene


def stated(**values: Kleene) -> dict[str, FactValue]:
    return {{"a": A, "b": B, "c": C}[name]: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize("a", VALUES)
@pytest.mark.parametrize("b", VALUES)
def test_branches_follow_kleene(library: Library, a: Kleene, b: Kleene) -> None:
    scene = scene_of(library, stated(a=a, b=b))
    left, right = Equals(A, value=True), Equals(B, value=True)
    rank = {False: 0, None: 1, True: 2}
    assert All((left, right)).judge(scene) is min(a, b, key=rank.__getitem__)
    assert AnyOf((left, right)).judge(scene) is max(a, b, key=rank.__getitem__)
    assert Not(left).judge(scene) is (None if a is None else not a)


SEEN, TWO = "time.last_seen_at", "time.returned_at"
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("leaf", "values", "verdict"),
    [
        pytest.param(Compare("child.age_years", "below", 18), {"child.age_years": 17}, True, id="below, under"),
        pytest.param(Compare("child.age_years", "below", 18), {"child.age_years": 18}, False, id="below, at"),
        pytest.param(Compare("child.age_years", "at_least", 18), {"child.age_years": 18}, True, id="at least, at"),
        pytest.param(Compare("child.age_years", "above", 18), {"child.age_years": 18}, False, id="above, at"),
        pytest.param(Compare("child.age_years", "at_most", 18), {"child.age_years": 18}, True, id="at most, at"),
        pytest.param(Compare("child.age_years", "below", 18), {}, None, id="below, unknown"),
        pytest.param(Compare("child.age_years", "below", Setting("x")), {"child.age_years": 1}, None, id="no setting"),
        pytest.param(IsIn("child.placement_kind", ("a", "b")), {"child.placement_kind": "b"}, True, id="in"),
        pytest.param(IsIn("child.placement_kind", ("a", "b")), {"child.placement_kind": "c"}, False, id="not in"),
        pytest.param(
            Contains("child.health_needs", "asthma"), {"child.health_needs": ("asthma",)}, True, id="contains"
        ),
        pytest.param(Contains("child.health_needs", "asthma"), {"child.health_needs": ()}, False, id="empty list"),
        pytest.param(Contains("child.health_needs", "asthma"), {}, None, id="contains, unknown"),
        pytest.param(Known(SEEN), {}, False, id="known, not stated"),
        pytest.param(Known(SEEN), {SEEN: TEN}, True, id="known, stated"),
        pytest.param(Order(SEEN, before=True, bound="as_of"), {SEEN: TEN}, True, id="before now"),
        pytest.param(Order(SEEN, before=True, bound=TEN), {SEEN: TEN}, False, id="before itself"),
        pytest.param(Order(SEEN, before=False, bound=TWO), {SEEN: TEN}, None, id="after an unknown"),
        pytest.param(Order(SEEN, before=False, bound=TWO), {SEEN: NOON, TWO: TEN}, True, id="after another"),
        pytest.param(Within(SEEN, "as_of", 2), {SEEN: TEN}, True, id="within, at the end"),
        pytest.param(Within(SEEN, "as_of", 2, open_end=True), {SEEN: TEN}, False, id="less than, at the end"),
        pytest.param(Within(SEEN, TWO, 1), {SEEN: TEN, TWO: NOON}, False, id="within, outside"),
    ],
)
def test_leaf_verdicts(library: Library, leaf: Expression, values: dict[str, FactValue], verdict: Kleene) -> None:
    assert leaf.judge(scene_of(library, values)) is verdict


HOME = "place.residence"


@pytest.mark.parametrize(
    ("wanted", "place", "verdict"),
    [
        pytest.param(PlaceIs(HOME, state="ND"), Place(state="ND"), True, id="state"),
        pytest.param(PlaceIs(HOME, state="ND"), Place(state="MT"), False, id="other state"),
        pytest.param(PlaceIs(HOME, state="ND"), Place(nation="tmbci"), None, id="state not stated"),
        pytest.param(PlaceIs(HOME, state="ND"), Place(county_fips="38079"), True, id="state told by the county"),
        pytest.param(PlaceIs(HOME, county_fips="38079"), Place(state="ND"), None, id="county not stated"),
        pytest.param(PlaceIs(HOME, county_fips="38079"), Place(state="MT"), False, id="county of another state"),
        pytest.param(PlaceIs(HOME, nation="tmbci"), Place(state="ND"), None, id="nation not stated"),
        pytest.param(PlaceIs(HOME, nation="tmbci"), Place(indian_country=False), False, id="outside Indian country"),
        pytest.param(PlaceIs(HOME, nation="a1"), Place(nation="a1", indian_country=False), True, id="nation stated"),
        pytest.param(PlaceIs(HOME, state="ND", indian_country=True), Place(state="ND"), None, id="part unknown"),
        pytest.param(PlaceIs(HOME, state="ND", indian_country=True), Place(state="MT"), False, id="part denies"),
        pytest.param(PlaceIs(HOME, indian_country=False), Place(indian_country=True), False, id="opposite"),
    ],
)
def test_place_verdicts(library: Library, wanted: PlaceIs, place: Place, verdict: Kleene) -> None:
    assert wanted.judge(scene_of(library, {HOME: place})) is verdict


def test_missing_names_the_most_decisive_first(library: Library) -> None:
    a, b, c = (Equals(fact, value=True) for fact in (A, B, C))
    cases: dict[Expression, tuple[str, ...]] = {
        # c alone settles whatever the answer; a settles only with one answer
        AnyOf((All((a, b)), All((a, Not(b))))): (A, B),
        All((a, b)): (A, B),
        AnyOf((All((a, b)), All((Not(a), c)))): (A, B, C),
        All((AnyOf((a, b)), c)): (C, A, B),
    }
    for expression, wanted in cases.items():
        assert missing_of(expression.levers(scene_of(library, {}))) == wanted


def expressions() -> st.SearchStrategy[Expression]:
    leaf = st.sampled_from([A, B, C]).map(lambda fact: Equals(fact, value=True))
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=8,
    )


KNOWLEDGE = st.fixed_dictionaries({A: st.sampled_from(VALUES), B: st.sampled_from(VALUES), C: st.sampled_from(VALUES)})


def known(answers: Mapping[str, Kleene]) -> dict[str, FactValue]:
    return {fact: value for fact, value in answers.items() if value is not None}


@given(expressions(), expressions(), KNOWLEDGE)
def test_de_morgan(library: Library, left: Expression, right: Expression, answers: dict[str, Kleene]) -> None:
    scene = scene_of(library, known(answers))
    assert Not(All((left, right))).judge(scene) is AnyOf((Not(left), Not(right))).judge(scene)
    assert Not(Not(left)).judge(scene) is left.judge(scene)


@given(expressions(), KNOWLEDGE, st.sampled_from([A, B, C]), st.booleans())
def test_one_more_fact_never_turns_a_verdict(
    library: Library, expression: Expression, answers: dict[str, Kleene], fact: str, value: bool
) -> None:
    before = expression.judge(scene_of(library, known(answers)))
    after = expression.judge(scene_of(library, {**known(answers), fact: known(answers).get(fact, value)}))
    assert before is None or after is before


@given(expressions(), KNOWLEDGE)
def test_levers_keep_their_promise(library: Library, expression: Expression, answers: dict[str, Kleene]) -> None:
    """A fact said to settle the expression alone does so with one answer at least, or with both."""
    values = known(answers)
    scene = scene_of(library, values)
    if expression.judge(scene) is not None:
        return
    levers = expression.levers(scene)
    assert levers
    for fact in (A, B, C):
        verdicts = [expression.judge(scene_of(library, {**values, fact: value})) for value in (True, False)]
        if fact not in values and verdicts != [None, None]:
            assert fact in levers


@given(expressions(), KNOWLEDGE)
def test_trace_tells_the_verdict(library: Library, expression: Expression, answers: dict[str, Kleene]) -> None:
    scene = scene_of(library, known(answers))
    told = {"true": True, "false": False, "unknown": None}[expression.trace(scene).verdict.value]
    assert told is expression.judge(scene)
