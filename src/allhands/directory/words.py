"""What the answer says, in both languages, with the same care. The scripts are the project's own words. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from allhands.directory.contracts import Urgent, Who
from allhands.law import Text

WHO: Mapping[Who, Text] = {
    Who.FAMILY: Text(en="Family or guardian", es="Familia o tutor"),
    Who.CARER: Text(en="Foster parent or group home", es="Familia de crianza u hogar grupal"),
    Who.CASEWORKER: Text(en="Caseworker of a child in care", es="Trabajo social de un menor a nuestro cargo"),
    Who.SCHOOL: Text(en="School, clinic or shelter", es="Escuela, clínica o albergue"),
    Who.POLICE: Text(en="Police or dispatcher", es="Policía o central de despacho"),
    Who.OTHER: Text(en="Friend, neighbor, anyone else", es="Amistad, vecina, vecino u otra persona"),
}

URGENT: Mapping[Urgent, Text] = {
    Urgent.HARM: Text(en="The child could be badly hurt", es="Podría sufrir un daño grave"),
    Urgent.TAKEN: Text(en="Somebody may have taken the child", es="Alguien pudo llevársele"),
    Urgent.HEALTH: Text(en="Needs medicine or care within a day", es="Necesita medicina o atención en un día"),
    Urgent.SUICIDE: Text(en="Spoke of dying, or of hurting themself", es="Habló de morir o de hacerse daño"),
    Urgent.WEATHER: Text(en="Out in dangerous cold, heat or water", es="Está afuera con frío, calor o agua peligrosos"),
    Urgent.ONLINE: Text(en="Went to meet somebody from online", es="Fue a ver a alguien de internet"),
    Urgent.NONE: Text(en="Nothing that I know of", es="Nada que yo sepa"),
}

BECAUSE: Mapping[str, Text] = {
    "ticked": Text(en="you said: {what}", es="usted dijo: {what}"),
    "unsaid": Text(en="you have not said that there is no danger", es="usted no ha dicho que no haya peligro"),
    "nobody": Text(en="we have no police number for this place", es="no tenemos un número de policía para este lugar"),
}

CALL_911 = Text(en="Emergency: police, ambulance, fire", es="Emergencias: policía, ambulancia, bomberos")
CALL_911_NOT = Text(
    en="If you cannot reach police, or anything changes: call 911.",
    es="Si no le contesta la policía o algo cambia: llame al 911.",
)
IF_NO = Text(
    en="We cannot tell which of these is the right one, and you need not know. If one says no, call the next.",
    es="No podemos saber cuál es la correcta, y usted no tiene que saberlo. Si una dice que no, llame a la siguiente.",
)

_ASK_BACK = Text(
    en="What is the report number, and what is your name?", es="¿Cuál es el número del reporte y cómo se llama usted?"
)

SAY: Mapping[Who, tuple[Text, ...]] = {
    Who.FAMILY: (
        Text(en="My child is missing{age}.", es="Falta mi hija o mi hijo{age}."),
        Text(
            en="Please take a report and enter my child in NCIC.",
            es="Por favor tome un reporte y registre a mi hija o hijo en el NCIC.",
        ),
        _ASK_BACK,
    ),
    Who.CARER: (
        Text(en="A child in my care is missing{age}.", es="Falta una niña o un niño que está a mi cargo{age}."),
        Text(
            en="The child is in foster care. Please take a report and enter the child in NCIC.",
            es="Está en cuidado temporal. Por favor tome un reporte y regístrele en el NCIC.",
        ),
        _ASK_BACK,
    ),
    Who.CASEWORKER: (
        Text(
            en="I report a child missing from care{age}. My agency is responsible for the child.",
            es="Reporto a una niña o un niño desaparecido del cuidado{age}. Mi agencia responde por el menor.",
        ),
        Text(
            en="Please take a missing person report and enter the child in NCIC. I can send a photo and a description.",
            es="Por favor tome un reporte de persona desaparecida y regístrele en el NCIC. Puedo enviar foto y "
            "descripción.",
        ),
        _ASK_BACK,
    ),
    Who.SCHOOL: (
        Text(
            en="A young person we look after is missing{age}.",
            es="Falta una niña, un niño o joven a quien atendemos{age}.",
        ),
        Text(
            en="Please take a report. I can tell you who the family is and when we last saw the child.",
            es="Por favor tome un reporte. Puedo decirle quién es la familia y cuándo le vimos por última vez.",
        ),
        _ASK_BACK,
    ),
    Who.POLICE: (
        Text(
            en="We take this report now, with no waiting time{age}.",
            es="Tomamos este reporte ahora, sin tiempo de espera{age}.",
        ),
        Text(
            en="Give the caller the report number and your name. Ask: could the child be part of a tribal nation?",
            es="Dé a quien llama el número del reporte y su nombre. Pregunte: ¿puede pertenecer a una nación tribal?",
        ),
    ),
    Who.OTHER: (
        Text(en="A child I know is missing{age}.", es="Falta una niña o un niño que conozco{age}."),
        Text(
            en="Please take a report. I can tell you what I saw and who the family is.",
            es="Por favor tome un reporte. Puedo decirle lo que vi y quién es la familia.",
        ),
        _ASK_BACK,
    ),
}
SAY_ANYONE = (
    Text(en="A child is missing{age}.", es="Falta una niña o un niño{age}."),
    Text(
        en="Please take a report and enter the child in NCIC.", es="Por favor tome un reporte y regístrele en el NCIC."
    ),
    _ASK_BACK,
)
SAY_DANGER = Text(en="There may be danger: {what}.", es="Puede haber peligro: {what}.")
SAY_WAIT = Text(
    en="If they ask you to wait, say: the law does not let police make anyone wait. Please take the report now.",
    es="Si le piden esperar, diga: la ley no permite que la policía haga esperar a nadie. Por favor tome el "
    "reporte ahora.",
)
AGE = Text(en=", {age} years old", es=", de {age} años")
AGE_ONE = Text(en=", one year old", es=", de un año")

HAVE: tuple[Text, ...] = (
    Text(en="A photo of the last six months", es="Una foto de los últimos seis meses"),
    Text(
        en="What the child was wearing, height, hair, glasses, marks",
        es="La ropa que llevaba, estatura, pelo, lentes, señas",
    ),
    Text(
        en="When and where the child was last seen, and by whom",
        es="Cuándo y dónde se le vio por última vez, y quién",
    ),
    Text(
        en="Phone numbers, apps and usernames; leave the devices as they are",
        es="Teléfonos, aplicaciones y nombres de usuario; no toque los aparatos",
    ),
    Text(en="Medicines, illnesses, anything the child needs", es="Medicinas, enfermedades, lo que necesite"),
    Text(
        en="Friends, places, people the child spoke with this week",
        es="Amistades, lugares, personas con quienes habló esta semana",
    ),
)
HAVE_AGENCY = (
    Text(
        en="Court order or custody paper, and who may agree to a poster",
        es="Orden judicial o de custodia, y quién puede autorizar un cartel",
    ),
    Text(
        en="Tribal nation or nations, and whether anybody has asked",
        es="Nación o naciones tribales, y si alguien ha preguntado",
    ),
)

NOW = Text(
    en="Now. The law punishes those who do not report; it never lets anyone wait.",
    es="Ahora. La ley castiga a quien no avisa; nunca deja esperar.",
)
NOT_READ = Text(
    en="We have not read the law of {place}. Federal law below still applies.",
    es="No hemos leído la ley de {place}. La ley federal de abajo sí se aplica.",
)
IN_PART = Text(
    en="We have read the law of {place} only in part. There may be more duties than these.",
    es="Hemos leído la ley de {place} solo en parte. Puede haber más deberes que estos.",
)
NO_PLACE = Text(
    en="You named no place: this is federal law, which holds everywhere. With a county or ZIP code we can say more.",
    es="No indicó un lugar: esta es la ley federal, que vale en todas partes. Con un condado o código postal "
    "decimos más.",
)
STALE = Text(
    en="We last compared the pack {pack} with its sources more than 12 months ago. Check it before you rely on it.",
    es="Hace más de 12 meses que no comparamos {pack} con sus fuentes. Verifíquelo antes de confiar.",
)
UNVERIFIED = Text(
    en="Nobody has compared this number with its source.", es="Nadie ha comparado este número con su fuente."
)
TELLS_UNKNOWN = Text(
    en="Nobody has told us what they do with what you say. Ask before you say more.",
    es="Nadie nos ha dicho qué hacen con lo que usted dice. Pregunte antes de decir más.",
)
FROM_AGENCY = Text(en="The agency's own record here", es="El registro de la propia agencia aquí")
YEARS = Text(en="{age} years old", es="{age} años")
