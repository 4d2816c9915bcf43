"""Frozen bytes, hidden numbers, second looks, cells: pure, told by tables and properties."""

from __future__ import annotations

import math
from collections import Counter
from datetime import timedelta

import h3.api.basic_int as h3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allhands.alerts import cells, domain, freezing, presenting, refusing
from allhands.alerts.contracts import AlertArea, Circle, MessageKind, NeedLine
from allhands.alerts.tests.makers import NOW
from allhands.channels.tests.messages import a_message


def test_a_message_comes_back_from_its_bytes_and_the_digest_is_of_them() -> None:
    whole = a_message()
    frozen = freezing.freeze(whole)
    assert freezing.thaw(frozen) == whole
    assert freezing.freeze(freezing.thaw(frozen)) == frozen
    assert freezing.digest_of(frozen) != freezing.digest_of(freezing.freeze(a_message(sender_name="Another")))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"newest": 2}, "out-of-order"),
        ({"is_authorised": False}, "not-authorised"),
        ({"expires_at": NOW}, "expired"),
        ({"is_over": True}, "taken-back"),
        ({"is_wanted": False}, "not-wanted"),
        ({"kind": MessageKind.CANCEL, "is_wanted": False, "is_over": True, "expires_at": NOW}, ""),
        ({"kind": MessageKind.CANCEL, "newest": 2}, "out-of-order"),
    ],
)
def test_what_may_not_leave_stays(changes: dict[str, object], why: str) -> None:
    usual: dict[str, object] = {
        "kind": MessageKind.ALERT, "number": 1, "newest": 1, "expires_at": NOW + timedelta(hours=1),
        "is_authorised": True, "is_wanted": True, "is_over": False,
    }  # fmt: skip
    assert domain.check_leaving(domain.Leaving(**usual | changes), NOW) == why  # type: ignore[arg-type]  # names the fields


@pytest.mark.parametrize(
    ("reach", "looks"),
    [
        ((100.0, 1_000, {"ND"}, 14), ()),
        ((25_001.0, 1_000, {"ND"}, 14), ("large",)),
        ((100.0, 1_000_001, {"ND"}, 14), ("large",)),
        ((100.0, 1_000, {"ND", "MN"}, 14), ("border",)),
        ((None, None, {"ND"}, 22), ("night",)),
        ((None, None, {"ND"}, 5), ("night",)),
        ((None, None, {"ND"}, 6), ()),
    ],
)
def test_when_to_look_twice(reach: tuple[float | None, int | None, set[str], int], looks: tuple[str, ...]) -> None:
    km2, people, states, hour = reach
    found = domain.second_looks(domain.Reach(km2=km2, people=people, states=frozenset(states), local_hour=hour))
    assert found == looks


counted = st.builds(
    refusing.Counted,
    county=st.sampled_from(["A", "B", "C"]),
    quarter=st.sampled_from(["1", "2", "3"]),
    asked=st.integers(1, 40),
    refused=st.just(0),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(st.lists(counted, max_size=9, unique_by=lambda one: (one.county, one.quarter)))
def test_no_small_number_is_shown_and_none_can_be_worked_out(found: list[refusing.Counted]) -> None:
    shown = refusing.hide(found)
    assert all(cell.asked is None or cell.asked >= refusing.SMALLEST for cell in shown)
    for line in ("county", "quarter"):
        hidden = Counter(getattr(cell, line) for cell in shown if cell.asked is None)
        whole = Counter(getattr(cell, line) for cell in shown)
        assert all(count != 1 or whole[name] == 1 for name, count in hidden.items())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(
    lat=st.floats(30, 48),
    lon=st.floats(-120, -70),
    km=st.floats(2, 120),
    angle=st.floats(0, 6.28),
    part=st.floats(0, 1),
)
def test_nobody_inside_a_circle_is_left_out(lat: float, lon: float, km: float, angle: float, part: float) -> None:
    area = AlertArea(
        words={"en": ""}, county_fips=(), nations=(), polygons=(), circles=(Circle(centre=(lat, lon), radius_km=km),)
    )
    north, east = km * part * math.sin(angle), km * part * math.cos(angle)
    there = (lat + north / 111.4, lon + east / (111.4 * math.cos(math.radians(lat))))
    if h3.great_circle_distance((lat, lon), there, unit="km") <= km:
        held = cells.cell_at(there)
        assert sum(low <= held <= high for low, high in map(cells.span, cells.cover(area))) == 1


@pytest.mark.parametrize(
    ("verdicts", "counts", "button"),
    [
        ("", "", "Yes"),
        ("T", "1 met, 0 not known yet, 0 not met", "Yes: the one criterion is met"),
        ("TTT", "3 met, 0 not known yet, 0 not met", "Yes: all 3 criteria are met"),
        ("TTU", "2 met, 1 not known yet, 0 not met", "Yes, with 2 met, 1 not known yet, 0 not met"),
        ("UFF", "0 met, 1 not known yet, 2 not met", "Yes, with 0 met, 1 not known yet, 2 not met"),
    ],
)
def test_a_yes_never_says_more_than_what_is_known(verdicts: str, counts: str, button: str) -> None:
    words = {"T": "TRUE", "U": "UNKNOWN", "F": "FALSE"}
    needs = [NeedLine(id=str(at), title={"en": "x"}, verdict=words[one]) for at, one in enumerate(verdicts)]
    assert (presenting.criteria_words(needs), presenting.grant_words(needs)) == (counts, button)


@given(lat=st.floats(-89, 89), lon=st.floats(-180, 180), level=st.integers(0, cells.FINEST))
def test_a_span_holds_what_lies_in_the_cell_and_nothing_else(lat: float, lon: float, level: int) -> None:
    held = cells.cell_at((lat, lon))
    parent = int(h3.cell_to_parent(held, level))
    low, high = cells.span(parent)
    assert low <= held <= high
    for near in h3.grid_disk(held, 2):
        assert (low <= near <= high) == (h3.cell_to_parent(near, level) == parent)


a_cell = st.builds(lambda lat, lon: cells.cell_at((lat, lon)), st.floats(-89, 89), st.floats(-180, 180))


@given(st.text() | st.from_regex("-?[0-9a-fA-F]{1,24}", fullmatch=True) | a_cell.map("{:x}".format))
def test_any_text_is_a_cell_as_h3_writes_it_or_none(text: str) -> None:
    found = cells.read_cell(text)
    assert found is None or (f"{found:x}", h3.get_resolution(found)) == (text, cells.FINEST)
