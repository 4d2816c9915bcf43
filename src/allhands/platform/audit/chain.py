"""The arithmetic of the chain: what is hashed and how. Pure, so that an outsider can repeat it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

Detail = str | int | bool | None
GENESIS = bytes(32)
# Made once: `json.dumps` with words of its own makes an encoder for every call.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One journal entry as it is hashed.

    Args:
        chain: an episode's id, or `node` for what belongs to no episode.
        seq: 1 for the first of its chain.
        prev_hash: the hash of the link before; 32 zero bytes for the first.
    """

    chain: str
    seq: int
    at: datetime
    event: int
    actor_kind: str
    actor_member: str
    actor_agency: str
    episode_id: str
    subject_id: str
    details: Mapping[str, Detail]
    prev_hash: bytes

    def document(self) -> dict[str, object]:
        """The entry as it is hashed, without the hash."""
        return {
            "actor_agency": self.actor_agency,
            "actor_kind": self.actor_kind,
            "actor_member": self.actor_member,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "chain": self.chain,
            "details": dict(self.details),
            "episode_id": self.episode_id,
            "event": self.event,
            "prev_hash": self.prev_hash.hex(),
            "seq": self.seq,
            "subject_id": self.subject_id,
        }

    def digest(self) -> bytes:
        """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8, time in UTC with microseconds."""
        return digest_of(self.document())

    def text_around_place(self) -> tuple[str, str, str]:
        """The canonical JSON before `prev_hash`, between it and `seq`, and after: for whoever alone knows these two.

        Example:
            >>> from datetime import UTC, datetime
            >>> link = Link(chain="node", seq=7, at=datetime(2026, 1, 1, tzinfo=UTC), event=900, actor_kind="SYSTEM",
            ...             actor_member="", actor_agency="", episode_id="", subject_id="", details={"seq": 7},
            ...             prev_hash=GENESIS)
            >>> before, between, after = link.text_around_place()
            >>> hashlib.sha256(f"{before}{GENESIS.hex()}{between}7{after}".encode()).digest() == link.digest()
            True
        """
        # The last such place: in a text behind it the quotes would be escaped, and details stand before it.
        before, _, after = text_of(self.document()).rpartition(f'{self.prev_hash.hex()}","seq":{self.seq},"subject_id"')
        return before, '","seq":', f',"subject_id"{after}'


def digest_of(document: object) -> bytes:
    """The digest of an entry's document, whoever hands it over."""
    return hashlib.sha256(text_of(document).encode()).digest()


def text_of(document: object) -> str:
    """Canonical JSON: keys sorted, no spaces."""
    return _CANONICAL.encode(document)
