"""Getting in: password, second step, passkey options, invitation, help from a second person, too many tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from allhands.agencies import actions, queries
from allhands.agencies.commands import HelpSignIn, InviteMember
from allhands.agencies.models import Account, Member
from allhands.agencies.tests.conftest import EMAIL, PASSWORD
from allhands.kernel.actors import Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.testing.cast import Cast, account_of, make_member

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str = PASSWORD, **query: str) -> str:
    answer = client.post("/sign-in", {"login": EMAIL, "password": password, **query})
    if answer.status_code != 302:
        return f"{answer.status_code} {answer.content.decode()}"
    return answer.headers["Location"]


def events() -> list[int]:
    return list(Journal.objects.order_by("seq").values_list("event", flat=True))


def acts(client: Client) -> bool:
    """Whether this browser acts for an agency: its own page opens."""
    return client.get("/agency").status_code == 200


def test_sign_in_page_offers_the_passkey_first_and_no_sign_up(client: Client) -> None:
    page = client.get("/sign-in").content.decode()
    assert page.index("passkey_login") < page.index("id_login")
    assert page.count("<h1") == 1
    assert "sign-up" not in page.lower()
    assert "signup" not in page.lower()
    assert client.get("/sign-up").status_code == 404


def test_sign_in_page_says_that_the_draft_is_kept(client: Client) -> None:
    assert "your draft is kept" in client.get("/sign-in?next=/report").content.decode()
    assert "your draft is kept" not in client.get("/sign-in").content.decode()


def test_sign_in_without_required_second_step(client: Client, settings: Settings, wren: Actor) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    assert sign_in(client, next="/agency") == "/agency"
    assert acts(client)
    assert events() == [Event.SIGNED_IN]


def test_sign_in_goes_on_only_to_our_own_pages(client: Client, wren: Actor) -> None:
    assert sign_in(client, next="https://elsewhere.example/") == "/"


def test_sign_in_with_required_second_step_acts_for_nobody_until_there_is_one(client: Client, wren: Actor) -> None:
    sign_in(client)
    assert not acts(client)
    assert client.get("/sign-in").headers["Location"] == "/account"
    assert "One more step before you go on" in client.get("/account").content.decode()
    totp.TOTP.activate(account_of(wren), totp.generate_totp_secret())
    assert acts(client)


def test_wrong_tries_from_elsewhere_shut_nobody_out(client: Client, settings: Settings, wren: Actor) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    assert all(sign_in(stranger, "a wrong guess").startswith("200") for _ in range(6))
    assert "Too many failed" in sign_in(stranger, PASSWORD), "that place waits, also with the right password"
    assert sign_in(client) == "/", "the person herself comes in"


@pytest.mark.parametrize(
    ("guesser", "other", "waits"),
    [
        ("2001:db8:7:1::1", "2001:db8:7:1:ffff::9", True),
        ("2001:db8:7:1::1", "2001:db8:7:2::1", False),
        ("::ffff:192.0.2.66", "::ffff:192.0.2.67", False),
        ("::ffff:192.0.2.66", "192.0.2.66", True),
    ],
    ids=["one /64", "another /64", "two of IPv4 through IPv6", "one of IPv4, both ways"],
)
def test_an_address_of_ipv6_counts_by_its_64(
    settings: Settings, wren: Actor, guesser: str, other: str, waits: bool
) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    for _ in range(6):
        sign_in(Client(REMOTE_ADDR=guesser), "a wrong guess")
    assert ("Too many failed" in sign_in(Client(REMOTE_ADDR=other))) is waits


def test_sign_in_with_a_code(client: Client, wren: Actor) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account_of(wren), secret)
    assert sign_in(client) == "/sign-in/code"
    assert not acts(client)
    wrong = client.post("/sign-in/code", {"code": "000000"})
    assert wrong.status_code == 200
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert client.post("/sign-in/code", {"code": code}).headers["Location"] == "/"
    assert acts(client)


@pytest.mark.parametrize(
    ("login", "password"), [(EMAIL, "wrong"), ("nobody@people.example", PASSWORD)], ids=["password", "address"]
)
def test_sign_in_refused_never_says_which_part_was_wrong(
    client: Client, wren: Actor, login: str, password: str
) -> None:
    page = client.post("/sign-in", {"login": login, "password": password}).content.decode()
    assert "The email address and/or password you specified are not correct." in page
    assert "There is a problem" in page
    assert events() == [Event.SIGN_IN_FAILED]
    assert EMAIL not in str(Journal.objects.values_list("details", "subject_id"))


def test_sign_in_stops_after_too_many_tries(client: Client, wren: Actor) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    assert sign_in(client).startswith("200")
    assert not acts(client)


def test_sign_in_too_many_requests_have_their_own_page(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.get("/sign-in")
    answer = client.post("/sign-in", {"login": EMAIL, "password": "x"})
    answer = client.post("/sign-in", {"login": EMAIL, "password": "x"})
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


def test_passkey_options_ask_for_any_passkey_of_this_host(client: Client) -> None:
    options = client.get("/sign-in/passkey", headers={"accept": "application/json"}).json()["request_options"]
    assert options["publicKey"]["userVerification"]
    assert not options["publicKey"].get("allowCredentials")


def test_sign_out_is_a_post_and_is_journalled(client: Client, wren: Actor) -> None:
    sign_in(client)
    assert "Sign out?" in client.get("/sign-out").content.decode()
    assert client.post("/sign-out").headers["Location"] == "/sign-in"
    assert client.get("/account").status_code == 302
    assert events()[-1] == Event.SIGNED_OUT


def test_join_by_link_and_come_in(client: Client, settings: Settings, cast: Cast) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    command = InviteMember(
        agency_id=cast.administrator.agency_id, email=EMAIL, display_name="Wren", role=Role.CASEWORKER
    )
    raw = actions.invite_member(cast.administrator, command, timezone.now()).raw
    assert "Welcome, Wren" in client.get(f"/join/{raw}").content.decode()
    weak = client.post(f"/join/{raw}", {"password": "short"})
    assert "There is a problem" in weak.content.decode()
    assert client.post(f"/join/{raw}", {"password": PASSWORD}).headers["Location"] == "/account"
    assert acts(client)
    assert EmailAddress.objects.get(email=EMAIL).verified
    assert client.get(f"/join/{raw}").status_code == 410


def test_join_by_a_wrong_link_says_nothing(client: Client) -> None:
    answer = client.get("/join/guess")
    assert answer.status_code == 410
    assert "This link no longer works" in answer.content.decode()


def let_in_link(helper: Actor, helped: Actor) -> str:
    return actions.help_sign_in(helper, HelpSignIn(member_id=helped.member_id), timezone.now()).raw


def test_let_in_sets_a_new_password_and_takes_the_old_step_away(client: Client, cast: Cast, wren: Actor) -> None:
    totp.TOTP.activate(account_of(wren), totp.generate_totp_secret())
    raw = let_in_link(cast.administrator, wren)
    assert client.get(f"/sign-in/let-in/{raw}").status_code == 200
    answer = client.post(f"/sign-in/let-in/{raw}", {"password": "four other quiet words"})
    assert answer.headers["Location"] == "/sign-in"
    assert Account.objects.get(email=EMAIL).check_password("four other quiet words")
    assert not Authenticator.objects.exists()
    assert client.get(f"/sign-in/let-in/{raw}").status_code == 410
    assert events()[-2:] == [Event.SIGN_IN_HELPED, Event.PASSWORD_CHANGED]


def test_let_in_link_runs_out_and_the_newest_counts(cast: Cast, wren: Actor) -> None:
    first, second = let_in_link(cast.administrator, wren), let_in_link(cast.administrator, wren)
    now = timezone.now()
    assert not actions.is_help_open(first, now)
    assert actions.is_help_open(second, now)
    assert not actions.is_help_open(second, now + timedelta(hours=12))


def test_let_in_is_for_the_own_agency_and_never_for_oneself(cast: Cast, wren: Actor) -> None:
    for helper in (cast.supervisor, cast.outsider):
        with pytest.raises(Denied):
            let_in_link(helper, wren)
    with pytest.raises(Refused, match="your own password"):
        let_in_link(cast.administrator, cast.administrator)
    hat = make_member(
        "Ada", Role.CASEWORKER, cast.administrator.agency_id, account_id=account_of(cast.administrator).pk
    )
    with pytest.raises(Refused, match="your own password"):
        let_in_link(cast.administrator, hat)
    other = make_member("Wren", Role.OFFICER, cast.officer.agency_id, account_id=account_of(wren).pk)
    with pytest.raises(Refused, match="another agency"):
        let_in_link(cast.administrator, wren)
    operator_elsewhere = make_member("Op", Role.OPERATOR, cast.outsider.agency_id)
    assert let_in_link(operator_elsewhere, other)


def test_ended_person_is_signed_in_and_acts_for_nobody(client: Client, settings: Settings, wren: Actor) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    sign_in(client)
    Member.objects.filter(pk=wren.member_id).update(ends_on=timezone.now().date() - timedelta(days=2))
    assert not acts(client)
    assert "You have no role in any agency now" in client.get("/account").content.decode()
    assert queries.list_hats(account_of(wren).pk, timezone.now()) == ()
