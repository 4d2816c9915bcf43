"""What a witness does from outside: fetch, compare, remember. Needs no database and no Django."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from pathlib import Path

import httpx

from allhands.kernel.errors import TryLater
from allhands.platform.proof.checkpoint import Checkpoint, NoteFault, Verifier, open_note
from allhands.platform.proof.witness import Seen, Tampered, look

_SECONDS = 30.0
_MOST_BYTES = 100_000


def watch(address: str, verifier: Verifier, state: Path) -> Checkpoint:
    """Compare the installation's newest checkpoint with the last one seen.

    Args:
        state: file of this witness; made when missing, rewritten whole. Both notes stay in it when they disagree, and
            every later look says so until somebody moves the file aside: the installation may show the old past again.
    Returns:
        The checkpoint that was accepted.
    Raises:
        TryLater: the installation did not answer.
        NoteFault: what it answered is not signed with the key.
        Tampered: it does not continue what was seen.
    """
    memory = _remembered(state)
    if memory.get("contradicts"):
        raise Tampered("an earlier look found another past")
    seen = Seen(verifier=verifier, note=memory.get("note", ""))
    with httpx.Client(base_url=address.rstrip("/"), timeout=_SECONDS) as client:
        note = _fetch(client, "/journal/checkpoint").decode("utf-8", errors="replace")
        try:
            after = look(seen, note, _proof(client, seen.last(), open_note(note, verifier)))
        except Tampered:
            _keep(state, {"note": seen.note, "contradicts": note})
            raise
    _keep(state, {"note": after.note})
    last = after.last()
    assert last is not None
    return last


def _proof(client: httpx.Client, old: Checkpoint | None, new: Checkpoint) -> list[bytes]:
    if old is None or new.size <= old.size:
        return []
    try:
        document = json.loads(_fetch(client, f"/journal/growth/{old.size}/{new.size}"))
        return [base64.b64decode(step, validate=True) for step in document["proof"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NoteFault("the proof between the two checkpoints cannot be read") from error


def _fetch(client: httpx.Client, path: str) -> bytes:
    """At most so many bytes: a witness trusts nobody."""
    try:
        with client.stream("GET", path) as response:
            if response.status_code == httpx.codes.NOT_FOUND and path.startswith("/journal/growth/"):
                return b'{"proof": []}'  # it denies a checkpoint that it signed: the comparison will say so
            response.raise_for_status()
            body = b""
            for part in response.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES:
                    raise NoteFault("the answer is far too long")
            return body
    except httpx.HTTPError as error:
        raise TryLater(f"The installation did not answer: {error}.") from error


def _remembered(state: Path) -> dict[str, str]:
    """The last note under `note`; under `contradicts` one that cannot be true beside it, which is never overwritten."""
    if not state.exists():
        return {}
    try:
        memory = json.loads(state.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise NoteFault(f"{state} is not a witness's memory. Move it aside to begin anew") from error
    known = isinstance(memory, dict) and all(isinstance(one, str) for one in memory.values())
    if not known or not memory.get("note"):
        raise NoteFault(f"{state} is not a witness's memory. Move it aside to begin anew")
    return dict(memory)


def _keep(state: Path, memory: Mapping[str, str]) -> None:
    unfinished = state.with_name(f"{state.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(memory, indent=1), encoding="utf-8")
    unfinished.replace(state)


def compare(one: Path, other: Path, verifier: Verifier, address: str = "") -> tuple[Checkpoint, Checkpoint]:
    """Whether what two witnesses saw can be one journal. The shorter, the longer.

    Args:
        one: a witness's memory, or a checkpoint as it was printed.
        address: of the installation, which must prove that the longer continues the shorter; for equal sizes none.
    Raises:
        TryLater: the installation did not answer.
        NoteFault: one is not signed with the key, or the proof is needed and there is no address.
        Tampered: they cannot both be true: each was shown another journal.
    """
    notes = sorted((_note_in(file) for file in (one, other)), key=lambda note: open_note(note, verifier).size)
    short, long = (open_note(note, verifier) for note in notes)
    proof: list[bytes] = []
    if short.size != long.size:
        if not address:
            raise NoteFault(f"they reach {short.size} and {long.size} entries: name the installation's address too")
        with httpx.Client(base_url=address.rstrip("/"), timeout=_SECONDS) as client:
            proof = _proof(client, short, long)
    look(Seen(verifier=verifier, note=notes[0]), notes[1], proof)
    return short, long


def _note_in(file: Path) -> str:
    text = file.read_text(encoding="utf-8", errors="replace")
    return _remembered(file)["note"] if text.lstrip().startswith("{") else text
