"""A box of a nation: opens with its key, at its place, and with nothing else."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from allhands.platform.vault import nation_box
from allhands.platform.vault.nation_box import KeyFault

OURS, OTHER = nation_box.new_private(), nation_box.new_private()
PUBLIC = nation_box.parse_public(nation_box.public_line(OURS))
PLACE = nation_box.about("episode", "child.health", "statement")
PLAIN = b'{"value":"an aunt at the lake"}'
PASSWORD = "four plain old words"


def test_a_box_opens_with_the_nations_key_and_says_nothing_without() -> None:
    box = nation_box.seal(PLAIN, PUBLIC, PLACE)
    assert nation_box.open_with(box, [OTHER, OURS], PLACE) == PLAIN
    assert b"aunt" not in box
    assert len(box) == len(nation_box.seal(b"1", PUBLIC, PLACE)), "length tells nothing of a short answer"
    assert box != nation_box.seal(PLAIN, PUBLIC, PLACE), "two equal answers look different"


@pytest.mark.parametrize(
    ("keys", "place", "change"),
    [
        pytest.param([OTHER], PLACE, None, id="another key"),
        pytest.param([], PLACE, None, id="no key"),
        pytest.param([OURS], nation_box.about("episode", "child.health", "other"), None, id="another place"),
        pytest.param([OURS], PLACE, -1, id="changed"),
        pytest.param([OURS], PLACE, 0, id="another version"),
    ],
)
def test_a_box_does_not_open_otherwise(keys: list[X25519PrivateKey], place: str, change: int | None) -> None:
    box = bytearray(nation_box.seal(PLAIN, PUBLIC, PLACE))
    if change is not None:
        box[change] ^= 1
    with pytest.raises(KeyFault):
        nation_box.open_with(bytes(box), keys, place)


def test_a_box_is_what_the_standard_says() -> None:
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    inner = nation_box.seal(PLAIN, PUBLIC, PLACE)[9:]
    info = b"allhands nation annex 1 episode/child.health/statement"
    assert suite.decrypt(inner, OURS, info=info).strip() == PLAIN


def test_a_private_key_is_kept_under_a_password() -> None:
    text = nation_box.write_private(OURS, PASSWORD)
    assert "ENCRYPTED PRIVATE KEY" in text
    again = nation_box.read_private(text, PASSWORD)
    assert nation_box.public_line(again) == nation_box.public_line(OURS)
    with pytest.raises(KeyFault, match="password"):
        nation_box.read_private(text, "another one")
    with pytest.raises(nation_box.PrivatePart):
        nation_box.parse_public(text)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty"),
        pytest.param("allhands-nation-key-1:", id="no bytes"),
        pytest.param("allhands-nation-key-1:AAAA", id="too short"),
        pytest.param("allhands-nation-key-1:" + "A" * 43 + "=", id="point of small order"),
        pytest.param(nation_box.public_line(OURS)[:-3], id="cut off"),
        pytest.param(nation_box.public_line(OURS).replace("key-1", "key-2"), id="another version"),
    ],
)
def test_what_is_no_public_key_is_refused(line: str) -> None:
    with pytest.raises(KeyFault):
        nation_box.parse_public(line)


def test_a_fingerprint_can_be_read_aloud() -> None:
    groups = nation_box.fingerprint(PUBLIC).split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert nation_box.fingerprint(PUBLIC) != nation_box.fingerprint(bytes(32))
