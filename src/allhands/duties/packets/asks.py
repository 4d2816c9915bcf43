"""What each recipient is asked to do, and how to answer. Original words, English and Spanish."""

from __future__ import annotations

from allhands.duties.packets.model import PacketKind, Sender, Text

ASKS: dict[PacketKind, tuple[Text, ...]] = {
    PacketKind.POLICE: (
        Text(
            en="Take this report now. No law lets anyone wait 24 hours, and it does not matter why the child left.",
            es="Reciba este reporte ahora. Ninguna ley permite esperar 24 horas, y no importa por qué se fue el menor.",
        ),
        Text(
            en="Enter the child in NCIC and your state's system within 2 hours of this report (34 USC 41308(3)).",
            es="Ingrese al menor en NCIC y en el sistema estatal en 2 horas desde este reporte (34 USC 41308(3)).",
        ),
        Text(
            en="Give us back the report number, the NCIC number and the officer's name as soon as you have them.",
            es="Dénos el número de reporte, el número de NCIC y el nombre del agente en cuanto los tenga.",
        ),
        Text(
            en="Choose the category that fits what is written under Health and danger, and tell us which one.",
            es="Elija la categoría según lo escrito en Salud y peligro, y díganos cuál es.",
        ),
        Text(
            en="Secure video, phone and last-seen leads before they are overwritten. Tell us if an alert is asked for.",
            es="Asegure videos, datos del teléfono y pistas antes de que se borren. Avísenos si se pide una alerta.",
        ),
    ),
    PacketKind.NCMEC: (
        Text(
            en="Open a case now and give us the NCMEC case number. The police report does not do this by itself.",
            es="Abra un caso ahora y dénos el número de caso de NCMEC. El reporte policial no lo hace por sí solo.",
        ),
        Text(
            en="Do not say in public that the child is or was in foster care, or where and with whom the child lived.",
            es="No diga en público que el menor está o estuvo en cuidado de crianza, ni dónde o con quién vivía.",
        ),
        Text(
            en="Do not publish health or danger information. Ask us and the police before any poster goes out.",
            es="No publique datos de salud ni de peligro. Consúltenos a nosotros y a la policía antes de un cartel.",
        ),
        Text(
            en="Tell us of every lead and sighting at any hour, and send what you learn to the police named here.",
            es="Avísenos de cada pista a cualquier hora, y envíe lo que sepa a la policía nombrada aquí.",
        ),
    ),
    PacketKind.COURT: (
        Text(
            en="Put this notice before the judge who hears the child's case today, and send back a receipt.",
            es="Entregue hoy este aviso a quien juzga el caso del menor y devuelva un acuse de recibo.",
        ),
        Text(
            en="Tell us of any warrant, order or hearing that bears on the child's safe return.",
            es="Avísenos de toda orden o audiencia que toque al regreso seguro del menor.",
        ),
    ),
    PacketKind.ATTORNEY: (
        Text(
            en="Confirm that you have read this. What the child told you in confidence stays yours.",
            es="Confirme que lo leyó. Lo que el menor le dijo en confianza sigue siendo suyo.",
        ),
        Text(
            en="If you can reach the child, say that nobody here is angry and that we want to know they are okay.",
            es="Si puede hablar con el menor: dígale que no está en problemas y que queremos saber si está bien.",
        ),
    ),
    PacketKind.TRIBE: (
        Text(
            en="Confirm receipt, and name the person who speaks for the nation in this search.",
            es="Confirme que lo recibió y nombre a quien habla por la nación en esta búsqueda.",
        ),
        Text(
            en="Tell us which relatives and places to check first, and what must be respected while we search.",
            es="Díganos qué familiares y lugares revisar primero, y qué se debe respetar durante la búsqueda.",
        ),
        Text(
            en="Tell us if the nation's police enter the child in NCIC or ask for an alert. Once is enough.",
            es="Avísenos si la policía de la nación ingresa al menor en NCIC o pide una alerta, para no repetir.",
        ),
        Text(
            en="What we send here is for finding this child and for nothing else.",
            es="Lo que enviamos aquí es para encontrar a este menor y para nada más.",
        ),
    ),
    PacketKind.PARENT: (
        Text(
            en="If you know or guess where your child is, tell us or the police now. In danger, call 911.",
            es="Si sabe o imagina dónde está, díganoslo ahora a nosotros o a la policía. Si hay peligro, llame al 911.",
        ),
        Text(
            en="Send us your newest photo and the names of friends. Leave the room, phone and papers as they are.",
            es="Envíenos la foto más reciente y nombres de amistades. Deje el cuarto, el teléfono y los papeles igual.",
        ),
        Text(
            en="If your child calls: listen, say you are glad to hear from them, and tell us. No blame.",
            es="Si llama: escuche, diga que se alegra de oírle y avísenos. Sin reproches.",
        ),
        Text(
            en="You may ask the police to confirm that your child is entered in the national file (28 USC 534(a)(3)).",
            es="Puede pedir a la policía que confirme el ingreso en el archivo nacional (28 USC 534(a)(3)).",
        ),
    ),
}


def reply_lines(sender: Sender, path: str) -> tuple[Text, ...]:
    """How to answer: the inbox first, since it gives a receipt; then a person.

    Args:
        path: opaque link to the packet in the recipient's inbox.
    """
    lines = [Text(en=f"Sign in and press Acknowledge: {path}", es=f"Entre y pulse Confirmar recibo: {path}")]
    who = ", ".join(part for part in (sender.person, sender.agency) if part)
    if sender.phone:
        lines.append(Text(en=f"Call {who}: {sender.phone}", es=f"Llame a {who}: {sender.phone}"))
    if sender.after_hours:
        lines.append(
            Text(
                en=f"At night and on weekends: {sender.after_hours}",
                es=f"De noche y en fin de semana: {sender.after_hours}",
            )
        )
    if sender.email:
        lines.append(
            Text(
                en=f"Write to {sender.email}. Put no health or family details in an e-mail.",
                es=f"Escriba a {sender.email}. No ponga datos de salud ni de familia en el correo.",
            )
        )
    return tuple(lines)
