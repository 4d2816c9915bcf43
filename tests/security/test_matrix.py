"""Every address of the product, knocked at by every kind of reader: members, keys of software, a stranger.

Who may pass stands in `audiences.py`, one line an address. Allowed and refused knock at one and the same stage.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from allhands.channels.contracts import Way
from allhands.channels.posters.artefacts import text_artefact
from allhands.platform.testing.cast import Cast, make_cast
from allhands.platform.testing.pages import PageClient
from tests.security.audiences import EVERYBODY, KEYS, MAY, NOBODY, PEOPLE, STRANGER, Audience
from tests.security.stage import Sent, Stage, routes, set_up

ROUTES = tuple(routes())
# Who are you; not you; not here.
REFUSALS = frozenset({401, 403, 404})
NOT_THAT_WAY = 405
OUR_FAULT = 500

POSTER = text_artefact(Way.POSTERS, "poster-en.txt", "en", "Missing")

Knock = Callable[[Client], HttpResponseBase]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Cast, Stage]]:
    """Everybody and everything, set up once; each knock is undone."""
    with django_db_blocker.unblock(), _kept_open(), _undone():
        cast = make_cast()
        yield cast, set_up(cast)


@pytest.fixture(scope="module")
def browsers(stage: tuple[Cast, Stage]) -> Mapping[str, Client]:
    """Who knocks, signed in or with a key in hand."""
    cast, scene = stage
    people = {name: PageClient().sign_in(getattr(cast, name)).client for name in PEOPLE}
    software = {name: Client(headers={"Authorization": f"Bearer {key}"}) for name, key in scene.keys.items()}
    return {**people, **software, "stranger": Client()}


@contextmanager
def _kept_open() -> Iterator[None]:
    """What the stage cannot bear or need not see."""
    with pytest.MonkeyPatch.context() as patch:
        # The live feed gives its connection back before it streams; here that is the stage's own.
        patch.setattr("allhands.platform.live.views.connections", SimpleNamespace(close_all=lambda: None))
        # The stage's passkey is a name without a key in it.
        patch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
        # Who passes is settled before a page is drawn; pages have tests of their own.
        patch.setattr("django.template.backends.django.Template.render", lambda page, context=None, request=None: "")
        # Drawing every poster and sheet anew for everybody would take minutes.
        patch.setattr("allhands.directory.sheet.render_pdf", lambda page, lang, **drawn: b"")
        patch.setattr("allhands.alerts.previewing.artefacts_of", lambda message, ways: (POSTER,))
        yield


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def opens(path: str) -> Knock:
    """A knock by opening the page."""
    return lambda client: client.get(path)


def sends(path: str, sent: Sent | None) -> Knock:
    """A knock by sending something: what the stage has for this address, or an empty form."""
    if sent is None:
        return lambda client: client.post(path, {})
    if sent.form is not None:
        return lambda client: client.post(path, {name: _field(value) for name, value in sent.form.items()})
    headers = {"Idempotency-Key": "another"}
    return lambda client: client.post(path, data=sent.body, content_type="application/json", headers=headers)


def _field(value: str | bytes) -> str | io.BytesIO:
    return io.BytesIO(value) if isinstance(value, bytes) else value


def passes(answer: HttpResponseBase) -> bool:
    """Whether the door opened: also when what was sent was no good."""
    to = answer.headers.get("Location", "")
    return answer.status_code not in REFUSALS and not to.startswith("/sign-in?")


def knockers(route: str, may: Audience, turn: int) -> Audience:
    """Who knocks: one for each set of people whom the whole table tells apart from all others, each in turn.

    Where the answer cannot differ, fewer do. A key is not read outside the API, and a session not inside it; where
    anybody or nobody may pass, or everybody who is signed in, three people by turns, a key and a stranger knock.
    """
    classes = _classes()
    at_api = route.startswith("api/")
    people = [one for one in classes if one[0] in PEOPLE]
    keys = [one for one in classes if one[0] in KEYS]
    few_people = 1 if at_api else 3 if may & PEOPLE in (PEOPLE, NOBODY) else len(people)
    few_keys = len(keys) if at_api else 1
    chosen = [*_by_turns(people, few_people, turn), *_by_turns(keys, few_keys, turn)]
    return frozenset(one[turn % len(one)] for one in chosen) | STRANGER


@cache
def _classes() -> tuple[tuple[str, ...], ...]:
    """Names that stand together in every line of the table; people, keys and the stranger apart."""
    lines = [line for pair in MAY.values() for line in pair if line is not None] + [PEOPLE, KEYS]
    classes: dict[tuple[bool, ...], list[str]] = {}
    for name in sorted(EVERYBODY):
        classes.setdefault(tuple(name in line for line in lines), []).append(name)
    return tuple(tuple(names) for names in classes.values())


def _by_turns(classes: Sequence[tuple[str, ...]], count: int, turn: int) -> list[tuple[str, ...]]:
    return [classes[(turn * count + step) % len(classes)] for step in range(count)]


def knock(browsers: Mapping[str, Client], who: Audience, how: Knock) -> Audience:
    """Who of them got in."""
    return frozenset(name for name in who if passes(_answer(browsers[name], how)))


def is_shut(browsers: Mapping[str, Client], how: Knock, known_here: Audience) -> bool:
    """Whether not even one who is known here can knock this way."""
    return _answer(browsers[min(known_here)], how).status_code == NOT_THAT_WAY


def _answer(client: Client, how: Knock) -> HttpResponseBase:
    kept = deepcopy(client.cookies)
    with _undone():
        answer = how(client)
    client.cookies = kept
    assert answer.status_code != OUR_FAULT
    return answer


def test_each_address_stands_in_the_table_and_the_table_has_no_other() -> None:
    names = {name for name, _route in ROUTES}
    assert names - set(MAY) == set(), "say in audiences.py who may pass at these"
    assert set(MAY) - names == set(), "these are no addresses any more"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), ROUTES, ids=[f"{name}-{route}" for name, route in ROUTES])
def test_who_passes(
    name: str, route: str, stage: tuple[Cast, Stage], browsers: Mapping[str, Client], settings: Settings
) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    path = stage[1].path(name, route)
    may_see, may_act = MAY[name]
    for may, how in ((may_see, opens(path)), (may_act, sends(path, stage[1].sent.get(name)))):
        if may is None:
            assert is_shut(browsers, how, may_see or may_act or PEOPLE)
        else:
            who = knockers(route, may, ROUTES.index((name, route)))
            assert _difference(knock(browsers, who, how), may & who) == ""


def _difference(inside: Audience, may: Audience) -> str:
    """The sentence that says who got in and should not, and who did not and should."""
    wrongly, shut_out = sorted(inside - may), sorted(may - inside)
    said = [f"got in: {', '.join(wrongly)}"] if wrongly else []
    return "; ".join(said + ([f"were shut out: {', '.join(shut_out)}"] if shut_out else []))


def test_the_words_of_the_table_are_known() -> None:
    for audiences in MAY.values():
        for audience in audiences:
            assert (audience or NOBODY) <= EVERYBODY
