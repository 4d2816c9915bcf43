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
        state: file of this witness; made when missing, rewritten whole. Both notes stay in it when they disagree.
    Returns:
        The checkpoint that was accepted.
    Raises:
        TryLater: the installation did not answer.
        NoteFault: what it answered is not signed with the key.
        Tampered: it does not continue what was seen.
    """
    seen = Seen(verifier=verifier, note=_remembered(state))
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


def _remembered(state: Path) -> str:
    if not state.exists():
        return ""
    try:
        note = json.loads(state.read_text(encoding="utf-8"))["note"]
    except (ValueError, TypeError, KeyError) as error:
        raise NoteFault(f"{state} is not a witness's memory. Move it aside to begin anew") from error
    if not isinstance(note, str):
        raise NoteFault(f"{state} is not a witness's memory. Move it aside to begin anew")
    return note


def _keep(state: Path, memory: Mapping[str, str]) -> None:
    unfinished = state.with_name(f"{state.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(memory, indent=1), encoding="utf-8")
    unfinished.replace(state)
