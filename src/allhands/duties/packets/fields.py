"""The table of fields: what each recipient is told, in which class, and which law or system asks for it.

Fact ids, labels and classes are those of `packs/core/facts`; a test compares them. The laws and systems that ask:
42 USC 671(a)(35)(B) ("where reasonably possible"), 34 USC 41308(3) (entry within two hours), 34 USC 41308(4)(A)
(within 30 days), and the NCIC minimum for entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from allhands.duties.packets.model import Group, PacketKind, Text

_POLICE, _NCMEC, _TRIBE = PacketKind.POLICE, PacketKind.NCMEC, PacketKind.TRIBE
_COURT, _ATTORNEY, _PARENT = PacketKind.COURT, PacketKind.ATTORNEY, PacketKind.PARENT

EVERYONE = frozenset(PacketKind)
SEARCHERS = frozenset({_POLICE, _NCMEC, _TRIBE})
LOOKING = SEARCHERS | {_ATTORNEY, _PARENT}  # whoever may meet the child needs to know what the child looks like
OFFICIALS = EVERYONE - {_PARENT}
JUDGES = frozenset({_POLICE, _COURT, _ATTORNEY})

CONTENT_OF = "42 USC 671(a)(35)(B)"
LOOKS = ("42 USC 671(a)(35)(B)(ii)",)
DANGERS = ("42 USC 671(a)(35)(B)(iii)",)
ENTRY = ("34 USC 41308(3)(A)", "NCIC minimum data")
LAST_CONTACT = ("34 USC 41308(3)(C)", "NCIC minimum data")
LATER_RECORDS = ("34 USC 41308(4)(A)",)
NUMBER_BACK = ("42 USC 671(a)(35)(B)",)

# The duties whose text itself orders the content groups to be sent; they open a commanded field to that recipient.
COMMANDS: Mapping[PacketKind, frozenset[str]] = {
    _POLICE: frozenset(
        {"us.federal.duty-ive-24h-le", "us.federal.duty-ive-comms", "us.federal.duty-ive-comms-recovery"}
    ),
    _NCMEC: frozenset(
        {
            "us.federal.duty-ive-24h-ncmec",
            "us.federal.duty-ive-comms-ncmec",
            "us.federal.duty-ive-comms-recovery-ncmec",
        }
    ),
}

PHOTO_KINDS = LOOKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row of the table.

    Args:
        kinds: recipients that have a use for it; the class decides whether they may have it.
        commanded: 42 USC 671(a)(35)(B) names it, so it goes to police and NCMEC where that duty applies.
        unit: `cm` or `kg`; shown in the units of the recipient's forms too.
    """

    fact_id: str
    label: Text
    sensitivity: str
    group: Group
    kinds: frozenset[PacketKind]
    required_by: tuple[str, ...] = ()
    commanded: bool = False
    unit: str = ""


def _row(
    group: Group,
    fact: str,
    words: tuple[str, str],
    sensitivity: str,
    kinds: frozenset[PacketKind],
    law: tuple[str, ...] = (),
    unit: str = "",
) -> Field:
    return Field(
        fact_id=fact,
        label=Text(en=words[0], es=words[1]),
        sensitivity=sensitivity,
        group=group,
        kinds=kinds,
        required_by=law,
        commanded=any(citation.startswith(CONTENT_OF) for citation in law),
        unit=unit,
    )


_looks = partial(_row, Group.DESCRIPTION)
_danger = partial(_row, Group.ENDANGERMENT)
_last = partial(_row, Group.LAST_CONTACT)
_number = partial(_row, Group.NUMBERS)
_case = partial(_row, Group.CASE)

# Told at the head of the packet, from the child's names and not from statements of fact.
NAME = _looks("child.given_name", ("Name", "Nombre"), "P0", EVERYONE, ENTRY)
NICKNAME = _looks("child.nickname", ("Called", "Le dicen"), "P0", EVERYONE)
OTHER_NAMES = _looks("child.other_names", ("Other names", "Otros nombres"), "P1", OFFICIALS)
TRIBAL_NAME = _looks(
    "child.tribal_name", ("Name in the nation's language", "Nombre en la lengua de su nación"), "P2", SEARCHERS
)
NAMES = (NAME, NICKNAME, OTHER_NAMES, TRIBAL_NAME)

