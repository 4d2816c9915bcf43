"""The closed lists of words in which one asks who may tell whom what, and for which purpose."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from allhands.law.values import Text

ANY = "any"  # as a kind of information or a purpose: all of them
EVERYONE = "everyone"  # as a holder or recipient: all of them

_EN_ES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "party": {
        "child_welfare_agency": ("child welfare agency", "agencia de protección de menores"),
        "law_enforcement": ("police", "policía"),
        "tribal_police": ("tribal police", "policía tribal"),
        "tribal_government": ("tribal government", "gobierno tribal"),
        "tribal_icwa_agent": ("tribal ICWA agent", "agente tribal ICWA"),
        "fbi": ("FBI", "FBI"),
        "federal_agency": ("federal agency", "agencia federal"),
        "court": ("court", "tribunal"),
        "ncmec": ("NCMEC", "NCMEC"),
        "state_clearinghouse": ("state clearinghouse", "centro estatal de información"),
        "state_child_abuse_line": ("state child abuse line", "línea estatal de maltrato infantil"),
        "shelter": ("federal youth shelter (Basic Center)", "albergue juvenil federal (Basic Center)"),
        "transitional_living_program": ("transitional living program", "programa de vivienda de transición"),
        "victim_service": ("victim service (VAWA, FVPSA)", "servicio a víctimas (VAWA, FVPSA)"),
        "health_provider": ("health provider", "proveedor de salud"),
        "substance_use_program": ("substance-use program", "programa de adicciones"),
        "school": ("school", "escuela"),
        "mandated_reporter": ("person who must report abuse", "persona obligada a denunciar maltrato"),
        "parents": ("parents or guardian", "padres o tutor"),
        "abuser": ("the person who harmed the child", "la persona que hizo daño al menor"),
        "caregiver": ("caregiver", "persona cuidadora"),
        "childs_attorney": ("child's attorney", "abogado del menor"),
        "guardian_ad_litem": ("guardian ad litem", "tutor ad litem"),
        "person_claiming_custody": ("person who claims custody", "persona que reclama la custodia"),
        "person_asking_for_record": ("person who asks for the record", "persona que pide el expediente"),
        "authorized_person": ("person authorized by law", "persona autorizada por ley"),
        "statistics_agency": ("agency that compiles statistics", "agencia que reúne estadísticas"),
        "criminal_charges_agency": ("agency handling charges against the youth", "agencia con cargos contra el joven"),
        "service_provider": ("online service provider", "proveedor de servicios en línea"),
        "platform_view": ("a view shared by several agencies", "una vista compartida por varias agencias"),
        "message": ("e-mail, text message or notice", "correo, mensaje de texto o aviso"),
        "log": ("log file", "registro técnico"),
        "public": ("the public", "el público"),
        "any_agency": ("agency that works on child abuse", "agencia que atiende el maltrato infantil"),
        "government_agency": ("federal, state or local agency", "agencia federal, estatal o local"),
        "appropriate_person": ("person who can protect the child", "persona que puede proteger al menor"),
        EVERYONE: ("anyone", "cualquiera"),
    },
    "data_class": {
        "P0": ("poster information (P0)", "datos para carteles (P0)"),
        "P1": ("response information (P1)", "datos para la búsqueda (P1)"),
        "P2": ("case information (P2)", "datos del caso (P2)"),
        "P3": ("restricted information (P3)", "datos restringidos (P3)"),
        "P4": ("privileged information (P4)", "datos privilegiados (P4)"),
        "missing_report": ("what a missing child report asks for", "lo que pide un reporte de desaparición"),
        "child_protection_record": ("child protection record", "expediente de protección de menores"),
        "case_file": ("whole case file", "expediente completo"),
        "placement_record": ("placement record", "registro de colocación"),
        "foster_status": ("that the child is in care", "que está en cuidado temporal"),
        "diagnosis": ("diagnosis", "diagnóstico"),
        "pregnancy": ("pregnancy", "embarazo"),
        "medication": ("medicines", "medicamentos"),
        "trafficking_suspicion": ("suspicion of trafficking", "sospecha de trata"),
        "suicidal_tendencies": ("suicidal thoughts", "pensamientos suicidas"),
        "shelter_record": ("shelter record", "registro del albergue"),
        "shelter_address": ("where the shelter is", "dónde está el albergue"),
        "transitional_living_record": ("transitional living record", "registro de vivienda de transición"),
        "victim_service_record": ("victim service record", "registro del servicio a víctimas"),
        "health_record": ("health record", "expediente de salud"),
        "dental_record": ("dental record", "expediente dental"),
        "dna_record": ("DNA, samples or their analysis", "ADN, muestras o su análisis"),
        "substance_use_record": ("substance-use treatment record", "registro de tratamiento de adicciones"),
        "education_record": ("school record", "expediente escolar"),
        "directory_information": ("school directory information", "datos del directorio escolar"),
        "living_situation": ("homeless child's living situation", "dónde vive un menor sin hogar"),
        "juvenile_record": ("juvenile court record", "expediente juvenil"),
        "federal_record": ("federal agency record", "registro de una agencia federal"),
        "criminal_justice_information": ("criminal justice information", "información de justicia penal"),
        "file_entry": ("that the child is in the national file", "que está en el archivo nacional"),
        "cybertip_report": ("CyberTipline report", "reporte CyberTipline"),
        "address": ("address", "dirección"),
        "court_notice": ("court notice under ICWA", "aviso judicial según ICWA"),
        "aggregate": ("counts that name nobody", "cifras que no nombran a nadie"),
        ANY: ("anything", "cualquier dato"),
    },
    "purpose": {
        "locate_child": ("find the child", "encontrar al menor"),
        "report_missing": ("report the child missing", "reportar la desaparición"),
        "protect_child": ("protect the child from abuse", "proteger al menor del maltrato"),
        "prevent_harm": ("prevent a serious and near danger", "evitar un peligro grave y cercano"),
        "report_abuse": ("report abuse as the law requires", "denunciar maltrato como exige la ley"),
        "report_crime": ("report a crime", "denunciar un delito"),
        "crime_inquiry": ("investigate a crime", "investigar un delito"),
        "investigate_client": ("investigate the person helped", "investigar a la persona atendida"),
        "legal_process": ("answer a court order, warrant or subpoena", "responder a una orden judicial o citación"),
        "family_contact": ("tell the family that the child is safe", "avisar a la familia que está a salvo"),
        "medical_emergency": ("treat a medical emergency", "atender una emergencia médica"),
        "case_plan": ("care and case planning", "cuidado y plan del caso"),
        "education": ("the child's education", "la educación del menor"),
        "confirm_entry": ("confirm the entry", "confirmar el registro"),
        "placement": ("place the child after return", "ubicar al menor tras el regreso"),
        "custody_enforcement": ("enforce a custody order", "hacer cumplir una orden de custodia"),
        "school_record_request": ("answer a request for a school record", "responder a quien pide un expediente"),
        "record_flag": ("flag a record", "marcar un expediente"),
        "public_release": ("tell the public", "informar al público"),
        "matching": ("compare lists, plain or scrambled", "comparar listas, abiertas o cifradas"),
        "statistics": ("statistics", "estadísticas"),
        "criminal_charges": ("charges against the youth", "cargos contra el joven"),
        ANY: ("any purpose", "cualquier fin"),
    },
}  # fmt: skip
WORDS: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {kind: MappingProxyType({code: Text(*words) for code, words in codes.items()}) for kind, codes in _EN_ES.items()}
)
PARTIES, DATA_CLASSES, PURPOSES = WORDS["party"], WORDS["data_class"], WORDS["purpose"]

# Whom a word of the law takes in. Tribes are not "Federal, State, or local" (federal-law.md 7.2).
GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "any_agency": frozenset(
            {"child_welfare_agency", "law_enforcement", "tribal_police", "tribal_government", "tribal_icwa_agent",
             "fbi", "federal_agency"}
        ),
        "government_agency": frozenset(
            {"child_welfare_agency", "law_enforcement", "court", "fbi", "federal_agency", "state_clearinghouse",
             "state_child_abuse_line"}
        ),
        "appropriate_person": frozenset(
            {"law_enforcement", "tribal_police", "fbi", "child_welfare_agency", "ncmec", "tribal_government",
             "health_provider", "parents"}
        ),
    }
)  # fmt: skip


def takes_in(codes: tuple[str, ...], word: str) -> bool:
    """Whether a rule's codes take in the word that was asked, by themselves or as a group.

    Example:
        >>> takes_in(("government_agency",), "court"), takes_in(("government_agency",), "tribal_police")
        (True, False)
    """
    return any(code in (word, ANY, EVERYONE) or word in GROUPS.get(code, ()) for code in codes)
