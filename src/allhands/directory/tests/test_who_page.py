"""Who do I call, as a stranger without script and without trace meets it."""

from __future__ import annotations

import io
import logging
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from allhands.platform.testing.cast import COUNTY, NATION, Cast
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db
WHO = "/who-to-call"
TYPED = {"who": "family", "age": "14", "where": "Rolette County", "state": "ND", "urgent": "taken"}
LIMIT = 100_000


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"


def loaded(page: Page) -> int:
    """Bytes of a page with everything it names, nothing compressed."""
    size = len(page.response.content)
    named = page.document.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
    sprites = {str(one).split("#")[0] for one in page.document.xpath("//*[local-name()='use']/@href")}
    for address in [*map(str, named), *sprites]:
        found = finders.find(address.removeprefix("/static/"))
        assert isinstance(found, str), address
        with open(found, "rb") as file:
            size += len(file.read())
    return size


@pytest.mark.parametrize(
    "path", [WHO, f"{WHO}?county=38079&age=9&who=carer&urgent=taken&urgent=online&lang=es", "/who-can-act"]
)
def test_whole_page_weighs_less_than_100_kb_without_a_font(page_client: PageClient, path: str) -> None:
    page = page_client.get(path)
    assert loaded(page) < LIMIT
    assert not page.document.xpath("//link[@rel='preload'] | //*[contains(@src, '//') or starts-with(@href, '//')]")


@pytest.mark.parametrize(
    ("lang", "first", "say"),
    [("en", "Call 911", "Please take a report"), ("es", "Llame al 911", "Por favor tome un reporte")],
)
def test_form_without_script_answers_911_first(page_client: PageClient, lang: str, first: str, say: str) -> None:
    page = page_client.get(WHO, {"lang": lang}).submit(
        f"{WHO}#answer", age="14", where="Rolette County", urgent={"taken"}
    )
    assert page.status == 200
    assert page.document.get("lang") == lang
    assert page.texts("//section[@id='answer']//a")[0] == first
    assert say in page.text
    assert page.elements("//*[@id='answer' and @tabindex='-1']")
    assert page.document.xpath("//*[@id='where']/@value") == ["Rolette County"]


def test_language_switch_keeps_the_answers_without_a_cookie(page_client: PageClient) -> None:
    page = page_client.post(WHO, TYPED)
    assert page.document.get("lang") == "en"
    switch = dict(page.document.xpath("//form[@class='language']")[0].form_values())
    again = page_client.post(WHO, {**switch, "lang": "es"})
    assert again.document.get("lang") == "es"
    assert again.document.xpath("//*[@id='age']/@value") == ["14"]
    assert not page_client.client.cookies


def test_several_places_are_all_shown_and_none_is_guessed(page_client: PageClient, cast: Cast) -> None:
    page = page_client.post(WHO, {"county": COUNTY, "age": "16", "urgent": "none"})
    numbers = page.texts("//section[@id='answer']//*[contains(@class, 'call__number')]")
    assert len(numbers) == len(set(numbers))
    page = page_client.post(WHO, {"where": "58316"})
    assert "Turtle Mountain" in page.texts("//section[@id='answer']/p")[0]
    assert "Rolette County" in page.texts("//section[@id='answer']/p")[0]


