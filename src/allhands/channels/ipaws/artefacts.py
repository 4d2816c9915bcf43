"""What goes to IPAWS: the document, the texts phones show, the header broadcasters put on air."""

from __future__ import annotations

from allhands.alerts.contracts import AlertMessage
from allhands.channels.contracts import Artefact, Way
from allhands.channels.ipaws import document, header, wireless


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """Document first: it is what is sent; the others show what is in it."""
    return (document.artefact(message, Way.IPAWS), *wireless.artefacts(message), header.artefact(message))
