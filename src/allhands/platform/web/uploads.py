"""Files that come in with a form: a limit while they arrive, and a kind word when they are too large."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from allhands.platform.attachments import check_size

# Above what any form takes, so that the form itself says how large a file may be.
KEPT_BYTES = 64_000_000


class DropsWhatIsTooLarge(FileUploadHandler):
    """Lets the first part of a file through and drops the rest, so that its form refuses it with a kind word.

    All other fields of the form arrive as typed.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk, or None when nothing after us shall keep it."""
        return raw_data if start < KEPT_BYTES else None

    def file_complete(self, file_size: int) -> None:
        """The file is made by those who come after us."""


def content_of(upload: UploadedFile[bytes] | None) -> bytes:
    """The bytes of an upload; nothing when there is none.

    Raises:
        Refused: `document-large`, before anything is read into memory.
    """
    if upload is None:
        return b""
    check_size(upload.size or 0)
    return bytes(upload.read())
