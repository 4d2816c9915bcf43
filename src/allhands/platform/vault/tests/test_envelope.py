"""Closed values open with their key, at their place, unchanged, and in no other way."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.platform.vault.envelope import EnvelopeFault, close, open_with, parse

KEY, OTHER = bytes(range(32)), bytes(32)


@given(st.binary(max_size=500), st.from_regex(r"[a-z0-9\-]{1,64}", fullmatch=True))
def test_value_comes_back(plain: bytes, record: str) -> None:
    closed = close(plain, record_id=record, key=KEY, purpose="t.c")
    assert parse(closed).record_id == record
    assert open_with(parse(closed), key=KEY, purpose="t.c") == plain


@given(st.one_of(st.binary(max_size=5000), st.text(max_size=40).map(lambda text: (text * 99).encode())))
def test_value_comes_back_deflated(plain: bytes) -> None:
    closed = close(plain, record_id="e1", key=KEY, purpose="t.c", deflate=True)
    assert open_with(parse(closed), key=KEY, purpose="t.c") == plain
    assert len(closed) <= len(close(plain, record_id="e1", key=KEY, purpose="t.c"))


def test_long_words_are_kept_small_and_pictures_are_left_alone() -> None:
    words, picture = b"the law says so; " * 500, os.urandom(9000)
    assert len(close(words, record_id="e1", key=KEY, purpose="t.c", deflate=True)) < len(words) / 10
    assert not parse(close(picture, record_id="e1", key=KEY, purpose="t.c", deflate=True)).deflated


def test_same_value_never_looks_the_same() -> None:
    assert close(b"x", record_id="e1", key=KEY, purpose="t.c") != close(b"x", record_id="e1", key=KEY, purpose="t.c")


CLOSED = close(b"disclosed", record_id="e1", key=KEY, purpose="t.c")
DEFLATED = close(b"disclosed " * 99, record_id="e1", key=KEY, purpose="t.c", deflate=True)


@pytest.mark.parametrize("bits", [1, 3])  # 3 makes one known version of the other
@pytest.mark.parametrize("closed", [CLOSED, DEFLATED], ids=["plain", "deflated"])
def test_any_changed_byte_is_refused(closed: bytes, bits: int) -> None:
    for at in range(len(closed)):
        changed = closed[:at] + bytes([closed[at] ^ bits]) + closed[at + 1 :]
        with pytest.raises(EnvelopeFault):
            open_with(parse(changed), key=KEY, purpose="t.c")


@pytest.mark.parametrize(("key", "purpose"), [(OTHER, "t.c"), (KEY, "t.other")])
def test_other_key_or_other_place_is_refused(key: bytes, purpose: str) -> None:
    with pytest.raises(EnvelopeFault):
        open_with(parse(CLOSED), key=key, purpose=purpose)


@given(st.binary(max_size=80))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        envelope = parse(data)
        open_with(envelope, key=KEY, purpose="t.c")
    except EnvelopeFault:
        return
    raise AssertionError("random bytes opened")


@pytest.mark.parametrize("record", ["", "x" * 65])
def test_record_id_has_its_limits(record: str) -> None:
    with pytest.raises(ValueError, match="characters"):
        close(b"", record_id=record, key=KEY, purpose="t.c")
