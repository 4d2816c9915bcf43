"""A witness: anybody outside who remembers the last checkpoint they saw, and so notices when the past changes. Pure.

It needs the public key, the newest checkpoint and the proof between the two; never the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allhands.platform.proof.checkpoint import Checkpoint, NoteFault, Verifier, open_note
from allhands.platform.proof.tree import verify_consistency


class Tampered(Exception):
    """Two signed checkpoints that cannot both be true. Keep them both: together they are the evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a witness remembers.

    Args:
        note: the last checkpoint it accepted, whole; empty for a witness that has seen none.
    """

    verifier: Verifier
    note: str = ""

    def last(self) -> Checkpoint | None:
        """The last checkpoint it accepted."""
        return open_note(self.note, self.verifier) if self.note else None


def look(seen: Seen, note: str, proof: Sequence[bytes]) -> Seen:
    """Compare a newer checkpoint with what was seen before, and remember it.

    Args:
        proof: from the last size to the new one; unused for the first checkpoint.
    Raises:
        NoteFault: the note is not signed with the key, or is of another log.
        Tampered: it does not continue what was seen.
    """
    new, old = open_note(note, seen.verifier), seen.last()
    if old is None:
        return Seen(verifier=seen.verifier, note=note)
    if new.origin != old.origin:
        raise NoteFault(f"this checkpoint is of {new.origin}, not of {old.origin}")
    if new.size < old.size:
        raise Tampered(f"the journal had {old.size} entries and now claims {new.size}")
    if not verify_consistency(old.size, new.size, proof, old.root, new.root):
        raise Tampered(f"the first {old.size} entries are not what they were")
    return Seen(verifier=seen.verifier, note=note)
