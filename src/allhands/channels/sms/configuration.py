"""How this node sends text messages, read from the settings in one place."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings:
    """A provider with an HTTP interface.

    Args:
        url: where a message is posted; may hold `{account}`.
        style: `form` (fields To, From, Body; answers 201 with `sid`) or `json` (to, from, text; answers 202 with `id`).
        token: secret of the account: signs in, and proves that a callback is the provider's.
        sender: number or short code.
        callback_url: where the provider tells what became of it.
    """

    url: str
    style: str
    account: str
    token: str
    sender: str
    callback_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SmppSettings:
    """A provider with an SMPP 3.4 interface.

    Args:
        tls: speak TLS from the first octet.
        window: unanswered messages at once.
        rate: messages a second at most, as agreed with the provider.
        ids: how message ids come back in receipts: `same`, `hex-to-decimal` or `decimal-to-hex`.
    """

    host: str
    port: int
    tls: bool
    system_id: str
    password: str
    sender: str
    window: int
    rate: int
    ids: str


def find_sms_settings() -> HttpSettings | SmppSettings | None:
    """The settings, or None while text messages are not configured."""
    if settings.ALLHANDS_SMS_PROVIDER == "smpp":
        return SmppSettings(
            host=settings.ALLHANDS_SMPP_HOST,
            port=settings.ALLHANDS_SMPP_PORT,
            tls=settings.ALLHANDS_SMPP_TLS,
            system_id=settings.ALLHANDS_SMPP_SYSTEM_ID,
            password=settings.ALLHANDS_SMPP_PASSWORD,
            sender=settings.ALLHANDS_SMS_FROM,
            window=settings.ALLHANDS_SMPP_WINDOW,
            rate=settings.ALLHANDS_SMPP_RATE,
            ids=settings.ALLHANDS_SMPP_IDS,
        )
    if settings.ALLHANDS_SMS_PROVIDER in {"form", "json"}:
        return HttpSettings(
            url=settings.ALLHANDS_SMS_URL.replace("{account}", settings.ALLHANDS_SMS_ACCOUNT),
            style=settings.ALLHANDS_SMS_PROVIDER,
            account=settings.ALLHANDS_SMS_ACCOUNT,
            token=settings.ALLHANDS_SMS_TOKEN,
            sender=settings.ALLHANDS_SMS_FROM,
            callback_url=sms_callback_url(),
        )
    return None


def sms_number() -> str:
    """The number or short code people write to; empty while text messages are not configured."""
    given = find_sms_settings()
    return given.sender if given else ""


def sms_callback_url() -> str:
    """Where a provider tells what became of a message. Signed over, so it is built from our own settings."""
    return settings.ALLHANDS_ORIGIN.rstrip("/") + "/hooks/sms"
