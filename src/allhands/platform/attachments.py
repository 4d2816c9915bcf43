"""Files that people attach. We look at the bytes ourselves, redraw pictures, and say what was not scanned."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from allhands.kernel.errors import Refused

# A phone's photograph is 3 to 12 MB; a scanned form less. 40 MB is a video or a mistake.
LARGEST_BYTES = 15_000_000
# 50 megapixels is more than any phone writes; beyond it a small file can unfold into gigabytes.
LARGEST_PIXELS = 50_000_000


def inspect(content: bytes) -> tuple[str, bytes]:
    """What the bytes are, and the bytes to keep: pictures are redrawn, so that place data and hidden parts are gone.

    Raises:
        Refused: `document-empty`, `document-large`, `document-kind` or `document-broken`; the text tells what to do.
    """
    if content.startswith(b"%PDF-"):
        _check_size(content)
        return "application/pdf", content
    return redraw(content)


def redraw(content: bytes) -> tuple[str, bytes]:
    """A picture within our limits, upright, without anything that was hidden in its file.

    Raises:
        Refused: as `inspect`; a PDF is no picture.
    """
    _check_size(content)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise Refused(
                    "document-large", "This picture has too many pixels. Send a smaller one.", field="document"
                )
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UnidentifiedImageError:
        words = "This is not a picture or a PDF. Take a photo of the paper, or save it as PDF."
        raise Refused("document-kind", words, field="document") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        words = "This picture is damaged or only half sent. Choose it again."
        raise Refused("document-broken", words, field="document") from None
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=90)
    return "image/jpeg", out.getvalue()


def _check_size(content: bytes) -> None:
    if not content:
        raise Refused("document-empty", "This file is empty. Choose it again.", field="document")
    if len(content) > LARGEST_BYTES:
        size, most = len(content) // 1_000_000, LARGEST_BYTES // 1_000_000
        words = f"This file has {size} MB; up to {most} MB can be kept. Send a smaller picture of the same paper."
        raise Refused("document-large", words, field="document")
