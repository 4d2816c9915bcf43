"""Every reader of XML from outside turns away the same documents: entities, bombs, fifty megabytes, great depth."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allhands.channels.ipaws import answers, messages
from allhands.wire import cap, pfif
from allhands.wire.cap import CapError
from allhands.wire.errors import CodecError

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
HOSTILE = {
    "external entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "remote document type": b'<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd"><a/>',
    "parameter entity": b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://192.0.2.1/x"> %x;]><a/>',
    "billion laughs": f"<!DOCTYPE a [{LAUGHS}]><a>&l8;</a>".encode(),
    "fifty megabytes": b"<a>" + b"x" * 50_000_000 + b"</a>",
    "ten thousand deep": b"<a>" * 10_000 + b"</a>" * 10_000,
    "a million elements": b"<a>" + b"<b/>" * 1_000_000 + b"</a>",
}


def signed(data: bytes) -> object:
    return cap.verify(data, trusted_pem=[], at=None)  # type: ignore[arg-type]  # it never comes to the day


RAISES: dict[str, Callable[[bytes], object]] = {
    "alert": cap.decode, "feed": cap.decode_feed, "signed alert": signed, "person": pfif.decode,
}  # fmt: skip


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("reader", RAISES.values(), ids=RAISES.keys())
def test_reader_refuses(reader: Callable[[bytes], object], document: bytes) -> None:
    with pytest.raises((CodecError, CapError)) as refused:
        reader(document)
    assert "etc/passwd" not in str(refused.value)


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("reader", [answers.read, messages.identifiers], ids=["answer", "messages"])
def test_what_ipaws_answers_is_no_answer(reader: Callable[[bytes], object], document: bytes) -> None:
    assert reader(document) is None
