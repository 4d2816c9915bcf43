"""What we write, others can read: the official schema, both profiles, and our own decoder."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from allhands.wire import cap
from allhands.wire.cap.schemas import schema_errors
from allhands.wire.cap.tests.generators import alerts, missing_child_alert


@pytest.mark.parametrize("batch", range(10))
def test_generated_alerts_pass_schema_and_both_profiles(batch: int) -> None:
    for seed in range(batch * 50, batch * 50 + 50):
        alert = missing_child_alert(seed)
        data = cap.encode(alert)
        assert list(schema_errors(etree.fromstring(data), cap.CapVersion.V1_2, "/alert")) == []
        for profile in cap.PROFILES.values():
            checked = cap.check(data, profile=profile)
            assert checked.accepted, (seed, profile.name, checked.findings)
            assert checked.alert == alert


@given(alerts())
@settings(max_examples=200, deadline=None)
def test_every_alert_comes_back_the_same(alert: cap.Alert) -> None:
    data = cap.encode(alert)
    decoded = cap.decode(data)
    assert decoded.alert == alert
    assert not [finding for finding in decoded.findings if finding.level.value == "error"]
    assert cap.encode(alert) == data


@given(st.binary(max_size=400))
def test_arbitrary_bytes_raise_our_own_error(data: bytes) -> None:
    with pytest.raises(cap.CapError):
        cap.decode(data)
    with pytest.raises(cap.CapError):
        cap.decode_feed(data)


_VALID = cap.encode(missing_child_alert(1))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_alert_is_judged_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(_VALID)))
    length = data.draw(st.integers(0, 30))
    patch = data.draw(st.binary(max_size=30))
    damaged = _VALID[:start] + patch + _VALID[start + length :]
    with contextlib.suppress(cap.CapError):
        cap.check(damaged, profile=cap.PROFILES["ipaws10"])