# Facts that another part of the packet already tells.
TOLD_ELSEWHERE = frozenset(
    {"child.middle_name", "child.family_name", "description.photo_available", "description.photo_taken_on"}
    | {name.fact_id for name in NAMES}
)

FIELDS: tuple[Field, ...] = (
    _looks("child.date_of_birth", ("Date of birth", "Fecha de nacimiento"), "P1", OFFICIALS, ENTRY),
    _looks("child.age_years", ("Age", "Edad"), "P0", EVERYONE),
    _looks("description.sex", ("Sex", "Sexo"), "P0", LOOKING, LOOKS + ENTRY),
    _looks("description.race", ("Race", "Raza"), "P0", LOOKING, LOOKS + ENTRY),
    _looks("description.ethnicity", ("Ethnicity", "Origen étnico"), "P0", LOOKING, LOOKS),
    _looks("description.height_cm", ("Height", "Estatura"), "P0", LOOKING, LOOKS + ENTRY, "cm"),
    _looks("description.weight_kg", ("Weight", "Peso"), "P0", LOOKING, LOOKS + ENTRY, "kg"),
    _looks("description.hair_color", ("Hair color", "Color de pelo"), "P0", LOOKING, LOOKS + ENTRY),
    _looks("description.eye_color", ("Eye color", "Color de ojos"), "P0", LOOKING, LOOKS + ENTRY),
    _looks("description.hair", ("Hair style", "Peinado"), "P0", LOOKING),
    _looks("description.skin_tone", ("Skin tone", "Tono de piel"), "P0", LOOKING),
    _looks("description.build", ("Build", "Complexión"), "P0", LOOKING),
    _looks("description.marks", ("Marks and tattoos", "Marcas y tatuajes"), "P0", LOOKING),
    _looks("description.glasses", ("Glasses or contacts", "Lentes"), "P0", LOOKING),
    _looks("description.braces", ("Braces", "Frenos dentales"), "P0", LOOKING),
    _looks("description.clothing", ("Clothes", "Ropa"), "P1", LOOKING),
    _looks("description.jewelry", ("Jewelry", "Joyas"), "P1", LOOKING),
    _looks("description.carrying", ("Things taken along", "Cosas que se llevó"), "P1", LOOKING),
    _looks("description.pronouns", ("Pronouns", "Pronombres"), "P2", OFFICIALS),
    _looks("description.languages", ("Languages", "Idiomas"), "P1", SEARCHERS),
    _looks("description.place_of_birth", ("Place of birth", "Lugar de nacimiento"), "P2", frozenset({_POLICE})),
    _danger(
        "circumstances.imminent_danger",
        ("Danger of serious harm now", "Peligro de daño grave ahora"),
        "P1",
        OFFICIALS,
        DANGERS,
    ),
    _danger(
        "child.health_need_within_24h",
        ("Needs medicine or a device within 24 hours", "Necesita medicina o un aparato en 24 horas"),
        "P1",
        EVERYONE,
        DANGERS,
    ),
    _danger(
        "description.medications_instruction",
        ("Medicine or device needed by", "Medicina o aparato que necesita"),
        "P1",
        EVERYONE,
        DANGERS,
    ),
    _danger("description.approach_advice", ("How to approach the child", "Cómo acercarse"), "P1", SEARCHERS),
    _danger("child.pregnant", ("Pregnant", "Embarazada"), "P3", OFFICIALS, DANGERS),
    _danger("child.suicidal", ("May hurt themself", "Puede hacerse daño"), "P3", OFFICIALS, DANGERS),
    _danger(
        "child.suspected_trafficking",
        ("May be used or sold by someone", "Alguien puede estar explotándole"),
        "P3",
        OFFICIALS,
        DANGERS,
    ),
    _danger(
        "child.identified_trafficking_victim",
        ("Identified as trafficked", "Identificado como víctima de trata"),
        "P3",
        OFFICIALS,
        DANGERS,
    ),
    _danger(
        "child.online_enticement",
        ("Drawn in by someone online", "Alguien en internet intenta atraerle"),
        "P2",
        OFFICIALS,
        DANGERS,
    ),
    _danger(
        "circumstances.meeting_online_contact",
        ("Meeting someone from online", "Cita con alguien de internet"),
        "P2",
        OFFICIALS,
        DANGERS,
    ),
    _danger(
        "circumstances.exploiter_or_gang_link",
        ("Tie to an exploiter or gang", "Contacto con explotador o pandilla"),
        "P3",
        OFFICIALS,
        DANGERS,
    ),
    _danger("child.disability", ("Has a disability", "Tiene una discapacidad"), "P2", OFFICIALS, DANGERS),
    _danger(
        "child.developmental_disability",
        (
            "Autism, learning disability, does not speak, or wanders",
            "Autismo, dificultad para aprender, no habla o se aleja",
        ),
        "P2",
        OFFICIALS,
        DANGERS,
    ),
    _danger("description.medical_conditions", ("Health conditions", "Problemas de salud"), "P3", OFFICIALS, DANGERS),
    _danger("child.with_newborn", ("Has a baby along", "Lleva un bebé consigo"), "P1", OFFICIALS, DANGERS),
    _danger("child.believed_abducted", ("Believed taken", "Se cree que alguien se le llevó"), "P1", OFFICIALS, DANGERS),
    _danger("child.taken_by", ("Believed taken by", "Quién se cree que se le llevó"), "P2", OFFICIALS, DANGERS),
    _danger("circumstances.threatened", ("Threatened or a witness", "Con amenazas o testigo"), "P2", JUDGES, DANGERS),
    _danger("child.substance_use", ("Alcohol or drugs may be involved", "Puede haber alcohol o drogas"), "P3", JUDGES),
    _danger("circumstances.dangerous_weather", ("Dangerous weather", "Clima peligroso"), "P1", SEARCHERS),
    _danger(
        "circumstances.near_hazard", ("Near water, road or rail", "Cerca de agua, carretera o tren"), "P1", SEARCHERS
    ),
    _danger(
        "description.dental_records_available",
        ("Dental records exist", "Hay registros dentales"),
        "P3",
        frozenset({_POLICE}),
        LATER_RECORDS,
    ),
    _danger(
        "description.medical_records_available",
        ("Medical records exist", "Hay expediente médico"),
        "P3",
        frozenset({_POLICE}),
        LATER_RECORDS,
    ),
    _last("time.last_seen_at", ("Last seen", "Última vez que se le vio"), "P0", EVERYONE, LAST_CONTACT),
    _last("time.last_contact_at", ("Last contact", "Último contacto"), "P1", EVERYONE, LAST_CONTACT),
    _last("place.last_seen", ("Last seen at", "Dónde se le vio por última vez"), "P0", EVERYONE, LAST_CONTACT),
    _last("description.last_seen_place", ("Exact place last seen", "Lugar exacto"), "P1", SEARCHERS, LAST_CONTACT),
    _last("description.last_seen_by", ("Last seen by", "Quién le vio por última vez"), "P2", frozenset({_POLICE})),
    _last("description.circumstances", ("What happened", "Qué pasó"), "P2", JUDGES | {_TRIBE}),
    _last("description.mood", ("How the child seemed", "Cómo se le veía"), "P2", JUDGES),
    _last(
        "circumstances.out_of_character", ("Very unlike the child", "Muy raro en su comportamiento"), "P1", SEARCHERS
    ),
    _last("circumstances.with_younger_child", ("With a younger child", "Con otro niño menor"), "P1", SEARCHERS),
    _last("description.companions", ("May be with", "Puede estar con"), "P1", SEARCHERS),
    _last("description.suspect", ("Person who may have the child", "Persona que puede tenerle"), "P2", JUDGES),
    _last("description.vehicle", ("Vehicle", "Vehículo"), "P1", SEARCHERS),
    _last("description.phone_numbers", ("Phone numbers", "Teléfonos"), "P1", SEARCHERS),
    _last("circumstances.phone_off", ("Phone off and no contact", "Teléfono apagado y sin contacto"), "P1", SEARCHERS),
    _last("description.accounts", ("Apps and user names", "Aplicaciones y usuarios"), "P1", SEARCHERS),
    _last("description.devices", ("Devices", "Aparatos"), "P1", SEARCHERS),
    _last("description.likely_destinations", ("Places the child may go", "Lugares a donde puede ir"), "P1", SEARCHERS),
    _last(
        "description.people_to_ask", ("People who may know", "Personas que pueden saber"), "P2", frozenset({_POLICE})
    ),
    _number("police.agency_name", ("Police agency", "Agencia de policía"), "P1", EVERYONE),
    _number("police.report_number", ("Police report number", "Número de reporte policial"), "P1", EVERYONE),
    _number(
        "time.police_report_received_at", ("Police got the report", "La policía recibió el reporte"), "P1", EVERYONE
    ),
    _number("police.officer_name", ("Officer", "Agente"), "P1", EVERYONE),
    _number("police.officer_phone", ("Officer's phone", "Teléfono del agente"), "P1", EVERYONE),
    _number(
        "police.ncic_entered", ("In the national police file", "En el archivo nacional de la policía"), "P1", EVERYONE
    ),
    _number("police.ncic_number", ("NCIC number", "Número de NCIC"), "P1", OFFICIALS),
    _number(
        "description.missing_category",
        ("Police category", "Categoría policial"),
        "P1",
        SEARCHERS,
        ("34 USC 41308(3)(D)",),
    ),
    _number("police.ncmec_case_number", ("NCMEC case number", "Número de caso de NCMEC"), "P1", OFFICIALS),
    _number("police.namus_number", ("NamUs number", "Número de NamUs"), "P1", SEARCHERS),
    _case("child.in_foster_care", ("In foster care", "En cuidado temporal"), "P2", OFFICIALS, NUMBER_BACK),
    _case("child.placement_kind", ("Kind of placement", "Tipo de colocación"), "P2", OFFICIALS),
    _case("place.placement", ("Placement", "Lugar de colocación"), "P2", JUDGES),
    _case("place.custody", ("Legal custody", "Custodia legal"), "P2", OFFICIALS),
    _case("place.residence", ("Home", "Hogar"), "P1", SEARCHERS),
    _case("child.tribal_affiliation", ("Tribal nation", "Nación tribal"), "P2", OFFICIALS),
    _case("child.tribal_status", ("Tie to the nation", "Vínculo con la nación"), "P2", OFFICIALS),
    _case(
        "child.prior_episodes_12_months",
        ("Earlier times missing in 12 months", "Veces anteriores en 12 meses"),
        "P2",
        OFFICIALS,
    ),
    _case(
        "description.recovery_circumstances",
        ("How the child was found", "Cómo se le encontró"),
        "P2",
        OFFICIALS,
        NUMBER_BACK,
    ),
    _case(
        "circumstances.parent_custody_dispute",
        ("Disagreement about custody", "Desacuerdo sobre la custodia"),
        "P2",
        JUDGES,
    ),
    _case("circumstances.protection_order", ("Order of protection", "Orden de protección"), "P2", JUDGES),
    _case("description.school", ("School", "Escuela"), "P2", frozenset({_POLICE})),
    _case("description.reporter_name", ("Reporter", "Persona que reporta"), "P2", frozenset({_POLICE})),
    _case("description.reporter_phone", ("Reporter's phone", "Teléfono de quien reporta"), "P2", frozenset({_POLICE})),
)
