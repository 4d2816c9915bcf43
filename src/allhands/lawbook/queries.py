"""Reading drafts, releases and what they change. Row security below decides which rows exist for the actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from allhands.access.contracts import LawDraftAccess
from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView
from allhands.duties.contracts import LawMove, MoveKind
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId, EpisodeId, MemberId
from allhands.law import Text
from allhands.law.packs.strict_yaml import read_yaml
from allhands.lawbook import models
from allhands.lawbook.contracts import (
    DraftFileView,
    DraftState,
    DraftStep,
    DraftView,
    EpisodeMoves,
    Origin,
    PreviewView,
    ReleaseView,
    RuleCount,
    StepView,
)

ALIVE = (DraftState.OPEN.value, DraftState.ASKED.value)


def list_drafts() -> tuple[DraftView, ...]:
    """Drafts that are being written or read, the newest first."""
    return tuple(draft_view(row) for row in models.Draft.objects.filter(state__in=ALIVE).order_by("-started_at", "pk"))


def get_draft(draft_id: str) -> DraftView:
    """The draft.

    Raises:
        Denied: no such draft.
    """
    row = models.Draft.objects.filter(pk=draft_id).first()
    if row is None:
        raise Denied("law-draft")
    return draft_view(row)


def list_files(draft_id: str) -> Mapping[str, DraftFileView]:
    """Every file of the draft by its name."""
    return {row.path: file_view(row) for row in models.DraftFile.objects.filter(draft_id=draft_id).order_by("path")}


def texts_of(draft_id: str) -> dict[str, str | None]:
    """The text of each file as the draft has it; None where it takes the file away."""
    return dict(models.DraftFile.objects.filter(draft_id=draft_id).values_list("path", "text"))


def list_steps(draft_id: str) -> tuple[StepView, ...]:
    """What happened to the draft, newest first."""
    rows = models.DraftLog.objects.filter(draft_id=draft_id).order_by("-at", "-pk")
    return tuple(StepView(step=DraftStep(row.step), at=row.at, by=row.by, reason=row.reason) for row in rows)


def list_releases(*, pack_id: str | None = None) -> tuple[ReleaseView, ...]:
    """Published versions, the newest first."""
    rows = models.Release.objects.defer("archive").select_related("effect").order_by("-published_at", "pk")
    return tuple(release_view(row) for row in (rows if pack_id is None else rows.filter(pack_id=pack_id)))


def read_release(release_id: str) -> tuple[ReleaseView, bytes] | None:
    """A release with its archive."""
    row = models.Release.objects.select_related("effect").filter(pk=release_id).first()
    return (release_view(row), bytes(row.archive)) if row else None


def find_preview(draft_id: str) -> PreviewView | None:
    """The newest look at what the draft would change."""
    row = models.Preview.objects.filter(draft_id=draft_id).order_by("-asked_at").first()
    return preview_view(row) if row else None


def list_moves(preview_id: str) -> tuple[EpisodeMoves, ...]:
    """The episodes that would change and that the actor's agency takes part in."""
    rows = models.PreviewRow.objects.filter(preview_id=preview_id).order_by("pk")
    return tuple(
        EpisodeMoves(episode_id=EpisodeId(row.episode_id), moves=tuple(_move(raw) for raw in row.moves)) for row in rows
    )


def access_to(draft: DraftView, kind: str) -> LawDraftAccess:
    """What the door needs to know of a draft.

    Args:
        kind: of its pack, such as `tribe`.
    """
    hats = frozenset(hat for writer in draft.writer_ids for hat in agencies.hats_of_person(writer))
    nation = draft.pack_id.rpartition(".")[2]
    return LawDraftAccess(
        draft_id=draft.id,
        writer_ids=hats,
        nation_agency_ids=_agencies_of(nation, agencies.list_agencies()) if kind == "tribe" else None,
    )


def names_of(draft: models.Draft) -> tuple[str, ...]:
    """Who wrote in a draft, by name."""
    return tuple(dict.fromkeys(agencies.get_member(MemberId(one)).display_name for one in draft.writers))


def _agencies_of(nation: str, known: Iterable[AgencyView]) -> frozenset[AgencyId]:
    return frozenset(agency.id for agency in known if any(area.nation == nation for area in agency.areas))


def draft_view(row: models.Draft) -> DraftView:
    return DraftView(
        id=row.pk,
        pack_id=row.pack_id,
        title=_title_of(row),
        state=DraftState(row.state),
        base_version=row.base_version,
        revision=row.revision,
        writer_ids=frozenset(MemberId(one) for one in row.writers),
        started_by=row.started_by,
        started_at=row.started_at,
        takes_effect_at=row.takes_effect_at,
    )


def _title_of(row: models.Draft) -> Text:
    header = row.files.filter(path="pack.yaml").values_list("text", flat=True).first()
    value = read_yaml((header or "").encode(), "pack.yaml").value
    title = value.get("title") if isinstance(value, dict) else None
    said = title if isinstance(title, dict) else {}
    return Text(str(said.get("en") or row.pack_id), str(said.get("es") or said.get("en") or row.pack_id))


def file_view(row: models.DraftFile) -> DraftFileView:
    return DraftFileView(
        path=row.path, text=row.text, base_text=row.base_text, revision=row.revision, saved_by=row.saved_by
    )


def release_view(row: models.Release) -> ReleaseView:
    effect: models.Effect | None = getattr(row, "effect", None)
    return ReleaseView(
        id=row.pk,
        pack_id=row.pack_id,
        version=row.version,
        sha256=row.sha256,
        origin=Origin(row.origin),
        takes_effect_at=row.takes_effect_at,
        published_at=row.published_at,
        written_by=row.written_by,
        read_by=row.read_by,
        key=row.key,
        draft_id=row.draft_id or "",
        looked=effect.looked if effect else 0,
        total=effect.total if effect else 0,
        changed=effect.changed if effect else 0,
        done_at=effect.done_at if effect else None,
    )


def preview_view(row: models.Preview) -> PreviewView:
    return PreviewView(
        id=row.pk,
        revision=row.revision,
        asked_at=row.asked_at,
        total=row.total,
        looked=row.looked,
        affected=row.affected,
        left_out=row.left_out,
        rules=tuple(RuleCount(**raw) for raw in row.rules),
        done_at=row.done_at,
        fault=row.fault,
    )


def _move(raw: Mapping[str, str | dict[str, str] | None]) -> LawMove:
    title, before, after = raw["title"], raw["before"], raw["after"]
    assert isinstance(title, dict)
    return LawMove(
        rule_id=str(raw["rule_id"]),
        title=title,
        kind=MoveKind(raw["kind"]),
        before=datetime.fromisoformat(before) if isinstance(before, str) else None,
        after=datetime.fromisoformat(after) if isinstance(after, str) else None,
    )
