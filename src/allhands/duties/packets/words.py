"""The fixed words of every packet, English and Spanish, written for paper at a bad hour."""

from __future__ import annotations

from allhands.duties.packets.model import Group, PacketKind, Text

NOT_KNOWN_YET = Text(en="Not known yet", es="Aún no se sabe")
NOT_LIVE = {
    "demo": Text(en="DEMO. Everyone here is invented.", es="DEMO. Todas las personas son inventadas."),
    "drill": Text(en="DRILL. This is an exercise.", es="SIMULACRO. Esto es un ejercicio."),
}
CERTAINTY = {
    "SEEN": Text(en="seen", es="visto"),
    "TOLD": Text(en="told", es="contado"),
    "GUESSED": Text(en="a guess", es="una suposición"),
}

TITLES = {
    PacketKind.POLICE: Text(
        en="Missing child: report to law enforcement", es="Menor desaparecido: reporte a la policía"
    ),
    PacketKind.NCMEC: Text(
        en="Missing child: report to the national center (NCMEC)",
        es="Menor desaparecido: reporte al centro nacional (NCMEC)",
    ),
    PacketKind.COURT: Text(en="Missing child: notice to the court", es="Menor desaparecido: aviso al tribunal"),
    PacketKind.ATTORNEY: Text(
        en="Missing child: notice to the child's attorney or guardian ad litem",
        es="Menor desaparecido: aviso a quien representa legalmente al menor",
    ),
    PacketKind.TRIBE: Text(
        en="Missing child: notice to the child's nation", es="Menor desaparecido: aviso a la nación del menor"
    ),
    PacketKind.PARENT: Text(en="Your child is missing: what we know", es="Su hijo o hija no aparece: lo que sabemos"),
}

GROUPS = {
    Group.PHOTO: Text(en="Photo", es="Foto"),
    Group.DESCRIPTION: Text(en="What the child looks like", es="Cómo es el menor"),
    Group.ENDANGERMENT: Text(en="Health and danger", es="Salud y peligro"),
    Group.LAST_CONTACT: Text(en="Last contact and what happened", es="Último contacto y lo ocurrido"),
    Group.NUMBERS: Text(en="Numbers already given", es="Números ya recibidos"),
    Group.CASE: Text(en="Care, nation and history", es="Cuidado, nación e historia"),
}

PROVIDED = Text(en="Provided", es="Se incluye")
UNAVAILABLE = Text(en="Not available", es="No disponible")
NO_PHOTO_YET = Text(
    en="Nobody has given us a photo yet. It will follow; please do not wait for it.",
    es="Nadie nos ha dado una foto todavía. La enviaremos después; no la espere, por favor.",
)
PHOTO_FAILED = Text(
    en="The photo could not be printed. It is kept; ask us for it.",
    es="La foto no se pudo imprimir. La tenemos; pídanosla.",
)
NOBODY_KNOWS_YET = Text(en="Nobody asked so far could say.", es="Nadie a quien preguntamos lo sabe todavía.")
NOT_FOR_THIS_RECIPIENT = Text(
    en="This packet may not carry it. Ask us if you need it to find the child.",
    es="Este documento no lo puede llevar. Pídalo si lo necesita para encontrar al menor.",
)

CLASS_NOT_ALLOWED = Text(
    en="Class {sensitivity} may not go to this recipient.", es="La clase {sensitivity} no puede ir a este destinatario."
)
NOT_IN_THIS_KIND = Text(
    en="This recipient does not need it for the task.", es="Este destinatario no lo necesita para la tarea."
)
NEVER_IN_A_PACKET = Text(en="No packet carries this fact.", es="Ningún documento lleva este dato.")
