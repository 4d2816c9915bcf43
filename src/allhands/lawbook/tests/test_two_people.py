"""From a draft to the law in force: two people, one signature, every process, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from allhands.kernel.actors import Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.law.packs.strict_yaml import read_yaml
from allhands.lawbook import checking, keyring, models, overlay, queries
from allhands.lawbook.actions import drafts, releases, review
from allhands.lawbook.actions.drafts import EditedMeanwhile, SaveFile
from allhands.lawbook.contracts import DraftState, DraftView, ReleaseView
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.release.archive import ArchiveFault
from allhands.lawbook.release.manifest import open_release
from allhands.lawbook.tests.conftest import NOW
from allhands.platform import packs
from allhands.platform.audit.models import Journal
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, account_of, make_member

pytestmark = pytest.mark.django_db
PACK = "us.states.nd"
PATH = "duties/accept-report.yaml"
RULE = f"{PACK}.accept-report"


@pytest.fixture(autouse=True)
def somebody_acts(writer: Actor) -> Iterator[None]:
    """As in a request: row security sees a member."""
    with acting_as(writer):
        yield


def edited(draft: DraftView, **changes: Any) -> str:
    text = queries.texts_of(draft.id)[PATH] or ""
    value: Any = read_yaml(text.encode(), PATH).value
    return write_yaml({**value, **changes})


def save(actor: Actor, draft: DraftView, text: str | None, revision: int = 1, path: str = PATH) -> int:
    return drafts.save_file(actor, SaveFile(draft_id=draft.id, path=path, text=text, revision=revision), NOW)


@pytest.fixture
def draft(writer: Actor) -> DraftView:
    return drafts.start_draft(writer, PACK, None, NOW)


@pytest.fixture
def asked(writer: Actor, draft: DraftView) -> DraftView:
    save(writer, draft, edited(draft, plain={"en": "Read anew.", "es": "Leída de nuevo."}))
    review.ask_reader(writer, draft.id, None, NOW)
    return queries.get_draft(draft.id)


@pytest.fixture
def release(asked: DraftView, reader: Actor, key: str) -> ReleaseView:
    return review.publish(reader, asked.id, NOW)


def test_what_two_people_published_is_the_law_at_once(release: ReleaseView) -> None:
    pack = packs.library().pack(PACK)
    assert packs.library().rule(RULE).plain.en == "Read anew."
    assert (pack.version, release.version) == (release.version, "2026.11.29")
    assert (release.written_by, release.read_by) == ("Kim Testworth", "Attorney Testworth")
    assert Journal.objects.filter(event=545, subject_id__isnull=False).count() == 1


def test_law_of_tomorrow_is_not_the_law_of_today(writer: Actor, reader: Actor, draft: DraftView, key: str) -> None:
    save(writer, draft, edited(draft, plain={"en": "Tomorrow.", "es": "Mañana."}))
    review.ask_reader(writer, draft.id, NOW + timedelta(days=36_500), NOW)
    review.publish(reader, draft.id, NOW)
    assert packs.library().rule(RULE).plain.en != "Tomorrow."


def test_nobody_publishes_what_they_wrote_under_any_hat(asked: DraftView, cast: Cast, key: str) -> None:
    writer_as_director = make_member(
        "Kim Testworth", Role.DIRECTOR, cast.supervisor.agency_id, account_id=account_of(cast.supervisor).pk
    )
    for actor in (cast.supervisor, writer_as_director):
        with pytest.raises(Denied, match="publish-law"):
            review.publish(actor, asked.id, NOW)
    with pytest.raises(Denied, match="draft-law"):
        drafts.start_draft(cast.caseworker, "us.states.mn", None, NOW)


def test_law_of_a_nation_needs_the_nation(cast: Cast, reader: Actor, key: str) -> None:
    draft = drafts.start_draft(cast.supervisor, "tribes.sample", None, NOW)
    header: Any = read_yaml((queries.texts_of(draft.id)["pack.yaml"] or "").encode(), "pack.yaml").value
    save(cast.supervisor, draft, write_yaml({**header, "steward": "Somebody"}), path="pack.yaml")
    review.ask_reader(cast.supervisor, draft.id, None, NOW)
    with pytest.raises(Denied):
        review.publish(reader, draft.id, NOW)
    assert review.publish(cast.tribal_liaison, draft.id, NOW).read_by == "Nora Testworth"


def test_return_needs_a_reason_and_gives_the_draft_back(asked: DraftView, reader: Actor, writer: Actor) -> None:
    with pytest.raises(Refused, match="mended"):
        review.return_draft(reader, asked.id, "no", NOW)
    with pytest.raises(Refused, match="second reader"):
        save(writer, asked, "id: x", revision=2)
    review.return_draft(reader, asked.id, "The quote is from another section.", NOW)
    assert queries.get_draft(asked.id).state is DraftState.OPEN
    assert queries.list_steps(asked.id)[0].reason == "The quote is from another section."


def test_without_a_key_it_says_so_and_the_draft_waits(asked: DraftView, reader: Actor) -> None:
    with pytest.raises(Refused, match="not configured"):
        review.publish(reader, asked.id, NOW)
    assert queries.get_draft(asked.id).state is DraftState.ASKED


def test_second_save_from_the_same_start_keeps_both_texts(writer: Actor, reader: Actor, draft: DraftView) -> None:
    mine, theirs = edited(draft, notes="mine"), edited(draft, notes="theirs")
    save(writer, draft, theirs)
    with pytest.raises(EditedMeanwhile) as refusal:
        save(reader, draft, mine)
    assert (refusal.value.theirs, refusal.value.saved_by, refusal.value.revision) == (theirs, writer.label, 2)
    assert save(reader, draft, mine, revision=2) == 3


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"periods": []}, f"{PATH}:periods"),
        ({"title": {"en": "Only English"}}, f"{PATH}:title.es"),
        ({"applies_when": {"rule": "us.states.nd.nowhere"}}, f"{PATH}:applies_when"),
        ({"confidence": "D"}, f"{PATH}:confidence"),
        ({"source": []}, f"{PATH}:source"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_draft_that_is_wrong_is_kept_but_nobody_is_asked(
    writer: Actor, draft: DraftView, changes: dict[str, object], place: str
) -> None:
    save(writer, draft, edited(draft, **changes))
    errors = checking.check(PACK, queries.texts_of(draft.id)).errors
    assert place in {finding.path for finding in errors}
    with pytest.raises(Refused, match="wrong in this draft"):
        review.ask_reader(writer, draft.id, None, NOW)


def test_huge_text_and_an_empty_draft_are_refused(writer: Actor, draft: DraftView) -> None:
    with pytest.raises(Refused, match="too long"):
        save(writer, draft, "x" * (models.LONGEST_FILE + 1))
    with pytest.raises(Refused, match="Nothing has changed"):
        review.ask_reader(writer, draft.id, None, NOW)
    with pytest.raises(Refused, match="already"):
        drafts.start_draft(writer, PACK, None, NOW)


def test_assessments_of_yesterday_are_explained_by_the_packs_of_yesterday(
    writer: Actor, reader: Actor, release: ReleaseView
) -> None:
    first = packs.library()
    old = [(pack.id, pack.sha256) for pack in first.packs]
    draft = drafts.start_draft(writer, PACK, None, NOW)
    save(writer, draft, edited(draft, plain={"en": "And again.", "es": "Y otra vez."}))
    review.ask_reader(writer, draft.id, None, NOW)
    review.publish(reader, draft.id, NOW)
    assert packs.library().rule(RULE).plain.en == "And again."
    assert packs.library_of(old).sha256 == first.sha256
    files = overlay.files_of(bytes(models.Release.objects.get(pk=release.id).archive))
    assert overlay.pack_hash(files) == first.pack(PACK).sha256


def test_draft_of_an_older_version_takes_over_what_came_since(
    writer: Actor, reader: Actor, asked: DraftView, key: str
) -> None:
    review.publish(reader, asked.id, NOW)
    late = drafts.start_draft(writer, PACK, None, NOW)
    models.Draft.objects.filter(pk=late.id).update(base_version="2026.11.24")
    models.DraftFile.objects.filter(draft_id=late.id, path=PATH).update(base_text="old", text="old")
    assert drafts.follow_base(writer, late.id, NOW) == ()
    assert "Read anew." in (queries.texts_of(late.id)[PATH] or "")


def archive_of(release: ReleaseView) -> bytes:
    return bytes(models.Release.objects.get(pk=release.id).archive)


def test_release_is_taken_elsewhere_once_and_never_downgraded(release: ReleaseView, reader: Actor) -> None:
    archive = archive_of(release)
    with pytest.raises(Refused, match="not newer"):
        releases.import_release(reader, archive, NOW)
    # Another installation: the same key is trusted, the release is not there yet.
    assert open_release(archive, keyring.trusted_keys()).manifest.version == release.version


def test_unsigned_tampered_and_strange_releases_are_refused(release: ReleaseView, reader: Actor) -> None:
    archive = archive_of(release)
    for bad in (b"", b"not a release", archive[:-512], archive.replace(b"Read anew.", b"Read afar.")):
        with pytest.raises(Refused):
            releases.import_release(reader, bad, NOW)
    with pytest.raises(ArchiveFault, match="not trusted"):
        open_release(archive, {})
    assert Journal.objects.filter(event=547).count() == 4
