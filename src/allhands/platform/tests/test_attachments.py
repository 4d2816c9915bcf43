"""What people attach is what its bytes are; two kinds at once, nothing, and far too much get a kind word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory
from PIL import Image

from allhands.kernel.errors import Refused
from allhands.platform import attachments
from allhands.platform.web.uploads import KEPT_BYTES, content_of

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "47.1,-100.2"
    Image.effect_noise((64, 48), 40).convert("RGB").save(out, kind, exif=exif)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("run.js", "alert(1)")
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_drawn_anew_without_what_was_hidden(kind: str) -> None:
    given = picture(kind)
    assert b"47.1" in given
    media_type, kept = attachments.inspect(given)
    assert media_type == "image/jpeg"
    assert b"47.1" not in kept
    assert Image.open(io.BytesIO(kept)).size == (64, 48)


def test_film_behind_a_picture_is_cut_off_and_no_reason_to_refuse() -> None:
    _kind, kept = attachments.inspect(picture() + b"\0\0\0\x18ftypmp42" + bytes(5000))
    assert b"ftyp" not in kept


def test_whole_pdf_is_kept_as_it_is() -> None:
    assert attachments.inspect(PDF) == ("application/pdf", PDF)
    assert attachments.inspect(PDF + bytes(100)) == ("application/pdf", PDF + bytes(100))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document-empty"),
        (b"%PDF-1.7 half", "document-broken"),
        (PDF + archive(), "document-two-kinds"),
        (PDF + b"x" * 2000, "document-two-kinds"),
        (b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF", "document-two-kinds"),
        (b"%PDF-1.7\n<HTML>\n%%EOF", "document-two-kinds"),
        (picture() + archive(), "document-two-kinds"),
        (picture("PNG") + archive(), "document-two-kinds"),
        (picture()[:20] + b"%PDF-1.4", "document-kind"),
        (b"MZ\x90\0" + bytes(60), "document-kind"),
        (archive(), "document-kind"),
        (b"<html><body>hi</body></html>", "document-kind"),
        (b"GIF89a" + bytes(40), "document-kind"),
    ],
)
def test_what_is_not_one_honest_file_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        attachments.inspect(content)
    assert refused.value.code == code


def test_pdf_hidden_in_the_comment_of_a_picture_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=PDF)
    with pytest.raises(Refused) as refused:
        attachments.inspect(out.getvalue())
    assert refused.value.code == "document-two-kinds"


class _Endless(io.RawIOBase):
    """A form that comes in piece by piece and is never whole in memory."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.left = pieces, b""

    def read(self, size: int = -1) -> bytes:
        if not self.left:
            self.left = next(self.pieces, b"")
        found, self.left = (self.left, b"") if size < 0 else (self.left[:size], self.left[size:])
        return found


def test_far_too_much_fills_no_disk_and_loses_no_word() -> None:
    piece, count = bytes(4_000_000), 40
    head = b'--B\r\nContent-Disposition: form-data; name="value"\r\n\r\ntyped\r\n'
    head += b'--B\r\nContent-Disposition: form-data; name="photo"; filename="big.jpg"\r\n\r\n'
    pieces = iter(
        [head, *[piece] * count, b'\r\n--B\r\nContent-Disposition: form-data; name="after"\r\n\r\nx\r\n--B--']
    )
    request = RequestFactory().get("/")
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=B", "CONTENT_LENGTH": str(count * len(piece) + 400)}
    form: Any = _Endless(pieces)
    post, files = MultiPartParser(meta, form, request.upload_handlers).parse()
    assert (post["value"], post["after"]) == ("typed", "x")
    upload: Any = files["photo"]
    assert upload.size > attachments.LARGEST_BYTES
    assert upload.file.seek(0, io.SEEK_END) <= KEPT_BYTES + 1_000_000
    with pytest.raises(Refused) as refused:
        content_of(upload)
    upload.close()
    assert refused.value.code == "document-large"
