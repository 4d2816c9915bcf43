"""One duty: green only with proof, typed words never lost, numbers from the directory, walls like nothing."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from allhands.duties.contracts import DutyState
from allhands.duties.tests.conftest import Ledger, Reporting
from allhands.kernel.ids import EpisodeId
from allhands.platform.testing.cast import Cast, make_route
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db
NCMEC = "us.federal.duty-ive-24h-ncmec"
POLICE = "us.federal.duty-ive-24h-le"
ENTRY = "us.federal.duty-le-2h"


def href(episode_id: str, ledger: Ledger, rule: str) -> str:
    return f"/e/{episode_id}/d/{ledger(EpisodeId(episode_id))[rule].duty_id}"


def nameless(page: Page) -> str:
    """The page without what differs between any two requests: ids, tokens, the time it was made."""
    text = page.response.content.decode()
    return re.sub(r"[0-9a-z]{16}|csrf\w*\W+\w+|\d\d:\d\d:\d\d|[A-Za-z0-9]{64}|\d{4}-\d\d-\d\dT[\d:]+Z", "", text)


def test_proof_turns_it_green_with_who_and_when(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    path = href(maya, ledger, NCMEC)
    page = page_client.sign_in(cast.caseworker).get(path)
    assert page.h1.startswith("Tell NCMEC: No proof yet · due")
    assert "Back to Maya" in page.text
    sent = page.submit(
        path, follow=False, kind="ncmec_case_number", **dict[str, Any]({"ncmec_case_number-number": "1482033"})
    )
    assert (sent.status, sent.location) == (302, f"{path}#proof-proof-1")
    proved = page_client.get(path)
    assert proved.h1.startswith("Tell NCMEC: Proved")
    assert "number 1482033, recorded by Ruth Testworth" in proved.h1
    assert "recorded by Ruth Testworth" in proved.texts("//*[@id='proof-proof-1']")[0]
    assert proved.elements("//div[contains(@class,'duty-bar--proved')]")
    assert not proved.elements("//main//form")


def test_a_wrong_shape_keeps_what_was_typed_and_stays_red(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    path = href(maya, ledger, POLICE)
    page = page_client.sign_in(cast.caseworker).get(path)
    typed: dict[str, Any] = {"police_report_number-number": "they know about it", "police_report_number-person": "Lee"}
    wrong = page.submit(path, kind="police_report_number", **typed)
    assert wrong.status == 422
    assert wrong.texts("//title")[0].startswith("Error: Report to police")
    [words] = wrong.texts("//div[contains(@class,'errors')]//a")
    assert words.startswith("This is not a police report number.")
    assert wrong.texts("//p[@class='usa-error-message']") == [words]
    target = wrong.elements("//div[contains(@class,'errors')]//a")[0].get("href", "")
    assert wrong.elements(f"//input[@id='{target[1:]}'][@value='they know about it']")
    assert wrong.elements("//input[@value='Lee']")
    assert wrong.elements("//div[contains(@class,'duty-bar--missing')]")
    assert ledger(maya)[POLICE].state is DutyState.OPEN


def test_a_refusal_by_the_recipient_is_kept_and_proves_nothing(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    path = href(maya, ledger, POLICE)
    page = page_client.sign_in(cast.caseworker).get(path)
    said: dict[str, Any] = {
        "refused_by_recipient-reason": "Call again in the morning",
        "refused_by_recipient-person": "the desk",
    }
    red = page.submit(path, kind="refused_by_recipient", **said)
    assert "They would not take it. Call again in the morning" in red.text
    assert red.elements("//div[contains(@class,'duty-bar--missing')]")
    assert not red.elements("//*[@id='proof-proof-1']")
    assert "Robin Testworth was told: time over, or refused" in red.text


def test_the_ladder_says_who_will_be_told_and_when(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    page = page_client.sign_in(cast.caseworker).get(href(maya, ledger, NCMEC))
    rungs = page.texts("//section[@aria-labelledby='ladder']//li")
    assert [rung.partition(" · ")[2].partition(" will")[0] for rung in rungs] == [
        "whoever works on it",
        "a supervisor",
        "the director",
    ]
    assert all("CST" in rung or "CDT" in rung for rung in rungs)


def test_numbers_come_from_the_directory_or_nobody_has_told_us(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    path = href(maya, ledger, POLICE)
    page = page_client.sign_in(cast.caseworker).get(path)
    assert "Nobody has told us a phone number" in page.text
    make_route(cast.officer.agency_id, "phone", "+1 701 555 0110")
    page = page_client.get(path)
    assert page.elements("//a[@href='tel:+17015550110']")
    assert "Test County Sheriff · day and night" in page.text


@pytest.mark.parametrize("hat", ["supervisor", "director"])
def test_a_named_supervisor_waives_with_a_reason_for_all_to_read(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger, hat: str
) -> None:
    path, actor = href(maya, ledger, NCMEC), getattr(cast, hat)
    page = page_client.sign_in(actor).get(path)
    waiving = page_client.get(page.elements("//a[contains(@href,'/waive')]")[0].get("href", ""))
    short = waiving.submit(reason="no")
    assert short.status == 422
    assert short.texts("//textarea") == ["no"]
    done = short.submit(reason="She walked in while I was on the phone with them.")
    assert f"Waived by {actor.label}: She walked in while I was on the phone with them." in done.text
    page_client.sign_in(cast.caseworker)
    assert f"Waived by {actor.label}" in page_client.get(path).h1


def test_a_caseworker_is_not_offered_the_waiver_and_is_refused_it(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    path = href(maya, ledger, NCMEC)
    assert not page_client.sign_in(cast.caseworker).get(path).elements("//a[contains(@href,'/waive')]")
    assert page_client.get(f"{path}/waive").status == 403


def test_an_unknown_duty_names_the_answers_that_would_tell(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    page = page_client.sign_in(cast.caseworker).get(href(maya, ledger, "us.federal.icwa-missing-notice"))
    assert "Not known yet if this is asked here." in page.text
    assert page.elements(f"//div[@class='notice']//a[starts-with(@href,'/e/{maya}/facts/')]")
    assert not page.elements("//form[@enctype]")


def test_who_owes_it_may_prove_and_another_party_only_reads(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    path = href(maya, ledger, NCMEC)
    assert page_client.sign_in(cast.caseworker).get(path).elements("//main//form")
    page = page_client.sign_in(cast.officer).get(path)
    assert "The agency that owes this duty gives the proof." in page.text
    answer = page_client.post(path, {"kind": "ncmec_case_number", "ncmec_case_number-number": "1482033"})
    assert answer.status == 403
    assert ledger(maya)[NCMEC].state is DutyState.OPEN


@pytest.mark.parametrize("hat", ["outsider", "administrator", "operator", "auditor", "attorney"])
def test_what_is_not_yours_looks_like_what_does_not_exist(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger, hat: str
) -> None:
    path, actor = href(maya, ledger, NCMEC), getattr(cast, hat)
    page_client.sign_in(cast.caseworker)
    assert page_client.get(path).status == 200
    page_client.sign_in(actor)
    real, nothing = page_client.get(path), page_client.get(f"/e/{'0' * 16}/d/{'1' * 16}")
    assert real.status == nothing.status == 403
    assert nameless(real) == nameless(nothing)


def test_a_duty_that_would_tell_a_hidden_fact_is_not_there(
    page_client: PageClient, cast: Cast, reporting: Reporting, ledger: Ledger
) -> None:
    suspected = reporting("Ana", child__suspected_trafficking=True)
    telling = "us.federal.duty-hhs-24h"
    path = href(suspected, ledger, telling)
    assert page_client.sign_in(cast.caseworker).get(path).status == 200
    assert page_client.sign_in(cast.officer).get(path).status == 403
    assert "facts that are not yours to see" in page_client.get(f"/e/{suspected}").text


def test_a_paper_is_kept_for_those_who_may_read_the_case(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    path = href(maya, ledger, POLICE)
    paper = BytesIO()
    Image.new("RGB", (40, 20), "white").save(paper, "PNG")
    paper.name, _start = "card.png", paper.seek(0)
    page = page_client.sign_in(cast.caseworker).get(path)
    page.submit(path, kind="document", **dict[str, Any]({"document-file": paper}))
    evidence = ledger(maya)[POLICE].evidence[0]
    address = f"/evidence/{evidence.evidence_id}"
    assert page_client.get(path).elements(f"//a[@href='{address}']")
    for actor, status in ((cast.caseworker, 200), (cast.officer, 200), (cast.dispatcher, 403), (cast.outsider, 403)):
        assert page_client.sign_in(actor).get(address).status == status, actor.label


def test_a_file_that_is_no_paper_is_refused_in_words(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    path = href(maya, ledger, POLICE)
    page = page_client.sign_in(cast.caseworker).get(path)
    file = BytesIO(b"MZ not a picture")
    file.name = "card.exe"
    wrong = page.submit(path, kind="document", **dict[str, Any]({"document-file": file}))
    assert wrong.status == 422
    assert "This is not a picture or a PDF." in wrong.text


def test_the_page_speaks_spanish_when_it_refuses(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    page_client.client.cookies["django_language"] = "es"
    path = href(maya, ledger, POLICE)
    page = page_client.sign_in(cast.caseworker).get(path)
    assert page.h1.startswith("Reportar a la policía: Sin prueba todavía")
    wrong = page.submit(path, kind="police_report_number", **dict[str, Any]({"police_report_number-number": "sí"}))
    assert "Este no es un número de reporte." in wrong.text
