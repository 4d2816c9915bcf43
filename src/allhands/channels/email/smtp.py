"""The mail client: smtplib, step by step, so that we always know whether bytes of the letter were written."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from allhands.channels.email.configuration import MailSettings
from allhands.channels.email.gone import About
from allhands.channels.email.letter import Letter, compose
from allhands.channels.email.port import Answer, MailPort, NotTaken, Outcome, Postponed, Watch

# One command of a living server takes seconds; RFC 5321 4.5.3.2 asks for ten minutes after the final dot, during which
# a big server scans. Five keep every worker below `domain.CLAIM_TIMEOUT`.
_COMMAND_SECONDS = 30
_FINAL_SECONDS = 300
_WORDS_LENGTH = 200
_TAKEN = 250
_FORWARDED = 251
_GO_AHEAD = 354


class SmtpMail(MailPort):
    """Hands letters to the configured server.

    Args:
        final_seconds: how long to wait for the answer after the whole letter was written.
    """

    def __init__(self, settings: MailSettings, *, final_seconds: float = _FINAL_SECONDS) -> None:
        self._settings = settings
        self._final_seconds = final_seconds

    def send(self, letter: Letter, watch: Watch) -> Answer:
        data = _composed(letter)
        with self.session() as server:
            watch("connected")
            return self.hand_over(server, letter.recipient, f"allhands.{letter.delivery_id}", data, watch)

    def check(self) -> None:
        with self.session() as server:
            _demand(*server.noop())

    def hand_over(self, server: smtplib.SMTP, recipient: str, envelope_id: str, data: bytes, watch: Watch) -> Answer:
        """One letter into an open session; `data` as `escape_dots` gives it.

        Raises:
            Postponed, NotTaken: as `send`.
            smtplib.SMTPException, OSError: the session broke before anything of the letter was written.
        """
        _say_who(server, recipient, self._settings.mail_from, envelope_id)
        watch("addressed")
        return self._write(server, data, watch)

    @contextmanager
    def session(self) -> Iterator[smtplib.SMTP]:
        """A signed-in connection. Until the letter is written, every failure means that nothing was taken."""
        try:
            server = self._connect()
        except smtplib.SMTPAuthenticationError as error:
            raise Postponed(f"smtp-sign-in-{error.smtp_code}") from error
        except smtplib.SMTPNotSupportedError as error:
            raise Postponed("smtp-no-starttls") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Postponed(f"smtp-connect-{type(error).__name__}") from error
        try:
            yield server
        except (smtplib.SMTPException, OSError) as error:
            raise Postponed(f"smtp-lost-{type(error).__name__}") from error
        finally:
            with suppress(smtplib.SMTPException, OSError):  # what is said at the door changes nothing
                _wait_up_to(server, _COMMAND_SECONDS)
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        given = self._settings
        context = ssl.create_default_context()
        if given.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(given.host, given.port, timeout=_COMMAND_SECONDS, context=context)
        else:
            server = smtplib.SMTP(given.host, given.port, timeout=_COMMAND_SECONDS)
        try:
            if given.tls == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if given.user:
                server.login(given.user, given.password)
        except BaseException:
            server.close()
            raise
        return server

    def _write(self, server: smtplib.SMTP, data: bytes, watch: Watch) -> Answer:
        _demand(*server.docmd("DATA"), wanted=(_GO_AHEAD,))
        watch("data")
        try:
            server.send(data)
            watch("written")
            _wait_up_to(server, self._final_seconds)
            code, words = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            # The server may have taken it, and only the answer was lost. Only a person may send it again.
            return Answer(outcome=Outcome.UNCERTAIN, code="no-answer", words=type(error).__name__)
        watch("answered")
        return _judge(code, words)


def _wait_up_to(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _composed(letter: Letter) -> bytes:
    """The letter as DATA wants it: dots doubled, a lone dot at the end."""
    try:
        return escape_dots(compose(letter))
    except ValueError as error:
        raise NotTaken("address-not-readable") from error


def escape_dots(data: bytes) -> bytes:
    """A letter with CRLF lines as DATA wants it: dots doubled, a lone dot at the end."""
    return re.sub(rb"(?m)^\.", b"..", data) + b".\r\n"


def _say_who(server: smtplib.SMTP, recipient: str, sender: str, envelope_id: str) -> None:
    mail_options, recipient_options = [], []
    if server.has_extn("dsn"):
        mail_options += ["RET=HDRS", f"ENVID={envelope_id}"]
        recipient_options.append("NOTIFY=FAILURE,DELAY")
    _demand(*server.mail(sender, mail_options), about=About.SENDER)
    _demand(*server.rcpt(recipient, recipient_options), wanted=(_TAKEN, _FORWARDED), about=About.RECIPIENT)


def _demand(code: int, words: bytes, wanted: tuple[int, ...] = (_TAKEN,), *, about: About = About.LETTER) -> None:
    """Go on only after the answer we want; nothing of the letter has been written yet."""
    if code in wanted:
        return
    if 500 <= code < 600:
        raise NotTaken(f"smtp-{code}", _shorten(words), about=about)
    raise Postponed(f"smtp-{code}", _shorten(words))


def _judge(code: int, words: bytes) -> Answer:
    """What the answer to the whole letter means. Anything but a plain yes or no is unconfirmed."""
    if code == _TAKEN:
        return Answer(outcome=Outcome.ACCEPTED, code=f"smtp-{code}", words=_shorten(words))
    if 400 <= code < 500:
        raise Postponed(f"smtp-{code}", _shorten(words))
    if 500 <= code < 600:
        raise NotTaken(f"smtp-{code}", _shorten(words))
    return Answer(outcome=Outcome.UNCONFIRMED, code=f"smtp-{code}", words=_shorten(words))


def _shorten(words: bytes) -> str:
    text = words.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)[:_WORDS_LENGTH]
