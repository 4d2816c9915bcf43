"""What other rooms may ask of the journal's proof."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from allhands.platform.audit import api as audit
from allhands.platform.proof import keys, remembering, sealing
from allhands.platform.proof.checkpoint import Checkpoint as Checkpoint
from allhands.platform.proof.checkpoint import NoteFault as NoteFault
from allhands.platform.proof.checkpoint import Verifier as Verifier
from allhands.platform.proof.checkpoint import open_note as open_note
from allhands.platform.proof.checkpoint import parse_verifier as parse_verifier
from allhands.platform.proof.keys import verifier as verifier
from allhands.platform.proof.models import SignedCheckpoint
from allhands.platform.proof.proving import Checked as Checked
from allhands.platform.proof.proving import NoProof as NoProof
from allhands.platform.proof.proving import check_entry as check_entry
from allhands.platform.proof.proving import check_growth as check_growth
from allhands.platform.proof.proving import prove_entry as _prove_entry
from allhands.platform.proof.proving import prove_growth as prove_growth
from allhands.platform.proof.reading import last_checkpoint as last_checkpoint
from allhands.platform.proof.verify import TreeBreak as TreeBreak
from allhands.platform.proof.verify import verify_tree as _verify_tree
from allhands.platform.proof.witness import Seen as Seen
from allhands.platform.proof.witness import Tampered as Tampered
from allhands.platform.proof.witness import look as look


def make_checkpoint(now: datetime) -> SignedCheckpoint | None:
    """Take in what is new and sign how far the journal reaches; None while it is empty."""
    kept = sealing.make_checkpoint(now, origin=keys.origin(), key=keys.signing_key())
    if kept is not None:
        transaction.on_commit(partial(remembering.remember, kept.note, keys.verifier()))
    return kept


def prove_entry(entry_id: int) -> dict[str, object]:
    """The document that shows that an entry is in the newest checkpoint.

    Raises:
        NoProof: no such entry, or no checkpoint holds it yet.
    """
    found = audit.find_entry(entry_id)
    if found is None:
        raise NoProof(f"The journal has no entry {entry_id}.")
    return _prove_entry(entry_id, *found)


def verify_tree() -> list[TreeBreak]:
    """What does not fit between journal, tree and checkpoints."""
    verifier = keys.verifier()
    return _verify_tree(verifier, remembering.last(verifier))
