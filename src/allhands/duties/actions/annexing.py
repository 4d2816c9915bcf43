"""Papers of a nation move into its box, and what its people said moves out of what was worked out from it.

The platform must be acting. Each call is one paper or one record, in the caller's transaction; done twice it finds
nothing left.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from pydantic_core import to_json

from allhands.duties import judging, models
from allhands.duties.contracts import PaperAtRest
from allhands.episodes.contracts import EpisodeState, FactLine, Json, SealedFile
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.vault import api as vault
from allhands.platform.vault.api import nation_box

PAPER = "paper"


def list_open_papers(agency_ids: Collection[AgencyId]) -> tuple[PaperAtRest, ...]:
    """Papers that these agencies attached and neither a nation's key nor a court closes."""
    given = models.Evidence.objects.filter(agency_id__in=list(agency_ids), document__annex__isnull=True)
    open_ones = given.filter(document__content__isnull=False)
    open_ones = open_ones.exclude(document__episode_id__in=vault.shut_records().values("pk"))
    rows = open_ones.order_by("recorded_at", "pk")
    found = rows.values_list("document_id", "document__episode_id", "document__episode__state")
    return tuple(
        PaperAtRest(paper_id=str(pk), episode_id=EpisodeId(episode_id), is_wanted=state != EpisodeState.CLOSED.value)
        for pk, episode_id, state in found
    )


def annex_paper(paper_id: str, public_key: bytes) -> bool:
    """Seal one paper and its name; the proof that it is beside stays a proof.

    False when it was sealed, its record is, or its response runs.
    """
    closed = {"annex__isnull": True, "episode__state": EpisodeState.CLOSED.value}
    row = models.Document.objects.select_for_update(of=("self",)).filter(pk=paper_id, **closed).first()
    if row is None or row.content is None or row.content is vault.SEALED:
        return False
    content = base64.b64encode(bytes(row.content)).decode()
    plain = to_json({"media_type": row.media_type, "filename": row.filename, "content": content})
    row.annex = nation_box.seal(plain, public_key, nation_box.about(row.episode_id, PAPER, row.id))
    row.content = row.filename = None
    row.save(update_fields=["content", "filename", "annex"])
    return True


def list_sealed_papers(episode_id: EpisodeId) -> tuple[SealedFile, ...]:
    """Papers of one response that only a nation opens, the oldest first."""
    rows = models.Document.objects.filter(episode_id=episode_id, annex__isnull=False).order_by("at", "pk")
    return tuple(
        SealedFile(kind=PAPER, of=episode_id, file_id=row.id, added_at=row.at, annex=bytes(row.annex or b""))
        for row in rows
    )


def forget_lines(episode_id: EpisodeId, lines: Iterable[FactLine]) -> None:
    """Take these statements out of every stored assessment; what the law then asked stays as it was decided.

    Run again, such an assessment gives what the rest would give.
    """
    gone = [_of_instant(judging.said_one(line)) for line in lines]
    facts = sorted({str(said["fact"]) for said in gone})
    for row in models.Assessment.objects.filter(episode_id=episode_id).order_by("pk") if gone else ():
        kept = [said for said in row.facts if _of_instant(said) not in gone]
        if len(kept) < len(row.facts):
            row.facts, row.result = kept, {"under_nation_key": facts}
            row.save(update_fields=["facts", "result"])


def _of_instant(said: Mapping[str, Json]) -> dict[str, object]:
    """A statement to compare: the same instant is told with the sender's offset in one place and as UTC in another."""
    return {**said, "at": datetime.fromisoformat(str(said["at"]))}
