"""Proofs that leave the house: an entry is in the tree of a checkpoint, one checkpoint only added to another.

A proof is a JSON document that anybody checks with the public key and without us.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allhands.platform.audit.api import Link, digest_of
from allhands.platform.proof import reading
from allhands.platform.proof.checkpoint import Checkpoint, NoteFault, Verifier, open_note
from allhands.platform.proof.tiles import Tiles
from allhands.platform.proof.tree import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

JSON = Mapping[str, object]


class NoProof(LookupError):
    """The tree cannot show that yet, or at all. The message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A proof that holds.

    Args:
        checkpoint: what it was checked against.
        digest: SHA-256 of the entry that is proved to be in it.
    """

    checkpoint: Checkpoint
    digest: bytes


def prove_entry(entry_id: int, link: Link, kept: bytes) -> dict[str, object]:
    """The document that shows an entry's place under the newest checkpoint.

    Args:
        kept: the entry's digest as the journal keeps it.
    Raises:
        NoProof: no checkpoint holds the entry yet.
    """
    position, last = reading.position_of(entry_id), reading.last_checkpoint()
    if position is None or last is None or position >= last.size:
        raise NoProof("No checkpoint holds this entry yet. Run `allhands journal checkpoint`, then ask again.")
    proof = inclusion_proof(position, last.size, Tiles(reading.read_tile))
    return {
        "kind": "allhands-journal-entry",
        "entry": link.document(),
        "digest": kept.hex(),
        "index": position,
        "proof": _to_text(proof),
        "checkpoint": last.note,
    }


def prove_growth(old: int, new: int) -> dict[str, object]:
    """The document that shows that the newer of two checkpoints only added entries to the older one.

    Raises:
        NoProof: there is no checkpoint of one of the sizes, or they are the wrong way round.
    """
    first, second = reading.find_checkpoint(old), reading.find_checkpoint(new)
    if first is None or second is None:
        raise NoProof(f"There is no checkpoint of {old if first is None else new} entries.")
    if old > new:
        raise NoProof("Name the older checkpoint first.")
    return {
        "kind": "allhands-journal-growth",
        "old": first.note,
        "new": second.note,
        "proof": _to_text(consistency_proof(old, new, Tiles(reading.read_tile))),
    }


def check_entry(document: JSON, verifier: Verifier) -> Checked:
    """Check a proof of an entry, offline.

    Raises:
        NoteFault: it does not hold; the message says at which step.
    """
    checkpoint = open_note(_text(document, "checkpoint"), verifier)
    digest = _bytes_of(document, "digest")
    if digest_of(document.get("entry")) != digest:
        raise NoteFault("the entry is not the one that was hashed")
    index = document.get("index")
    if not isinstance(index, int) or isinstance(index, bool):
        raise NoteFault("the proof lacks the entry's index")
    if not verify_inclusion(leaf_hash(digest), index, checkpoint.size, _proof(document), checkpoint.root):
        raise NoteFault("the proof does not lead from the entry to the checkpoint")
    return Checked(checkpoint=checkpoint, digest=digest)


def check_growth(document: JSON, verifier: Verifier) -> tuple[Checkpoint, Checkpoint]:
    """Check that one checkpoint only added to another, offline. The older, the newer.

    Raises:
        NoteFault: it does not hold.
    """
    old, new = (open_note(_text(document, name), verifier) for name in ("old", "new"))
    if not verify_consistency(old.size, new.size, _proof(document), old.root, new.root):
        raise NoteFault("the newer checkpoint does not begin with the older one: something written was changed")
    return old, new


def _text(document: JSON, name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str):
        raise NoteFault(f"the document lacks {name}")
    return value


def _bytes_of(document: JSON, name: str) -> bytes:
    try:
        return bytes.fromhex(_text(document, name))
    except ValueError as error:
        raise NoteFault(f"{name} is not hexadecimal") from error


def _proof(document: JSON) -> list[bytes]:
    steps = document.get("proof")
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        raise NoteFault("the document lacks its proof")
    try:
        return [base64.b64decode(step, validate=True) for step in steps]
    except (binascii.Error, ValueError) as error:
        raise NoteFault("a step of the proof is not base64") from error


def _to_text(proof: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(step).decode() for step in proof]
