"""How this node sends mail, read from the settings in one place."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The mail server we hand letters to.

    Args:
        tls: `starttls`, `tls` or `none`.
        mail_from: address of sender and of bounces.
    """

    host: str
    port: int
    user: str
    password: str
    tls: str
    mail_from: str


def find_mail_settings() -> MailSettings | None:
    """The settings, or None while e-mail is not configured."""
    if not settings.ALLHANDS_SMTP_HOST:
        return None
    return MailSettings(
        host=settings.ALLHANDS_SMTP_HOST,
        port=settings.ALLHANDS_SMTP_PORT,
        user=settings.ALLHANDS_SMTP_USER,
        password=settings.ALLHANDS_SMTP_PASSWORD,
        tls=settings.ALLHANDS_SMTP_TLS,
        mail_from=settings.ALLHANDS_MAIL_FROM,
    )


def is_simulated() -> bool:
    """Whether e-mail is played: in demo and drill, unless somebody named a mail server on purpose."""
    return settings.ALLHANDS_WORLD != "live" and find_mail_settings() is None
