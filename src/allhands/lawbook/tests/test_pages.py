"""The pages of the law book, for strangers and for those who write it."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from lxml import html

from allhands.kernel.actors import Actor
from allhands.lawbook import models, overlay
from allhands.lawbook.tests.conftest import STATE
from allhands.lawbook.web import packs_list
from allhands.platform import packs
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, account_of

pytestmark = pytest.mark.django_db
SHIPPED = Path(django_settings.ALLHANDS_PACKS_DIR)
DUTY = "duties/accept-report"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(account_of(actor))
    session = client.session
    session["hat"] = actor.member_id
    session.save()
    return client


def drawn(client: Client, path: str) -> Any:
    """The page as a tree."""
    return html.fromstring(client.get(path).content)


def filled(client: Client, path: str) -> dict[str, list[str]]:
    """What a browser would send for the form of a rule as it stands, saved."""
    found: dict[str, list[str]] = {"do": ["save"]}
    for name, value in drawn(client, path).xpath("//form[contains(@class, 'law-form')]")[0].form_values():
        found.setdefault(name, []).append(value)
    return found


@pytest.fixture(autouse=True)
def no_second_step(settings: Any) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False


def test_anybody_reads_what_was_read(client: Client) -> None:
    page = client.get("/law").content.decode()
    assert page.count("<h1") == 1
    assert "read the missing-child law of 1 of 56" in page
    assert f'href="/law/{STATE}"' in page
    pack = client.get(f"/law/{STATE}").content.decode()
    assert "Take the report" in pack
    assert "N.D.C.C." in pack
    assert "read in its own text" in pack
    assert client.get("/law/us.states.zz").status_code == 404
    assert client.get("/law/core").status_code == 404


def test_map_and_table_speak_spanish(client: Client) -> None:
    page = client.get("/law", headers={"accept-language": "es"}).content.decode()
    assert "Qué leyes hemos leído" in page


def test_who_may_not_write_law_is_turned_away(cast: Cast) -> None:
    assert client_of(cast.caseworker).get("/packs").status_code == 403
    assert client_of(cast.supervisor).get("/packs").status_code == 200


def start(client: Client, **what: str) -> str:
    return client.post("/packs/drafts/start", what or {"pack": STATE})["Location"]


def test_rule_is_edited_by_choices_and_says_what_is_wrong_beside_the_field(cast: Cast) -> None:
    client = client_of(cast.supervisor)
    draft = start(client)
    page = client.get(f"{draft}/{DUTY}")
    assert page.status_code == 200
    sent = {"revision": "1", "title.en": "Take it", "title.es": "", "periods[0].from": "soon", "do": "save"}
    assert client.post(f"{draft}/{DUTY}", sent).status_code == 302
    shown = client.get(f"{draft}/{DUTY}").content.decode()
    assert "Title (Spanish): The Spanish text is missing." in shown  # above the form with its field
    assert "First day in force (empty: not given): Write a day as year-month-day" in shown
    assert 'value="soon"' in shown  # what was typed stays
    assert "<title>Error:" in shown
    adding = {"revision": "2", "do": "add:when:", "add:when:": "child.age_years", "c:when::kind": "group"}
    added = client.post(f"{draft}/{DUTY}", adding | {"c:when::mode": "all"}).content.decode()
    assert "Not saved yet" in added
    assert 'name="c:when:0:test"' in added


def test_rule_is_taken_away_and_brought_back(cast: Cast) -> None:
    client = client_of(cast.supervisor)
    draft = start(client)
    assert client.post(f"{draft}/{DUTY}/remove", {"do": "remove"})["Location"] == draft
    page = client.get(draft).content.decode()
    assert "taken away in this draft" in page
    assert client.get(f"{draft}/{DUTY}").status_code == 404
    client.post(f"{draft}/{DUTY}/remove", {"do": "bring-back"})
    assert "taken away in this draft" not in client.get(draft).content.decode()
    assert client.get(f"{draft}/{DUTY}").status_code == 200
    assert client_of(cast.caseworker).post(f"{draft}/{DUTY}/remove").status_code == 403
    assert client.post(f"{draft}/duties/none-such/remove").status_code == 404


@pytest.mark.parametrize(("kind", "shows"), [
    ("permission", ('name="then.holder" value="school"', 'name="then.conditions[0].words.es"', 'name="then.wall"')),
    ("criterion", ('name="then.needs[0].title.en"', 'name="then.activator"')),
    ("duty", ('id="f-c:after"', "The clock waits for nothing")),
])  # fmt: skip
def test_every_kind_of_rule_is_written_in_the_form(cast: Cast, kind: str, shows: tuple[str, ...]) -> None:
    client = client_of(cast.supervisor)
    draft = start(client)
    page = client.get(client.post(f"{draft}/rules/new", {"kind": kind, "name": "fresh"})["Location"]).content.decode()
    for part in shows:
        assert part in page


def test_two_who_save_the_same_rule_see_both_texts(cast: Cast) -> None:
    first, second = client_of(cast.supervisor), client_of(cast.director)
    draft = start(first)
    for client, words, status in ((first, "Theirs", 302), (second, "Mine", 409)):
        answer = client.post(f"{draft}/{DUTY}", {"revision": "1", "title.en": words, "title.es": words, "do": "save"})
        assert answer.status_code == status
    both = answer.content.decode()
    assert "Theirs" in both
    assert "Mine" in both
    assert "Kim Testworth" in both


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"place": "Nowhere!"}, "neither a State&#x27;s two letters"),
        ({"pack": "us.states.zz"}, "no such pack"),
    ],
)
def test_what_cannot_be_begun_says_why(cast: Cast, what: dict[str, str], words: str) -> None:
    answer = client_of(cast.supervisor).post("/packs/drafts/start", what)
    assert (answer.status_code, words in answer.content.decode()) == (409, True)


def test_new_place_begins_with_its_gap_and_first_rule(cast: Cast) -> None:
    client = client_of(cast.supervisor)
    draft = start(client, place="spirit-lake", name="Spirit Lake")
    assert "Nothing that keeps it" in client.get(draft).content.decode()
    made = client.post(f"{draft}/rules/new", {"kind": "duty", "name": "tell-police"})
    assert "There is a problem" not in client.get(made["Location"]).content.decode()  # nothing was typed yet
    saved = client.post(made["Location"], filled(client, made["Location"]))
    page = client.get(saved["Location"]).content.decode()
    assert "There is a problem" in page
    assert page.count("What they must do: This is still empty.") == 1  # empty, and so no word of the list
    assert drawn(client, draft).xpath(f"//a[@href='{draft}/duties/tell-police'][.='tell-police']")  # no title yet
    for part in ("sources", "pack", "gaps"):
        assert client.get(f"{draft}/{part}").status_code == 200
    assert "Nothing has been read yet" in client.get(f"{draft}/gaps").content.decode()
    refused = client.post(f"{draft}/rules/new", {"kind": "duty", "name": "Tell Police"})
    assert "small letters" in refused.content.decode()


def test_rule_is_tried_and_the_case_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 30, tzinfo=UTC))  # a year is told of what is far
    client = client_of(cast.supervisor)
    draft = start(client)
    facts = {"as_of": "2026-11-24T13:00:00+00:00", "child.whereabouts_known": "no", "child.age_years": "12"}
    page = client.get(f"{draft}/definitions/missing-person/try", facts).content.decode()
    assert "This draft:" in page
    duty = f"{draft}/duties/care-report-police-12h/try"
    bad = client.get(duty, {"time.determined_missing_at": "noonish", "as_of": "soon"}).content.decode()
    assert bad.count("Write day and time, such as 2026-11-24 02:00.") == 2
    assert 'value="noonish"' in bad
    assert 'value="soon"' in bad
    told = {"time.determined_missing_at": "2026-11-24 02:00", "child.in_foster_care": "yes"}
    assert "due Tue Nov 24 14:00 CST" in client.get(duty, told | {"child.whereabouts_known": "no"}).content.decode()
    assert client.post(f"{draft}/definitions/missing-person/try", facts | {"case": "mine"}).status_code == 302
    assert "<title>Error:" not in client.get(draft).content.decode()


def test_upload_that_is_no_release_is_refused_kindly(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    bomb = SimpleUploadedFile("x.pack", b"a: &a [x]\nb: [*a, *a]\n")
    answer = client_of(cast.director).post("/packs/releases/take", {"file": bomb})
    assert (answer.status_code, "This is not a release" in answer.content.decode()) == (409, True)
    assert client_of(cast.director).post("/packs/releases/take").status_code == 409


@pytest.fixture
def old_and_empty(few_packs: Path, tmp_path: Path, settings: LazySettings) -> None:
    """The State was read long ago, and of American Samoa nothing."""
    root = tmp_path / "packs"
    shutil.copytree(few_packs, root)
    for path in (root / "us/states/nd").glob("*/*.yaml"):
        path.write_text(re.sub(r"{on: [0-9-]+, by", "{on: 2024-02-29, by", path.read_text("utf-8")), "utf-8")
    shutil.copytree(SHIPPED / "us/territories/as", root / "us/territories/as")
    settings.ALLHANDS_PACKS_DIR = root
    overlay.forget()


@pytest.mark.usefixtures("old_and_empty")
def test_list_of_packs_marks_what_is_old_and_what_holds_only_a_gap(cast: Cast) -> None:
    page = drawn(client_of(cast.supervisor), "/packs")
    rows = {str(row.xpath("string(th)")): str(row.xpath("string(td[2])")) for row in page.xpath("//table/tbody/tr")}
    assert "Feb 29 2024 older than 12 months" in rows["North Dakota"]
    assert "only a gap: nothing was read" in rows["American Samoa"]
    options = [one.text_content() for one in page.xpath("//select[@id='pack']/option")]
    assert any(one.startswith("North Dakota") and one.endswith("· older than 12 months") for one in options)


@pytest.mark.parametrize(
    ("today", "mark"), [(date(2027, 11, 23), ""), (date(2027, 11, 24), "older than 12 months")], ids=str
)
def test_pack_of_the_list_is_old_on_the_day_on_which_its_own_page_calls_it_old(today: date, mark: str) -> None:
    line = next(one for one in packs_list.lines_of(packs.library(), today, "en") if one.id == STATE)
    assert line.mark == mark


CARETAKER = "/law/conflicts/c05"  # North Dakota: a crime after 48 hours, from no text a time to wait


@pytest.fixture
def all_packs(settings: LazySettings) -> None:
    """The packs as shipped: the cases of conflicts speak of fifty laws."""
    settings.ALLHANDS_PACKS_DIR = SHIPPED
    overlay.forget()


@pytest.mark.usefixtures("all_packs")
def test_caretakers_limit_is_no_due_time_and_every_other_is_told_with_its_zone(client: Client) -> None:
    page = drawn(client, CARETAKER)
    row = str(page.xpath("string(//tr[th/a='North Dakota'])"))
    assert "never a time to wait: report now" in row
    assert "Due:" not in row
    entry = str(drawn(client, "/law/conflicts/c04").xpath("string(//tr[th/a='Texas'])"))
    assert "Due: Tue Nov 24 20:00 UTC" in entry
    assert "judged as of Thu Nov 26 2026 14:00 UTC" in page.text_content()


@pytest.mark.usefixtures("all_packs")
def test_side_by_side_table_names_a_source_once(client: Client) -> None:
    cells = drawn(client, "/law/conflicts/c09").xpath("//td//span[@class='meta']")
    assert "20 V.S.A. 1820 · read in its own text" in [one.text_content() for one in cells]


@pytest.mark.usefixtures("all_packs")
def test_side_by_side_table_marks_an_old_reading_by_today_not_by_the_day_of_the_case(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 30, tzinfo=UTC))
    assert "older than 12 months" not in client.get(CARETAKER).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 11, 30, tzinfo=UTC))
    assert "older than 12 months" in client.get(CARETAKER).content.decode()


def test_refusal_stands_beside_its_field_and_loses_nothing(cast: Cast) -> None:
    client = client_of(cast.supervisor)
    draft = start(client)
    asked = html.fromstring(client.post(f"{draft}/ask", {"takes_effect_on": "tomorrow"}).content)
    assert asked.xpath("//input[@id='takes-effect']/@value") == ["tomorrow"]
    assert asked.xpath("//*[@id='takes-effect-error']")


def test_draft_is_called_by_its_place_and_lists_what_is_wrong_by_rule_and_field(cast: Cast) -> None:
    client = client_of(cast.supervisor)
    draft = start(client)
    client.post(f"{draft}/{DUTY}", filled(client, f"{draft}/{DUTY}") | {"title.es": [""]})
    page = drawn(client, draft)
    assert str(page.xpath("string(//h1)")) == "Draft of North Dakota"
    assert "us.states.nd" not in page.xpath("string(//main)")
    line = page.xpath("//h2[.='What is wrong']/following-sibling::ul/li")[0]
    assert line.text_content().strip() == "Take the report · Title (Spanish): The Spanish text is missing."
    assert line.xpath("a/@href") == [f"{draft}/{DUTY}"]
    assert "The public list does not say" not in page.text_content()  # the packs beside it are nobody's fault here


def test_case_that_the_new_law_answers_differently_is_kept_with_the_new_answer(cast: Cast) -> None:
    client = client_of(cast.supervisor)
    draft = start(client)
    rule = f"{draft}/duties/care-report-police-12h"
    client.post(rule, filled(client, rule) | {"then.clock.number": ["6"]})
    page = drawn(client, draft)
    failing = page.xpath("//form[contains(@action, 'drop-case')]//input[@name='case']/@value")
    assert failing
    for case in failing:
        assert client.post(f"{draft}/drop-case", {"case": case, "do": "keep"}).status_code == 302
    assert "Nothing that keeps it from being published" in client.get(draft).content.decode()
    with acting_as(cast.supervisor):
        [file] = models.DraftFile.objects.filter(path="cases/clocks.cases.yaml")
    assert (file.text or "").count("care-report-police-12h") == (file.base_text or "").count("care-report-police-12h")
    assert (
        client.post(f"{draft}/drop-case", {"case": "cases/clocks.cases.yaml:cases[0]", "do": "keep"}).status_code == 409
    )


@pytest.mark.usefixtures("key")
def test_published_draft_still_tells_what_it_changed_and_the_release_leads_there(cast: Cast) -> None:
    client, reader = client_of(cast.supervisor), client_of(cast.attorney)
    draft = start(client)
    client.post(f"{draft}/{DUTY}", filled(client, f"{draft}/{DUTY}") | {"plain.en": ["Read anew."]})
    client.post(f"{draft}/ask")
    assert reader.post(f"{draft}/publish").status_code == 302
    page = drawn(reader, draft)
    assert "Read anew." in [one.text_content().removeprefix("now: ") for one in page.xpath("//dl/dd")]
    assert draft in drawn(reader, "/packs").xpath("//a/@href")


@pytest.mark.parametrize(
    "typed",
    ["{folder}/pack", "us/federal", "core/../core", "..", "a" * 200_000, "core\n"],
    ids=["absolute", "slash", "up", "dots", "long", "line"],
)
def test_a_path_is_no_pack(cast: Cast, tmp_path: Path, typed: str) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "pack.yaml").write_text("title: not ours to read")
    answer = client_of(cast.supervisor).post("/packs/drafts/start", {"pack": typed.format(folder=tmp_path)})
    assert answer.status_code == 409
    assert "There is no such pack. Choose one of the list." in answer.content.decode()
