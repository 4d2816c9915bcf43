"""E-mails to subscribers: one body a language, one letter a person, one connection for many letters.

Sources: RFC 8058 and RFC 2369 (List-Unsubscribe), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted).
"""

from __future__ import annotations

import hashlib
import hmac
import quopri
import smtplib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from django.conf import settings

from allhands.channels.copies import Copy, Frozen, Told, accepted, later, refused, uncertain, unconfirmed
from allhands.channels.email.artefacts import STEM, STOP_PLACE
from allhands.channels.email.configuration import MailSettings, find_mail_settings
from allhands.channels.email.gone import answer_says_gone
from allhands.channels.email.port import Answer, NotTaken, Outcome, Postponed, watch_nothing
from allhands.channels.email.smtp import SmtpMail, escape_dots
from allhands.kernel.errors import TryLater

_BOUNDARY: Final = "=_allhands_alert"
_FROM: Final = {"en": "Missing child alerts", "es": "Alertas de menores desaparecidos"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A letter but for what differs from person to person: `pieces` are joined by the stop address."""

    head: str
    pieces: tuple[bytes, ...]


def is_configured() -> bool:
    """Whether there is a mail server."""
    return find_mail_settings() is not None


def check() -> str:
    """The link test: connect and sign in."""
    given = find_mail_settings()
    assert given is not None, "only a configured way is tested"
    try:
        SmtpMail(given).check()
    except Postponed as error:
        return error.code
    return ""


def copy_token(copy_id: int) -> str:
    """The copy's name in letters: sixteen characters, never a delivery's (no vowel there). Nobody can make one up."""
    proof = hmac.new(settings.SECRET_KEY.encode(), f"allhands.copy.{copy_id}".encode(), hashlib.sha256).hexdigest()
    return f"e{copy_id:09x}{proof[:6]}"


def find_copy_id(token: str) -> int | None:
    """The copy a letter's name speaks of; None when we did not make it."""
    try:
        copy_id = int(token[1:10], 16)
    except ValueError:
        return None
    return copy_id if hmac.compare_digest(copy_token(copy_id), token) else None


@contextmanager
def open_sender(frozen: Frozen) -> Iterator[SubscriberMail]:
    """A sender for one broadcast. Raises TryLater: no connection now."""
    given = find_mail_settings()
    if given is None:
        raise TryLater("email-not-configured")
    sender = SubscriberMail(given, frozen)
    sender.connect()
    try:
        yield sender
    finally:
        sender.close()


class SubscriberMail:
    """Writes letter after letter into one connection, and opens a new one when it breaks."""

    def __init__(self, given: MailSettings, frozen: Frozen) -> None:
        self._given, self._frozen = given, frozen
        self._mail = SmtpMail(given)
        self._bodies: dict[str, Body | None] = {}
        self._stack = ExitStack()
        self._server: smtplib.SMTP | None = None

    def connect(self) -> smtplib.SMTP:
        """The open session. Raises Postponed: there is none now."""
        if self._server is None:
            self._server = self._stack.enter_context(self._mail.session())
        return self._server

    def close(self) -> None:
        """Says goodbye; what is said at the door changes nothing."""
        self._server = None
        self._stack.close()

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        for copy in copies:
            yield copy, self._send(copy)

    def _send(self, copy: Copy) -> Told:
        body = self._body(copy.language)
        if body is None:
            return refused("nothing-to-send")
        try:
            recipient = Address(addr_spec=copy.address).addr_spec
        except (ValueError, IndexError):
            return refused("address-not-readable", is_gone=True)
        data = escape_dots(_letter(body, copy, recipient, self._given.mail_from))
        try:
            return self._told(self._mail.hand_over(self.connect(), recipient, copy_token(copy.id), data, watch_nothing))
        except NotTaken as error:
            self._reset()
            return refused(
                error.code,
                error.words,
                is_gone=answer_says_gone(error.code, error.words, about=error.about),
            )
        except Postponed as error:
            self.close()
            return later(error.code, error.words)
        except (smtplib.SMTPException, OSError) as error:  # broken before the letter: a new connection next time
            self.close()
            return later(f"smtp-lost-{type(error).__name__}")

    def _told(self, answer: Answer) -> Told:
        if answer.outcome is Outcome.ACCEPTED:
            return accepted(answer.code, answer.words)
        self.close()
        if answer.outcome is Outcome.UNCERTAIN:
            return uncertain(answer.words)
        return unconfirmed(answer.code, answer.words)

    def _reset(self) -> None:
        try:
            self.connect().rset()
        except (smtplib.SMTPException, OSError, Postponed):
            self.close()

    def _body(self, language: str) -> Body | None:
        if language not in self._bodies:
            self._bodies[language] = _body(self._frozen, language, self._given.mail_from)
        return self._bodies[language]


def _body(frozen: Frozen, language: str, sender: str) -> Body | None:
    text, html = (frozen.in_language(STEM, language, ending) for ending in ("txt", "html"))
    if text is None or html is None:
        return None
    subject = text.text.partition("\n")[0]  # it is the first line of the letter, too: bodies are passed on alone
    pieces: list[bytes] = [f"--{_BOUNDARY}\r\n".encode()]
    pieces[-1:] = _part(pieces[-1], "text/plain", text.text)
    pieces[-1:] = _part(pieces[-1] + f"\r\n--{_BOUNDARY}\r\n".encode(), "text/html", html.content.decode())
    pieces[-1] += f"\r\n--{_BOUNDARY}--\r\n".encode()
    return Body(head=_head(frozen, subject, sender, _FROM.get(language, _FROM["en"])), pieces=tuple(pieces))


def _part(before: bytes, media_type: str, text: str) -> list[bytes]:
    """The part in quoted-printable, cut where each person's address goes; a soft line break hides the joint."""
    head = f"Content-Type: {media_type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    written = [_quoted(piece) for piece in text.split(STOP_PLACE)]
    return [before + head.encode() + written[0], *written[1:]]


def _quoted(text: str) -> bytes:
    return quopri.encodestring(text.encode()).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _head(frozen: Frozen, subject: str, sender: str, name: str) -> str:
    """The headers that all letters of a language share."""
    message = EmailMessage(policy=SMTP)
    domain = sender.rpartition("@")[2] or "localhost"
    message["From"] = Address(display_name=name, addr_spec=sender)
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(frozen.created_at)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Id"] = f"Missing child alerts <alerts.{domain}>"
    message["MIME-Version"] = "1.0"
    return message.as_bytes().decode("ascii").removesuffix("\r\n")


def _letter(body: Body, copy: Copy, recipient: str, sender: str) -> bytes:
    """The letter of one person. The stop link works by one click (RFC 8058), also from the mail program's button."""
    domain = sender.rpartition("@")[2] or "localhost"
    own: Mapping[str, str] = {
        "To": recipient,
        "Message-ID": f"<allhands.{copy_token(copy.id)}@{domain}>",
        "List-Unsubscribe": f"<{copy.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Type": f'multipart/alternative; boundary="{_BOUNDARY}"',
    }
    head = body.head + "".join(f"{name}: {value}\r\n" for name, value in own.items()) + "\r\n"
    joint = b"=\r\n" + copy.stop_url.encode().replace(b"=", b"=3D") + b"=\r\n"
    return head.encode("ascii", "replace") + joint.join(body.pieces)
