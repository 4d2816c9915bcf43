"""An artefact out of a text."""

from __future__ import annotations

from collections.abc import Sequence

from allhands.alerts.contracts import Language
from allhands.channels.contracts import Artefact, Way
from allhands.kernel.findings import Finding

PLAIN = "text/plain; charset=utf-8"


def text_artefact(
    way: Way,
    name: str,
    language: Language,
    text: str,
    *,
    measured: tuple[int, int] | None = None,
    findings: Sequence[Finding] = (),
) -> Artefact:
    """A text that leaves as it reads.

    Args:
        measured: how much is used, of how much.
    """
    return Artefact(
        way=way,
        name=name,
        media_type=PLAIN,
        languages=(language,),
        content=text.encode(),
        text=text,
        length=measured[0] if measured else None,
        limit=measured[1] if measured else None,
        findings=tuple(findings),
    )
