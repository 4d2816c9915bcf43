"""The e-mail that says a packet waits. It carries no fact about the child: not a name, not an age, not a place."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.duties.packets import words
from allhands.duties.packets.clean import printable
from allhands.duties.packets.model import Packet, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailText:
    """Plain text, one language. The subject is one line."""

    subject: str
    body: str


_SUBJECT = Text(en="A notice waits for you, reference {id}", es="Un aviso le espera, referencia {id}")
_BODY = Text(
    en="""\
{agency} has sent you a notice about a missing child. Please read it now.

Read it and confirm receipt: {link}
Reference: {id}

This e-mail says no more on purpose. The notice itself waits behind sign-in.
Please do not answer with names or health details.
{call}""",
    es="""\
{agency} le ha enviado un aviso sobre un menor desaparecido. Léalo ahora, por favor.

Léalo y confirme que lo recibió: {link}
Referencia: {id}

Este correo no dice más a propósito. El aviso espera tras iniciar sesión.
Por favor, no responda con nombres ni datos de salud.
{call}""",
)
_CALL = Text(en="\nNo way to sign in? Call {phone}.\n", es="\n¿No puede entrar? Llame al {phone}.\n")


def render_email(packet: Packet, lang: str) -> EmailText:
    """The words of the e-mail in `en` or `es`. Never class P2 or above; in fact no statement of fact at all."""
    notice = printable(packet.notice_id)
    phone = printable(packet.sender.phone or packet.sender.after_hours)
    mark = words.NOT_LIVE.get(packet.world)
    subject = _SUBJECT.into(lang).format(id=notice)
    body = _BODY.into(lang).format(
        agency=printable(packet.sender.agency),
        link=f"{packet.site}/inbox/about/{notice}",
        id=notice,
        call=_CALL.into(lang).format(phone=phone) if phone else "",
    )
    if mark is None:
        return EmailText(subject=subject, body=body)
    return EmailText(subject=f"[{packet.world.upper()}] {subject}", body=f"{mark.into(lang)}\n\n{body}")
