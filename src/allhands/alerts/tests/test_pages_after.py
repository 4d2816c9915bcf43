"""After it left: the review of what was sent alone, the end by itself, a subscriber's own page."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from allhands.alerts import drafting, ladder, models
from allhands.alerts.actions import asking, deciding, sending, writing
from allhands.alerts.contracts import AlertId, AlertState, Ending
from allhands.alerts.tests.makers import People, a_draft
from allhands.alerts.tests.test_subscriptions import subscribe
from allhands.channels import api as channels
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import COUNTY, Cast
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db


def written(people: People, now: datetime, **draft: object) -> AlertId:
    """An alert of the officer's own words that nobody offered."""
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", now)
    with acting_as(people.officer):
        alert_id = writing.start(people.officer, request_id, now)
        writing.save(people.officer, alert_id, a_draft(people.number, seen_at=now, **draft), 1, now)
    return alert_id


def sent_alone(people: People, **draft: object) -> AlertId:
    """An alert that its writer sent alone a minute ago."""
    now = timezone.now() - timedelta(minutes=1)
    alert_id = written(people, now, **draft)
    looked = sending.Approval(
        version=2, looked=True, second_looks=("large", "border", "night"), alone=True, reason="Nobody else answered."
    )
    with acting_as(people.officer):
        sending.send(people.officer, alert_id, looked, now)
    return alert_id


def is_over(people: People, alert_id: AlertId, state: AlertState) -> None:
    """Somebody else says no, or takes it back, or its time runs out."""
    now = timezone.now()
    with acting_as(people.chief):
        if state is AlertState.REFUSED:
            request_id = models.Alert.objects.get(pk=alert_id).request_id
            deciding.refuse(people.chief, request_id, ["child-is-back"], "The child is with her aunt.", now)
        elif state is AlertState.TAKEN_BACK:
            sending.take_back(people.chief, alert_id, Ending.FOUND, now)
    if state is AlertState.ENDED:
        with acting_as(SYSTEM):
            models.Alert.objects.update(expires_at=now)
        sending.expire_all(now)


@pytest.mark.parametrize("state", [AlertState.REFUSED, AlertState.TAKEN_BACK, AlertState.ENDED])
def test_what_is_over_since_the_page_was_opened_is_not_sent_alone(
    page_client: PageClient, people: People, state: AlertState
) -> None:
    now = timezone.now() - timedelta(minutes=1)
    alert_id = written(people, now) if state is AlertState.REFUSED else sent_alone(people)
    if state is not AlertState.REFUSED:  # what was written since would be the update
        with acting_as(people.officer):
            writing.save(people.officer, alert_id, a_draft(people.number, seen_at=now, hours=6), 2, timezone.now())
    first_tab = page_client.sign_in(people.officer).get(f"/alerts/{alert_id}/look?again=outside.large.border.night")
    assert first_tab.elements("//button[@value='alone']")
    is_over(people, alert_id, state)
    with acting_as(SYSTEM):
        left, version = models.Transmission.objects.count(), models.Alert.objects.get().version
    pressed = {"act": "alone", "version": version, "looked": "on", "again": "outside.large.border.night"}
    answer = page_client.post(first_tab.path, {**pressed, "reason": "Nobody else answered."})
    assert answer.status == 422
    assert "This alert has moved on since you opened it." in answer.text
    with acting_as(SYSTEM):
        assert models.Transmission.objects.count() == left
        assert models.Alert.objects.get().state == state.value


def test_a_sign_that_cannot_show_it_is_not_told_as_confirmed(
    page_client: PageClient, people: People, cast: Cast
) -> None:
    table = b"name,lat,lon,sign_type\nNorth,46.9,-97.2,freeway-27x125\nTrailer,46.95,-97.25,portable-3x8\n"
    channels.import_signs(SYSTEM, table, timezone.now())
    circle = drafting.DraftArea(county_fips=(COUNTY,), centre=(46.9, -97.2), radius_km=40)
    alert_id = sent_alone(people, area=circle)
    desk = page_client.sign_in(cast.operator)
    shows, cannot = (one.sending_id for one in channels.list_sign_tasks())
    desk.post(f"/ops/signs/{shows}", {"shown": "yes", "words": ""})
    desk.post(f"/ops/signs/{cannot}", {"shown": "no", "words": "It is being repaired."})
    page = page_client.sign_in(people.chief).get(f"/alerts/{alert_id}")
    said = {row.split(" · ")[0]: row for row in page.texts("//tr") if "Road signs" in row}
    assert "Confirmed" in said["North"]
    assert "Did not arrive" in said["Trailer"]
    assert "Confirmed" not in said["Trailer"]
    assert "It is being repaired." in said["Trailer"]


def test_a_review_says_yes_or_no_and_nobodys_silence_is_a_no(page_client: PageClient, people: People) -> None:
    alert_id = sent_alone(people)
    page = page_client.sign_in(people.chief).get(f"/alerts/{alert_id}")
    words = "I read every preview."
    silent = page_client.post(f"{page.path}/act/review", {"reason": words})
    assert silent.status == 422
    assert silent.elements("//fieldset[contains(@class,'form-error')]//input[@id='stands-yes']")
    assert silent.texts("//textarea[@id='review-reason']") == [words]
    wordless = page_client.post(f"{page.path}/act/review", {"stands": "no", "reason": ""})
    [link] = wordless.elements("//div[contains(@class,'usa-alert') or contains(@class,'error')]//a[@href]")[:1]
    assert link.get("href") == "#review-reason"
    assert wordless.elements("//textarea[@id='review-reason'][@aria-describedby='review-fault']")
    assert wordless.elements("//input[@id='stands-no'][@checked]")
    with acting_as(SYSTEM):
        assert not models.AlertReview.objects.exists()
    kept = page_client.post(f"{page.path}/act/review", {"stands": "yes", "reason": words}, follow=True)
    assert "Reviewed: it stands." in kept.text


def test_an_alert_that_ended_by_itself_asks_first_for_what_must_come_down(
    page_client: PageClient, people: People
) -> None:
    alert_id = sent_alone(people)
    with acting_as(SYSTEM):
        row = models.Alert.objects.get(pk=alert_id)
        models.Alert.objects.update(expires_at=timezone.now())
    sending.expire_all(timezone.now())
    page = page_client.sign_in(people.officer).get(f"/alerts/{alert_id}")
    assert page.h1.startswith("Ended by itself")
    titles = [one for one in page.texts("//main//h2") if one]
    assert titles.index("To take down") < titles.index("The alert")
    with acting_as(SYSTEM):
        down = models.TakeDown.objects.order_by("id")[0]
    empty = page_client.post(f"{page.path}/act/take-down", {"take_down": down.id, "reason": ""})
    assert empty.elements(f"//input[@id='take-down-{down.id}'][@aria-invalid='true']")
    public = page_client.get(f"/a/{row.code}")
    assert (public.status, public.h1) == (410, "This alert is over")
    assert "that does not say whether the child is back" in public.text
    assert "Maya" not in public.text


def test_a_subscriber_sees_where_and_in_which_language_and_that_it_is_paused(
    page_client: PageClient, people: People
) -> None:
    key = subscribe("near@example.org", point=None, county_fips="38017")
    page = page_client.get(f"/alerts/near-me/{key}")
    assert "Cass County, North Dakota" in page.text
    assert "They come in English." in page.text
    paused = page_client.post(page.path, {"act": "pause"}, follow=True)
    assert paused.h1 == "Paused for a month"
    spanish = page_client.post(page.path, {"act": "language", "language": "es"}, follow=True)
    assert "They come in Spanish where the alert was written in both languages." in spanish.text
