"""Each rule speaks when it is broken, and is silent about a good alert."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from allhands.wire import cap
from allhands.wire.cap import geometry, values
from allhands.wire.cap.tests.bad_alerts import CORE, GOOD, IPAWS, Case
from allhands.wire.cap.tests.generators import missing_child_alert
from allhands.wire.errors import EncodeRefused

HERE = Path(__file__).parent


def _ids(case: Case) -> str:
    return f"{case.code}: {case.new[:24]}"


@pytest.mark.parametrize("case", CORE + IPAWS, ids=_ids)
def test_broken_rule_is_found(case: Case) -> None:
    assert GOOD.count(case.old), "the case must change something"
    document = GOOD.replace(case.old, case.new, 1) if case.old != "cap:1.2" else GOOD.replace("cap:1.2", case.new)
    checked = cap.check(document.encode(), profile=cap.PROFILES[case.profile])
    found = {(finding.code, finding.level.value) for finding in checked.findings}
    assert (f"cap.{case.code}", case.level) in found
    assert checked.accepted is (case.level != "error")
    assert all(finding.path.startswith("/") for finding in checked.findings)


@pytest.mark.parametrize("profile", cap.PROFILES.values(), ids=lambda profile: profile.name)
def test_good_alert_has_no_findings(profile: cap.Profile) -> None:
    assert cap.check(GOOD.encode(), profile=profile).findings == ()


def test_long_wireless_text_is_refused_by_ipaws_only() -> None:
    document = GOOD.replace("EXERCISE. If seen, call 911.", "x" * 361).encode()
    assert cap.check(document).accepted
    found = cap.check(document, profile=cap.PROFILES["ipaws10"]).findings
    assert [finding.code for finding in found] == ["wea.too-long"]


def test_cancel_may_end_when_it_is_sent() -> None:
    document = GOOD.replace("Alert</msgType>", "Cancel</msgType>").replace("2026-03-08T03:14:05", "2026-03-07T21:14:05")
    levels = {finding.code: finding.level.value for finding in cap.check(document.encode()).findings}
    assert levels["cap.expired-at-birth"] == "warning"


def test_many_locations_do_not_fit_into_a_broadcast_header() -> None:
    geocode = "<geocode><valueName>SAME</valueName><value>{}</value></geocode>"
    many = "".join(geocode.format(f"0480{number:02}") for number in range(1, 64, 2))
    document = GOOD.replace(geocode.format("004001"), many)
    codes = {finding.code for finding in cap.check(document.encode(), profile=cap.PROFILES["ipaws10"]).findings}
    assert "cap.ipaws.same-locations-many" in codes


def _comb(teeth: int, *, crossing: bool) -> tuple[cap.LonLat, ...]:
    """A ring in which every edge spans the whole width; the last tooth may cut through the back."""
    points = [(-100.0 + 20 * (tooth % 2), 20 + tooth / 100) for tooth in range(teeth)]
    back = [(-79.0, points[-1][1]), (-79.0, 19.0), (-101.0, 19.0)]
    if crossing:
        points.insert(-1, (-78.0, points[-1][1] - 0.005))
    return tuple(cap.LonLat(lon=lon, lat=lat) for lon, lat in [*points, *back, points[0]])


@pytest.mark.parametrize("teeth", [200, 390, 410, 1900])
def test_both_ways_to_look_for_a_crossing_agree(teeth: int) -> None:
    for crossing in (False, True):
        ring = _comb(teeth, crossing=crossing)
        assert geometry.crosses_itself(ring) is crossing
        if teeth < 500:
            assert (geometry.find_crossing(ring) is not None) is crossing


@pytest.mark.parametrize("teeth", [300, 1900])
def test_large_ring_that_crosses_itself_is_refused(teeth: int) -> None:
    for crossing in (False, True):
        polygon = values.format_ring(_comb(teeth, crossing=crossing))
        document = re.sub("<polygon>.*</polygon>", f"<polygon>{polygon}</polygon>", GOOD)
        codes = [finding.code for finding in cap.check(document.encode()).findings]
        assert codes == (["cap.polygon-crossing"] if crossing else [])


def test_encode_refuses_what_validate_calls_an_error() -> None:
    alert = missing_child_alert(1)
    broken = cap.Alert(**{name: getattr(alert, name) for name in cap.Alert.__slots__} | {"identifier": "two words"})
    with pytest.raises(EncodeRefused) as refused:
        cap.encode(broken)
    assert [finding.code for finding in refused.value.findings] == ["cap.identifier-form"]


def test_every_code_is_in_the_specification() -> None:
    source = "".join(path.read_text() for path in HERE.parent.rglob("*.py") if "tests" not in path.parts)
    codes = set(re.findall(r"report\.(?:error|warn|info)\([^)]*?, \"([a-z.-]+)\"", source, re.DOTALL))
    documented = {
        code.removeprefix("feed.") for code in re.findall(r"`cap\.([a-z.-]+)`", (HERE.parent / "SPEC.md").read_text())
    }
    assert codes
    assert codes <= documented