FIELDS = ("who", "age", "where", "state", "county", "nation", "near", "urgent", "lang", "other")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a\x07\x1b[31m", "x" * 100_000, "%00", "\u202e"])
def test_anything_in_any_field_is_answered_and_never_drawn(page_client: PageClient, text: str) -> None:
    for sent in (
        {"where": text},
        {"near": text},
        dict.fromkeys(FIELDS, text),
    ):  # all at once, and what may hide another
        page = page_client.post(WHO, sent)
        assert page.status in {200, 422}
        assert b"<script>alert" not in page.response.content
        assert len(page.response.content) < LIMIT
        assert "911" in page.text
        if page.status == 422:
            assert page.texts("//title")[0].startswith("Error:")
            assert page.elements("//*[contains(@class, 'usa-error-message')]")


def test_nul_is_refused_kindly(page_client: PageClient) -> None:
    assert page_client.post(WHO, {"where": "a\0b"}).status == 400


def test_one_sheet_of_paper_and_a_script_carry_the_answer(page_client: PageClient) -> None:
    for lang, words in (("en", "Say these words"), ("es", "Diga estas palabras")):
        sent = {**TYPED, "lang": lang, "who": "caseworker", "urgent": ["taken", "online", "harm", "health", "suicide"]}
        sheet = page_client.post(f"{WHO}/sheet.pdf", sent)
        pages = PdfReader(io.BytesIO(sheet.response.content)).pages
        assert len(pages) == 1
        assert "911" in pages[0].extract_text()
        assert words in pages[0].extract_text()
        assert words in page_client.post(f"{WHO}/script", sent).text


class Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(f"{record.getMessage()} {vars(record)}")


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


@pytest.mark.parametrize("path", [WHO, f"{WHO}/script", f"{WHO}/sheet.pdf", "/who-can-act", "/api/v1/who-to-call"])
def test_no_request_leaves_a_trace(cast: Cast, capfd: pytest.CaptureFixture[str], path: str) -> None:
    typed = {"who": "family", "age": "57", "where": "Zzyzx Wrenfield", "near": "48.8,-99.8"}
    client, before, heard = Client(), rows(), Records()
    root = logging.getLogger()
    root.addHandler(heard)
    level = root.level
    root.setLevel(logging.INFO)
    try:
        answers = [client.get(path, typed)]
        if not path.startswith("/api/"):
            answers.append(client.post(path, typed))
    finally:
        root.removeHandler(heard)
        root.setLevel(level)
    assert rows() == before
    assert not client.cookies
    for answer in answers:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    written = capfd.readouterr()
    for line in (*heard.words, *written.out.splitlines(), *written.err.splitlines()):
        assert not any(word in line for word in ("Zzyzx", "Wrenfield", "48.8"))


def test_link_to_the_caseworkers_page_carries_codes_only(page_client: PageClient) -> None:
    page = page_client.post(WHO, {**TYPED, "where": "Rollette"})
    [href] = [str(one) for one in page.document.xpath("//a/@href") if "/duties" in str(one)]
    assert parse_qs(urlsplit(href).query) == {
        "who": ["family"], "age": ["14"], "state": ["ND"], "urgent": ["taken"], "lang": ["en"]
    }  # fmt: skip


def test_worker_reaches_its_page_and_nothing_else(page_client: PageClient) -> None:
    for page in (WHO, "/who-can-act"):
        answer = page_client.get(f"{page}/worker.js").response
        assert answer.headers["Service-Worker-Allowed"] == page
        assert answer.headers["Content-Type"].startswith("text/javascript")


def test_sign_in_and_public_pages_lead_here(page_client: PageClient) -> None:
    assert WHO in page_client.get("/sign-in").document.xpath("//main//a/@href")
    assert WHO in page_client.get("/sign-in/help").document.xpath("//footer//a/@href")


def test_program_gets_the_same_answer_from_any_site(page_client: PageClient, cast: Cast) -> None:
    answer = page_client.get("/api/v1/who-to-call", {"state": "ND", "county": "38079", "age": "14", "urgent": "taken"})
    told = answer.response.json()
    assert answer.response.headers["Access-Control-Allow-Origin"] == "*"
    assert (told["calls"][0]["code"], told["danger"]) == ("911", True)
    assert told["no_wait"]["source"][0]["citation"]
    assert {note["code"] for note in told["notes"]} & {"in-part", "not-read"}
    assert urlsplit(told["page"]).path == WHO
    wrong = page_client.get("/api/v1/who-to-call", {"age": "3000", "where": "<b>"}).response.json()
    assert {one["field"] for one in wrong["troubles"]} == {"age", "where"}
    assert wrong["calls"][0]["code"] == "911"
    assert page_client.client.post("/api/v1/who-to-call").status_code == 405


def test_asking_too_often_is_slowed_in_our_own_form(page_client: PageClient) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [client.get("/api/v1/who-to-call") for _ in range(61)]
    assert answers[59].status_code == 200
    assert (answers[60].status_code, answers[60].json()["error"]["code"]) == (429, "too-often")


def test_caseworker_sees_every_duty_and_starts_the_report(page_client: PageClient, cast: Cast) -> None:
    query = {"who": "caseworker", "age": "14", "county": COUNTY, "urgent": "taken"}
    stranger = page_client.get(f"{WHO}/duties", query)
    assert stranger.location.startswith("/sign-in?next=/who-to-call/duties%3Fwho%3Dcaseworker")
    page = page_client.sign_in(cast.caseworker).get(f"{WHO}/duties", query)
    assert page.h1 == "Every duty here, with its clock"
    assert "If it starts now:" in page.text
    assert "Not known yet" in page.text
    started = page.submit(f"{WHO}/start-report")
    assert started.path.endswith("/child")
    assert started.document.xpath("//input[@name='child.age_years']/@value") == ["14"]
    danger = page_client.get(started.path.replace("/child", "/danger"))
    assert danger.status == 200
    check = page_client.get(started.path.replace("/child", "/check"))
    assert "Prairie County" in check.text


def test_stranger_cannot_start_a_report(page_client: PageClient) -> None:
    assert page_client.post(f"{WHO}/start-report", TYPED).location.startswith("/sign-in")


def test_nation_of_the_demo_is_answered_by_its_police(
    page_client: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 30, tzinfo=UTC))  # hidden half a year on
    page = page_client.post(WHO, {"nation": NATION, "urgent": "none", "age": "16"})
    assert "StrongHearts" in page.text
