"""Sign up to be told, confirm, change, stop. The same answer whether or not the address is known here."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import phonenumbers
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, Q

from allhands.alerts import cells, models, sending_codes
from allhands.alerts.contracts import LatLon
from allhands.geo.counties import find_county
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

CODE_LIVES: Final = timedelta(minutes=30)
MOST_TRIES: Final = 5
# Nobody gets more than three codes a day, whoever types their address. How often one connection may ask is counted at
# the door of the page (`sign_up` in the settings), and written nowhere.
MOST_CODES_A_DAY: Final = 3
_WISH: Final = "alerts.sign-up"
PAUSE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """What somebody typed.

    Args:
        county_fips or point: one of them.
    """

    channel: str
    address: str
    language: str
    county_fips: str
    point: LatLon | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What waits for its code: it travels with the page and the letter, and is kept nowhere.

    Args:
        key: of the address (`key_of`).
        county_fips, cell: one of them.
    """

    key: str
    county_fips: str
    cell: int | None
    language: str


def sign_up(typed: SignUp, now: datetime) -> str:
    """Send a code to confirm, unless this address was asked too often today. Nobody learns which of the two it was.

    Returns what was wished, signed: the code that comes back makes it so, and nothing before does.

    Raises:
        Refused: `address-shape`, `somewhere`.
    """
    address = _clean_address(typed.channel, typed.address)
    where = _where(typed)
    key = _key(f"{typed.channel}:{address}")
    wish = signing.dumps([key, *where, typed.language], salt=_WISH)
    with audit.audited(SYSTEM, now, audit.Event.SUBSCRIPTION_ASKED) as entry, acting_as(SYSTEM):
        models.SignUpTry.objects.filter(at__lt=now - timedelta(days=1)).delete()
        asked = models.SignUpTry.objects.filter(key=key, at__gt=now - timedelta(days=1)).count()
        if asked >= MOST_CODES_A_DAY:
            return wish
        models.SignUpTry.objects.create(key=key, at=now)
        row = models.Subscription.objects.select_for_update().filter(channel=typed.channel, address_key=key).first()
        row = row or models.Subscription(channel=typed.channel, address=address, address_key=key, asked_at=now)
        code = f"{secrets.randbelow(10**6):06d}"
        _ask(row, typed, where, code, now)
        entry.subject_id = row.id
        sending_codes.send(row, code, now, wish=wish, language=typed.language)
    return wish


def confirm(channel: str, address: str, code: str, now: datetime, *, wish: str = "") -> str:
    """The key of the subscription's own page, once the code is right.

    Args:
        address: may stay empty beside a wish, which says for which address it is.
        wish: what `sign_up` returned; a subscription that runs moves to the place that was wished.

    Raises:
        Refused: `code-wrong`: the code is wrong, too old or was tried too often; the same words for all, and for an
            address that never asked.
    """
    key = _key_asked(channel, address, wish)
    with acting_as(SYSTEM):
        row = models.Subscription.objects.select_for_update().filter(channel=channel, address_key=key).first()
        fits = row is not None and _fits(row, code, now)
        if row is not None and fits:
            with audit.audited(SYSTEM, now, audit.Event.SUBSCRIPTION_CONFIRMED, subject_id=row.id):
                _grant(row, wish)
                _activate(row, now)
    if row is None or not fits:
        words = "This code does not fit, or it is older than 30 minutes. Ask for a new one."
        raise Refused("code-wrong", words, field="code")
    return row.stop_key


def _key_asked(channel: str, address: str, wish: str) -> str:
    """By which the address is found that was typed; without one the address of the wish. Empty for neither."""
    wished = read_wish(wish)
    if wished is not None and not address.strip():
        return wished.key
    try:
        return _key(f"{channel}:{_clean_address(channel, address)}")
    except Refused:
        return ""


