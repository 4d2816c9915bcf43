"""What another law does to open episodes: told beforehand, done when it takes effect, nothing dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from allhands.access import api as access
from allhands.duties import api as duties
from allhands.duties.contracts import DutyState, DutyView, MoveKind
from allhands.duties.tests.conftest import Reporting
from allhands.duties.tests.conftest import maya as maya
from allhands.duties.tests.conftest import reported_at as reported_at
from allhands.duties.tests.conftest import reporting as reporting
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.ids import EpisodeId
from allhands.law import Assessment
from allhands.law.packs.strict_yaml import read_yaml
from allhands.lawbook import models, queries, tasks
from allhands.lawbook.actions import drafts, effect, review
from allhands.lawbook.actions.drafts import SaveFile
from allhands.lawbook.contracts import DraftView
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.tests.conftest import STATE
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import NATION, Cast, make_member
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
MOVED, GONE, NEW = (f"{STATE}.{name}" for name in ("care-report-ncmec-12h", "accept-report", "care-report-anew"))


@pytest.fixture(autouse=True)
def somebody_acts(writer: Actor) -> Iterator[None]:
    with acting_as(writer):
        yield


def change(actor: Actor, draft: DraftView, name: str, **parts: Any) -> None:
    """Edit a duty of the draft; without parts, take it away."""
    path = f"duties/{name}.yaml"
    value: Any = read_yaml((queries.texts_of(draft.id)[path] or "").encode(), path).value
    text = write_yaml({**value, **parts}) if parts else None
    drafts.save_file(actor, SaveFile(draft_id=draft.id, path=path, text=text, revision=1), timezone.now())


@pytest.fixture
def draft(writer: Actor, maya: EpisodeId) -> DraftView:
    """One duty gets six hours instead of twelve, one is no longer asked, one is new."""
    draft = drafts.start_draft(writer, STATE, None, timezone.now())
    path = "duties/care-report-ncmec-12h.yaml"
    value: Any = read_yaml((queries.texts_of(draft.id)[path] or "").encode(), path).value
    value["then"]["clock"]["hours"] = 6
    change(writer, draft, "care-report-ncmec-12h", then=value["then"])
    period: Any = {"from": None, "to": timezone.now().date() - timedelta(days=30)}
    change(writer, draft, "accept-report", periods=[period])
    text = write_yaml({**value, "id": NEW})
    command = SaveFile(draft_id=draft.id, path="duties/care-report-anew.yaml", text=text, revision=0)
    drafts.save_file(writer, command, timezone.now())
    for name in [name for name in queries.texts_of(draft.id) if name.startswith("cases/")]:
        drafts.save_file(writer, SaveFile(draft_id=draft.id, path=name, text=None, revision=1), timezone.now())
    return draft


def ledger(actor: Actor, episode_id: EpisodeId) -> dict[str, DutyView]:
    with acting_as(actor):
        return {duty.rule_id: duty for duty in duties.list_duties([episode_id])[episode_id]}


def test_preview_tells_what_appears_moves_and_ends_and_changes_nothing(
    cast: Cast, draft: DraftView, maya: EpisodeId
) -> None:
    before = ledger(cast.caseworker, maya)
    assert {MOVED, GONE} <= before.keys()
    preview = effect.ask_preview(cast.supervisor, draft.id, timezone.now())
    tasks.work_out_preview(preview_id=preview.id)
    found = queries.find_preview(draft.id)
    assert found is not None
    assert (found.total, found.looked, found.affected, found.fault) == (1, 1, 1, "")
    counts = {one.rule_id: (one.appears, one.moves, one.ends) for one in found.rules}
    assert (counts[NEW], counts[GONE], counts[MOVED]) == ((1, 0, 0), (0, 0, 1), (0, 1, 0))
    assert ledger(cast.caseworker, maya) == before
    with acting_as(cast.caseworker):
        (mine,) = queries.list_moves(found.id)
        assert {move.kind for move in mine.moves} >= {MoveKind.APPEARS, MoveKind.MOVES, MoveKind.ENDS}
    with acting_as(cast.outsider):
        assert queries.list_moves(found.id) == ()


def test_a_preview_counts_no_child_whose_nation_stopped_counting(
    cast: Cast, draft: DraftView, maya: EpisodeId, page_client: PageClient
) -> None:
    told = report("Aiyana", key="tied", at=timezone.now(), child__tribal_affiliation=[NATION])
    episodes.report_missing(cast.caseworker, told, timezone.now())
    steward = make_member("Stewart Testworth", Role.DATA_STEWARD, cast.tribal_liaison.agency_id)
    tasks.work_out_preview(preview_id=effect.ask_preview(cast.supervisor, draft.id, timezone.now()).id)
    found = queries.find_preview(draft.id)
    assert found is not None
    assert (found.total, found.left_out) == (2, 0)
    with acting_as(steward):
        access.decide_secondary_use(steward, NATION, suspended=True, reason="Council", now=timezone.now())
    page = page_client.sign_in(cast.supervisor).get(f"/packs/drafts/{draft.id}")
    assert "A nation has stopped counting since" in page.text
    assert "Duties would change in" not in page.text, "what was worked out before is not shown any more"
    tasks.work_out_preview(preview_id=effect.ask_preview(cast.supervisor, draft.id, timezone.now()).id)
    found = queries.find_preview(draft.id)
    assert found is not None
    assert (found.total, found.left_out) == (1, 1)
    assert "Some are left out" in page_client.get(f"/packs/drafts/{draft.id}").text


def test_ledger_follows_when_the_release_takes_effect(
    cast: Cast, draft: DraftView, maya: EpisodeId, writer: Actor, reader: Actor, key: str
) -> None:
    before = ledger(cast.caseworker, maya)
    now = timezone.now()
    review.ask_reader(writer, draft.id, None, now)
    release = review.publish(reader, draft.id, now)
    assert effect.list_due(now) == (release.id,)
    tasks.take_effect(release_id=release.id)
    after = ledger(cast.caseworker, maya)
    assert after[NEW].state is DutyState.OPEN
    assert (after[GONE].state, after[GONE].reason) == (DutyState.SUPERSEDED, "facts-changed")
    due, was = after[MOVED].due_at, before[MOVED].due_at
    assert due is None or was is None or due < was
    done = models.Effect.objects.get(pk=release.id)
    assert (done.total, done.looked, done.changed, done.done_at is not None) == (1, 1, 1, True)
    assert effect.list_due(now) == ()
    assert duties.follow_law([maya], timezone.now()) == 0  # a second time nothing is to be done
    with acting_as(cast.caseworker):
        assert duties.explain(maya) is not None


def test_only_episodes_the_changed_pack_speaks_for_are_judged_anew_and_every_one_of_them(
    cast: Cast, draft: DraftView, maya: EpisodeId, reporting: Reporting, writer: Actor, reader: Actor, key: str
) -> None:
    elsewhere: dict[str, Any] = {"state": "MT", "county_fips": "30001", "indian_country": False}
    away = {f"place__{one}": elsewhere for one in ("last_seen", "custody", "placement", "residence")}
    homes = {f"place__{one}": elsewhere for one in ("last_seen", "custody", "placement")}
    with acting_as(cast.caseworker):
        far = reporting("Lena", **away)
        near = reporting("Iris", **homes, place__residence={"state": "ND", "county_fips": "38990"})
    ids, now = [maya, far, near], timezone.now()
    before = {one: packs_of(duties.explain(one)) for one in ids}
    review.ask_reader(writer, draft.id, None, now)
    review.publish(reader, draft.id, now)
    with acting_as(SYSTEM):
        lines = episodes.statements_of_all(ids)
        raw: dict[EpisodeId, Any] = {
            one: {"as_of": now.isoformat(), "statements": duties.said(lines[one])} for one in ids
        }
        fresh = {one: duties.assess_raw(raw[one]) for one in ids}
    wanted = {one for one in ids if packs_of(fresh[one]) != before[one]}
    assert wanted == {maya, near}
    assert duties.follow_law(ids, now) == len(wanted)
    assert {one for one in ids if packs_of(duties.explain(one)) != before[one]} == wanted
    for one in wanted:
        held = {rule for rule, duty in ledger(cast.caseworker, one).items() if duty.state is DutyState.OPEN}
        assert held <= {duty.rule_id for duty in fresh[one].duties}
        assert (NEW in held, GONE in held) == (True, False)


def packs_of(assessment: Assessment | None) -> set[tuple[str, str]]:
    assert assessment is not None
    return {(pack.id, pack.sha256) for pack in assessment.packs}


def test_draft_that_does_not_fit_says_so_instead_of_counting(cast: Cast, draft: DraftView) -> None:
    change_of = SaveFile(draft_id=draft.id, path="duties/care-report-anew.yaml", text="id: [", revision=1)
    drafts.save_file(cast.supervisor, change_of, timezone.now())
    preview = effect.ask_preview(cast.supervisor, draft.id, timezone.now())
    tasks.work_out_preview(preview_id=preview.id)
    found = queries.find_preview(draft.id)
    assert found is not None
    assert found.fault.startswith("pack.")
