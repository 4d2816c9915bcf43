"""A nation's copy of its members' records: fields with their source, and the log of who learned what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from allhands.access import annex, naming, queries
from allhands.access.contracts import DisclosureDoor
from allhands.access.disclosing import Release, disclose
from allhands.agencies import api as agencies
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, EpisodeView, FactLine, SealedFile
from allhands.kernel.actors import Actor
from allhands.kernel.ids import AgencyId
from allhands.platform.audit import api as audit

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
_FORM = "allhands-nation-export-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """A child of the nation with a record here."""

    episode_id: str
    name: str
    state: EpisodeState
    owner: str


def members_of(nation: str) -> tuple[MemberLine, ...]:
    """Records of children tied to the nation that its agency takes part in."""
    found = _episodes(nation)
    owners = {one.id: one.name for one in agencies.list_agencies({one.owner_agency_id for one in found})}
    return tuple(
        MemberLine(
            episode_id=one.episode_id, name=one.child.call_name, state=one.state, owner=owners[one.owner_agency_id]
        )
        for one in found
    )


def export(actor: Actor, nation: str, now: datetime) -> dict[str, Json]:
    """The whole copy; taking it along is a disclosure like any other, and an entry of the journal."""
    with audit.audited(actor, now, audit.Event.RECORD_EXPORTED, details={"nation": nation}) as entry:
        found = _episodes(nation)
        names = {one.id: one.name for one in agencies.list_agencies()}
        records: list[Json] = [_record(actor, one, names, now) for one in found]
        entry.details["records"] = len(records)
        each = [audit.Told(episode_id=one.episode_id, subject_id="", details={"nation": nation}) for one in found]
        audit.record_all(actor, now, audit.Event.RECORD_EXPORTED, each)  # in the chain of each child, too
    return {"form": _FORM, "nation": nation, "made_at": now.isoformat(), "by": actor.label, "records": records}


def _episodes(nation: str) -> list[EpisodeView]:
    return [
        one
        for one in episodes.list_episodes(list(EpisodeState))
        if any(tie.nation == nation for tie in one.child.tribes)
    ]


def _record(actor: Actor, one: EpisodeView, names: Mapping[AgencyId, str], now: datetime) -> dict[str, Json]:
    statements = episodes.statements_of(one.episode_id)
    knowing = duties.know(actor, one, statements, now)
    shown = [line for line in statements if knowing.sees(line)]
    _write_down(actor, one, shown, knowing, now)
    return {
        "episode": one.episode_id,
        "child": one.child.call_name,
        "names": [{"kind": name.kind.value, "text": name.text} for name in one.child.names],
        "born_on": one.child.born_on.isoformat() if one.child.born_on else None,
        "state": one.state.value,
        "owner": names.get(one.owner_agency_id, ""),
        "opened_at": one.opened_at.isoformat(),
        "fields": [_field(line, names) for line in shown],
        "files": [_file(file) for file in _sealed_files(one)],
        "not_ours_to_take": [*sorted(knowing.hidden - knowing.secret)],
        "access_log": [_log(row, names, knowing) for row in queries.disclosures(one.episode_id, limit=None)],
    }


def _write_down(actor: Actor, one: EpisodeView, shown: list[FactLine], knowing: duties.Knowing, now: datetime) -> None:
    facts = tuple({line.fact_id for line in shown if line.says_something})
    policies = {policy for line in shown for policy in knowing.decided[line.statement_id].policy_ids}
    release = Release(
        episode_id=one.episode_id,
        door=DisclosureDoor.EXPORT,
        to_label=actor.label,
        to_agency=actor.agency_id,
        to_member=actor.member_id,
        facts=facts,
        classes=tuple(duties.class_of(fact) for fact in facts),
        policies=tuple(policies),
        withheld=tuple(knowing.hidden),
        consents=tuple(each.consent_id for each in knowing.record.consents if each.facts & set(facts)),
    )
    disclose(actor, release, now)


def _field(line: FactLine, names: Mapping[AgencyId, str]) -> dict[str, Json]:
    """One field with its provenance; what the nation's own key closed is in `sealed`, as only the nation opens it."""
    found: dict[str, Json] = {
        "statement": line.statement_id,
        "field": line.fact_id,
        "class": duties.class_of(line.fact_id),
        "value": line.value,
        "said_by": line.informant,
        "certainty": line.certainty.value,
        "stated_at": line.stated_at.isoformat(),
        "written_by": line.recorded_by,
        "source_agency": names.get(line.agency_id, "") if line.agency_id else "Allhands",
        "stands": line.current,
    }
    return found if line.annex is None else found | {"sealed": annex.in_text(line.annex)}


def _sealed_files(one: EpisodeView) -> list[SealedFile]:
    return [*episodes.list_sealed_photos(one.child.child_id), *duties.list_sealed_papers(one.episode_id)]


def _file(file: SealedFile) -> dict[str, Json]:
    """A picture or paper that only the nation opens."""
    return {
        "kind": file.kind,
        "of": file.of,
        "file": file.file_id,
        "added_at": file.added_at.isoformat(),
        "sealed": annex.in_text(file.annex),
    }


def _log(row: queries.DisclosureView, names: Mapping[AgencyId, str], knowing: duties.Knowing) -> dict[str, Json]:
    """One row of the ledger, with as much of it as the steward may read on its page."""
    told, kept = naming.name(row.facts, knowing), naming.name(row.withheld, knowing)
    return {
        "at": row.at.isoformat(),
        "to": row.to_label,
        "agency": names.get(row.to_agency, "") if row.to_agency else "",
        "how": row.door.value,
        "fields": [*told.facts],
        "fields_not_named": told.untold,
        "purpose": row.purpose.value,
        "policies": [*row.policies],
        "rules": [*row.rules],
        "not_sent": [*kept.facts],
        "not_sent_not_named": kept.untold,
        "emergency": row.emergency,
    }
