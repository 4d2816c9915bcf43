"""What cannot be: a kind word by the field and in the summary, and nothing typed is lost."""

from __future__ import annotations

import logging

import pytest

from allhands.episodes import models
from allhands.episodes.tests.forms import answers_of, begin, draft_of, faults_of, press, typed_form
from allhands.platform.database.acting import acting_as
from allhands.platform.logs import CodesFormatter
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db

SIXTY = "Wolfeschlegelsteinhausenbergerdorff-Wičháȟpi-Nizhóní-Ángeles"
CAP_NAMES = {
    "sixty letters": SIXTY,
    "Diné": "Ashkii Dootłʼizh Nizhóní",
    "Lakota": "Wičháȟpi Lúta Wíŋ",
    "Spanish": "José Ángel Núñez y O'Neil",
    "Cherokee": "ᏣᎳᎩ ᎠᏰᎵ",
    "right to left": "مايا بنت يوسف",
    "mixed directions": "Maya (مايا) Kesler",
    "with signs": '<b>Maya</b> & "Co" {{ name }} %(name)s',
}


@pytest.fixture
def ruth(page_client: PageClient, cast: Cast) -> PageClient:
    return page_client.sign_in(cast.caseworker)


def value_of(page: Page, name: str) -> str:
    """What stands in an input."""
    return str(typed_form(page)[name])


def test_two_wrong_fields_are_said_twice_each_and_stay(ruth: PageClient) -> None:
    page = press(
        ruth, begin(ruth), child__given_name="Maya", child__age_years="fourteen", child__date_of_birth="2/31/2012"
    )
    assert page.status == 422
    assert page.texts("//title")[0].startswith("Error: Who is missing?")
    assert faults_of(page) == {
        "child-age_years-value": "Write this as a number in digits, for example 14.",
        "child-date_of_birth-value": "That day is not in the calendar. Check the day and the month.",
    }
    typed = {name: value_of(page, name) for name in ("child.given_name", "child.age_years", "child.date_of_birth")}
    assert typed == {
        "child.given_name": "Maya", "child.age_years": "fourteen", "child.date_of_birth": "2/31/2012",
    }  # fmt: skip
    for control in page.elements("//*[@aria-invalid='true']"):
        assert page.elements(f"//*[@id='{str(control.get('aria-describedby')).split()[0]}']")
    assert press(ruth, page, child__age_years="14", child__date_of_birth="").path.endswith("/seen")


