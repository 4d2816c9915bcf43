"""Header text both ways, every period, and the days on which the year is hard to guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.wire import same
from allhands.wire.errors import EncodeRefused

SPEC = Path(__file__).parents[1] / "SPEC.md"
GOOD = "ZCZC-CIV-MEP-004001+0600-0661414-AZDPS   -"
HEADER = same.SameHeader(
    originator="CIV",
    event="MEP",
    locations=(same.Location(code="004001"),),
    valid_for=timedelta(hours=6),
    issued=same.IssueTime(day=66, hour=14, minute=14),
    sender="AZDPS",
)
headers = st.builds(
    same.SameHeader,
    originator=st.sampled_from(sorted(same.ORIGINATORS)),
    event=st.sampled_from(sorted(same.EVENT_NAMES)),
    locations=st.lists(
        st.sampled_from(sorted(same.LOCATION_NAMES)).map(lambda fips: same.Location(code=f"0{fips}")),
        min_size=1,
        max_size=31,
    ).map(tuple),
    valid_for=st.sampled_from(same.valid_periods()),
    issued=st.builds(same.IssueTime, day=st.integers(1, 366), hour=st.integers(0, 23), minute=st.integers(0, 59)),
    sender=st.text(alphabet="ABCXYZ0189/ ", min_size=1, max_size=8).filter(
        lambda text: text.strip() and text[-1] != " "
    ),
)


@given(headers)
def test_header_comes_back_the_same(header: same.SameHeader) -> None:
    text = same.encode(header)
    decoded = same.decode(text)
    assert decoded.header == header
    assert not [finding for finding in decoded.findings if finding.level.value == "error"]
    assert same.decode(text.encode("ascii")) == decoded


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("CIV", "POL", "originator"),
        ("CIV", "civ", "originator"),
        ("MEP", "QQQ", "event"),
        ("MEP", "ME", "event"),
        ("004001+", "+", "no-location"),
        ("004001", "4001", "location-form"),
        ("004001", "00400A", "location-form"),
        ("004001", "-".join(["004001"] * 32), "too-many-locations"),
        ("0600", "0000", "period"),
        ("0600", "0010", "period"),
        ("0600", "0115", "period"),
        ("0600", "0160", "period-form"),
        ("0600", "600", "period-form"),
        ("0661414", "0001414", "day"),
        ("0661414", "3671414", "day"),
        ("0661414", "0662414", "time"),
        ("0661414", "0661460", "time"),
        ("0661414", "66141", "issued-form"),
        ("AZDPS   ", "AZDPS", "sender-length"),
        ("AZDPS   ", "AZDPS    ", "sender-length"),
        ("AZDPS   ", "AZDPSé  ", "sender"),
        ("ZCZC", "ZCZ", "shape"),
        ("-AZDPS", "+AZDPS", "shape"),
        ("AZDPS   -", "AZDPS   ", "shape"),
        ("AZDPS   -", "AZDPS   -\n", "shape"),
    ],
)
def test_broken_header_is_found(old: str, new: str, code: str) -> None:
    findings = same.decode(GOOD.replace(old, new)).findings
    assert ("error", f"same.{code}") in {(finding.level.value, finding.code) for finding in findings}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("004001", "004999", "location-unknown"),
        ("004001", "004001-004001", "location-repeated"),
        ("AZDPS", "     ", "sender-blank"),
    ],
)
def test_doubtful_header_is_accepted_with_a_warning(old: str, new: str, code: str) -> None:
    findings = same.decode(GOOD.replace(old, new)).findings
    assert [(finding.level.value, finding.code) for finding in findings] == [("warning", f"same.{code}")]


def test_every_period_and_no_other() -> None:
    periods = {
        f"{int(period.total_seconds()) // 3600:02}{int(period.total_seconds()) // 60 % 60:02}"
        for period in same.valid_periods()
    }
    assert len(periods) == 3 + 198
    for hours in range(100):
        for minutes in range(60):
            text = f"{hours:02}{minutes:02}"
            findings = same.decode(GOOD.replace("+0600", f"+{text}")).findings
            assert bool(findings) is (text not in periods)


@pytest.mark.parametrize(
    ("issued", "near", "expected"),
    [
        ((365, 23, 59), "2027-01-01T00:05+00:00", "2026-12-31T23:59+00:00"),
        ((366, 23, 59), "2029-01-01T00:05+00:00", "2028-12-31T23:59+00:00"),
        ((1, 0, 1), "2026-12-31T23:59+00:00", "2027-01-01T00:01+00:00"),
        ((60, 12, 0), "2028-03-01T00:00+00:00", "2028-02-29T12:00+00:00"),
        ((60, 12, 0), "2026-03-01T00:00+00:00", "2026-03-01T12:00+00:00"),
        ((66, 14, 14), "2026-03-07T07:20-07:00", "2026-03-07T14:14+00:00"),
        ((366, 0, 0), "2026-06-01T00:00+00:00", None),
        ((366, 0, 0), "2027-12-31T00:00+00:00", "2028-12-31T00:00+00:00"),
    ],
    ids=[
        "year end",
        "leap year end",
        "just after new year",
        "leap day",
        "no leap day",
        "local time",
        "no such day",
        "next year's",
    ],
)
def test_year_is_the_nearest(issued: tuple[int, int, int], near: str, expected: str | None) -> None:
    time = same.IssueTime(day=issued[0], hour=issued[1], minute=issued[2])
    found = time.near(datetime.fromisoformat(near))
    assert found == (datetime.fromisoformat(expected) if expected else None)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)), st.integers(-720, 840))  # noqa: DTZ001
def test_time_of_issue_comes_back(moment: datetime, offset_minutes: int) -> None:
    instant = moment.replace(second=0, microsecond=0, tzinfo=timezone(timedelta(minutes=offset_minutes)))
    issued = same.IssueTime.from_instant(instant)
    assert issued.near(instant + timedelta(days=30)) == instant
    assert issued.near(instant - timedelta(days=30)) == instant


def test_header_tells_when_it_ends() -> None:
    assert HEADER.expires_at(near=datetime(2026, 3, 7, tzinfo=UTC)) == datetime(2026, 3, 7, 20, 14, tzinfo=UTC)


def test_encode_refuses_what_validate_calls_an_error() -> None:
    broken = same.SameHeader(
        originator="CIV", event="MEP", locations=(), valid_for=HEADER.valid_for, issued=HEADER.issued, sender="AZDPS"
    )
    with pytest.raises(EncodeRefused):
        same.encode(broken)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("038079", "Rolette, North Dakota"),
        ("000000", "United States"),
        ("004000", "Arizona"),
        ("904000", "Southeast Arizona"),
        ("099000", ""),
        ("099001", ""),
        ("538079", "Central Rolette, North Dakota"),
    ],
)
def test_location_has_a_name(code: str, name: str) -> None:
    assert same.location_name(code) == name
    assert same.is_known_location(code) is bool(name)


@given(st.binary(max_size=300))
def test_arbitrary_octets_are_judged_or_refused(data: bytes) -> None:
    try:
        assert same.decode(data).findings
    except same.SameError as error:
        assert error.finding.code == "same.not-text"  # noqa: PT017


@given(st.text(max_size=300))
def test_arbitrary_text_is_judged(text: str) -> None:
    assert same.decode(text).findings


def test_endless_text_is_refused() -> None:
    with pytest.raises(same.SameError):
        same.decode("ZCZC-" * 1000)


def test_findings_are_in_the_specification() -> None:
    documented = set(re.findall(r"`same\.([a-z-]+)`", SPEC.read_text()))
    source = "".join(path.read_text() for path in SPEC.parent.glob("*.py"))
    assert set(re.findall(r"report\.(?:error|warn|info)\([^)]*?, \"([a-z-]+)\"", source)) <= documented
