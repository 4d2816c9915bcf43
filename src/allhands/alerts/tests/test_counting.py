"""A nation that stops secondary use takes its children out of every count at once; the alert itself goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from allhands.access import api as access
from allhands.alerts import ladder, models, queries, refusing
from allhands.alerts.actions import after, asking, deciding, sending, writing
from allhands.alerts.actions.sending import Approval
from allhands.alerts.contracts import AlertId
from allhands.alerts.tests.makers import NOW, People, a_draft
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import NATION, Cast, make_member
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
AMBER = "us.states.nd.amber"
WHY = "We have no description of the child."


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A child tied to a nation and one who is not; each asked for once and refused once. The first has an alert out."""

    people: People
    steward: Actor
    tied: EpisodeId
    other: EpisodeId
    alert_id: AlertId

    def say(self, *, stopped: bool) -> None:
        """The nation's word."""
        with acting_as(self.steward):
            access.decide_secondary_use(self.steward, NATION, suspended=stopped, reason="Council", now=NOW)

    def asked(self) -> tuple[int, int, int]:
        """Requests that are counted, requests left out, refusals by reason."""
        cells, left_out = queries.count_requests("en")
        return sum(one.asked for one in cells), left_out, sum(n for _words, n in queries.count_reasons("en"))


@pytest.fixture
def counting(people: People, cast: Cast, maya: EpisodeId) -> Counting:
    told = report("Aiyana", key="tied", at=NOW, child__tribal_affiliation=[NATION])
    tied = episodes.report_missing(cast.caseworker, told, NOW).episode_id
    for episode_id in (tied, maya):
        refused = asking.ask(people.caseworker, episode_id, AMBER, "", NOW)
        deciding.refuse(people.officer, refused, ["need:description"], WHY, NOW)
    request_id = asking.ask(people.caseworker, tied, ladder.LOCAL, "", NOW)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, request_id, NOW)
        writing.save(people.caseworker, alert_id, a_draft(people.number, name="Aiyana"), 1, NOW)
        writing.offer(people.caseworker, alert_id, NOW)
    with acting_as(people.officer):
        sending.send(people.officer, alert_id, Approval(version=2, looked=True), NOW)
    steward = make_member("Stewart Testworth", Role.DATA_STEWARD, cast.tribal_liaison.agency_id)
    return Counting(people=people, steward=steward, tied=tied, other=maya, alert_id=alert_id)


@pytest.mark.parametrize(("world", "count"), [("live", 1), ("drill", 0)])
def test_where_people_live_an_exercise_is_no_alert(
    world: str, count: int, settings: Settings, request: pytest.FixtureRequest
) -> None:
    settings.ALLHANDS_WORLD = world
    request.getfixturevalue("counting")  # sends one there
    settings.ALLHANDS_WORLD = "live"
    assert queries.count_sent_since(NOW - timedelta(days=365)).count == count


def test_a_nations_stop_takes_its_children_out_of_the_counts_at_once(counting: Counting) -> None:
    assert counting.asked() == (3, 0, 2)
    since = NOW - timedelta(days=365)
    assert queries.count_sent_since(since) == queries.CountedAlerts(count=1, left_out=0)
    counting.say(stopped=True)
    assert counting.asked() == (1, 2, 1)
    assert queries.count_sent_since(since) == queries.CountedAlerts(count=0, left_out=1)
    counting.say(stopped=False)
    assert counting.asked() == (3, 0, 2)


def test_what_came_of_the_alert_is_not_counted_and_the_alert_goes_on(
    counting: Counting, page_client: PageClient
) -> None:
    client = page_client.sign_in(counting.people.officer)
    path = f"/alerts/{counting.alert_id}"
    assert "From report to alert" in client.get(path).text
    counting.say(stopped=True)
    page = client.get(path)
    assert "What came of this alert is not counted" in page.text
    assert "From report to alert" not in page.text
    assert page.elements("//form[contains(@action, 'take-back')] | //a[contains(@href, 'take-back')]")
    with pytest.raises(Refused, match="stopped counting"):
        after.tally(counting.people.officer, counting.alert_id, "phone", 3, 1, NOW)
    board = page_client.sign_in(counting.people.caseworker).get("/")
    assert "Aiyana" in board.text
    assert "Aiyana" in client.get(f"/e/{counting.tied}").text


def test_pages_say_that_somebody_is_left_out_and_not_how_few(counting: Counting, page_client: PageClient) -> None:
    client = page_client.sign_in(counting.people.officer)
    assert "left out" not in client.get("/alerts/refusals").text
    counting.say(stopped=True)
    assert "A few requests are left out: the child's nation stopped counting." in client.get("/alerts/refusals").text
    with acting_as(SYSTEM):
        models.Alert.objects.update(sent_at=timezone.now())
    assert "Not counted: alerts for children whose nation stopped counting." in client.get("/alerts/near-me").text
    with acting_as(SYSTEM):
        row = models.AlertRequest.objects.filter(episode_id=counting.tied).order_by("pk")[0]
        for _ in range(refusing.SMALLEST):
            row.pk = None
            row.id = models.AlertRequest._meta.pk.get_default()
            row.save(force_insert=True)
    assert "13 requests are left out" in client.get("/alerts/refusals").text


@pytest.mark.parametrize(("before", "after"), [(1, 0), (10, 9), (25, 24)])
def test_two_public_counts_do_not_tell_that_one_was_sealed_between_them(
    page_client: PageClient, monkeypatch: pytest.MonkeyPatch, before: int, after: int
) -> None:
    def shown(count: int) -> str:
        counted = queries.CountedAlerts(count=count, left_out=0)
        monkeypatch.setattr(queries, "count_sent_since", lambda _since: counted)
        [found] = [one for one in page_client.get("/alerts/near-me").texts("//main//p") if "last year" in one]
        return found

    assert shown(before) == shown(after)
    assert f" {before} " not in shown(before)
