"""A whole judgement of one MULTI string: its form and, with a sign, whether it fits."""

from __future__ import annotations

from allhands.kernel.findings import Finding
from allhands.wire.multi.decode import decode
from allhands.wire.multi.fit import fit
from allhands.wire.multi.signs import Sign


def validate(text: str, *, sign: Sign | None = None) -> tuple[Finding, ...]:
    """Everything wrong with a string, and with the message on the sign when one is given.

    Raises:
        MultiError: far too long.
    """
    decoded = decode(text)
    return decoded.findings + (fit(decoded.message, sign) if sign else ())
