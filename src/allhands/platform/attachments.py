"""Files that people attach. We look at the bytes ourselves, redraw pictures, and say what was not scanned."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from allhands.kernel.errors import Refused

# A phone's photograph is 3 to 12 MB; a scanned form less. 40 MB is a video or a mistake.
LARGEST_BYTES = 15_000_000
# 50 megapixels is more than any phone writes; beyond it a small file can unfold into gigabytes.
LARGEST_PIXELS = 50_000_000


# How other kinds of file begin. A file that also begins like one of these is two things at once.
_HEAD_BYTES = 1024
# XML is none of them: cameras and scanners put it into honest files.
_OTHER_HEADS = (b"%PDF-", b"<html", b"<script", b"<?php", b"\x7fELF", b"MZ\x90")
_ARCHIVE_HEADS = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
_ZIP_END, _ZIP_END_BYTES, _ZIP_COMMENT_BYTES = b"PK\x05\x06", 22, 65_535
_PDF_END = b"%%EOF"


_NEITHER = "This is not a picture or a PDF. Take a photo of the paper, or save it as PDF."
_NO_PICTURE = "This is no picture that can be kept: JPEG, PNG or WebP. Choose the photo itself, or photograph it."


def inspect(content: bytes) -> tuple[str, bytes]:
    """What the bytes are, and the bytes to keep: pictures are redrawn, so that place data and hidden parts are gone.

    Raises:
        Refused: `document-empty`, `document-large`, `document-kind`, `document-broken`, or `document-two-kinds` when
            the bytes are two kinds of file at once; the text tells what to do.
    """
    if content.startswith(b"%PDF-"):
        check_size(len(content))
        _check_one_kind(content[5:], content)
        if _PDF_END not in content:
            raise Refused("document-broken", "This PDF is only half there. Choose it again.", field="document")
        if len(content) - content.rindex(_PDF_END) > _HEAD_BYTES:  # a scanner pads a little; more is another file
            raise _two_kinds()
        return "application/pdf", content
    return redraw(content, or_pdf=True)


def _check_one_kind(after_its_mark: bytes, content: bytes) -> None:
    """Nothing, when the bytes are not another kind of file as well: behind its beginning, or from its end."""
    head = after_its_mark[:_HEAD_BYTES].lower()
    heads = (*_OTHER_HEADS, *_ARCHIVE_HEADS)
    if any(mark.lower() in head for mark in heads) or _is_zip_from_its_end(content):
        raise _two_kinds()


def _is_zip_from_its_end(content: bytes) -> bool:
    """An archive is read from its end: whatever stands before it, programs open it."""
    at = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_END_BYTES - _ZIP_COMMENT_BYTES))
    if at < 0 or len(content) < at + _ZIP_END_BYTES:
        return False
    comment = int.from_bytes(content[at + 20 : at + 22], "little")
    return at + _ZIP_END_BYTES + comment == len(content)


def _two_kinds() -> Refused:
    words = "This file is two kinds of file at once, which is how harmful files hide. Take a new photo instead."
    return Refused("document-two-kinds", words, field="document")


def redraw(content: bytes, *, or_pdf: bool = False) -> tuple[str, bytes]:
    """A picture within our limits, upright, without anything that was hidden in its file.

    Args:
        or_pdf: whether a PDF would have done; only words hang on it.
    Raises:
        Refused: as `inspect`; a PDF is no picture.
    """
    check_size(len(content))
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise Refused(
                    "document-large", "This picture has too many pixels. Send a smaller one.", field="document"
                )
            _check_one_kind(content[4:], content)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UnidentifiedImageError:
        words = _NEITHER if or_pdf else _NO_PICTURE
        raise Refused("document-kind", words, field="document") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        words = "This picture is damaged or only half sent. Choose it again."
        raise Refused("document-broken", words, field="document") from None
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=90)
    return "image/jpeg", out.getvalue()


def check_size(size: int) -> None:
    """Nothing, when a file of so many bytes can be kept.

    Raises:
        Refused: `document-empty`, `document-large`.
    """
    if not size:
        raise Refused("document-empty", "This file is empty. Choose it again.", field="document")
    if size > LARGEST_BYTES:
        words = "This file is too large; up to 15 MB can be kept. Send a smaller picture."
        raise Refused("document-large", words, field="document")
