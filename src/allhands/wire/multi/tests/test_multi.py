"""Tags and text both ways; every wrong value has its NTCIP name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.wire import multi
from allhands.wire.errors import EncodeRefused
from allhands.wire.multi import model

SPEC = Path(__file__).parents[1] / "SPEC.md"
WRONG = """
[nl10] [nlx] [np1] [fo0] [fo256] [fo1,12345] [fo6,0000,0] [jl0] [jl6] [jl03] [jp0] [jp5] [pt256]
[ptx] [pt1o256] [pb256] [pb1,2] [pb1,2,3,4] [cf256] [cf0,a,0] [cf0,0.5,255] [cb256] [cb0,0,0] [cbX]
[cr1,0,10,10,0] [cr1,1,100,100,0,1] [cr1,1,1,1] [tr0,1,1,1] [tr1,1,1] [tr1,1,65536,1] [sc] [sc100]
[hc] [hcg] [hc12345] [f] [f0] [f14] [f1,256] [fl1] [flt100] [flt10o10o10] [/fl1] [/sc1] [g] [g0]
[g1,1] [g1,0,1] [g1,1,1,12] [mv] [mvx] [mvcl1,1,1] [mvcx1,1,1,A] [ms] [msx] [/ms]
"""
LETTERS = st.text(alphabet=[chr(code) for code in range(32, 256) if code != 127], min_size=1, max_size=12)
BYTE = st.integers(0, 255)
COLORS = st.builds(model.Color, parts=st.tuples(BYTE) | st.tuples(BYTE, BYTE, BYTE))
RECTANGLES = st.builds(
    model.Rectangle,
    x=st.integers(1, 65535),
    y=st.integers(1, 65535),
    width_px=st.integers(0, 65535),
    height_px=st.integers(0, 65535),
)
VERSION = st.none() | st.integers(0, 0xFFFF)
ITEMS = st.one_of(
    st.builds(model.HexCharacter, number=st.integers(0, 0xFFFF)),
    st.builds(model.NewLine, spacing_px=st.none() | st.integers(0, 9)),
    st.just(model.NewPage()),
    st.builds(model.PageTime, on_ds=st.none() | BYTE, off_ds=st.none() | BYTE),
    st.builds(model.Font, number=st.integers(1, 255), version=VERSION) | st.just(model.Font()),
    st.builds(model.JustifyLine, code=st.none() | st.integers(1, 5)),
    st.builds(model.JustifyPage, code=st.none() | st.integers(1, 4)),
    st.builds(model.ForegroundColor, color=st.none() | COLORS),
    st.builds(model.PageBackground, color=st.none() | COLORS),
    st.builds(model.ColorRectangle, rectangle=RECTANGLES, color=COLORS),
    st.builds(model.TextRectangle, rectangle=RECTANGLES),
    st.builds(model.Spacing, pixels=st.integers(0, 99)),
    st.just(model.SpacingEnd()),
    st.builds(model.Flash, on_first=st.booleans(), on_ds=st.none() | st.integers(0, 99), off_ds=st.none()),
    st.just(model.FlashEnd()),
    st.builds(
        model.Graphic, number=st.integers(1, 255), at=st.tuples(st.integers(1, 99), st.integers(1, 99)), version=VERSION
    ),
    st.builds(model.Field, number=st.integers(1, 13), width=st.none() | BYTE),
    st.builds(
        model.Manufacturer, number=st.integers(0, 2**32 - 1), text=st.none() | st.just("a,b"), is_end=st.booleans()
    ),
    st.builds(
        model.MovingText,
        mode=st.sampled_from(["c", "l", "l5"]),
        direction=st.sampled_from("lr"),
        width_px=st.integers(0, 65535),
        step_px=BYTE,
        step_ds=BYTE,
        text=st.sampled_from(["SLOW", "SLOW, DOWN"]),
    ),
)


@given(st.lists(ITEMS, max_size=8))
def test_tags_come_back_the_same(items: list[model.Item]) -> None:
    message = multi.Message(items=tuple(items))
    decoded = multi.decode(multi.encode(message))
    assert decoded.message == message


@given(LETTERS)
def test_text_comes_back_the_same(text: str) -> None:
    text = text.replace("\x7f", "")
    decoded = multi.decode(multi.encode(multi.Message(items=(multi.Text(text=text),))))
    assert multi.plain_text(decoded.message) == text
    assert not [finding for finding in decoded.findings if finding.level.value == "error"]


@given(st.text(alphabet="[]nlpftjohcgsm/0123456789,xA \n\u2603", max_size=40))
def test_any_text_is_cut_into_tokens_and_judged(text: str) -> None:
    assert "".join(token.source for token in multi.tokens(text)) == text
    normal = multi.normalize(text)
    assert multi.normalize(normal) == normal
    assert not [finding for finding in multi.decode(normal).findings if finding.level.value == "error"]


@given(st.binary(max_size=200))
def test_arbitrary_octets_are_judged(data: bytes) -> None:
    assert isinstance(multi.decode(data), multi.Decoded)


@pytest.mark.parametrize(
    "text",
    WRONG.split(),
)
def test_wrong_value_is_named(text: str) -> None:
    decoded = multi.decode(f"A{text}B")
    assert [(finding.path, finding.code) for finding in decoded.findings] == [("@1", "multi.unsupported-tag-value")]
    assert multi.plain_text(decoded.message) == "AB"


@pytest.mark.parametrize("text", ["[zz]", "[]", "[feed1]", "[x", "]", "[ nl]", "[/nl]"])
def test_unknown_tag_is_named(text: str) -> None:
    assert [finding.code for finding in multi.decode(text).findings] == ["multi.unsupported-tag"]


def test_letters_no_sign_knows() -> None:
    assert [finding.code for finding in multi.decode("☃").findings] == ["multi.other"]


def test_old_justification_is_a_warning() -> None:
    assert [finding.code for finding in multi.decode("[jl1]A").findings] == ["multi.deprecated"]


def test_encode_refuses_what_a_tag_cannot_say() -> None:
    with pytest.raises(EncodeRefused):
        multi.encode(multi.Message(items=(model.PageTime(on_ds=256),)))


def test_endless_text_is_refused() -> None:
    with pytest.raises(multi.MultiError):
        multi.decode("A" * 10_001)


def test_findings_are_in_the_specification() -> None:
    documented = set(re.findall(r"`multi\.([a-z-]+)`", SPEC.read_text()))
    source = "".join(path.read_text() for path in SPEC.parent.glob("*.py"))
    assert set(re.findall(r"report\.(?:error|warn|info)\([^)]*?, \"([a-z-]+)\"", source)) <= documented


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[jl2]LEFT[jl4]RIGHT", "LEFT RIGHT"),
        ("[jp2]TOP[jp4]BOTTOM", "TOP\nBOTTOM"),
        ("[tr1,1,40,9]A[tr50,1,40,9]B", "A\nB"),
        ("A[nl][jl3]B [jl4]C", "A\nB C"),
        ("AM[cf1]BER", "AMBER"),
    ],
)
def test_words_at_two_places_are_two_words(text: str, words: str) -> None:
    assert multi.plain_text(multi.decode(text).message) == words
