"""What a codec raises when it cannot give a value at all."""

from __future__ import annotations

from allhands.kernel.findings import Finding, Level


class CodecError(Exception):
    """The base of every codec's own error. Each codec raises its own subclass and nothing else.

    Args:
        finding: what was wrong, where, and what is allowed.
        unreadable: True when the bytes are not this standard at all; False when we could read on but will not, because
            the document is dangerous or far too large.
    """

    def __init__(self, finding: Finding, *, unreadable: bool = True) -> None:
        super().__init__(finding.message)
        self.finding = finding
        self.unreadable = unreadable


class EncodeRefused(CodecError):
    """The value breaks a rule of its standard, so no bytes leave. `findings` holds every error."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = tuple(finding for finding in findings if finding.level is Level.ERROR)
        super().__init__(errors[0], unreadable=False)
        self.findings = errors