@pytest.mark.parametrize(
    ("slug", "fields", "control", "words"),
    [
        ("child", {"child__date_of_birth": "1/1/2090"}, "child-date_of_birth-value", "future"),
        ("child", {"child__date_of_birth": "tomorrow"}, "child-date_of_birth-value", "could not read"),
        ("child", {"child__date_of_birth": "1/1/1850"}, "child-date_of_birth-value", "125 years"),
        ("child", {"child__age_years": "140"}, "child-age_years-value", "0 to 120"),
        ("child", {"child__age_years": "-3"}, "child-age_years-value", "digits"),
        ("child", {"child__given_name": "Ma\x07ya"}, "child-given_name-value", "hidden sign"),
        ("child", {"child__family_name": "x" * 201}, "child-family_name-value", "200 characters"),
        ("child", {"child__who": "Ms\x1bOlsen", "child__given_name": "Maya"}, "child-who", "hidden sign"),
        ("seen", {"time__last_seen_at__date": "1/1/2090", "time__last_seen_at__time": "9"}, "", "future"),
        ("seen", {"time__last_seen_at__date": "yesterday"}, "time-last_seen_at-1", "Add the time"),
        ("seen", {"place__last_seen__state": "ND", "place__last_seen__county": "Rollete"}, "", "Rolette County?"),
        ("seen", {"place__last_seen__state": "ZZ"}, "place-last_seen-1", "state from the list"),
        ("seen", {"description__clothing": "x" * 4001}, "description-clothing-value", "4000 characters"),
        ("danger", {"child__suicidal": "perhaps"}, "child-suicidal-1", "Choose yes, no"),
        ("care", {"child__placement_kind": "castle"}, "child-placement_kind-value", "not on our list"),
        (
            "tribe",
            {"child__tribal_tie_possible": "no", "child__tribal_affiliation": ["Navajo Nation", ""]},
            "child-tribal_tie_possible-1",
            "a nation, and also the answer no",
        ),
        ("child.pregnant", {"child__pregnant": "perhaps"}, "child-pregnant-1", "Choose yes, no"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_kindly_and_stays(
    ruth: PageClient, cast: Cast, slug: str, fields: dict[str, str | list[str]], control: str, words: str
) -> None:
    draft = draft_of(begin(ruth))
    page = press(ruth, ruth.get(f"/report/{draft}/{slug}"), **fields)
    assert page.status == 422, page.path
    faults = faults_of(page)
    assert len(faults) == 1
    assert control in {"", *faults}
    assert words in " ".join(faults.values())
    for name, typed in fields.items():
        kept = answers_of(cast.caseworker, page)[name.replace("__", ".")]
        assert kept == typed


def test_last_seen_before_being_born_is_one_fault_not_a_crash(ruth: PageClient) -> None:
    page = press(ruth, begin(ruth), child__given_name="Maya", child__date_of_birth="3/14/2011")
    page = press(ruth, page, time__last_seen_at__date="3/14/2009", time__last_seen_at__time="9:00")
    assert "before being born" in " ".join(faults_of(page).values())
    check = ruth.get(f"/report/{draft_of(page)}/check")
    assert "before being born" in check.text
    assert "3/14/2009 9:00" in check.text


@pytest.mark.parametrize("name", CAP_NAMES.values(), ids=CAP_NAMES.keys())
def test_names_are_kept_to_the_letter(ruth: PageClient, cast: Cast, name: str) -> None:
    page = press(ruth, begin(ruth), "check", child__given_name=name)
    assert name in page.text
    sent = press(ruth, page, "send")
    assert sent.h1 == f"Report received: {name}"
    with acting_as(cast.caseworker):
        assert set(models.ChildName.objects.values_list("text", flat=True)) == {name}
        assert models.Statement.objects.get(fact_id="child.given_name").value == name


def test_three_long_names_together_are_refused_kindly(ruth: PageClient) -> None:
    page = press(ruth, begin(ruth), "check", child__given_name="a" * 150, child__family_name="b" * 150)
    page = press(ruth, page, "send")
    assert page.status == 422
    assert "200 characters" in page.text


def test_an_answer_that_cannot_be_read_is_never_left_behind(ruth: PageClient, cast: Cast) -> None:
    draft = draft_of(press(ruth, begin(ruth), child__given_name="Maya", child__age_years="old"))
    page = ruth.get(f"/report/{draft}/check")
    assert "old" in page.text
    page = press(ruth, page, "send")
    assert page.status == 422
    assert faults_of(page) == {"child-age_years": "Write this as a number in digits, for example 14."}
    assert page.elements("//*[@id='child-age_years']//a[contains(., 'Change')]")
    with acting_as(cast.caseworker):
        assert not models.Episode.objects.exists()


@pytest.mark.parametrize("typed", ["", "?"])
def test_a_report_needs_some_name(ruth: PageClient, typed: str) -> None:
    page = press(ruth, press(ruth, begin(ruth), "check", child__given_name=typed), "send")
    assert page.status == 422
    assert faults_of(page) == {"child-given_name": "Write the name the child uses. A first name is enough."}


def test_too_much_text_is_said_and_still_in_the_page(ruth: PageClient) -> None:
    page = press(ruth, begin(ruth), child__given_name="Maya")
    long = "a long story " * 20_000
    page = press(ruth, page, description__clothing=long)
    assert page.status == 422
    assert "too much text for one report" in page.text
    assert "Not saved" in page.text
    assert value_of(page, "description.clothing").strip() == long.strip()
    assert ruth.post(f"/report/{draft_of(page)}/save", {"description.clothing": long}).status == 413


def test_faults_are_said_in_spanish(ruth: PageClient) -> None:
    draft = draft_of(begin(ruth))
    ruth.client.cookies["django_language"] = "es"
    page = press(ruth, ruth.get(f"/report/{draft}/child"), child__age_years="catorce", child__date_of_birth="5/3/2012")
    assert page.texts("//title")[0].startswith("Error: ¿Quién está desaparecido?")
    assert "Escriba el mes con letras" in faults_of(page)["child-date_of_birth-value"]
    assert value_of(page, "child.age_years") == "catorce"
    ruth.client.cookies["django_language"] = "en"
    assert value_of(ruth.get(f"/report/{draft}/child"), "child.age_years") == "catorce"


def test_unknown_names_in_a_form_are_not_kept(ruth: PageClient, cast: Cast) -> None:
    page = begin(ruth)
    ruth.post(page.path, {"child.no_such": "x", "_warned": "x", "child.given_name": "Maya"})
    answers = answers_of(cast.caseworker, page)
    assert answers["child.given_name"] == "Maya"
    assert not {"child.no_such", "_warned"} & answers.keys()


def test_the_draft_of_somebody_else_does_not_exist(ruth: PageClient, cast: Cast) -> None:
    draft = draft_of(begin(ruth))
    ruth.sign_in(cast.supervisor)
    for path in ("child", "check", "call", "running", "call-911"):
        assert ruth.get(f"/report/{draft}/{path}").status == 403
    assert ruth.post(f"/report/{draft}/save", {"child.given_name": "x"}).status == 403
    assert ruth.get("/report/no-such-draft/child").status == 403


def test_nothing_personal_is_logged_when_a_report_fails(ruth: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    secret = "Quetzalli"
    with caplog.at_level(logging.DEBUG):
        draft = draft_of(begin(ruth))
        page = press(ruth, begin(ruth), child__given_name=secret, child__family_name=secret, child__age_years=secret)
        assert page.status == 422
        assert press(ruth, ruth.get(f"/report/{draft}/check"), "send").status == 422
        ruth.post(f"/report/{draft}/save", {"description.clothing": secret * 30_000})
        ruth.get(f"/report/{secret}/check")
        ruth.post(f"/report/{draft}/nowhere", {"child.given_name": secret}, follow=True)
    lines = [CodesFormatter().format(record) for record in caplog.records if record.name != "asyncio"]
    assert not [line for line in lines if secret in line]