def read_wish(wish: str) -> Wish | None:
    """What was wished; None when nothing was, when somebody changed it, or when it is older than its code."""
    try:
        key, county_fips, cell, language = signing.loads(wish, salt=_WISH, max_age=CODE_LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Wish(key=key, county_fips=county_fips, cell=cell, language=language)


def _fits(row: models.Subscription, code: str, now: datetime) -> bool:
    """Whether it is the code; a wrong one counts, and the count outlives the refusal."""
    if not row.code_digest or row.code_expires_at < now or row.code_tries >= MOST_TRIES:
        return False
    if hmac.compare_digest(row.code_digest, _key(f"{row.id}:{code.strip()}")):
        return True
    models.Subscription.objects.filter(pk=row.pk).update(code_tries=F("code_tries") + 1)
    return False


def find(stop_key: str) -> models.Subscription | None:
    """The subscription behind its own link; the address is not shown anywhere."""
    with acting_as(SYSTEM):
        return models.Subscription.objects.filter(stop_key=stop_key).exclude(state="PENDING").first()


def stop(stop_key: str, through: str, now: datetime) -> bool:
    """End it by its own link; True when there was one. A second time is as good as the first.

    Args:
        through: the transmission whose message was pressed, if any.
    """
    with acting_as(SYSTEM):
        row = models.Subscription.objects.select_for_update().filter(stop_key=stop_key).first()
        if row is None:
            return False
        _end(row, through[:16], now)
    return True


def change(stop_key: str, now: datetime, *, language: str = "", pause: bool | None = None) -> None:
    """Change the language, pause for a month, or go on. An unknown link changes nothing.

    Args:
        pause: None leaves a pause as it is.
    """
    with acting_as(SYSTEM):
        row = models.Subscription.objects.select_for_update().filter(stop_key=stop_key, state="ACTIVE").first()
        if row is None:
            return
        with audit.audited(SYSTEM, now, audit.Event.SUBSCRIPTION_CHANGED, subject_id=row.id):
            row.language = language if language in {"en", "es"} else row.language
            if pause is not None:
                row.paused_until = now + PAUSE if pause else None
            row.save(update_fields=["language", "paused_until"])


def wake_all(now: datetime) -> int:
    """Go on with those whose month of pause is over."""
    with acting_as(SYSTEM):
        return models.Subscription.objects.filter(paused_until__lte=now).update(paused_until=None)


def stop_number(number: str, now: datetime) -> None:
    """Somebody answered STOP: no text to this number any more."""
    with acting_as(SYSTEM):
        for row in models.Subscription.objects.select_for_update().filter(channel="SMS", address=number):
            _end(row, "keyword", now)


def start_number(number: str, now: datetime) -> int:
    """Somebody answered YES or START: it confirms a sign-up that waits, and takes back a STOP. How many now run."""
    with acting_as(SYSTEM):
        fresh = Q(state="STOPPED") | Q(state="PENDING", code_expires_at__gt=now)
        rows = models.Subscription.objects.select_for_update().filter(fresh, channel="SMS", address=number)
        for row in rows:
            with audit.audited(SYSTEM, now, audit.Event.SUBSCRIPTION_CONFIRMED, subject_id=row.id):
                _activate(row, now)
        return models.Subscription.objects.filter(state="ACTIVE", channel="SMS", address=number).count()


def end_gone(subscription_id: str, code: str, now: datetime) -> None:
    """The receiving system says that there is no such address."""
    with acting_as(SYSTEM):
        row = models.Subscription.objects.select_for_update().filter(pk=subscription_id).first()
        if row is not None:
            _end(row, f"gone:{code}"[:64], now)


def _ask(row: models.Subscription, typed: SignUp, where: tuple[str, int | None], code: str, now: datetime) -> None:
    """Keep what was typed until the code comes back; a subscription in force stays as it is until then."""
    row.code_digest, row.code_tries, row.code_expires_at = _key(f"{row.id}:{code}"), 0, now + CODE_LIVES
    if row.state != "ACTIVE":
        row.state, row.asked_at = "PENDING", now
        row.language = typed.language
        row.county_fips, row.cell = where
        row.stop_key = row.stop_key or secrets.token_urlsafe(24)
    row.save()


def _grant(row: models.Subscription, wish: str) -> None:
    """The place and language that were wished with this address; without a wish of its own it stays as it is."""
    wished = read_wish(wish)
    if wished is not None and hmac.compare_digest(wished.key, row.address_key):
        row.county_fips, row.cell, row.language = wished.county_fips, wished.cell, wished.language
        row.save(update_fields=["county_fips", "cell", "language"])


def _activate(row: models.Subscription, now: datetime) -> None:
    row.state, row.confirmed_at, row.stopped_at, row.stopped_by = "ACTIVE", now, None, ""
    row.code_digest = ""
    row.save(update_fields=["state", "confirmed_at", "stopped_at", "stopped_by", "code_digest"])


def _end(row: models.Subscription, through: str, now: datetime) -> None:
    if row.state == "STOPPED":
        return
    with audit.audited(SYSTEM, now, audit.Event.SUBSCRIPTION_STOPPED, subject_id=row.id):
        row.state, row.stopped_at, row.stopped_by, row.code_digest = "STOPPED", now, through, ""
        row.save(update_fields=["state", "stopped_at", "stopped_by", "code_digest"])


def _clean_address(channel: str, address: str) -> str:
    typed = address.strip()
    if channel == "EMAIL":
        try:
            validate_email(typed)
        except ValidationError:
            words = "That does not look like an e-mail address, such as name@example.org."
            raise Refused("address-shape", words, field="address") from None
        local, _at, domain = typed.rpartition("@")
        return f"{local}@{domain.lower()}"
    try:
        number = phonenumbers.parse(typed, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number) or number.country_code != 1:
        raise Refused("address-shape", "That does not look like a US mobile number.", field="address")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _where(typed: SignUp) -> tuple[str, int | None]:
    if typed.county_fips and find_county(typed.county_fips) is not None:
        return typed.county_fips, None
    if typed.point is not None:
        return "", cells.cell_at(typed.point)
    raise Refused("somewhere", "Choose a county, or a place on the map.", field="county_fips")


def key_of(channel: str, address: str) -> str:
    """By which an address is found and counted."""
    return _key(f"{channel}:{address}")


def _key(text: str) -> str:
    """A keyed hash: without this node's secret nobody can tell whose it is."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
