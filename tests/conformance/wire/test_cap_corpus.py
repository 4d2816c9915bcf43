"""Every sample document is judged as its label says."""

from __future__ import annotations

from pathlib import Path

import pytest

from allhands.wire import cap

DATA = Path(__file__).parent / "data" / "cap"

# file, accepted by cap12, accepted by ipaws10
LABELS = [
    ("000-valid-cae.cap", True, True),
    ("001-valid-mep.cap", True, True),
    ("200-sent-utc-z.cap", False, False),
    ("225-update-no-references.cap", True, False),
    ("227-valid-update.cap", True, True),
    ("235-polygon-unclosed.cap", False, False),
    ("248-circle-valid.cap", True, True),
    ("43b080713727.cap", True, False),
    ("KAR0-0306112239-SW.cap", True, False),
    ("earthquake.cap", True, True),
    ("invalid.cap", False, False),
    ("no_optional_fields.cap", True, False),
    ("thunderstorm.cap", True, False),
    ("weather.cap", True, False),
]
# file, kind, alerts inside, links to alerts
FEEDS = [
    ("amber.atom", cap.FeedKind.ATOM, 1, 0),
    ("weather.atom", cap.FeedKind.ATOM, 1, 1),
    ("earthquake_index.atom", cap.FeedKind.ATOM, 0, 1),
    ("amber.rss", cap.FeedKind.RSS, 0, 1),
    ("bushfire_valid.edxlde", cap.FeedKind.EDXL_DE, 7, 0),
]


@pytest.mark.parametrize(("name", "in_cap12", "in_ipaws10"), LABELS, ids=[label[0] for label in LABELS])
def test_sample_is_judged_as_labelled(name: str, in_cap12: bool, in_ipaws10: bool) -> None:
    data = (DATA / name).read_bytes()
    assert cap.check(data).accepted is in_cap12
    assert cap.check(data, profile=cap.PROFILES["ipaws10"]).accepted is in_ipaws10


@pytest.mark.parametrize("name", [label[0] for label in LABELS if label[1]])
def test_accepted_sample_comes_back_the_same(name: str) -> None:
    alert = cap.decode((DATA / name).read_bytes()).alert
    assert alert is not None
    if all(resource.mime_type for info in alert.infos for resource in info.resources):
        again = cap.encode(alert)
        assert cap.decode(again).alert == alert
        assert cap.encode(alert) == again


@pytest.mark.parametrize(("name", "kind", "inside", "links"), FEEDS, ids=[feed[0] for feed in FEEDS])
def test_feed_gives_its_alerts(name: str, kind: cap.FeedKind, inside: int, links: int) -> None:
    feed = cap.decode_feed((DATA / name).read_bytes())
    decoded = [entry.decoded for entry in feed.entries if entry.decoded is not None]
    assert feed.kind is kind
    assert len(decoded) == inside
    assert all(one.alert is not None for one in decoded)
    assert sum(bool(entry.link) for entry in feed.entries) == links
    assert not [finding for finding in feed.findings if finding.level.value == "error"]


def test_every_sample_has_a_label() -> None:
    assert {path.name for path in DATA.iterdir()} == {label[0] for label in LABELS} | {feed[0] for feed in FEEDS}
