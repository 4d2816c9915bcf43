"""The CAP codec's own error."""

from __future__ import annotations

from allhands.wire.errors import CodecError


class CapError(CodecError):
    """The bytes are no CAP document, or one we will not read."""
